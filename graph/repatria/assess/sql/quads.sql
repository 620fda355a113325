-- Groups, positions, comparisons and clusters as N-Quads, all lines of a node in one row. `base` and `graph` are
-- variables; every text that is not an IRI is our own or escaped.

CREATE OR REPLACE TEMP MACRO node(iri) AS '<' || iri || '>';
CREATE OR REPLACE TEMP MACRO term(name) AS '<https://w3id.org/repatria/ns#' || name || '>';
CREATE OR REPLACE TEMP MACRO idea(scheme, key) AS '<' || getvariable('concept') || scheme || '/' || key || '>';
CREATE OR REPLACE TEMP MACRO whole(n) AS '"' || n || '"^^<http://www.w3.org/2001/XMLSchema#integer>';
CREATE OR REPLACE TEMP MACRO truth(b) AS '"' || b::VARCHAR || '"^^<http://www.w3.org/2001/XMLSchema#boolean>';
CREATE OR REPLACE TEMP MACRO day(d) AS '"' || d::VARCHAR || '"^^<http://www.w3.org/2001/XMLSchema#date>';
CREATE OR REPLACE TEMP MACRO plain(t) AS
    '"' || replace(replace(replace(t, '\', '\\'), '"', '\"'), chr(10), '\n') || '"';
CREATE OR REPLACE TEMP MACRO type() AS '<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>';
CREATE OR REPLACE TEMP MACRO derived() AS '<http://www.w3.org/ns/prov#wasDerivedFrom>';
CREATE OR REPLACE TEMP MACRO entity() AS '<http://www.w3.org/ns/prov#Entity>';
CREATE OR REPLACE TEMP MACRO group_node(gid) AS getvariable('base') || 'id/assessment/' || gid;
CREATE OR REPLACE TEMP MACRO bounded(hi) AS CASE WHEN hi <> 9223372036854775807 THEN whole(hi) END;

CREATE OR REPLACE TEMP MACRO position_node(gid, name) AS node(group_node(gid) || '/position/' || name);
CREATE OR REPLACE TEMP MACRO comparison_node(gid, l, r) AS node(group_node(gid) || '/comparison/' || l || '/' || r);
CREATE OR REPLACE TEMP MACRO cluster_node(gid, low, hi) AS node(group_node(gid) || '/cluster/' || low || '-'
    || CASE WHEN hi = 9223372036854775807 THEN '' ELSE hi::VARCHAR END);
-- One line; NULL, which concat_ws leaves out, where there is nothing to say.
CREATE OR REPLACE TEMP MACRO line(s, p, o) AS s || ' ' || p || ' ' || o || ' ' || getvariable('graph') || ' .';

CREATE OR REPLACE TEMP VIEW lines AS
SELECT concat_ws(chr(10),
    line(s, type(), term('Assessment')), line(s, type(), entity()),
    line(s, term('referent'), node(referent)), line(s, term('measure'), node(measure)),
    line(s, term('fromParty'), node(from_party)), line(s, term('toParty'), node(to_party)),
    line(s, term('aggregation'), node(aggregation)), line(s, term('population'), node(population)),
    line(s, term('modalityClass'), idea('modality', modality_class)),
    line(s, term('periodStartNotBefore'), day(psnb)), line(s, term('periodStartNotAfter'), day(psna)),
    line(s, term('periodEndNotBefore'), day(penb)), line(s, term('periodEndNotAfter'), day(pena)),
    line(s, term('status'), idea('status', status)),
    line(s, term('independence'), idea('independence', independence)),
    line(s, term('consensusLow'), CASE WHEN agreed THEN whole(top) END),
    line(s, term('consensusHigh'), CASE WHEN agreed THEN bounded(bottom) END),
    line(s, term('lowestClaimed'), whole(lowest)), line(s, term('highestClaimed'), bounded(highest)),
    line(s, term('withinRounding'), truth(within_rounding)), line(s, term('dependsOnTolerance'), truth(tolerance)),
    line(s, term('claimTotal'), whole(claims)), line(s, term('asserterTotal'), whole(asserters)),
    line(s, term('rulesVersion'), plain(getvariable('rules'))), line(s, term('reason'), plain(reason) || '@en')
) AS line
FROM (SELECT *, node(group_node(gid)) AS s FROM assessments)
UNION ALL
SELECT concat_ws(chr(10),
    line(s, type(), term('Position')), line(s, term('low'), whole(low)), line(s, term('high'), bounded(hi)),
    line(s, term('polarity'), truth(polarity)), line(node(group_node(gid)), term('position'), s)
)
FROM (SELECT *, position_node(gid, name) AS s FROM positions)
UNION ALL
SELECT concat_ws(chr(10),
    line(s, type(), term('Comparison')), line(s, type(), entity()),
    line(s, term('inAssessment'), node(group_node(gid))),
    line(s, term('left'), position_node(gid, left_name)), line(s, term('right'), position_node(gid, right_name)),
    line(s, term('relation'), idea('relation', relation)),
    line(s, term('withinRounding'), truth(within_rounding)),
    line(s, term('dependsOnTolerance'), truth(depends_on_tolerance)),
    line(s, term('rulesVersion'), plain(getvariable('rules'))), line(s, term('reason'), plain(reason) || '@en')
)
FROM (SELECT *, comparison_node(gid, left_name, right_name) AS s FROM comparisons)
UNION ALL
SELECT line(comparison_node(c.gid, c.left_name, c.right_name), derived(), node(f.claim))
FROM comparisons c JOIN firsts f ON f.gid = c.gid AND (f.n = c.left_n OR f.n = c.right_n)
UNION ALL
SELECT concat_ws(chr(10),
    line(s, type(), term('Cluster')), line(s, term('low'), whole(low)), line(s, term('high'), bounded(hi)),
    line(s, term('positionTotal'), whole(positions)), line(s, term('claimTotal'), whole(claims)),
    line(node(group_node(gid)), term('cluster'), s)
)
FROM (SELECT *, cluster_node(gid, low, hi) AS s FROM clusters)
UNION ALL
SELECT concat_ws(chr(10),
    line(node(group_node(gid)), derived(), node(claim)), line(s, derived(), node(claim)),
    line(s, term('member'), node(count))
)
FROM (
    SELECT gid, claim, count, position_node(gid, CASE WHEN polarity THEN '' ELSE 'not-' END || low || '-'
           || CASE WHEN hi = 9223372036854775807 THEN '' ELSE hi::VARCHAR END) AS s
    FROM spoken
)
UNION ALL
SELECT line(node(group_node(gid)), term('representedSide'), node(unnest(sides))) FROM assessments
UNION ALL
SELECT line(node(group_node(gid)), term('occurrenceConfirmedBy'), node(unnest(occurrence))) FROM assessments
UNION ALL
SELECT line(node(group_node(gid)), term('countDisputedBy'), node(unnest(disputes))) FROM assessments
UNION ALL
SELECT line(node(group_node(gid)), term('compositionDisputedBy'), node(unnest(composition))) FROM assessments;

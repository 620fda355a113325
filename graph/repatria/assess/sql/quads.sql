-- Groups, positions, comparisons and clusters as TriG, all statements about a node in one row. The graph and the prefixes,
-- `g` that of groups, stand at the head of the file, so that a node is told in few letters: the text is a quarter of that
-- of N-Quads. Every text that is not an IRI is our own or escaped.

CREATE OR REPLACE TEMP MACRO node(iri) AS '<' || iri || '>';
CREATE OR REPLACE TEMP MACRO day(d) AS '"' || d::VARCHAR || '"^^xsd:date';
CREATE OR REPLACE TEMP MACRO plain(t) AS
    '"' || replace(replace(replace(t, '\', '\\'), '"', '\"'), chr(10), '\n') || '"';
CREATE OR REPLACE TEMP MACRO bounded(hi) AS CASE WHEN hi <> 9223372036854775807 THEN hi END;
CREATE OR REPLACE TEMP MACRO upper_end(hi) AS CASE WHEN hi = 9223372036854775807 THEN '' ELSE hi::VARCHAR END;
CREATE OR REPLACE TEMP MACRO position_node(gid, name) AS 'g:' || gid || '\/position\/' || name;
CREATE OR REPLACE TEMP MACRO comparison_node(gid, l, r) AS 'g:' || gid || '\/comparison\/' || l || '\/' || r;
CREATE OR REPLACE TEMP MACRO cluster_node(gid, low, hi) AS 'g:' || gid || '\/cluster\/' || low || '-' || upper_end(hi);
-- One of the statements about a node; NULL, which concat leaves out, where there is nothing to say.
CREATE OR REPLACE TEMP MACRO also(p, o) AS ';' || p || ' ' || o;
CREATE OR REPLACE TEMP MACRO among(p, nodes) AS
    CASE WHEN len(nodes) > 0 THEN ';' || p || ' <' || array_to_string(nodes, '>,<') || '>' END;

CREATE OR REPLACE TEMP VIEW lines AS
SELECT concat('g:', gid, ' a :Assessment,prov:Entity',
    also(':referent', node(referent)), also(':measure', node(measure)),
    also(':fromParty', node(from_party)), also(':toParty', node(to_party)),
    also(':aggregation', node(aggregation)), also(':population', node(population)),
    also(':modalityClass', 'modality:' || modality_class),
    also(':periodStartNotBefore', day(psnb)), also(':periodStartNotAfter', day(psna)),
    also(':periodEndNotBefore', day(penb)), also(':periodEndNotAfter', day(pena)),
    also(':status', 'status:' || status), also(':independence', 'independence:' || independence),
    also(':consensusLow', CASE WHEN agreed THEN top END), also(':consensusHigh', CASE WHEN agreed THEN bounded(bottom) END),
    also(':lowestClaimed', lowest), also(':highestClaimed', bounded(highest)),
    also(':withinRounding', within_rounding), also(':dependsOnTolerance', tolerance),
    also(':claimTotal', claims), also(':asserterTotal', asserters),
    among(':representedSide', sides), among(':occurrenceConfirmedBy', occurrence),
    among(':countDisputedBy', disputes), among(':compositionDisputedBy', composition),
    also(':rulesVersion', plain(getvariable('rules'))), also(':reason', plain(reason) || '@en'), ' .'
) AS line
FROM assessments
UNION ALL
SELECT concat(s, ' a :Position', also(':low', low), also(':high', bounded(hi)), also(':polarity', polarity),
    ' .g:', gid, ' :position ', s, ' .')
FROM (SELECT *, position_node(gid, name) AS s FROM positions)
UNION ALL
SELECT concat(comparison_node(gid, left_name, right_name), ' a :Comparison,prov:Entity;:inAssessment g:', gid,
    also(':left', position_node(gid, left_name)), also(':right', position_node(gid, right_name)),
    also(':relation', 'relation:' || relation),
    also(':withinRounding', within_rounding), also(':dependsOnTolerance', depends_on_tolerance),
    also(':rulesVersion', plain(getvariable('rules'))), also(':reason', plain(reason) || '@en'), ' .')
FROM comparisons
UNION ALL
SELECT concat(comparison_node(c.gid, c.left_name, c.right_name), ' prov:wasDerivedFrom ', node(f.claim), ' .')
FROM comparisons c JOIN firsts f ON f.g = c.g AND (f.n = c.left_n OR f.n = c.right_n)
UNION ALL
SELECT concat(s, ' a :Cluster', also(':low', low), also(':high', bounded(hi)),
    also(':positionTotal', positions), also(':claimTotal', claims), ' .g:', gid, ' :cluster ', s, ' .')
FROM (SELECT *, cluster_node(gid, low, hi) AS s FROM clusters)
UNION ALL
SELECT concat('g:', gid, ' prov:wasDerivedFrom <', claim, '> .g:',
    gid, '\/position\/', CASE WHEN polarity THEN '' ELSE 'not-' END, low, '-', upper_end(hi),
    ' prov:wasDerivedFrom <', claim, '>;:member <', count, '> .')
FROM spoken;

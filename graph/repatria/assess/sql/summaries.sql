-- What sums and fulfilment need of the groups: few rows, kept beside the store for the next build.

CREATE OR REPLACE TEMP TABLE groups AS
SELECT a.gid, a.key, a.referent, a.measure, a.from_party, a.to_party,
       regexp_replace(a.aggregation, '^.*/', '') AS aggregation, a.modality_class, a.population,
       a.psnb, a.psna, a.penb, a.pena, a.top, a.bottom, a.lowest, a.highest, a.status, a.tolerance, a.claims,
       f.first_claims
FROM assessments a JOIN (
    SELECT g, arg_min(c.claim, c.cid, 5) AS first_claims
    FROM (SELECT DISTINCT g, cid FROM firsts) JOIN claims c USING (cid) GROUP BY g
) f USING (g);

-- Events on the word of each party alone.
CREATE OR REPLACE TEMP TABLE voiced AS
WITH heard_by_party AS (
    SELECT m.g, m.party, max(m.low) AS top, min(m.hi) AS bottom, min(m.low) AS lowest, max(m.hi) AS highest,
           NOT flag_of(max(flagged(m.low, NOT m.tolerance))) OR flag_of(min(flagged(m.hi, m.tolerance))) AS tolerance,
           count(DISTINCT m.cid) AS claims, list_sort(list_distinct(min(m.cid, 10)))[1:5] AS first_cids
    FROM speaking m SEMI JOIN (
        SELECT g FROM assessments WHERE modality_class = 'fact'
          AND regexp_matches(aggregation, '/(single-event|series-total)$') AND from_party IS NOT NULL AND to_party IS NOT NULL
    ) a USING (g)
    WHERE m.polarity GROUP BY m.g, m.party
), cited AS (
    SELECT f.g, f.party, arg_min(c.claim, c.cid, 5) AS first_claims
    FROM (SELECT g, party, unnest(first_cids) AS cid FROM heard_by_party) f JOIN claims c USING (cid)
    GROUP BY f.g, f.party
)
SELECT n.gid, t.text AS party, h.* EXCLUDE (g, party, first_cids), n.key, c.first_claims
FROM heard_by_party h JOIN named n USING (g)
JOIN cited c ON c.g = h.g AND c.party IS NOT DISTINCT FROM h.party
LEFT JOIN texts t ON t.id = h.party;

CREATE OR REPLACE TEMP TABLE commitments AS
WITH committed AS (
    SELECT g, key FROM assessments
    WHERE modality_class = 'commitment' AND from_party IS NOT NULL AND to_party IS NOT NULL
)
SELECT p.gid, a.key, p.name, p.n, p.low, p.hi, p.tolerance, f.first_claims, c.counts
FROM positions p JOIN committed a USING (g) JOIN (
    SELECT m.g, m.low, m.hi, list_sort(list(DISTINCT h.count)) AS counts
    FROM members m SEMI JOIN committed a USING (g)
    JOIN held h USING (rid) WHERE m.polarity GROUP BY m.g, m.low, m.hi
) c ON c.g = p.g AND c.low = p.low AND c.hi = p.hi
JOIN (SELECT g, n, arg_min(claim, cid, 10) AS first_claims FROM firsts SEMI JOIN committed USING (g) GROUP BY g, n) f
    ON f.g = p.g AND f.n = p.n
WHERE p.polarity;

-- Counts that are added up, or add up others, by their own words.
CREATE OR REPLACE TEMP TABLE summed AS
SELECT h.count, min(n.gid) AS gid, any_value(k.key) AS key, any_value(c.claim) AS claim, any_value(m.low) AS low,
       any_value(m.hi) AS hi, any_value(m.tolerance) AS tolerance, any_value(k.referent) AS referent,
       any_value(k.from_party) AS from_party, any_value(k.to_party) AS to_party
FROM (SELECT total AS count FROM sums UNION SELECT part FROM sums) s
JOIN held h ON h.count = s.count AND h.polarity AND NOT h.confirms
JOIN members m ON m.rid = h.rid JOIN named n ON n.g = m.g JOIN claims c ON c.cid = h.cid JOIN keyed k ON k.k = h.k
GROUP BY h.count;

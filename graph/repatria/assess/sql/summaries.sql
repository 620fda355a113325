-- What sums and fulfilment need of the groups: few rows, kept beside the store for the next build.

CREATE OR REPLACE TEMP TABLE groups AS
SELECT a.gid, a.key, a.referent, a.measure, a.from_party, a.to_party,
       regexp_replace(a.aggregation, '^.*/', '') AS aggregation, a.modality_class, a.population,
       a.psnb, a.psna, a.penb, a.pena, a.top, a.bottom, a.lowest, a.highest, a.status, a.tolerance, a.claims,
       f.first_claims
FROM assessments a JOIN (
    SELECT gid, list(claim ORDER BY cid)[1:5] AS first_claims
    FROM (SELECT DISTINCT gid, cid, claim FROM firsts) GROUP BY gid
) f USING (gid);

-- Events on the word of each party alone.
CREATE OR REPLACE TEMP TABLE voiced AS
WITH heard_by_party AS (
SELECT m.gid, m.party, max(m.low) AS top, min(m.hi) AS bottom, min(m.low) AS lowest,
       max(m.hi) AS highest,
       NOT max({'low': m.low, 'exact': NOT m.tolerance}).exact OR min({'hi': m.hi, 'rests': m.tolerance}).rests
           AS tolerance,
       count(DISTINCT m.cid) AS claims, list_sort(list_distinct(min(m.cid, 10)))[1:5] AS first_cids
FROM (SELECT m.* EXCLUDE (party), s.party FROM members m JOIN speakers s USING (rid)) m SEMI JOIN (
    SELECT gid FROM groups WHERE modality_class = 'fact' AND aggregation IN ('single-event', 'series-total')
      AND from_party IS NOT NULL AND to_party IS NOT NULL
) g USING (gid)
WHERE m.polarity GROUP BY m.gid, m.party
), cited AS (
    SELECT f.gid, f.party, list(c.claim ORDER BY c.cid) AS first_claims
    FROM (SELECT gid, party, unnest(first_cids) AS cid FROM heard_by_party) f JOIN claims c USING (cid)
    GROUP BY f.gid, f.party
)
SELECT h.* EXCLUDE (first_cids), n.key, c.first_claims
FROM heard_by_party h JOIN named n USING (gid)
JOIN cited c ON c.gid = h.gid AND c.party IS NOT DISTINCT FROM h.party;

CREATE OR REPLACE TEMP TABLE commitments AS
SELECT p.gid, a.key, p.name, p.n, p.low, p.hi, p.tolerance, f.first_claims, c.counts
FROM positions p JOIN assessments a USING (gid) JOIN (
    SELECT m.gid, m.low, m.hi, list_sort(list(DISTINCT h.count)) AS counts
    FROM members m SEMI JOIN (SELECT gid FROM assessments WHERE modality_class = 'commitment') a USING (gid)
    JOIN held h USING (rid) WHERE m.polarity GROUP BY m.gid, m.low, m.hi
) c ON c.gid = p.gid AND c.low = p.low AND c.hi = p.hi
JOIN (SELECT gid, n, list(claim ORDER BY cid) AS first_claims
      FROM firsts SEMI JOIN (SELECT gid FROM assessments WHERE modality_class = 'commitment') a USING (gid)
      GROUP BY gid, n) f
    ON f.gid = p.gid AND f.n = p.n
WHERE p.polarity AND a.modality_class = 'commitment' AND a.from_party IS NOT NULL AND a.to_party IS NOT NULL;

-- Counts that are added up, or add up others, by their own words.
CREATE OR REPLACE TEMP TABLE summed AS
SELECT h.count, min(m.gid) AS gid, any_value(h.key) AS key, any_value(c.claim) AS claim, any_value(m.low) AS low,
       any_value(m.hi) AS hi, any_value(m.tolerance) AS tolerance, any_value(k.referent) AS referent,
       any_value(k.from_party) AS from_party, any_value(k.to_party) AS to_party
FROM (SELECT total AS count FROM sums UNION SELECT part FROM sums) s
JOIN held h ON h.count = s.count AND h.polarity AND NOT h.confirms
JOIN members m ON m.rid = h.rid JOIN claims c ON c.cid = h.cid JOIN keyed k ON k.key = h.key
GROUP BY h.count;

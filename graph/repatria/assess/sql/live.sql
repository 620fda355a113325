-- The statements that hold, in two tables: `held` has what is computed with, `keyed` what all rows of a key share; the
-- view `live` has all that is shown. They hold if not retracted, not superseded; with the variable as_of, those published by that day.

CREATE OR REPLACE TEMP MACRO holds(latest, superseded_on, replaced, retracted) AS
    NOT retracted AND CASE WHEN getvariable('as_of') IS NULL THEN NOT replaced
        ELSE coalesce(latest <= getvariable('as_of'), false)
             AND (NOT replaced OR coalesce(superseded_on > getvariable('as_of'), false)) END;

-- Whoever confirms the number of another without stating one states that number, in that other's words.
CREATE OR REPLACE TEMP VIEW seen AS
SELECT count, claim, source, publisher, published, said, latest, referent, from_party, to_party, population, polarity,
       words, tolerance, stated_value, low, high, asserter, side, affiliation, narrator, act, key,
       CAST(NULL AS VARCHAR) AS confirms
FROM counts
WHERE key IS NOT NULL AND holds(latest, superseded_on, replaced, retracted);

CREATE OR REPLACE TEMP VIEW live AS
WITH confirmed AS (
    SELECT s.* REPLACE (l.claim AS claim, l.source AS source, l.publisher AS publisher, l.published AS published,
                        l.said AS said, l.latest AS latest, l.asserter AS asserter, l.side AS side,
                        l.affiliation AS affiliation, l.narrator AS narrator, l.act AS act, s.claim AS confirms)
    FROM links l JOIN seen s ON s.claim = l.target
    WHERE l.kind = 'confirms' AND l.aspect = 'count'
      AND holds(l.latest, l.superseded_on, l.replaced, l.retracted)
      AND NOT EXISTS (SELECT 1 FROM seen o WHERE o.claim = l.claim AND o.key = s.key)
)
SELECT r.*, CASE WHEN NOT r.narrator AND (r.affiliation IN (r.from_party, r.to_party) OR p.party IS NOT NULL)
                 THEN r.affiliation END AS party
FROM (SELECT * FROM seen UNION ALL SELECT * FROM confirmed) r
LEFT JOIN parties p ON p.referent = r.referent AND p.party = r.affiliation;

-- Claims by number, the earliest first: numbers are quicker to compare than IRIs.
CREATE OR REPLACE TEMP TABLE claims AS
SELECT claim, row_number() OVER (ORDER BY latest NULLS LAST, claim)::INTEGER AS cid
FROM (SELECT claim, min(latest) AS latest FROM live GROUP BY claim);

CREATE OR REPLACE TEMP TABLE held AS
SELECT row_number() OVER ()::INTEGER AS rid, c.cid, l.count, l.key, l.population, l.polarity, l.tolerance,
       l.stated_value, l.low, coalesce(l.high, 9223372036854775807) AS hi, l.asserter, l.affiliation, l.party,
       l.narrator, l.source, l.confirms IS NOT NULL AS confirms
FROM live l JOIN claims c USING (claim);

CREATE OR REPLACE TEMP TABLE keyed AS
SELECT key, any_value(referent) AS referent, any_value(measure) AS measure, any_value(from_party) AS from_party,
       any_value(to_party) AS to_party, any_value(aggregation) AS aggregation,
       any_value(modality_class) AS modality_class,
       any_value(CASE WHEN of_period THEN period_start_not_before END) AS psnb,
       any_value(CASE WHEN of_period THEN period_start_not_after END) AS psna,
       any_value(CASE WHEN of_period THEN period_end_not_before END) AS penb,
       any_value(CASE WHEN of_period THEN period_end_not_after END) AS pena
FROM (SELECT *, regexp_matches(aggregation, '/(cumulative-total|stock)$') AS of_period FROM counts
      WHERE key IS NOT NULL)
GROUP BY key;

-- The parties of what a key refers to, and for which of them each statement speaks: a joint one for each of its own.
CREATE OR REPLACE TEMP TABLE key_parties AS
SELECT key, list(DISTINCT party) AS parties FROM (
    SELECT key, unnest([from_party, to_party]) AS party FROM keyed
    UNION ALL SELECT k.key, p.party FROM keyed k JOIN parties p USING (referent)
) WHERE party IS NOT NULL GROUP BY key;

CREATE OR REPLACE TEMP TABLE speakers AS
WITH joint AS (
    SELECT j.rid, CASE WHEN list_contains(k.parties, j.affiliation) AND NOT j.narrator THEN j.affiliation END AS party
    FROM (SELECT rid, key, narrator, unnest(string_split(affiliation, ' ')) AS affiliation FROM held
          WHERE contains(affiliation, ' ')) j LEFT JOIN key_parties k USING (key)
)
SELECT rid, party FROM held WHERE NOT contains(affiliation, ' ')
UNION ALL
SELECT DISTINCT rid, party FROM joint WHERE party IS NOT NULL
UNION ALL
SELECT rid, NULL FROM joint GROUP BY rid HAVING count(party) = 0;

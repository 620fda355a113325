-- The statements that hold: the view `live` has all that is shown of them, the table `held` what is computed with, by
-- number instead of text. They hold if not retracted, not superseded; with the variable as_of, those published by that day.

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
SELECT * FROM seen UNION ALL SELECT * FROM confirmed;

-- Claims by number, the earliest first: numbers are quicker to compare than IRIs.
CREATE OR REPLACE TEMP TABLE claims AS
SELECT claim, source, row_number() OVER (ORDER BY latest NULLS LAST, claim)::INTEGER AS cid
FROM (
    SELECT claim, any_value(source) AS source, min(latest) AS latest
    FROM (SELECT claim, source, latest FROM seen UNION ALL SELECT claim, source, latest FROM links WHERE kind = 'confirms')
    GROUP BY claim
);

-- Asserters, affiliations and populations by number; a joint one has several parts.
CREATE OR REPLACE TEMP TABLE texts AS
WITH told AS (
    SELECT DISTINCT asserter AS text FROM counts UNION SELECT DISTINCT affiliation FROM counts
    UNION SELECT DISTINCT population FROM counts
    UNION SELECT asserter FROM links UNION SELECT affiliation FROM links
)
SELECT text, row_number() OVER ()::INTEGER AS id, contains(text, ' ') AS joint
FROM (FROM told UNION SELECT unnest(string_split(text, ' ')) FROM told WHERE contains(text, ' '));

CREATE OR REPLACE TEMP TABLE parts AS
SELECT t.id, p.id AS part FROM (SELECT id, unnest(string_split(text, ' ')) AS text FROM texts) t JOIN texts p USING (text);

-- What all rows of a key share, and the parties of what it refers to.
CREATE OR REPLACE TEMP TABLE keyed AS
SELECT row_number() OVER ()::INTEGER AS k, key, any_value(referent) AS referent, any_value(measure) AS measure,
       any_value(from_party) AS from_party, any_value(to_party) AS to_party, any_value(aggregation) AS aggregation,
       any_value(modality_class) AS modality_class,
       any_value(CASE WHEN of_period THEN period_start_not_before END) AS psnb,
       any_value(CASE WHEN of_period THEN period_start_not_after END) AS psna,
       any_value(CASE WHEN of_period THEN period_end_not_before END) AS penb,
       any_value(CASE WHEN of_period THEN period_end_not_after END) AS pena
FROM (SELECT *, regexp_matches(aggregation, '/(cumulative-total|stock)$') AS of_period FROM counts
      WHERE key IS NOT NULL)
GROUP BY key;

CREATE OR REPLACE TEMP TABLE key_parties AS
SELECT DISTINCT a.k, t.id AS party FROM (
    SELECT k, unnest([from_party, to_party]) AS text FROM keyed
    UNION ALL SELECT k.k, p.party FROM keyed k JOIN parties p USING (referent)
) a JOIN texts t USING (text);

CREATE OR REPLACE TEMP TABLE held AS
SELECT row_number() OVER ()::INTEGER AS rid, c.cid, k.k, l.count, p.id AS population,
       l.population <> getvariable('concept') || 'population/unspecified' AS specified,
       l.polarity, l.tolerance, l.stated_value, l.low, coalesce(l.high, 9223372036854775807) AS hi,
       a.id AS asserter, a.joint, f.id AS affiliation, CASE WHEN NOT l.narrator THEN b.party END AS party, l.narrator,
       l.confirms IS NOT NULL AS confirms
FROM live l JOIN claims c USING (claim) JOIN keyed k USING (key) JOIN texts a ON a.text = l.asserter
JOIN texts f ON f.text = l.affiliation JOIN texts p ON p.text = l.population
LEFT JOIN key_parties b ON b.k = k.k AND b.party = f.id;

-- For which parties a joint statement speaks: for each of its own, or for none.
CREATE OR REPLACE TEMP TABLE speakers AS
WITH joint AS (
    SELECT h.rid, b.party FROM held h JOIN texts f ON f.id = h.affiliation AND f.joint JOIN parts p ON p.id = f.id
    LEFT JOIN key_parties b ON b.k = h.k AND b.party = p.part AND NOT h.narrator
)
SELECT DISTINCT rid, party FROM joint WHERE party IS NOT NULL
UNION ALL
SELECT rid, NULL FROM joint GROUP BY rid HAVING count(party) = 0;

-- From the answers of the queries, all text, to the tables that are assessed.

-- One voice per claim: its asserters together; an affiliation only where they share it.
CREATE OR REPLACE TEMP TABLE voices AS
SELECT claim,
       string_agg(asserter, ' ' ORDER BY asserter) AS asserter,
       CASE WHEN count(DISTINCT affiliation) = 1 THEN min(affiliation)
            ELSE string_agg(DISTINCT affiliation, ' ' ORDER BY affiliation) END AS affiliation,
       CASE WHEN count(DISTINCT side) = 1 AND count(side) = count(*) THEN min(side) END AS side
FROM (SELECT DISTINCT r.claim, r.asserter, coalesce(a.affiliation, r.asserter) AS affiliation, a.side
      FROM raw_asserters r LEFT JOIN agents a ON a.agent = r.asserter)
GROUP BY claim;

-- When a claim ceased to hold: `later` is NULL for a curator's own retraction.
CREATE OR REPLACE TEMP TABLE replaced AS
SELECT claim,
       bool_or(later IS NULL) AS retracted,
       bool_or(later IS NOT NULL) AS replaced,
       min(TRY_CAST(coalesce(printed, outside, until) AS DATE)) FILTER (later IS NOT NULL) AS superseded_on
FROM raw_replaced GROUP BY claim;

-- A narrator: the publisher in its own voice, or an outlet that speaks for nobody, quoted by another.
CREATE OR REPLACE TEMP TABLE outlets AS
SELECT DISTINCT publisher FROM publishers ANTI JOIN agents ON agent = publisher;
CREATE OR REPLACE TEMP MACRO narrates(form, asserter, publisher) AS
    (coalesce(form IN (getvariable('concept') || 'form/narrator', getvariable('concept') || 'form/headline',
                      getvariable('concept') || 'form/metadata', getvariable('concept') || 'form/hearsay'), false)
    AND (publisher IS NULL OR asserter = publisher))
    OR asserter IN (SELECT publisher FROM outlets);

CREATE OR REPLACE TEMP TABLE links AS
SELECT r.kind, replace(r.aspect, getvariable('concept') || 'aspect/', '') AS aspect, r.target, r.claim, r.source,
       r.publisher,
       TRY_CAST(coalesce(r.printed, r.outside) AS DATE) AS published,
       TRY_CAST(coalesce(r.printed, r.outside, r.until) AS DATE) AS latest,
       TRY_CAST(r.said AS DATE) AS said,
       v.asserter, v.side, v.affiliation,
       narrates(r.form, v.asserter, r.publisher) AS narrator,
       r.act,
       p.superseded_on, coalesce(p.replaced, false) AS replaced, coalesce(p.retracted, false) AS retracted
FROM raw_links r JOIN voices v USING (claim) LEFT JOIN replaced p USING (claim);

-- One row per count. Bounds that cannot be assessed leave no key.
CREATE OR REPLACE TEMP TABLE counts AS
WITH single AS (
    SELECT * FROM raw_counts
    QUALIFY row_number() OVER (PARTITION BY count ORDER BY claim, low, high, words, printed, outside) = 1
), typed AS (
    SELECT *, TRY_CAST(low AS HUGEINT) AS lo, TRY_CAST(high AS HUGEINT) AS hi,
           regexp_replace(modality, '^.*/', '') AS mode
    FROM single
), judged AS (
    SELECT *, lo IS NOT NULL AND lo >= 0 AND lo < getvariable('bound')
              AND (high IS NULL OR (hi IS NOT NULL AND hi >= lo AND hi < getvariable('bound'))) AS sound,
           CASE mode WHEN 'actual' THEN 'fact' WHEN 'ongoing' THEN 'fact' WHEN 'agreed' THEN 'commitment'
                     WHEN 'offered' THEN 'offer' WHEN 'planned' THEN 'plan' WHEN 'expected' THEN 'plan'
                     WHEN 'conjectured' THEN 'conjecture' ELSE mode END AS modality_class,
           aggregation IN (getvariable('concept') || 'aggregation/cumulative-total',
                           getvariable('concept') || 'aggregation/stock') AS of_period
    FROM typed
)
SELECT j.count, j.claim, j.source, j.publisher,
       TRY_CAST(coalesce(j.printed, j.outside) AS DATE) AS published,
       TRY_CAST(j.said AS DATE) AS said,
       TRY_CAST(coalesce(j.printed, j.outside, j.until) AS DATE) AS latest,
       j.referent, j.measure, j.from_party, j.to_party, j.aggregation, j.modality, j.modality_class, j.population,
       coalesce(j.polarity, 'true') IN ('true', '1') AS polarity,
       TRY_CAST(j.period_start_not_before AS DATE) AS period_start_not_before,
       TRY_CAST(j.period_start_not_after AS DATE) AS period_start_not_after,
       TRY_CAST(j.period_end_not_before AS DATE) AS period_end_not_before,
       TRY_CAST(j.period_end_not_after AS DATE) AS period_end_not_after,
       j.words, j.qualifier, j.rule,
       coalesce(j.rule IN (getvariable('concept') || 'rule/about', getvariable('concept') || 'rule/nearly',
                           getvariable('concept') || 'rule/abbreviated'), false) AS tolerance,
       TRY_CAST(j.stated_value AS BIGINT) AS stated_value,
       CASE WHEN j.sound THEN CAST(j.lo AS BIGINT) END AS low,
       CASE WHEN j.sound THEN CAST(j.hi AS BIGINT) END AS high,
       v.asserter, v.side, v.affiliation,
       narrates(j.form, v.asserter, j.publisher) AS narrator,
       j.act, p.superseded_on, coalesce(p.replaced, false) AS replaced, coalesce(p.retracted, false) AS retracted,
       CASE WHEN j.sound AND j.referent IS NOT NULL THEN left(md5(concat_ws('|',
           j.referent, j.measure, coalesce(j.from_party, ''), coalesce(j.to_party, ''), j.aggregation, modality_class,
           CASE WHEN j.of_period THEN concat_ws('|',
               coalesce(j.period_start_not_before, ''), coalesce(j.period_start_not_after, ''),
               coalesce(j.period_end_not_before, ''), coalesce(j.period_end_not_after, '')) ELSE '' END)), 16)
       END AS key,
       CAST(NULL AS VARCHAR) AS status
FROM judged j JOIN voices v USING (claim) LEFT JOIN replaced p USING (claim);

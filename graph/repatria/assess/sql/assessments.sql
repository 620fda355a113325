-- One row per group: its status, what it rests on, and why. `large` holds the groups with many positions.

CREATE OR REPLACE TEMP TABLE heard AS
SELECT m.g, n.gid, n.k, p.text AS population, m.claims, m.asserters, s.sides
FROM (
    SELECT g, count(DISTINCT cid) AS claims, count(DISTINCT voice) AS asserters FROM members GROUP BY g
) m JOIN named n USING (g) JOIN texts p ON p.id = n.population
LEFT JOIN (
    SELECT s.g, list_sort(list(t.text)) AS sides
    FROM (SELECT DISTINCT g, party FROM speaking WHERE party IS NOT NULL) s JOIN texts t ON t.id = s.party GROUP BY s.g
) s USING (g);

-- Confirmations and disputes of a claim of the group, or of what the group refers to.
CREATE OR REPLACE TEMP TABLE remarks AS
WITH held_links AS (
    SELECT kind, aspect, target, claim FROM links
    WHERE holds(latest, superseded_on, replaced, retracted)
      AND ((kind = 'confirms' AND aspect = 'occurrence') OR (kind = 'disputes' AND aspect IN ('count', 'composition')))
), aimed AS (
    SELECT m.g, h.kind, h.aspect, h.claim FROM held_links h
    JOIN claims c ON c.claim = h.target JOIN members m ON m.cid = c.cid AND m.polarity
    UNION
    SELECT n.g, h.kind, h.aspect, h.claim FROM held_links h
    JOIN keyed k ON k.referent = h.target AND k.modality_class = 'fact' JOIN named n ON n.k = k.k
)
SELECT g,
       list_sort(list(DISTINCT claim) FILTER (kind = 'confirms')) AS occurrence,
       list_sort(list(DISTINCT claim) FILTER (kind = 'disputes' AND aspect = 'count')) AS disputes,
       list_sort(list(DISTINCT claim) FILTER (kind = 'disputes' AND aspect = 'composition')) AS composition
FROM aimed GROUP BY g;

CREATE OR REPLACE TEMP TABLE contradicted AS
SELECT g, bool_and(within_rounding) AS within_rounding, bool_or(denied) AS denied
FROM comparisons WHERE relation = 'contradicts' GROUP BY g;

CREATE OR REPLACE TEMP TABLE assessments AS
WITH judged AS (
    SELECT h.g, h.gid, h.k, h.population, h.claims, h.asserters, coalesce(h.sides, []) AS sides, s.positions,
           s.top <= s.bottom AS agreed, s.top, s.bottom, s.lowest, s.highest, s.tolerance, s.denials,
           c.g IS NOT NULL AS contradicts,
           coalesce(c.within_rounding, false) AND r.disputes IS NULL AND NOT coalesce(l.denied, false) AS within_rounding,
           coalesce(c.denied, false) OR coalesce(l.denied, false) AS denied,
           coalesce(g.grade, l.grade) AS grade,
           coalesce(r.occurrence, []) AS occurrence, coalesce(r.disputes, []) AS disputes,
           coalesce(r.composition, []) AS composition
    FROM heard h JOIN spans s USING (g)
    LEFT JOIN contradicted c USING (g) LEFT JOIN remarks r USING (g)
    LEFT JOIN large l USING (g)
    LEFT JOIN (SELECT g, max(grade) AS grade FROM (FROM grades UNION ALL FROM mixed) GROUP BY g) g ON g.g = h.g AND l.g IS NULL
), stated AS (
    SELECT *, CASE WHEN contradicts OR denied OR NOT coalesce(agreed, true) OR len(disputes) > 0 THEN 'contested'
                   WHEN grade >= 3 THEN 'corroborated' WHEN grade IS NOT NULL THEN 'repeated'
                   ELSE 'uncontested' END AS status,
           CASE grade WHEN 0 THEN 'none' WHEN 1 THEN 'unknown' WHEN 2 THEN 'same-side' WHEN 3 THEN 'unaffiliated'
                      WHEN 4 THEN 'opposing-sides' END AS independence
    FROM judged
)
SELECT s.* EXCLUDE (k), k.key, k.referent, k.measure, k.from_party, k.to_party, k.aggregation, k.modality_class,
       k.psnb, k.psna, k.penb, k.pena,
       CASE s.claims WHEN 1 THEN '1 claim' ELSE format('{:,} claims', s.claims) END
       || CASE s.asserters WHEN 1 THEN ' by one asserter' ELSE format(' by {:,} asserters', s.asserters) END || '. '
       || CASE WHEN s.top IS NULL THEN 'Only denials.'
               WHEN NOT s.agreed THEN format('They contradict: one allows at most {:,}, another at least {:,}', s.bottom, s.top)
                    || CASE WHEN s.within_rounding THEN ', which is within the rounding of the numbers.' ELSE '.' END
               WHEN s.positions = 1 AND s.claims = 1 THEN 'Nothing contradicts ' || shown(s.top, s.bottom) || '.'
               ELSE CASE WHEN s.denials > 0 THEN 'Those that affirm a number allow '
                         ELSE 'All of them allow ' END || shown(s.top, s.bottom) || '.' END
       || CASE WHEN s.denied THEN ' A denial contradicts.' ELSE '' END
       || CASE WHEN len(s.disputes) > 0 THEN ' The number is disputed.' ELSE '' END
       || CASE s.independence
            WHEN 'opposing-sides' THEN ' Opposing sides state it.'
            WHEN 'unaffiliated' THEN ' Asserters of different affiliation state it.'
            WHEN 'same-side' THEN ' A number is repeated on one side''s word.'
            WHEN 'unknown' THEN ' A number is repeated, in part by a narrator whose source is not known.'
            WHEN 'none' THEN ' A number is repeated by the same asserter.'
            ELSE '' END
       || CASE WHEN len(s.occurrence) > 0 AND coalesce(s.grade, 0) < 4
               THEN ' That it took place is confirmed, which says nothing of the number.' ELSE '' END
       || CASE WHEN len(s.composition) > 0 THEN ' Who was among them is disputed; that changes no count.' ELSE '' END
       AS reason
FROM stated s JOIN keyed k USING (k);

-- What became of each count: the gravest status of its groups. Whoever confirms a count stands in the same ones.
CREATE OR REPLACE TEMP TABLE statuses AS
SELECT h.count, ['uncontested', 'repeated', 'corroborated', 'contested'][s.gravest] AS status
FROM (
    SELECT m.rid, max(CASE a.status WHEN 'contested' THEN 4 WHEN 'corroborated' THEN 3 WHEN 'repeated' THEN 2 ELSE 1 END)
           AS gravest
    FROM members m JOIN assessments a USING (g) GROUP BY m.rid
) s JOIN held h USING (rid) WHERE NOT h.confirms;

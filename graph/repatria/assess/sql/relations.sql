-- Within each group the distinct intervals are related to each other, never claim with claim.

CREATE OR REPLACE TEMP TABLE positions AS
SELECT p.*, n.gid, (row_number() OVER (PARTITION BY g ORDER BY polarity DESC, low, hi))::INTEGER AS n,
       CASE WHEN polarity THEN '' ELSE 'not-' END || low || '-'
       || CASE WHEN hi = 9223372036854775807 THEN '' ELSE hi::VARCHAR END AS name
FROM (
    SELECT g, polarity, low, hi, count(DISTINCT cid) AS claims, min(cid) AS claim_min, max(cid) AS claim_max,
           bool_or(tolerance) AS tolerance, bool_and(tolerance) AS rests_on_tolerance,
           -- Voices by themselves; of joint ones `mixed` below knows.
           min(voice) FILTER (NOT joint) AS anybody_min, max(voice) FILTER (NOT joint) AS anybody_max,
           min(voice) FILTER (NOT joint AND narrator) AS narrator_min,
           max(voice) FILTER (NOT joint AND narrator) AS narrator_max,
           min(voice) FILTER (NOT joint AND NOT narrator) AS voice_min,
           max(voice) FILTER (NOT joint AND NOT narrator) AS voice_max,
           min(affiliation) FILTER (NOT joint AND NOT narrator) AS affiliation_min,
           max(affiliation) FILTER (NOT joint AND NOT narrator) AS affiliation_max,
           min(party) FILTER (NOT joint) AS party_min, max(party) FILTER (NOT joint) AS party_max,
           -- Ten claims are enough to cite where a node derives from many; the positions hold all.
           list_sort(list_distinct(min(cid, 20)))[1:10] AS first_cids
    FROM members GROUP BY g, polarity, low, hi
) p JOIN named n USING (g);

CREATE OR REPLACE TEMP TABLE firsts AS
SELECT f.g, f.n, f.cid, c.claim FROM (SELECT g, n, unnest(first_cids) AS cid FROM positions) f JOIN claims c USING (cid);

-- A bound with a flag, as one number: whichever bound is the greatest, or least, brings its flag along.
CREATE OR REPLACE TEMP MACRO flagged(bound, flag) AS least(bound, 4611686018427387903) * 2 + flag::INTEGER;
CREATE OR REPLACE TEMP MACRO flag_of(bound) AS bound % 2 = 1;

CREATE OR REPLACE TEMP TABLE spans AS
SELECT g, count(*) AS positions, count(*) FILTER (NOT polarity) AS denials,
       max(low) FILTER (polarity) AS top, min(hi) FILTER (polarity) AS bottom,
       min(low) FILTER (polarity) AS lowest, max(hi) FILTER (polarity) AS highest,
       -- Whether one of the two bounds rests on nothing but an "around".
       coalesce(NOT flag_of(max(flagged(low, NOT rests_on_tolerance)) FILTER (polarity))
                OR flag_of(min(flagged(hi, rests_on_tolerance)) FILTER (polarity)), false) AS tolerance
FROM positions GROUP BY g;

CREATE OR REPLACE TEMP MACRO shown(low, hi) AS
    CASE WHEN hi = 9223372036854775807 THEN format('{:,} or more', low)
         WHEN low = hi THEN format('{:,}', low) ELSE format('{:,}–{:,}', low, hi) END;

-- The rounding of a numeral n that ends in zeros: min(g/2, n/10), g = ten to their number, from 100 on. Two positions
-- differ by rounding if each numeral of one does from each of the other; the rounder of the two decides.
CREATE OR REPLACE TEMP MACRO zeros(n) AS length(n::VARCHAR) - length(rtrim(n::VARCHAR, '0'));
CREATE OR REPLACE TEMP MACRO rounding(n) AS CASE WHEN n > 0 AND zeros(n) >= 2 THEN least(power(10, zeros(n)) / 2, n / 10)
                                                 ELSE -1 END;
CREATE OR REPLACE TEMP MACRO near(a, b) AS
    coalesce(abs(a - b) <= rounding(CASE WHEN zeros(a) >= zeros(b) THEN a ELSE b END), false);
CREATE OR REPLACE TEMP MACRO rounded(p, q) AS
    len(list_filter(p, lambda a: len(list_filter(q, lambda b: NOT near(a, b))) > 0)) = 0;

-- Which pairs: each two in a group with few positions; lowest and highest in one with many.
CREATE OR REPLACE TEMP TABLE pairs AS
SELECT p.g, p.n AS first, q.n AS second
FROM positions p JOIN positions q ON p.g = q.g AND p.n < q.n
JOIN spans s ON s.g = p.g AND s.positions <= getvariable('most')
WHERE p.polarity AND (q.polarity OR (p.low >= q.low AND p.hi <= q.hi))
UNION ALL
SELECT g, least(low_n, high_n), greatest(low_n, high_n) FROM (
    SELECT p.g, arg_min(p.n, {'hi': p.hi, 'n': p.n}) AS low_n, arg_max(p.n, {'low': p.low, 'n': p.n}) AS high_n
    FROM positions p JOIN spans s ON s.g = p.g AND s.positions > getvariable('most')
    WHERE p.polarity GROUP BY p.g
) WHERE low_n <> high_n;

CREATE OR REPLACE TEMP TABLE related AS
WITH turned AS (
    -- A refinement is told from the narrower to the wider.
    SELECT pairs.*, p.polarity AND q.polarity AND q.low >= p.low AND q.hi <= p.hi AS turn
    FROM pairs JOIN positions p ON p.g = pairs.g AND p.n = pairs.first
    JOIN positions q ON q.g = pairs.g AND q.n = pairs.second
)
SELECT l.g, l.gid, l.n AS left_n, r.n AS right_n, l.name AS left_name, r.name AS right_name, l.low AS left_low,
       l.hi AS left_hi, r.low AS right_low, r.hi AS right_hi, NOT r.polarity AS denied,
       l.tolerance OR r.tolerance AS depends_on_tolerance,
       CASE WHEN denied OR greatest(l.low, r.low) > least(l.hi, r.hi) THEN 'contradicts'
            WHEN (r.low >= l.low AND r.hi <= l.hi) OR (l.low >= r.low AND l.hi <= r.hi) THEN 'refines'
            ELSE 'compatible' END AS relation
FROM turned t JOIN positions l ON l.g = t.g AND l.n = CASE WHEN t.turn THEN t.second ELSE t.first END
JOIN positions r ON r.g = t.g AND r.n = CASE WHEN t.turn THEN t.first ELSE t.second END;

-- The pairs that no number fits, though none of the two is denied, and whether that is for rounding alone.
CREATE OR REPLACE TEMP TABLE apart AS
WITH parted AS (
    SELECT g, left_n, right_n FROM related WHERE relation = 'contradicts' AND NOT denied
), numerals AS (
    SELECT p.g, p.n, list(DISTINCT m.stated_value) AS stated
    FROM (FROM members SEMI JOIN parted USING (g)) m
    JOIN positions p ON p.g = m.g AND p.polarity = m.polarity AND p.low = m.low AND p.hi = m.hi GROUP BY p.g, p.n
)
SELECT p.*, rounded(l.stated, r.stated) AS within_rounding
FROM parted p JOIN numerals l ON l.g = p.g AND l.n = p.left_n JOIN numerals r ON r.g = p.g AND r.n = p.right_n;

CREATE OR REPLACE TEMP TABLE comparisons AS
SELECT r.g, r.gid, r.left_n, r.right_n, r.left_name, r.right_name, r.relation, r.denied,
       coalesce(a.within_rounding, false) AS within_rounding, r.depends_on_tolerance,
       CASE WHEN denied AND left_low = right_low AND left_hi = right_hi THEN shown(left_low, left_hi) || ' is denied.'
            WHEN denied THEN shown(left_low, left_hi) || ' lies within what is denied, ' || shown(right_low, right_hi) || '.'
            WHEN relation = 'contradicts' THEN 'No number fits both ' || shown(left_low, left_hi) || ' and '
                || shown(right_low, right_hi) || CASE WHEN a.within_rounding
                    THEN '; the difference is within the rounding of the rounder one.' ELSE '.' END
            WHEN relation = 'refines' THEN shown(left_low, left_hi) || ' lies within ' || shown(right_low, right_hi) || '.'
            ELSE shown(left_low, left_hi) || ' and ' || shown(right_low, right_hi) || ' share '
                || shown(greatest(left_low, right_low), least(left_hi, right_hi)) || '.' END AS reason
FROM related r LEFT JOIN apart a ON a.g = r.g AND a.left_n = r.left_n AND a.right_n = r.right_n;

-- How independent a narrower (or equal) statement is of a wider one: the best grade between two claims of the two
-- positions. Least and greatest names tell whether a pair of different ones exists, so that no pair is formed.
CREATE OR REPLACE TEMP MACRO differ(a_min, a_max, b_min, b_max) AS
    coalesce(least(a_min, b_min) <> greatest(a_max, b_max), false) AND a_min IS NOT NULL AND b_min IS NOT NULL;
CREATE OR REPLACE TEMP TABLE entailed AS
SELECT p.g, p.n AS narrow, p.n AS wide FROM positions p
JOIN spans s ON s.g = p.g AND s.positions <= getvariable('most') WHERE p.polarity AND p.claim_min <> p.claim_max
UNION ALL
SELECT c.g, p.n, q.n FROM comparisons c
JOIN spans s ON s.g = c.g AND s.positions <= getvariable('most')
JOIN positions p ON p.g = c.g AND p.n = c.left_n JOIN positions q ON q.g = c.g AND q.n = c.right_n
WHERE c.relation = 'refines' AND least(p.claim_min, q.claim_min) <> greatest(p.claim_max, q.claim_max);

CREATE OR REPLACE TEMP TABLE grades AS
SELECT e.g, max(CASE
    WHEN differ(p.party_min, p.party_max, q.party_min, q.party_max) THEN 4
    WHEN differ(p.affiliation_min, p.affiliation_max, q.affiliation_min, q.affiliation_max) THEN 3
    WHEN differ(p.voice_min, p.voice_max, q.voice_min, q.voice_max) THEN 2
    WHEN differ(p.narrator_min, p.narrator_max, q.anybody_min, q.anybody_max)
      OR differ(p.anybody_min, p.anybody_max, q.narrator_min, q.narrator_max) THEN 1
    ELSE 0 END) AS grade
FROM entailed e JOIN positions p ON p.g = e.g AND p.n = e.narrow
JOIN positions q ON q.g = e.g AND q.n = e.wide
GROUP BY e.g;

-- Joint voices are few: where no better grade can be had without, they are held against each other voice of their
-- group. Those that share an affiliation are of one side, and only those who speak for parties throughout oppose each other.
CREATE OR REPLACE TEMP MACRO joint_grade(a, b) AS
    CASE WHEN a.voice = b.voice THEN 0 WHEN a.narrator OR b.narrator THEN 1
         WHEN list_has_any(a.affiliations, b.affiliations) THEN 2 WHEN a.partial AND b.partial THEN 4 ELSE 3 END;
CREATE OR REPLACE TEMP TABLE mixed AS
WITH told AS (
    SELECT DISTINCT m.g, n.k, p.n, m.voice, m.affiliation, m.narrator, m.joint
    FROM members m
    SEMI JOIN (SELECT g FROM members SEMI JOIN (SELECT g FROM grades WHERE grade < 4) l USING (g) WHERE joint) j
        ON j.g = m.g
    JOIN positions p ON p.g = m.g AND p.low = m.low AND p.hi = m.hi AND p.polarity AND m.polarity
    JOIN named n ON n.g = m.g
), sides AS (
    SELECT t.k, t.affiliation, list(p.part) AS affiliations, bool_and(b.party IS NOT NULL) AS partial
    FROM (SELECT DISTINCT k, affiliation FROM told) t JOIN parts p ON p.id = t.affiliation
    LEFT JOIN key_parties b ON b.k = t.k AND b.party = p.part GROUP BY t.k, t.affiliation
), profiles AS (
    SELECT t.*, s.affiliations, s.partial FROM told t JOIN sides s ON s.k = t.k AND s.affiliation = t.affiliation
)
SELECT g, max(grade) AS grade FROM (
    SELECT e.g, joint_grade(a, b) AS grade FROM entailed e
    JOIN profiles a ON a.g = e.g AND a.n = e.narrow AND a.joint
    JOIN profiles b ON b.g = e.g AND b.n = e.wide
    UNION ALL
    SELECT e.g, joint_grade(a, b) FROM entailed e
    JOIN profiles b ON b.g = e.g AND b.n = e.wide AND b.joint
    JOIN profiles a ON a.g = e.g AND a.n = e.narrow AND NOT a.joint
) GROUP BY g;

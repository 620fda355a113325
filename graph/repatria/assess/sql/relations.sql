-- Within each group the distinct intervals are related to each other, never claim with claim.

CREATE OR REPLACE TEMP TABLE positions AS
SELECT *, row_number() OVER (PARTITION BY gid ORDER BY polarity DESC, low, hi) AS n,
       CASE WHEN polarity THEN '' ELSE 'not-' END || low || '-'
       || CASE WHEN hi = 9223372036854775807 THEN '' ELSE hi::VARCHAR END AS name
FROM (
    SELECT gid, polarity, low, hi, count(DISTINCT cid) AS claims, min(cid) AS claim_min, max(cid) AS claim_max,
           bool_or(tolerance) AS tolerance, bool_and(tolerance) AS rests_on_tolerance,
           list(DISTINCT stated_value) AS numerals,
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
    FROM (SELECT *, contains(voice, ' ') AS joint FROM members) GROUP BY gid, polarity, low, hi
);

CREATE OR REPLACE TEMP TABLE firsts AS
SELECT f.gid, f.n, f.cid, c.claim FROM (SELECT gid, n, unnest(first_cids) AS cid FROM positions) f JOIN claims c USING (cid);

CREATE OR REPLACE TEMP TABLE spans AS
SELECT gid, count(*) AS positions, count(*) FILTER (NOT polarity) AS denials,
       max(low) FILTER (polarity) AS top, min(hi) FILTER (polarity) AS bottom,
       min(low) FILTER (polarity) AS lowest, max(hi) FILTER (polarity) AS highest,
       -- Whether one of the two bounds rests on nothing but an "around".
       coalesce(NOT max({'low': low, 'exact': NOT rests_on_tolerance}) FILTER (polarity).exact
                OR min({'hi': hi, 'rests': rests_on_tolerance}) FILTER (polarity).rests, false) AS tolerance
FROM positions GROUP BY gid;

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
SELECT p.gid, p.n AS first, q.n AS second
FROM positions p JOIN positions q ON p.gid = q.gid AND p.n < q.n
JOIN spans s ON s.gid = p.gid AND s.positions <= getvariable('most')
WHERE p.polarity AND (q.polarity OR (p.low >= q.low AND p.hi <= q.hi))
UNION ALL
SELECT gid, least(low_n, high_n), greatest(low_n, high_n) FROM (
    SELECT p.gid, arg_min(p.n, {'hi': p.hi, 'n': p.n}) AS low_n, arg_max(p.n, {'low': p.low, 'n': p.n}) AS high_n
    FROM positions p JOIN spans s ON s.gid = p.gid AND s.positions > getvariable('most')
    WHERE p.polarity GROUP BY p.gid
) WHERE low_n <> high_n;

CREATE OR REPLACE TEMP TABLE comparisons AS
WITH related AS (
    SELECT p.gid,
           -- A refinement is told from the narrower to the wider.
           CASE WHEN p.polarity AND q.polarity AND q.low >= p.low AND q.hi <= p.hi THEN q ELSE p END AS l,
           CASE WHEN p.polarity AND q.polarity AND q.low >= p.low AND q.hi <= p.hi THEN p ELSE q END AS r,
           CASE WHEN NOT q.polarity OR greatest(p.low, q.low) > least(p.hi, q.hi) THEN 'contradicts'
                WHEN (q.low >= p.low AND q.hi <= p.hi) OR (p.low >= q.low AND p.hi <= q.hi) THEN 'refines'
                ELSE 'compatible' END AS relation
    FROM pairs JOIN positions p ON p.gid = pairs.gid AND p.n = pairs.first
    JOIN positions q ON q.gid = pairs.gid AND q.n = pairs.second
)
SELECT gid, l.n AS left_n, r.n AS right_n, l.name AS left_name, r.name AS right_name, relation,
       relation = 'contradicts' AND r.polarity AND rounded(l.numerals, r.numerals) AS within_rounding,
       l.tolerance OR r.tolerance AS depends_on_tolerance,
       CASE WHEN NOT r.polarity AND l.low = r.low AND l.hi = r.hi THEN shown(l.low, l.hi) || ' is denied.'
            WHEN NOT r.polarity THEN shown(l.low, l.hi) || ' lies within what is denied, ' || shown(r.low, r.hi) || '.'
            WHEN relation = 'contradicts' THEN 'No number fits both ' || shown(l.low, l.hi) || ' and '
                || shown(r.low, r.hi) || CASE WHEN rounded(l.numerals, r.numerals)
                    THEN '; the difference is within the rounding of the rounder one.' ELSE '.' END
            WHEN relation = 'refines' THEN shown(l.low, l.hi) || ' lies within ' || shown(r.low, r.hi) || '.'
            ELSE shown(l.low, l.hi) || ' and ' || shown(r.low, r.hi) || ' share '
                || shown(greatest(l.low, r.low), least(l.hi, r.hi)) || '.' END AS reason
FROM related;

-- How independent a narrower (or equal) statement is of a wider one: the best grade between two claims of the two
-- positions. Least and greatest names tell whether a pair of different ones exists, so that no pair is formed.
CREATE OR REPLACE TEMP MACRO differ(a_min, a_max, b_min, b_max) AS
    coalesce(least(a_min, b_min) <> greatest(a_max, b_max), false) AND a_min IS NOT NULL AND b_min IS NOT NULL;
CREATE OR REPLACE TEMP TABLE entailed AS
SELECT p.gid, p.n AS narrow, p.n AS wide FROM positions p
JOIN spans s ON s.gid = p.gid AND s.positions <= getvariable('most') WHERE p.polarity AND p.claim_min <> p.claim_max
UNION ALL
SELECT c.gid, p.n, q.n FROM comparisons c
JOIN spans s ON s.gid = c.gid AND s.positions <= getvariable('most')
JOIN positions p ON p.gid = c.gid AND p.n = c.left_n JOIN positions q ON q.gid = c.gid AND q.n = c.right_n
WHERE c.relation = 'refines' AND least(p.claim_min, q.claim_min) <> greatest(p.claim_max, q.claim_max);

-- Joint voices are few: they are held against each other voice of their group. Those that share an affiliation are of
-- one side, and only those who speak for parties throughout oppose each other.
CREATE OR REPLACE TEMP MACRO joint_grade(a, b) AS
    CASE WHEN a.voice = b.voice THEN 0 WHEN a.narrator OR b.narrator THEN 1
         WHEN list_has_any(a.affiliations, b.affiliations) THEN 2 WHEN a.partial AND b.partial THEN 4 ELSE 3 END;
CREATE OR REPLACE TEMP TABLE mixed AS
WITH told AS (
    SELECT DISTINCT m.gid, p.n, m.voice, m.affiliation, m.narrator, contains(m.voice, ' ') AS joint
    FROM members m
    SEMI JOIN (SELECT DISTINCT gid FROM members WHERE contains(voice, ' ')) j ON j.gid = m.gid
    JOIN positions p ON p.gid = m.gid AND p.low = m.low AND p.hi = m.hi AND p.polarity AND m.polarity
), profiles AS (
    SELECT t.*, string_split(affiliation, ' ') AS affiliations,
           len(list_filter(string_split(affiliation, ' '), lambda a: NOT coalesce(list_contains(k.parties, a), false))) = 0
               AS partial
    FROM told t JOIN named USING (gid) LEFT JOIN key_parties k USING (key)
)
SELECT gid, max(grade) AS grade FROM (
    SELECT e.gid, joint_grade(a, b) AS grade FROM entailed e
    JOIN profiles a ON a.gid = e.gid AND a.n = e.narrow AND a.joint
    JOIN profiles b ON b.gid = e.gid AND b.n = e.wide
    UNION ALL
    SELECT e.gid, joint_grade(a, b) FROM entailed e
    JOIN profiles b ON b.gid = e.gid AND b.n = e.wide AND b.joint
    JOIN profiles a ON a.gid = e.gid AND a.n = e.narrow AND NOT a.joint
) GROUP BY gid;

CREATE OR REPLACE TEMP TABLE grades AS
SELECT gid, max(grade) AS grade FROM (
    SELECT e.gid, CASE
        WHEN differ(p.party_min, p.party_max, q.party_min, q.party_max) THEN 4
        WHEN differ(p.affiliation_min, p.affiliation_max, q.affiliation_min, q.affiliation_max) THEN 3
        WHEN differ(p.voice_min, p.voice_max, q.voice_min, q.voice_max) THEN 2
        WHEN differ(p.narrator_min, p.narrator_max, q.anybody_min, q.anybody_max)
          OR differ(p.anybody_min, p.anybody_max, q.narrator_min, q.narrator_max) THEN 1
        ELSE 0 END AS grade
    FROM entailed e JOIN positions p ON p.gid = e.gid AND p.n = e.narrow
    JOIN positions q ON q.gid = e.gid AND q.n = e.wide
    UNION ALL
    SELECT gid, grade FROM mixed
) GROUP BY gid;

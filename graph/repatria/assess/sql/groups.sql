-- Groups: the maximal sets of mutually comparable counts. `key` holds what must be equal; a population meets itself
-- and the unspecified one. Within a run a group has the number `g`, its own name is `gid`.

CREATE OR REPLACE TEMP TABLE named AS
WITH specified AS (
    SELECT DISTINCT k, population FROM held WHERE specified
), cliques AS (
    SELECT * FROM specified
    UNION ALL
    SELECT DISTINCT k, population FROM held ANTI JOIN specified USING (k)
)
SELECT row_number() OVER ()::INTEGER AS g, c.k, c.population, k.key, left(md5(k.key || ' ' || p.text), 16) AS gid
FROM cliques c JOIN keyed k USING (k) JOIN texts p ON p.id = c.population;

CREATE OR REPLACE TEMP TABLE members AS
SELECT n.g, h.rid, h.cid, h.polarity, h.tolerance, h.stated_value, h.low, h.hi, h.asserter AS voice, h.joint,
       h.affiliation, h.party, h.narrator
FROM held h JOIN named n ON n.k = h.k AND (n.population = h.population OR NOT h.specified);

-- The same with what names a statement.
CREATE OR REPLACE TEMP VIEW spoken AS
SELECT m.* EXCLUDE (voice, joint, affiliation, party), n.gid, h.count, c.claim, c.source, a.text AS asserter
FROM members m JOIN named n USING (g) JOIN held h USING (rid) JOIN claims c ON c.cid = m.cid
JOIN texts a ON a.id = h.asserter;

-- The same once for each party for which a statement speaks.
CREATE OR REPLACE TEMP VIEW speaking AS
SELECT * FROM members ANTI JOIN speakers USING (rid)
UNION ALL BY NAME
SELECT m.* EXCLUDE (party), s.party FROM members m JOIN speakers s USING (rid);

-- Joint claims that share an asserter with another claim of their group: `voices.merge` makes one voice of them.
CREATE OR REPLACE TEMP TABLE shared AS
WITH spread AS (
    SELECT s.g, s.voice, p.part AS agent
    FROM (SELECT DISTINCT g, voice FROM members SEMI JOIN (SELECT g FROM members WHERE joint) j USING (g)) s
    JOIN parts p ON p.id = s.voice
)
SELECT g, agent, voice FROM spread
QUALIFY count(*) OVER (PARTITION BY g, agent) > 1;

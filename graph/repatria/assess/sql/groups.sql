-- Groups: the maximal sets of mutually comparable counts. `key` holds what must be equal; a population meets itself
-- and the unspecified one.

CREATE OR REPLACE TEMP TABLE named AS
WITH specified AS (
    SELECT DISTINCT key, population FROM held WHERE population <> getvariable('concept') || 'population/unspecified'
), cliques AS (
    SELECT * FROM specified
    UNION ALL
    SELECT DISTINCT key, getvariable('concept') || 'population/unspecified' FROM held
    WHERE key NOT IN (SELECT key FROM specified)
)
SELECT key, population, left(md5(key || ' ' || population), 16) AS gid FROM cliques;

CREATE OR REPLACE TEMP TABLE members AS
SELECT n.gid, l.rid, l.cid, l.polarity, l.tolerance, l.stated_value, l.low, l.hi, l.asserter AS voice, l.affiliation,
       l.party, l.narrator
FROM held l JOIN named n ON n.key = l.key
    AND (l.population = n.population OR l.population = getvariable('concept') || 'population/unspecified');

-- The same with what names a statement.
CREATE OR REPLACE TEMP VIEW spoken AS
SELECT m.*, h.key, h.count, c.claim, h.asserter, h.source, h.confirms
FROM members m JOIN held h USING (rid) JOIN claims c ON c.cid = m.cid;

-- Joint claims that share an asserter with another claim of their group: `voices.merge` makes one voice of them.
CREATE OR REPLACE TEMP TABLE shared AS
WITH joint AS (SELECT DISTINCT gid FROM members WHERE contains(voice, ' ')),
spread AS (
    SELECT DISTINCT gid, voice AS asserter, unnest(string_split(voice, ' ')) AS agent
    FROM members SEMI JOIN joint USING (gid)
)
SELECT gid, agent, asserter FROM spread
QUALIFY count(*) OVER (PARTITION BY gid, agent) > 1;

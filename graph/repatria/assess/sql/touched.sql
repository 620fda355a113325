-- The keys of the groups that a change touches. Sums reach from a part to its total, and from there to its other parts.

CREATE OR REPLACE TEMP TABLE aimed AS
SELECT target FROM new_links UNION SELECT target FROM old_links SEMI JOIN changed USING (source);

CREATE OR REPLACE TEMP TABLE first_touched AS
SELECT key FROM old_counts SEMI JOIN changed USING (source) WHERE key IS NOT NULL
UNION SELECT key FROM new_counts WHERE key IS NOT NULL
UNION SELECT key FROM old_counts WHERE key IS NOT NULL AND claim IN (SELECT target FROM aimed)
UNION SELECT key FROM old_counts WHERE key IS NOT NULL AND referent IN (SELECT target FROM aimed);

CREATE OR REPLACE TEMP TABLE known AS
WITH summed AS (SELECT total AS count FROM sums UNION SELECT part FROM sums)
SELECT count, key FROM old_counts SEMI JOIN summed USING (count) ANTI JOIN changed USING (source)
UNION SELECT count, key FROM new_counts SEMI JOIN summed USING (count);

-- A group that is touched touches those that are added up with it, and so on.
CREATE OR REPLACE TEMP TABLE added_up AS
SELECT t.key AS one, p.key AS other FROM sums s JOIN known t ON t.count = s.total JOIN known p ON p.count = s.part
WHERE t.key IS NOT NULL AND p.key IS NOT NULL;

CREATE OR REPLACE TEMP TABLE touched AS
WITH RECURSIVE reached(key) AS (
    SELECT key FROM first_touched
    UNION
    SELECT CASE WHEN a.one = r.key THEN a.other ELSE a.one END FROM reached r JOIN added_up a ON r.key IN (a.one, a.other)
)
SELECT key FROM reached;

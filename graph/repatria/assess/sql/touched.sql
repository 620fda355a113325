-- The keys of the groups that a change touches.

CREATE OR REPLACE TEMP TABLE aimed AS
SELECT target FROM new_links UNION SELECT target FROM old_links SEMI JOIN changed USING (source);

CREATE OR REPLACE TEMP TABLE touched AS
SELECT key FROM old_counts SEMI JOIN changed USING (source) WHERE key IS NOT NULL
UNION SELECT key FROM new_counts WHERE key IS NOT NULL
UNION SELECT key FROM old_counts WHERE key IS NOT NULL AND claim IN (SELECT target FROM aimed)
UNION SELECT key FROM old_counts WHERE key IS NOT NULL AND referent IN (SELECT target FROM aimed);

-- The keys of the groups that a change touches: of counts that are new, changed or gone, and of those that changed
-- claims confirm, dispute or add up (`aimed` holds groups, `targets` what they refer to).

CREATE OR REPLACE TEMP TABLE touched AS
SELECT key FROM gone WHERE key IS NOT NULL
UNION SELECT key FROM new_counts WHERE key IS NOT NULL
UNION SELECT key FROM old_groups WHERE gid IN (SELECT gid FROM aimed) OR referent IN (SELECT iri FROM targets);

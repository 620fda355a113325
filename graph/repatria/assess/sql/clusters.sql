-- Groups with too many distinct intervals to relate each two: those that overlap, directly or through others.

CREATE OR REPLACE TEMP TABLE clusters AS
WITH large AS (
    SELECT p.* FROM positions p JOIN spans s ON s.g = p.g AND s.positions > getvariable('most') WHERE p.polarity
), begun AS (
    SELECT g, gid, low, hi, claims, n,
           coalesce(low > max(hi) OVER (PARTITION BY g ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), true)
           AS new
    FROM large
), numbered AS (
    SELECT *, sum(new::INT) OVER (PARTITION BY g ORDER BY n) AS cluster FROM begun
)
SELECT any_value(gid) AS gid, min(low) AS low, max(hi) AS hi, count(*) AS positions, sum(claims)::BIGINT AS claims
FROM numbered GROUP BY g, cluster;

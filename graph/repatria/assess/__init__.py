"""Do the claims agree? Comparison, corroboration, totals and fulfilment, from the counts of a graph."""

# Raised whenever the same counts give another assessment; it is part of the name of the graph of assessments.
RULES = "2026-11-22"

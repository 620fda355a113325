"""Queries: SPARQL with prefixes supplied, saved queries with typed parameters, rows in every format, cards."""

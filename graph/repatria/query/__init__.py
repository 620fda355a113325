"""Queries: SPARQL with prefixes supplied, saved queries with typed parameters, rows in all formats, cards."""

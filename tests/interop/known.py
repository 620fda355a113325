"""What parsers are known not to do with graphs that are hard to write: expected failures of the matrix."""

from __future__ import annotations

KNOWN = (
    ("noncharacters", "Raptor", "refuses U+FFFE and U+FFFF, written as they are or escaped"),
    ("unusual forms", "rdflib", "rewrites literals when it reads them: 01 becomes 1, Z becomes +00:00"),
    ("floating point", "rdflib", "ends with a decimal.InvalidOperation where INF and NaN meet"),
    ("floating point", "jsonld.js", "rewrites 1e0 to 1.0E0, and INF to NaN"),
)
"""Topic, parser, and why the parser does not read it as it was meant."""

OF_WRITERS = (
    ("blank nodes", "Raptor", "writes a lone blank node as a full stop"),
    ("carriage returns", "Raptor", "writes CR into a short string of Turtle, which no parser may read"),
    ("floating point", "Raptor", "writes INF and NaN bare, as if they were words of Turtle"),
    ("unusual forms", "Raptor", 'writes "1"^^xsd:boolean as true'),
)
"""Topic, parser, and what is wrong with the Turtle that it writes of it."""

"""Who claimed which number: a knowledge graph of evidence-anchored claims.

>>> import repatria
>>> g = repatria.open()
>>> g.query("claims-by", {"official": "medinsky"})
<Rows: ...>

The names below are the public ones; each is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# Public name → module that defines it.
_PUBLIC = {
    "Bounds": "repatria.quantity",
    "Card": "repatria.query.describe",
    "Diff": "repatria.diff",
    "Graph": "repatria.session",
    "IRI": "repatria.query.values",
    "InputError": "repatria.errors",
    "Location": "repatria.errors",
    "MissingExtra": "repatria.errors",
    "Problems": "repatria.errors",
    "QueryTimeout": "repatria.errors",
    "Reading": "repatria.quantity",
    "RepatriaError": "repatria.errors",
    "Report": "repatria.shacl",
    "Result": "repatria.shacl",
    "Row": "repatria.query.rows",
    "Rows": "repatria.query.rows",
    "Severity": "repatria.shacl",
    "StoreError": "repatria.errors",
    "Summary": "repatria.building",
    "Triples": "repatria.query.run",
    "UsageError": "repatria.errors",
    "Workspace": "repatria.workspace",
    "bounds": "repatria.quantity",
    "build": "repatria.building",
    "differences": "repatria.diff",
    "find_workspace": "repatria.workspace",
    "normalise": "repatria.dossier.text",
    "open": "repatria.opening",
    "read_words": "repatria.quantity",
    "read_workspace": "repatria.workspace",
    "validate": "repatria.validation",
}
__all__ = [
    "IRI",
    "Bounds",
    "Card",
    "Diff",
    "Graph",
    "InputError",
    "Location",
    "MissingExtra",
    "Problems",
    "QueryTimeout",
    "Reading",
    "RepatriaError",
    "Report",
    "Result",
    "Row",
    "Rows",
    "Severity",
    "StoreError",
    "Summary",
    "Triples",
    "UsageError",
    "Workspace",
    "__version__",
    "bounds",
    "build",
    "differences",
    "find_workspace",
    "normalise",
    "open",
    "read_words",
    "read_workspace",
    "validate",
]

if TYPE_CHECKING:
    from repatria.building import Summary, build
    from repatria.diff import Diff, differences
    from repatria.dossier.text import normalise
    from repatria.errors import (
        InputError,
        Location,
        MissingExtra,
        Problems,
        QueryTimeout,
        RepatriaError,
        StoreError,
        UsageError,
    )
    from repatria.opening import open
    from repatria.quantity import Bounds, Reading, bounds, read_words
    from repatria.query.describe import Card
    from repatria.query.rows import Row, Rows
    from repatria.query.run import Triples
    from repatria.query.values import IRI
    from repatria.session import Graph
    from repatria.shacl import Report, Result, Severity
    from repatria.validation import validate
    from repatria.workspace import Workspace, find_workspace, read_workspace


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that ``import repatria`` costs nothing."""
    if name not in _PUBLIC:
        raise AttributeError(f"module 'repatria' has no attribute {name!r}")
    return getattr(import_module(_PUBLIC[name]), name)


def __dir__() -> list[str]:
    return __all__

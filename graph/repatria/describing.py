"""Describing shapes: those of files, or the shipped ones and those of a workspace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from repatria.rdf.declared import declared_prefixes
from repatria.shacl.choosing import find_shapes
from repatria.shacl.describing import Chapter, chapters, read_examples, shipped_examples
from repatria.shacl.reading import read_shapes
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.terms import SHAPES, prefixes
from repatria.validating.inputs import read_files
from repatria.validation import shapes_of
from repatria.workspace import Workspace


def describe_shapes(
    files: Sequence[str | Path] | None = None,
    workspace: Workspace | None = None,
    *,
    names: Sequence[str] = (),
    examples: str | Path | None = None,
) -> Iterator[Chapter]:
    """Return chapters on shapes: those of ``files``, or the shipped ones and those of ``workspace``.

    ``names`` are the only shapes that are told of; nothing means all. ``examples``
    is a folder of examples (:func:`repatria.shacl.describing.read_examples`);
    without it the shipped shapes have theirs. Raises InputError RP101, RP102, RP301–RP306 for
    what cannot be read, RP311 for ill-formed shapes, RP312 for none; UsageError
    RP201, RP202 for a name that is not known, or of several.
    """
    index = ShapesGraph(read_files(files) if files else shapes_of(workspace))
    index.require_shapes()
    model = read_shapes(index)
    known = {"s": SHAPES, **prefixes(), **declared_prefixes(files or ())}
    if examples is not None:
        found = read_examples(Path(examples))
    else:
        found = {} if files else dict(shipped_examples())
    chosen = find_shapes(names, model, index, known) if names else None
    return chapters(model, index, known, found, chosen)

"""A part of the shapes: those that were chosen, and what in them has at least some severity.

Only what is checked at the focus nodes is left out. A shape that another one
refers to by sh:node, sh:not and the like decides there with all that it says
(SHACL §3.4: a node conforms if there is no result, of whatever severity).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from pyoxigraph import BlankNode, Quad

from repatria.shacl.data import Subject
from repatria.shacl.model import Shape, Shapes, Targets
from repatria.shacl.report import Severity
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.shacl.vocabulary import SHAPE_TYPES, TARGETS, TYPE, sh


def selected(model: Shapes, nodes: Collection[Subject] | None, least: Severity) -> Shapes:
    """Return the shapes of which only ``nodes`` (None: all) select focus nodes, for results of at least
    the severity ``least``.

    A property shape also has the targets of the node shapes that it is a property of.
    """
    if nodes is None and least is Severity.INFO:
        return model
    found = {node: replace(shape, targets=Targets()) for node, shape in model.shapes.items()}
    chosen = list(model.targeted()) if nodes is None else list(_with_targets(model, nodes))
    for shape in chosen:
        kept = _at_least(shape, least, found)
        if kept is not None:
            # What refers to the shape goes on finding the whole of it.
            found[BlankNode()] = kept
    return Shapes(found, model.parents)


def _with_targets(model: Shapes, nodes: Collection[Subject]) -> Iterator[Shape]:
    for node in nodes:
        shape = model.shapes[node]
        # A parent that is chosen itself checks it already.
        parents = [model.shapes[one] for one in model.parents.get(node, ()) if one not in nodes]
        holders = [one for one in parents if one.path is None and not one.deactivated]
        yield replace(shape, targets=_together([shape.targets, *(one.targets for one in holders)]))


def _together(targets: list[Targets]) -> Targets:
    return Targets(
        tuple(dict.fromkeys(one for each in targets for one in each.nodes)),
        tuple(dict.fromkeys(one for each in targets for one in each.classes)),
        tuple(dict.fromkeys(one for each in targets for one in each.subjects_of)),
        tuple(dict.fromkeys(one for each in targets for one in each.objects_of)),
        tuple(dict.fromkeys(one for each in targets for one in each.queries)),
    )


def _at_least(shape: Shape, least: Severity, found: dict[Subject, Shape]) -> Shape | None:
    """Return a shape with what in it weighs enough, or None if nothing does; its changed properties are
    added to ``found`` under new nodes."""
    properties = []
    for node in shape.properties:
        whole = found[node]
        kept = _at_least(whole, least, found)
        if kept is None:
            continue
        if kept != whole:
            node = BlankNode()
            found[node] = kept
        properties.append(node)
    components = shape.components if shape.severity.at_least(least) else ()
    if not components and not properties:
        return None
    return replace(shape, components=components, properties=tuple(properties))


def targeting(index: ShapesGraph, shapes: Iterable[Shape], model: Shapes) -> list[Quad]:
    """Return the triples of a shapes graph in which only these shapes select focus nodes.

    Their targets are written out; those of a query come with the shape, or the shape that has it.
    """
    chosen = {shape.node: shape.targets for shape in shapes}
    others = model.shapes.keys() - chosen.keys()
    quads = [quad for quad in index.quads if not (quad.subject in others and _selects(quad))]
    for node, targets in chosen.items():
        named = {"targetNode": targets.nodes, "targetClass": targets.classes,
                 "targetSubjectsOf": targets.subjects_of, "targetObjectsOf": targets.objects_of}  # fmt: skip
        quads += (Quad(node, sh(name), value) for name, values in named.items() for value in values)
        if targets.queries:
            holders = (node, *model.parents.get(node, ()))
            found = (one for holder in holders for one in index.objects(holder, sh("target")))
            quads += (Quad(node, sh("target"), one) for one in found)
    return quads


def _selects(quad: Quad) -> bool:
    """Return whether a triple of the shapes makes its subject select focus nodes, also by being a class."""
    is_class = quad.predicate == TYPE and quad.object not in SHAPE_TYPES
    return is_class or quad.predicate in TARGETS or quad.predicate == sh("target")

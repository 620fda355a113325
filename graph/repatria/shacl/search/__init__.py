"""Finds the focus nodes that may break a shape, by few queries over all of them.

Nearly all nodes of a real graph conform, so most of the work of a validation is
to see that nothing is wrong. A query that counts what the focus nodes have, by
property and kind of value, proves most constraints at once; what it cannot
prove is searched for. Only what is found is then judged, node by node, on the
terms as they were written (:mod:`repatria.shacl.evaluation`). A search may give
too many nodes, never too few.
"""

from repatria.shacl.search.suspects import Constraint, Search

__all__ = ["Constraint", "Search"]

"""The one form of a graph: labels of blank nodes, N-Quads, Turtle and TriG that depend on nothing else."""

from repatria.canonical.labels import canonical_labels
from repatria.canonical.nquads import canonical_nquads, fingerprint
from repatria.canonical.writing import write_trig, write_turtle

__all__ = ["canonical_labels", "canonical_nquads", "fingerprint", "write_trig", "write_turtle"]

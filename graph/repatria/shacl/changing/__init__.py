"""Incremental validation: after an edit, only the nodes that it concerns are judged again."""

from repatria.shacl.changing.edit import Edit
from repatria.shacl.changing.keeping import Kept, edit_between, graph_after, revalidate, validate_kept

__all__ = ["Edit", "Kept", "edit_between", "graph_after", "revalidate", "validate_kept"]

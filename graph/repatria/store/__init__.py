"""The store: quads on disk or in memory behind one interface."""

from repatria.store.dataset import Dataset, Origin, open_disk, open_nquads

__all__ = ["Dataset", "Origin", "open_disk", "open_nquads"]

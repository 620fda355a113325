"""Atomic builds: each in a folder of its own, one link that says which is read."""

from repatria.snapshot.layout import Layout, open_current, writing
from repatria.snapshot.manifest import Input, Manifest, read_manifest, write_manifest

__all__ = ["Input", "Layout", "Manifest", "open_current", "read_manifest", "write_manifest", "writing"]

"""Where the four data folders are: beside the package when installed, two levels up in a checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDERS = ("ontology", "shapes", "data", "queries")


@cache
def folder(name: str) -> Path:
    """Return the path of one of the folders ``ontology``, ``shapes``, ``data``, ``queries``."""
    if name not in FOLDERS:
        raise ValueError(f"no such folder: {name}")
    package = Path(__file__).resolve().parent
    installed = package / name
    return installed if installed.is_dir() else package.parent.parent / name

"""Pictures of claimed numbers: timeline, tally, compare, balance, as SVG, PNG or HTML.

Needs the extra ``plot`` (Altair and vl-convert); no browser, and nothing is fetched.
"""

from __future__ import annotations

from repatria.plot.asking import KINDS, picture
from repatria.plot.drawing import Drawing, Scope
from repatria.plot.rendering import FORMATS, render

__all__ = ["FORMATS", "KINDS", "Drawing", "Scope", "picture", "render"]

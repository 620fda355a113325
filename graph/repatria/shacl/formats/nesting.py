"""JSON inside a longer text of JSON, as indented as if it were written at once."""

from __future__ import annotations

import json
from typing import Any


def nested(item: Any) -> str:
    """Return the JSON text of a value, each of its lines four columns further in."""
    text = json.dumps(item, ensure_ascii=False, indent=2)
    # Not textwrap.indent(): what else ends a line for Python, as U+0085 does, may stand within a string.
    return "    " + text.replace("\n", "\n    ")

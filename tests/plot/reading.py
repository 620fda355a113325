"""What a rendered picture holds: marks by name, texts, chunks of a PNG."""

from __future__ import annotations

import struct
import zlib
from xml.etree import ElementTree

from repatria.plot.drawing import Drawing
from repatria.plot.rendering import render

SVG = "{http://www.w3.org/2000/svg}"
PNG = b"\x89PNG\r\n\x1a\n"


class Picture:
    """An SVG as it was rendered."""

    def __init__(self, content: bytes) -> None:
        self.root = ElementTree.fromstring(content)

    def marks(self, name: str) -> list[ElementTree.Element]:
        """The marks of the layers whose names start so."""
        start = name.replace("-", "_")
        return [
            mark
            for group in self.root.iter(f"{SVG}g")
            if any(
                part.startswith(start) and part.endswith("_marks") for part in group.get("class", "").split()
            )
            for mark in group
        ]

    def count(self, name: str) -> int:
        """How many marks there are of a name."""
        return len(self.marks(name))

    def texts(self, name: str = "") -> list[str]:
        """The texts of the layers whose names start so, or all."""
        groups = self.marks(name) if name else [self.root]
        return ["".join(text.itertext()) for group in groups for text in group.iter(f"{SVG}text")]

    def colours(self, name: str) -> set[str]:
        """The fills of the marks of a name."""
        return {mark.get("fill", "") for mark in self.marks(name)}

    def dashes(self, name: str) -> set[str]:
        """The dashes of the marks of a name, empty for a solid line."""
        return {mark.get("stroke-dasharray", "") for mark in self.marks(name)}


def drawn(drawing: Drawing) -> Picture:
    """Render a drawing as SVG."""
    return Picture(render(drawing, "svg"))


def chunks(image: bytes) -> list[tuple[bytes, bytes]]:
    """Return the chunks of a PNG, with their sums checked."""
    assert image.startswith(PNG)
    found, place = [], len(PNG)
    while place < len(image):
        (length,) = struct.unpack(">I", image[place : place + 4])
        kind, data = image[place + 4 : place + 8], image[place + 8 : place + 8 + length]
        (check,) = struct.unpack(">I", image[place + 8 + length : place + 12 + length])
        assert check == zlib.crc32(kind + data)
        found.append((kind, data))
        place += length + 12
    return found


def told(image: bytes, keyword: str) -> str:
    """Return what a PNG's text chunk of a keyword says."""
    for kind, data in chunks(image):
        name, _, text = data.partition(b"\0")
        if kind == b"tEXt" and name.decode() == keyword:
            return text.decode("latin-1")
        if kind == b"iTXt" and name.decode() == keyword:
            assert text[:4] == b"\0\0\0\0"
            return text[4:].decode()
    raise AssertionError(f"no text chunk {keyword}")

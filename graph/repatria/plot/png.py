"""The text alternative of a PNG: its chunks Title and Description."""

from __future__ import annotations

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = len(_SIGNATURE) + 25


def described(image: bytes, title: str, description: str) -> bytes:
    """Return a PNG with its title and description in text chunks behind the header.

    The keywords are those of the PNG specification (11.3.3.2): tEXt holds
    Latin-1 only, iTXt any other text as UTF-8.
    """
    chunks = _chunk("Title", title) + _chunk("Description", description)
    return image[:_HEADER] + chunks + image[_HEADER:]


def _chunk(keyword: str, text: str) -> bytes:
    name = keyword.encode("latin-1") + b"\0"
    try:
        kind, data = b"tEXt", name + text.encode("latin-1")
    except UnicodeEncodeError:
        # Not compressed, no language tag, no translated keyword.
        kind, data = b"iTXt", name + b"\0\0\0\0" + text.encode()
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

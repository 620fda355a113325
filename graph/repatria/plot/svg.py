"""The text alternative of an SVG: title, description, and the role of an image."""

from __future__ import annotations

from xml.etree import ElementTree

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"


def accessible(text: str, title: str, description: str) -> bytes:
    """Return an SVG as UTF-8 with ``title`` and ``desc`` as its first elements (SVG-AAM 1.0).

    The picture is one image to a screen reader: what Vega says of single
    marks is taken out.
    """
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    root = ElementTree.fromstring(text)
    for element in root.iter():
        for name in [name for name in element.attrib if name == "role" or name.startswith("aria-")]:
            del element.attrib[name]
    root.set("role", "img")
    root.set("aria-labelledby", "picture-title picture-description")
    for place, (name, content) in enumerate((("title", title), ("desc", description))):
        element = ElementTree.Element(
            f"{{{_SVG}}}{name}", id=f"picture-{'title' if not place else 'description'}"
        )
        element.text = content
        root.insert(place, element)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=False)) + b"\n"

"""From a drawing to the bytes of a file: SVG, PNG or HTML, the same ones for the same numbers."""

from __future__ import annotations

from collections.abc import Callable

from repatria.errors import MissingExtra, UsageError
from repatria.plot.drawing import Drawing
from repatria.plot.page import page
from repatria.plot.png import described
from repatria.plot.svg import accessible

_SCALE = 2.0
# A taller picture is not enlarged: an image of this size is large enough already.
_TALL = 5000


def check_extra() -> None:
    """Raise MissingExtra if the packages of the extra ``plot`` are not installed."""
    for package in ("altair", "vl_convert"):
        try:
            __import__(package)
        except ImportError:
            raise MissingExtra("altair", "plot") from None


def check_format(format: str) -> None:
    """Raise UsageError RP200 if there is no such format of pictures."""
    if format not in FORMATS:
        hint = f"one of {', '.join(FORMATS)}"
        raise UsageError("RP200", f"there is no picture format “{format}”", hint=hint)


def render(drawing: Drawing, format: str) -> bytes:
    """Return a drawing as svg, png or html (UTF-8). Raises UsageError RP200 for another format."""
    check_format(format)
    return _WRITERS[format](drawing)


def _svg(drawing: Drawing) -> bytes:
    import vl_convert

    text = vl_convert.vegalite_to_svg(drawing.chart.to_dict(), vl_version=_version())
    return accessible(text, drawing.title, drawing.description)


def _version() -> str:
    """Return the version of Vega-Lite that the installed Altair writes, as vl-convert names it."""
    import altair

    return ".".join(altair.SCHEMA_VERSION.removeprefix("v").split(".")[:2])


def _png(drawing: Drawing) -> bytes:
    import vl_convert

    svg = _svg(drawing).decode()
    image = vl_convert.svg_to_png(svg, scale=1.0 if _height(svg) > _TALL else _SCALE)
    return described(image, drawing.title, drawing.description)


def _height(svg: str) -> float:
    from xml.etree import ElementTree

    return float(ElementTree.fromstring(svg).get("height", "0"))


def _html(drawing: Drawing) -> bytes:
    return page(drawing, _svg(drawing).decode())


_WRITERS: dict[str, Callable[[Drawing], bytes]] = {"svg": _svg, "png": _png, "html": _html}
FORMATS = tuple(_WRITERS)

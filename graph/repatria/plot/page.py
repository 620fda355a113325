"""A page with the picture and a table of the same numbers: nothing is fetched, nothing runs."""

from __future__ import annotations

from html import escape

from repatria.plot.drawing import Drawing

_STYLE = """
body { font-family: "Liberation Sans", Arial, Helvetica, sans-serif; color: #1a1a1a; background: #fff;
       max-width: 62rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.4; }
figure { margin: 0; overflow-x: auto; }
figure svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; margin: 2rem 0; font-size: .875rem; }
caption { text-align: left; font-weight: bold; padding: .4rem 0; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0;
         border-bottom: 1px solid #dedede; }
thead th { border-bottom: 1px solid #1a1a1a; }
tbody th { font-weight: normal; }
"""


def page(drawing: Drawing, svg: str) -> bytes:
    """Return a drawing as an HTML page (UTF-8)."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in drawing.columns)
    rows = "\n".join(_row(row) for row in drawing.rows)
    notes = " ".join(escape(note) for note in drawing.notes)
    text = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(drawing.title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<figure aria-label="{escape(drawing.title)}">
{svg.strip()}
</figure>
<table>
<caption>{escape(drawing.title)}: the numbers of the picture</caption>
<thead><tr>{head}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
<p>{notes}</p>
</main>
</body>
</html>
"""
    return text.encode()


def _row(cells: tuple[str, ...]) -> str:
    first, *others = cells
    told = "".join(f"<td>{escape(cell)}</td>" for cell in others)
    return f'<tr><th scope="row">{escape(first)}</th>{told}</tr>'

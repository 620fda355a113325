"""The frame of an HTML page that stands by itself: its style, and a script that filters a table.

Nothing is loaded: the page forbids itself the network. Without a script it is
the same page, without the filters.
"""

from __future__ import annotations

from html import escape

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'"
)
_STYLE = """
:root { color-scheme: light dark; --line: #d0d7de; --soft: #f6f8fa; --dim: #59636e; --mark: #ffdca8;
  --violation: #b42318; --warning: #8a5a00; --info: #175cd3; --good: #067647; --link: #0b57d0 }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --soft: #1f242c; --dim: #9198a1;
  --mark: #6b4a12; --violation: #ff8a80; --warning: #f2c14e; --info: #84adff;
  --good: #47cd89; --link: #8ab4f8 } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 1.5rem auto; max-width: 90rem; padding: 0 1rem }
h1 { font-size: 1.5rem; margin: 0 0 .3rem } h2 { font-size: 1.15rem }
h3 { font-size: 1em; font-weight: 600; margin: 0 0 .3rem } p { margin: .3rem 0 }
a { color: var(--link) } code, pre { font: 13px/1.45 ui-monospace, monospace; overflow-wrap: anywhere }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: 4px; margin: .4rem 0;
  padding: .4rem .6rem; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4 }
mark { background: var(--mark); color: inherit; border-radius: 2px; padding: 1px 0 }
.dim { color: var(--dim) } .violation { color: var(--violation) } .warning { color: var(--warning) }
.info { color: var(--info) } .good { color: var(--good) }
.violation, .warning, .info, .good { font-weight: 600 }
.filters { display: flex; flex-wrap: wrap; gap: .6rem 1rem; align-items: center; margin: 1rem 0;
  padding: .6rem; background: var(--soft); border: 1px solid var(--line); border-radius: 6px;
  position: sticky; top: 0 }
.filters[hidden] { display: none } .filters label { display: flex; gap: .4rem; align-items: center }
.filters select, .filters input { font: inherit; max-width: 22rem; padding: .2rem .4rem }
table { border-collapse: collapse; width: 100%; table-layout: fixed } tr[hidden] { display: none }
th:first-child { width: 5.5rem } th:nth-child(2) { width: 48% }
@media (max-width: 50rem) { thead { display: none } td { display: block; border: 0; padding: .2rem 0 }
  tr:not([hidden]) { display: block; border-bottom: 1px solid var(--line); padding: .6rem 0 } }
th, td { text-align: left; vertical-align: top; padding: .5rem .6rem; border-bottom: 1px solid var(--line) }
th { white-space: nowrap } td p:first-child { margin-top: 0 } dl { margin: 0 }
dt { color: var(--dim); font-size: .85em } dd { margin: 0 0 .3rem }
ul { margin: .3rem 0; padding-left: 1.2rem }
"""
_FILTER = """
(() => {
  const rows = [...document.querySelectorAll("tbody tr:not(.chapter)")];
  const form = document.querySelector(".filters");
  if (!form || rows.length < 2) return;
  const selects = [...form.querySelectorAll("select")], words = form.querySelector("input");
  for (const select of selects) {
    const counts = new Map();
    for (const row of rows) {
      const value = row.dataset[select.name] || "";
      counts.set(value, (counts.get(value) || 0) + 1);
    }
    for (const value of [...counts.keys()].sort())
      select.add(new Option(`${value || "(none)"} – ${counts.get(value)}`, "=" + value));
    select.parentElement.hidden = counts.size < 2;
  }
  const shown = form.querySelector("output");
  const filter = () => {
    const text = words.value.trim().toLowerCase();
    let number = 0;
    for (const row of rows) {
      const fits = selects.every((one) => !one.value || one.value === "=" + (row.dataset[one.name] || ""))
        && (!text || row.textContent.toLowerCase().includes(text));
      row.hidden = !fits;
      number += fits;
    }
    for (const part of document.querySelectorAll("tbody"))
      part.hidden = !part.querySelector("tr:not(.chapter):not([hidden])");
    shown.textContent = `${number} of ${rows.length}`;
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  filter();
})();
"""


def head(title: str) -> str:
    """Return the beginning of a page, up to its title as heading."""
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n"
    )


def filters(names: dict[str, str]) -> str:
    """Return the form that filters rows by their data attributes (name → label), hidden without a script."""
    selects = "".join(
        f'<label>{escape(label)} <select name="{name}"><option value="">all</option></select></label>\n'
        for name, label in names.items()
    )
    words = '<label>Words <input type="search" placeholder="any text"></label>\n'
    return f'<form class="filters" hidden>\n{selects}{words}<output class="dim"></output>\n</form>\n'


def foot() -> str:
    """Return the end of a page, with the script of the filters."""
    return f"<script>{_FILTER}</script>\n</body>\n</html>\n"


def is_web(address: str) -> bool:
    """Return whether an address is one of the web, which a link may lead to."""
    return address.startswith(("http://", "https://"))


def linked(text: str, address: str) -> str:
    """Return text as HTML, as a link if the address is one of the web."""
    shown = escape(text)
    return f'<a href="{escape(address)}" rel="noreferrer">{shown}</a>' if is_web(address) else shown

"""``repatria locate``: where words stand in an article, with offsets and hashes."""

from __future__ import annotations

from pathlib import Path

import click

from repatria_cli.output import output_option, print_rows, row_format_option
from repatria_cli.parameters import InputFile, Text


@click.command("locate", short_help="Print offsets and hashes of words in an article.")
@click.argument("article", metavar="ARTICLE", type=InputFile("article"))
@click.argument("words", metavar="[WORDS]", type=Text(), required=False)
@row_format_option
@output_option
def command(article: str, words: str | None, format_: str | None, output: str) -> None:
    """Print start, end and SHA-256 of WORDS in the normalised text of ARTICLE.

    Offsets are code points; a passage's own start, end and sha256, or a
    fragment's `at`, are copied into the dossier. Without WORDS the hash and
    length of the whole text.

    \b
    Example:
      repatria locate article.txt "bodies of 1,000 Ukrainian soldiers"
    """
    from pyoxigraph import Literal

    from repatria.dossier.archive import read_article
    from repatria.dossier.emit import integer
    from repatria.dossier.locate import locate
    from repatria.query.rows import Rows

    found = read_article(Path(article))
    whole = Literal(found.sha256)
    if words is None:
        rows = Rows(("characters", "sha256"), [(integer(len(found.text)), whole)])
    else:
        places = locate(found, words)
        cells = ((integer(p.start), integer(p.end), Literal(p.sha256), whole) for p in places)
        rows = Rows(("start", "end", "sha256", "text_sha256"), cells)
    print_rows(rows, format_, output, {})

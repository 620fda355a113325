"""``repatria locate``: where words stand in an article, with offsets and hashes."""

from __future__ import annotations

from pathlib import Path

import click

from repatria_cli.output import output_option, print_rows, row_format_option


@click.command("locate")
@click.argument("article", metavar="ARTICLE")
@click.argument("words", metavar="[WORDS]", required=False)
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
    if words is None:
        columns: tuple[str, ...] = ("characters", "sha256")
        rows = [(integer(len(found.text)), Literal(found.sha256))]
    else:
        columns = ("start", "end", "sha256", "text_sha256")
        rows = [
            (integer(place.start), integer(place.end), Literal(place.sha256), Literal(found.sha256))
            for place in locate(found, words)
        ]
    print_rows(Rows(columns, rows), format_, output, {})

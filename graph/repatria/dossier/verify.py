"""Re-checks the evidence of a dossier against the articles: hashes, offsets, fragments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from repatria.dossier.archive import Archive, Article
from repatria.dossier.documents import Document, JsonPath
from repatria.dossier.text import is_whole_sentence, sha256
from repatria.errors import InputError

Entry = dict[str, Any]


def verify_dossier(document: Document, archive: Archive) -> Iterator[InputError]:
    """Yield each mismatch between a dossier (as its schema wants it) and its article.

    RP150: no article has this text; RP151: the article changed; RP152: a
    passage, RP153: a fragment differs; RP154: a fragment holds a whole
    sentence. A dossier of cited claims has nothing to verify.
    """
    dossier: Entry = document.data
    text = dossier.get("text")
    if text is None:
        return
    article = archive.by_hash.get(text["sha256"])
    if article is None:
        article = archive.by_name.get(text.get("file", ""))
        place = document.location(("text", "sha256"))
        if article is None:
            message = f"no article has the text of the source “{dossier['id']}”"
            yield InputError("RP150", message, hint="name the folder that holds it", location=place)
            return
        message = f"{article.path.name} has changed: its text now has the hash {article.sha256}"
        hint = "a changed article is a new source with `revision_of`; its claims supersede these"
        yield InputError("RP151", message, hint=hint, location=place)
    if len(article.text) != text["characters"]:
        place = document.location(("text", "characters"))
        yield InputError("RP151", f"the text has {len(article.text)} characters", location=place)
    for number, claim in enumerate(dossier["claims"]):
        if claim.get("status") != "draft":
            yield from _claim(document, article, ("claims", number), claim)


def _claim(document: Document, article: Article, path: JsonPath, claim: Entry) -> Iterator[InputError]:
    passage = claim.get("passage")
    if passage is not None:
        at: JsonPath = (*path, "passage")
        found = article.text[passage["start"] : passage["end"]]
        if sha256(found) != passage["sha256"] or len(found) != passage["end"] - passage["start"]:
            message = f"the text at {passage['start']}–{passage['end']} is not the passage that was hashed"
            hint = "`repatria locate` prints offsets and hash"
            yield InputError("RP152", message, hint=hint, location=document.location((*at, "sha256")))
        yield from _fragment(document, article, at, passage)
    for number, count in enumerate(claim.get("counts", ())):
        if "evidence" in count:
            yield from _fragment(document, article, (*path, "counts", number, "evidence"), count["evidence"])


def _fragment(document: Document, article: Article, path: JsonPath, piece: Entry) -> Iterator[InputError]:
    start, fragment = piece["at"], piece["fragment"]
    end = start + len(fragment)
    place = document.location((*path, "fragment"))
    if article.text[start:end] != fragment:
        elsewhere = article.text.find(fragment)
        hint = f"the fragment stands at {elsewhere}" if elsewhere >= 0 else "the article does not hold it"
        yield InputError("RP153", f"“{fragment}” does not stand at {start}", hint=hint, location=place)
    elif is_whole_sentence(article.text, start, end):
        hint = "keep the words that carry the claim, not the sentence"
        message = f"“{fragment}” is a whole sentence of the article"
        yield InputError("RP154", message, hint=hint, location=place)

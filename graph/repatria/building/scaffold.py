"""A new workspace: settings, entities and one dossier of plainly fictional bodies that builds."""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path

from repatria.dossier.text import normalise, sha256
from repatria.errors import Location, StoreError, UsageError
from repatria.workspace import CONFIG

_ARTICLE = """\
Exampleland hands over twelve parcels

The Ministry of Examples said on Friday that it handed over 12 parcels to Samplestan. \
The Sample Office confirmed the handover.
"""
_SETTINGS = """\
# A Repatria workspace. Paths are relative to this file.
title = "My claims"
base = "{base}"
entities = ["entities"]
sources = ["sources"]
store = ".repatria"

# What the graph and its exports say of the dataset; all of it is optional. Settings above stay above.
# [dataset]
# description = "What the claims are about"
# language = "en"          # of title, description and keywords
# version = "1.0.0"
# issued = 2025-05-02      # the day of this version
# licence = "CC-BY-4.0"    # an SPDX identifier or an IRI
# creators = ["A name", "Another name <https://example.org/another>"]
# publisher = "A name"
# landing_page = "https://example.org/claims"
# keywords = ["claims"]
"""
_ENTITIES = """\
# Who and what the dossiers speak of. Keys become IRIs: keep them once published.
states:
  - {key: exampleland, labels: {en: Exampleland}}
  - {key: samplestan, labels: {en: Samplestan}}
organizations:
  - {key: example-gazette, labels: {en: Example Gazette}}
  - {key: ministry-of-examples, labels: {en: Ministry of Examples}, side: exampleland}
  - {key: sample-office, labels: {en: Sample Office}, side: samplestan}
exchanges:
  - key: handover-2025-05-02
    type: remains-exchange
    labels: {en: "Handover of 2 May 2025"}
    parties: [exampleland, samplestan]
    not_before: 2025-05-02
    not_after: 2025-05-02
    derived_from: ["example-gazette-2025-05-02#c01"]
concepts:
  - key: parcels-handed-over
    scheme: measure
    labels: {en: parcels handed over}
    definition: Parcels handed over by one party to another; an example measure of this workspace.
"""
_DOSSIER = """\
# One file for each article. `repatria locate ARTICLE WORDS` prints offsets and hashes.
id: example-gazette-2025-05-02
headline: Exampleland hands over …
publisher: example-gazette
published: 2025-05-02
language: en
text: {{sha256: {text_sha}, characters: {characters}, file: example-gazette.txt}}

claims:
  - key: c01
    asserter: ministry-of-examples
    act: announce
    modality: actual
    topic: remains-transfer
    said: Friday
    about: handover-2025-05-02
    counts:
      - {{words: "12", measure: parcels-handed-over, from: exampleland, to: samplestan,
         population: unspecified, aggregation: single-event}}
    passage: {first}

  - key: c02
    asserter: sample-office
    act: confirm
    modality: actual
    topic: remains-transfer
    about: handover-2025-05-02
    confirms: {{claim: "#c01", aspect: [occurrence]}}
    passage: {second}
"""


def _passage(text: str, sentence: str, fragment: str) -> str:
    start = text.index(sentence)
    at = text.index(fragment, start)
    return (
        f'{{start: {start}, end: {start + len(sentence)}, fragment: "{fragment}", at: {at},\n'
        f"              sha256: {sha256(sentence)}}}"
    )


def _files(base: str) -> dict[str, str]:
    text = normalise(_ARTICLE)
    first = text[text.index("The Ministry") : text.index(" The Sample")]
    second = text[text.index("The Sample") :]
    dossier = _DOSSIER.format(
        text_sha=sha256(text),
        characters=len(text),
        first=_passage(text, first, "handed over 12 parcels"),
        second=_passage(text, second, "confirmed the handover"),
    )
    return {
        CONFIG: _SETTINGS.format(base=base),
        "entities/entities.yaml": _ENTITIES,
        "sources/example-gazette-2025-05-02.yaml": dossier,
        "articles/example-gazette.txt": _ARTICLE,
        ".gitignore": ".repatria/\narticles/\n",
    }


def make_workspace(folder: Path, base: str) -> list[Path]:
    """Write the files of a new workspace and return their paths.

    Raises UsageError RP207 (there is a workspace, or a file would be
    overwritten; or ``base`` is no http(s) IRI with a slash at its end),
    StoreError RP404 (cannot be written), RP405 (disk full).
    """
    web = base.startswith(("http://", "https://"))
    if not web or not base.endswith("/") or any(char in base for char in ' "<>\\'):
        hint = "such as http://example.org/claims/"
        raise UsageError("RP207", f"the base “{base}” is no http(s) IRI with a slash at its end", hint=hint)
    files = {folder / name: text for name, text in _files(base).items()}
    for path in files:
        if path.exists():
            hint = "choose another folder; nothing is overwritten"
            raise UsageError("RP207", "is there already", hint=hint, location=Location(str(path)))
    made: list[Path] = []
    try:
        for path, text in files.items():
            _make_folder(path.parent, made)
            made.append(path)
            path.write_text(text, encoding="utf8")
    except BaseException as error:
        _remove(made)
        if isinstance(error, OSError):
            raise _cannot_write(folder, error) from None
        raise
    return list(files)


def _make_folder(folder: Path, made: list[Path]) -> None:
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir()
        made.append(place)


def _remove(made: list[Path]) -> None:
    """Remove what was made, so that nothing half-written stays."""
    for path in reversed(made):
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()


def _cannot_write(folder: Path, error: OSError) -> StoreError:
    full = error.errno == errno.ENOSPC
    message = "cannot be written: " + ("the disk is full" if full else (error.strerror or str(error)).lower())
    hint = "choose a folder that you may write; nothing was left there"
    return StoreError("RP405" if full else "RP404", message, hint=hint, location=Location(str(folder)))

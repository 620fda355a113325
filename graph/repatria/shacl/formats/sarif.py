"""A report as SARIF 2.1.0 (OASIS), which editors and code scanning read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pyoxigraph import NamedNode

from repatria.shacl.formats.telling import Telling, Told
from repatria.shacl.naming import Names
from repatria.shacl.report import Place, Report, Severity
from repatria.shacl.vocabulary import SHAPES

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LINK = re.compile(r"\[(?=[^\]]*\]\()")
_Object = dict[str, Any]


def sarif_pieces(report: Report, prefixes: Mapping[str, str]) -> Iterator[str]:
    """Yield a log with one run: first the tool and the rules with results, then a line for each result."""
    telling = Telling(report, prefixes)
    rules: dict[str, _Object] = {}
    for told in telling.results():
        if (rule := told.rule_name) not in rules:
            rules[rule] = _rule(told)
    run = {
        "tool": {"driver": _driver(list(rules.values()))},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "properties": _properties(report, telling.names),
    }
    inner = json.dumps(run, ensure_ascii=False, indent=1).removesuffix("\n}")
    yield f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{inner},\n "results": ['
    numbers = {rule: number for number, rule in enumerate(rules)}
    between = "\n"
    for told in telling.results():
        yield between + json.dumps(_result(told, numbers), ensure_ascii=False)
        between = ",\n"
    yield "\n]}]}\n"


def _driver(rules: list[_Object]) -> _Object:
    from repatria import __version__

    return {
        "name": "repatria",
        "version": __version__,
        "informationUri": SHAPES.removesuffix("/shapes#"),
        "rules": rules,
    }


def _invocation(report: Report) -> _Object:
    found: _Object = {"executionSuccessful": not report.unfinished}
    if report.unfinished:
        told = {"level": "error", "message": _message(report.unfinished)}
        found["toolExecutionNotifications"] = [told]
    return found


def _properties(report: Report, names: Names) -> _Object:
    by_pyshacl = sorted(names.term(one) for one in report.by_pyshacl if isinstance(one, NamedNode))
    return {"conforms": report.conforms, "counted": list(report.counted), "byPyshacl": by_pyshacl}


def _rule(told: Told) -> _Object:
    result = told.result
    iri = (result.rule or result.component).value
    text = told.rule_text
    description = text.description or text.name or told.message
    # Code scanning refuses rules without these three.
    found: _Object = {
        "id": told.rule_name,
        "shortDescription": _message(text.name or description),
        "fullDescription": _message(description),
        "help": _message(" ".join(filter(None, (description, text.page or iri)))),
        "defaultConfiguration": {"level": _LEVELS[result.severity]},
        "properties": {"iri": iri},
    }
    page = text.page if _is_web(text.page) else iri
    return found | ({"helpUri": page} if _is_web(page) else {})


def _is_web(text: str) -> bool:
    return re.fullmatch(r"https?://[!-;=?-Z_a-z~\[\]@]+", text) is not None


def _result(told: Told, numbers: Mapping[str, int]) -> _Object:
    rule = told.rule_name
    suggestion = f" ({told.suggestion})" if told.suggestion else ""
    location: _Object = {"logicalLocations": [{"fullyQualifiedName": told.focus_node, "kind": "resource"}]}
    if told.place and told.place.location.file != "-":
        location["physicalLocation"] = _physical(told.place)
    named = {"path": told.path, "value": told.value, "component": told.component}
    more: _Object = {"focusNode": told.focus_node, **{key: text for key, text in named.items() if text}}
    if told.result.custom_severity:
        more["severity"] = told.severity
    if told.details:
        more["details"] = list(told.details)
    return {
        "ruleId": rule,
        "ruleIndex": numbers[rule],
        "level": _LEVELS[told.result.severity],
        "message": _message(told.message + suggestion),
        "locations": [location],
        "partialFingerprints": {"repatria/v1": _fingerprint(told)},
        "properties": more,
    }


def _fingerprint(told: Told) -> str:
    """Return what stays the same when lines are added above."""
    result = told.result
    parts = (told.focus_node, result.path, told.value, result.rule, result.component, told.message)
    return sha256("\0".join(map(str, parts)).encode()).hexdigest()[:32]


def _physical(place: Place) -> _Object:
    where = place.location
    found: _Object = {"artifactLocation": {"uri": _uri(where.file)}}
    if where.line:
        region: _Object = {"startLine": where.line}
        if where.column:
            region["startColumn"] = where.column
            if place.length:
                region["endColumn"] = where.column + place.length
        found["region"] = region
        if place.line:
            found["contextRegion"] = {"startLine": where.line, "snippet": {"text": place.line}}
    return found


def _uri(file: str) -> str:
    """Return a file as the user named it as a URI reference (RFC 3986)."""
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix(), safe="/")


def _message(text: str) -> _Object:
    # What looks like a placeholder or a link is meant as it stands (SARIF §3.11.5, §3.11.6).
    doubled = text.replace("{", "{{").replace("}", "}}")
    return {"text": _LINK.sub(r"\\[", doubled)}

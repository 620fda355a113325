"""Asks a SPARQL 1.1 endpoint by its protocol: form-encoded POST, results as SPARQL JSON."""

from __future__ import annotations

import base64
import time
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Callable, Sequence
from http.client import HTTPException
from urllib.parse import SplitResult, unquote, urlencode, urlsplit, urlunsplit

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, parse_query_results

from repatria import __version__
from repatria.errors import Location, StoreError, UsageError

_JSON = "application/sparql-results+json"
_BUSY = frozenset((429, 502, 503, 504))
_ATTEMPTS = 4
_PAUSE = 0.5  # seconds before the second attempt, doubled before each further one
_LONGEST_PAUSE = 30.0
_SHOWN = 200
_Answer = QuerySolutions | QueryBoolean


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Only the address that was given is asked."""

    def redirect_request(self, *_: object) -> None:
        return None


class Client:
    """One endpoint. ``url`` may hold a user and password, for basic authentication.

    ``timeout`` is the time in seconds without a sign of the endpoint after which an answer is given up;
    ``sleep`` waits between attempts. Raises :class:`UsageError` RP200 for what is no http(s) address.
    """

    def __init__(
        self, url: str, *, timeout: float = 300.0, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        parts = _parts(url)
        self.name = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        """The address without user and password."""
        self._timeout = timeout
        self._sleep = sleep
        self._opener = urllib.request.build_opener(_NoRedirect())
        self._headers = {
            "Accept": _JSON,
            "Content-Type": "application/x-www-form-urlencoded",
            "User-Agent": f"repatria/{__version__}",
            **_authorization(parts),
        }

    def ask(self, query: str, graphs: Sequence[str] = ()) -> _Answer:
        """Return the answer to a SELECT or ASK on the default graph, or the union of the named ``graphs``.

        Raises :class:`StoreError`: RP410 the endpoint cannot be reached or goes on being busy; RP411 what
        answers is no SPARQL endpoint, or keeps it closed; RP412 the endpoint cannot answer the query.
        """
        fields = [("query", query), *(("default-graph-uri", graph) for graph in graphs)]
        body = self._answer(urlencode(fields).encode())
        try:
            # Rows are read twice, so that a damaged one is told here.
            answer = parse_query_results(body, format=QueryResultsFormat.JSON)
            if isinstance(answer, QuerySolutions):
                deque(answer, maxlen=0)
                answer = parse_query_results(body, format=QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise self._wrong(f"the answer is no SPARQL JSON: {error}") from None
        return answer

    def _answer(self, form: bytes) -> bytes:
        pause = _PAUSE
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._once(form)
            except urllib.error.HTTPError as error:
                with error:
                    if error.code not in _BUSY or attempt == _ATTEMPTS:
                        raise self._refusal(error) from None
                    pause = max(pause, _asked_pause(error))
            except TimeoutError:
                raise self._unreachable(f"no answer within {self._timeout:g} s") from None
            except (OSError, HTTPException) as error:
                if attempt == _ATTEMPTS or _is_timeout(error):
                    raise self._unreachable(_reason(error)) from None
            self._sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        raise AssertionError  # the last attempt has returned or raised

    def _once(self, form: bytes) -> bytes:
        request = urllib.request.Request(self.name, data=form, headers=self._headers, method="POST")
        with self._opener.open(request, timeout=self._timeout) as answer:
            kind = answer.headers.get_content_type()
            body: bytes = answer.read()
        if kind not in (_JSON, "application/json"):
            raise self._wrong(f"the answer is {kind}, not {_JSON}")
        return body

    def _refusal(self, error: urllib.error.HTTPError) -> StoreError:
        if error.code in _BUSY:
            return self._unreachable(f"still busy after {_ATTEMPTS} attempts (HTTP {error.code})")
        told = f"HTTP {error.code}"
        if 300 <= error.code < 400:
            place = error.headers.get("Location", "another")
            return self._wrong(f"the address has moved to {place} ({told})")
        if error.code in (401, 403):
            return self._wrong(f"the endpoint does not let anybody in without leave ({told})")
        if error.code in (404, 405, 406, 415):
            return self._wrong(f"there is no SPARQL endpoint at this address ({told})")
        text = " ".join(error.read(4 * _SHOWN).decode(errors="replace").split())[:_SHOWN]
        message = f"the endpoint cannot answer a query ({told}){': ' if text else ''}{text}"
        hint = "see the log of the endpoint; --shape runs one shape at a time"
        return StoreError("RP412", message, hint=hint, location=Location(self.name))

    def _wrong(self, message: str) -> StoreError:
        hint = "give the address to which SPARQL queries are posted, such as http://localhost:7878/query"
        return StoreError("RP411", message, hint=hint, location=Location(self.name))

    def _unreachable(self, reason: str) -> StoreError:
        hint = "check that it runs and that the address is right"
        message = f"the endpoint cannot be asked: {reason}"
        return StoreError("RP410", message, hint=hint, location=Location(self.name))


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        # The port is read only when asked for.
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 0) >= 0
    except ValueError:
        sound = False
    if not sound or any(sign.isspace() or not sign.isprintable() for sign in url) or not url.isascii():
        hint = "such as http://localhost:7878/query"
        raise UsageError("RP200", "this is no address of an endpoint (http or https)", hint=hint)
    return parts


def _authorization(parts: SplitResult) -> dict[str, str]:
    if parts.username is None:
        return {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}


def _asked_pause(error: urllib.error.HTTPError) -> float:
    """Return the seconds that the endpoint asks to wait (Retry-After, RFC 9110 §10.2.3), 0 for a date."""
    asked = error.headers.get("Retry-After", "")
    return min(float(asked), _LONGEST_PAUSE) if asked.isdecimal() else 0.0


def _is_timeout(error: Exception) -> bool:
    return isinstance(getattr(error, "reason", None), TimeoutError)


def _reason(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    return str(getattr(reason, "strerror", None) or reason or type(error).__name__).lower()

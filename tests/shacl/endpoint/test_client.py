"""How an endpoint is asked, and what is said when it does not answer as it should."""

# ruff: noqa: E501 - tables of shapes and answers

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest
from pyoxigraph import QueryBoolean, QuerySolutions

from repatria.errors import StoreError, UsageError
from repatria.shacl.endpoint.client import Client

JSON = "application/sparql-results+json"
YES = (200, {"Content-Type": JSON}, b'{"head": {}, "boolean": true}')
ROWS = (
    200,
    {"Content-Type": f"{JSON}; charset=utf-8"},
    b'{"head": {"vars": ["n"]}, "results": {"bindings": [{"n": {"type": "literal", "value": "01"}}]}}',
)
Answer = tuple[int, dict[str, str], bytes]


class Scripted(HTTPServer):
    """Answers as it was told, one request after the other, the last answer again and again."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: list[Answer] = [YES]
        self.requests: list[tuple[str, dict[str, str], dict[str, list[str]]]] = []
        self.wait = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/sparql?service=1"


class Handler(BaseHTTPRequestHandler):
    server: Scripted

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append((self.path, dict(self.headers.items()), parse_qs(body.decode())))
        time.sleep(self.server.wait)
        answers = self.server.answers
        code, headers, content = answers.pop(0) if len(answers) > 1 else answers[0]
        self.send_response(code)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def endpoint() -> Iterator[Scripted]:
    with Scripted() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def refused(client: Client, code: str) -> StoreError:
    with pytest.raises(StoreError) as problem:
        client.ask("ASK { ?s ?p ?o }")
    assert (problem.value.code, problem.value.exit_code) == (code, 4)
    assert problem.value.hint
    return problem.value


def test_a_query_is_posted_as_a_form(endpoint: Scripted) -> None:
    client = Client(endpoint.url)
    answer = client.ask('ASK { ?s ?p "ї & =" }', ["http://example.org/g", "http://example.org/h"])
    assert isinstance(answer, QueryBoolean)
    assert bool(answer)
    ((path, headers, form),) = endpoint.requests
    assert path == "/sparql?service=1"
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert headers["Accept"] == JSON
    assert "Authorization" not in headers
    graphs = ["http://example.org/g", "http://example.org/h"]
    assert form == {"query": ['ASK { ?s ?p "ї & =" }'], "default-graph-uri": graphs}


def test_rows_come_with_their_terms_as_written(endpoint: Scripted) -> None:
    endpoint.answers = [ROWS]
    answer = Client(endpoint.url).ask("SELECT ?n { ?s ?p ?n }")
    assert isinstance(answer, QuerySolutions)
    assert [str(row["n"]) for row in answer] == ['"01"']


@pytest.mark.parametrize("code", [429, 502, 503, 504])
def test_a_busy_endpoint_is_asked_again_ever_later(endpoint: Scripted, code: int) -> None:
    pauses: list[float] = []
    endpoint.answers = [(code, {}, b""), (code, {"Retry-After": "7"}, b""), (code, {}, b""), YES]
    assert Client(endpoint.url, sleep=pauses.append).ask("ASK {}")
    assert pauses == [0.5, 7, 14]
    assert len({str(form) for _, _, form in endpoint.requests}) == 1


def test_one_that_stays_busy_is_given_up(endpoint: Scripted) -> None:
    pauses: list[float] = []
    endpoint.answers = [(503, {"Retry-After": "999999"}, b"")]
    error = refused(Client(endpoint.url, sleep=pauses.append), "RP410")
    assert "busy after 4 attempts (HTTP 503)" in error.message
    assert len(endpoint.requests) == 4
    assert pauses == [30, 30, 30]


def test_nobody_there_is_told_after_some_attempts() -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    pauses: list[float] = []
    error = refused(Client(f"http://127.0.0.1:{port}/query", sleep=pauses.append), "RP410")
    assert "connection refused" in error.message
    assert str(error.location) == f"http://127.0.0.1:{port}/query"
    assert pauses == [0.5, 1, 2]


def test_an_answer_that_breaks_off_is_asked_for_again(endpoint: Scripted) -> None:
    short = (200, {"Content-Type": JSON, "Content-Length": "1000"}, b'{"head"')
    endpoint.answers = [short, YES]
    assert Client(endpoint.url, sleep=lambda _: None).ask("ASK {}")
    assert len(endpoint.requests) == 2


def test_no_sign_within_the_time_is_an_error_at_once(endpoint: Scripted) -> None:
    endpoint.wait = 0.5
    error = refused(Client(endpoint.url, timeout=0.1), "RP410")
    assert "no answer within 0.1 s" in error.message
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize(
    ("answer", "code", "told"),
    [
        ((400, {}, b"parse error:\n  at line 1"), "RP412", "cannot answer a query (HTTP 400): parse error: at line 1"),
        ((500, {}, b""), "RP412", "cannot answer a query (HTTP 500)"),
        ((500, {}, b"x" * 5000), "RP412", "x" * 200),
        ((401, {}, b""), "RP411", "does not let anybody in"),
        ((403, {}, b""), "RP411", "does not let anybody in"),
        ((404, {}, b""), "RP411", "no SPARQL endpoint at this address"),
        ((200, {"Content-Type": "text/html"}, b"<html>"), "RP411", "the answer is text/html"),
        ((200, {"Content-Type": JSON}, b"{"), "RP411", "no SPARQL JSON"),
        ((200, {"Content-Type": JSON}, b'{"head":{"vars":["n"]},"results":{"bindings":[{"n":1}]}}'), "RP411", "no SPARQL"),
        ((200, {"Content-Type": JSON}, b"\xff\xfe"), "RP411", "no SPARQL JSON"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_told(endpoint: Scripted, answer: Answer, code: str, told: str) -> None:
    endpoint.answers = [answer]
    error = refused(Client(endpoint.url), code)
    assert told in error.message
    assert len(error.message) < 400
    assert "\n" not in error.message


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_another_address_is_told_and_not_asked(endpoint: Scripted, code: int) -> None:
    with Scripted() as other:
        endpoint.answers = [(code, {"Location": other.url}, b"")]
        error = refused(Client(endpoint.url), "RP411")
        assert other.url in error.message
        other.timeout = 0.05
        other.handle_request()
        assert not other.requests


def test_a_password_is_sent_and_never_shown(endpoint: Scripted) -> None:
    url = endpoint.url.replace("http://", "http://reader:p%40ss@")
    Client(url).ask("ASK {}")
    assert endpoint.requests[0][1]["Authorization"] == "Basic cmVhZGVyOnBAc3M="
    endpoint.answers = [(401, {}, b"")]
    error = refused(Client(url), "RP411")
    assert str(error.location) == endpoint.url
    assert "reader" not in error.message + error.hint


@pytest.mark.parametrize(
    "url",
    ["", "query", "localhost:7878", "ftp://example.org/", "file:///etc/hostname", "http://", "http://[::1",
     "http://example.org:x/", "http://example.org:99999/", "http://exa mple.org/", "http://example.org/\n", "http://приклад/"],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(UsageError) as problem:
        Client(url)
    assert problem.value.code == "RP200"

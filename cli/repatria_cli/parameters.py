"""Types of parameters: what a value names, and how a shell completes it.

The tests of bad input read these types: a command whose parameters have them
is tested with missing files, unknown names and the like by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import click
from click.types import StringParamType

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Items: TypeAlias = "list[CompletionItem]"
# Listed here as well as in repatria.assess, so that `--help` imports no database; a test compares.
STATUSES = ("contested", "corroborated", "repeated", "uncontested")
TALLY_BY = ("month", "party", "asserter", "side", "source")
_AGENTS = ("person", "org", "state", "unnamed")


class PathName(StringParamType):
    """A path, kept as it was typed; the shell completes it."""

    name = "path"
    completes = "file"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type=self.completes)]


class InputFile(PathName):
    """A file to read. ``holds``: what should stand in it; ``stdin``: whether - is standard input."""

    name = "file"

    def __init__(self, holds: Literal["rdf", "sparql", "article"], *, stdin: bool = False) -> None:
        self.holds = holds
        self.stdin = stdin


class InputFolder(PathName):
    """A folder to read. ``holds``: what should be in it."""

    name = "folder"
    completes = "dir"

    def __init__(self, holds: Literal["articles", "examples", "workspace"]) -> None:
        self.holds = holds


class OutputFile(PathName):
    """A file to write, whole or not at all; - is standard output. ``beside``: the option it belongs to."""

    name = "file"

    def __init__(self, beside: str = "") -> None:
        self.beside = beside


class OutputFolder(PathName):
    """A folder to make."""

    name = "folder"
    completes = "dir"


class Text(StringParamType):
    """Any text; nothing that can be unknown."""

    name = "text"


class Day(StringParamType):
    """A day, YYYY-MM-DD; checked where it is bound to a query."""

    name = "date"


class Assignment(StringParamType):
    """``NAME=VALUE`` for a parameter of a saved query."""

    name = "assignment"


class Name(StringParamType):
    """A name that the graph, its concepts or the saved queries must know."""

    name = "name"


class ThingName(Name):
    """A key or label of a thing of the graph, of certain kinds or of any that has a name."""

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds or (*_AGENTS, "event", "agreement", "post", "place", "source")

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
        from repatria_cli.completion import things

        return things(ctx, self.kinds, incomplete)


class AgentName(ThingName):
    """A key or label of a person, body, state or unnamed source."""

    def __init__(self) -> None:
        super().__init__(*_AGENTS)


class ConceptName(Name):
    """A key or label of a concept of one scheme."""

    def __init__(self, scheme: str) -> None:
        self.scheme = scheme

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
        from repatria_cli.completion import concepts

        return concepts(ctx, self.scheme, incomplete)


class ReferentName(ThingName):
    """A key or label of what numbers are of: an exchange, a series or another happening, or an agreement."""

    def __init__(self) -> None:
        super().__init__("event", "agreement")


class ExplainedName(Name):
    """A claim as ``source#key``, or a group of counts by its key."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
        from repatria_cli.completion import claims

        return claims(ctx, incomplete)


class GraphName(Name):
    """A named graph: an IRI, the id of a source, or entities, concepts, external, meta."""

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
        from repatria_cli.completion import graphs

        return graphs(ctx, incomplete)


class QueryText(Name):
    """SPARQL, or the name of a saved query."""

    name = "query"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> Items:
        from repatria_cli.completion import queries

        return queries(ctx, incomplete)

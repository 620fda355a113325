"""A dataset to read from: an Oxigraph store on disk (read-only) or in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from pyoxigraph import NamedNode, Quad, RdfFormat, Store

from repatria.errors import InputError, Location, StoreError
from repatria.terms import BASE, Names, prefixes


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the same dataset can be opened again, by another process: kind and path."""

    kind: Literal["disk", "nquads", "memory"]
    path: str = ""


class Held(Protocol):
    """What keeps a snapshot from being removed while it is read."""

    def close(self) -> None:
        """Let it be removed."""


class Sink(Protocol):
    """What bytes can be written to."""

    def write(self, piece: bytes, /) -> int:
        """Take some bytes and return how many."""

    def flush(self) -> None:
        """Take what was kept back."""


@dataclass(slots=True)
class Dataset:
    """Quads with the base of their data IRIs. The default graph is the union of all but drafts.

    ``hold`` is kept as long as the dataset is: the reader's lock on a snapshot.
    ``built``: it was made by a build, which leaves drafts out.
    """

    store: Store
    base: str = BASE
    origin: Origin = Origin("memory")
    hold: Held | None = None
    built: bool = False
    _drafts: list[NamedNode] | None = field(default=None, init=False)
    _listed: bool = field(default=False, init=False)

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes supplied to queries."""
        return prefixes(self.base)

    def default_graph(self) -> list[NamedNode] | None:
        """Return the graphs of the default graph, or None where the union of all graphs is meant.

        A store on disk is read-only, and its many graphs are listed once, if at all.
        """
        if self.built:
            return None
        if not self._listed or self.origin.kind != "disk":
            self._drafts, self._listed = self._without_drafts(), True
        return self._drafts

    def _without_drafts(self) -> list[NamedNode] | None:
        drafts = Names(self.base).drafts
        names = [name for name in self.store.named_graphs() if isinstance(name, NamedNode)]
        if not any(name.value.startswith(drafts) for name in names):
            return None
        return [name for name in names if not name.value.startswith(drafts)]

    def quads(self) -> Iterator[Quad]:
        """Yield all quads but those of drafts. Raises StoreError RP402 if the store is damaged."""
        drafts = Names(self.base).drafts
        try:
            for quad in self.store:
                if not (isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.startswith(drafts)):
                    yield quad
        except (OSError, RuntimeError) as error:
            raise _damaged(self.origin.path, error) from None

    def dump(self, out: Sink) -> None:
        """Write all quads, those of drafts too, as N-Quads in the order of the store.

        Raises StoreError RP402 if the store is damaged, and what ``out`` raises.
        """
        try:
            self.store.dump(out, RdfFormat.N_QUADS)  # type: ignore[arg-type]  # all it calls is in Sink
        except (OSError, RuntimeError) as error:
            if getattr(error, "errno", None) is not None:  # of `out`: Oxigraph's own have no number
                raise
            raise _damaged(self.origin.path, error) from None


def open_disk(path: Path, base: str = BASE, hold: Held | None = None, *, built: bool = False) -> Dataset:
    """Open a store on disk to read; any number of readers may.

    Raises StoreError RP402 if it is damaged or no store.
    """
    try:
        store = Store.read_only(str(path))
    except (OSError, RuntimeError, ValueError) as error:
        raise _damaged(str(path), error) from None
    return Dataset(store, base, Origin("disk", str(path)), hold, built)


def open_nquads(path: Path, base: str = BASE) -> Dataset:
    """Read an N-Quads file into memory.

    Raises InputError RP301 (cannot be read), RP303 (syntax).
    """
    store = Store()
    try:
        store.bulk_load(path=str(path), format=RdfFormat.N_QUADS)
    except SyntaxError as error:
        place = Location(str(path), error.lineno or 0, error.offset or 0)
        raise InputError("RP303", f"N-Quads cannot be read: {_short(error)}", location=place) from None
    except OSError as error:
        message = f"cannot be read: {error.strerror or _short(error)}"
        raise InputError("RP301", message, location=Location(str(path))) from None
    return Dataset(store, base, Origin("nquads", str(path)))


def _damaged(path: str, error: Exception) -> StoreError:
    hint = "`repatria build --full` makes it anew from the dossiers"
    message = f"the store is damaged and cannot be read: {_short(error)}"
    return StoreError("RP402", message, hint=hint, location=Location(path))


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]

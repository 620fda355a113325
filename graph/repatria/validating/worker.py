"""The process behind :mod:`repatria.validating.guarded`: one job from a pipe, its findings to stdout."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
from typing import IO, Any

from repatria.errors import RepatriaError


def _set_alarm(deadline: float) -> None:
    """Have the system end this process at a time of the monotonic clock, whatever it is doing then."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, max(deadline - time.monotonic(), 1e-6))


def _send(out: IO[bytes], kind: str, value: Any) -> None:
    # At once: what stands in a buffer is lost when the time is over.
    out.write(pickle.dumps((kind, value), protocol=5))
    out.flush()


def _run(order: IO[bytes], out: IO[bytes]) -> None:
    job = pickle.load(order)

    def progress(step: str, done: int, total: int) -> None:
        _send(out, "progress", (step, done, total))

    findings = job.begin(progress)
    _send(out, "begun", (findings.shapes.quads, frozenset(findings.by_pyshacl), findings.counted))
    _send(out, "origins", job.origins())
    for result in findings.results():
        _send(out, "result", result)
    _send(out, "end", findings.unfinished)


def main() -> None:
    """Carry out the job that the pipe of the second argument holds, until the time of the first."""
    _set_alarm(float(sys.argv[1]))
    # What is printed by mistake does not get among the findings.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        with os.fdopen(int(sys.argv[2]), "rb") as order:
            _run(order, out)
    except RepatriaError as error:
        _send(out, "error", error)
    except BrokenPipeError:
        pass  # nobody waits for the findings any more
    except Exception as error:  # noqa: BLE001 - the other process raises it
        _send(out, "error", RuntimeError(f"{type(error).__name__}: {error}"))


if __name__ == "__main__":
    main()

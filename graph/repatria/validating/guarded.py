"""A validation in a process of its own, which ends when its time is over; what it found until then stays.

The process ends itself by an alarm of the system, so that no query, regular
expression or endpoint can hold it up, also when nobody is left to wait for it.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any

from pyoxigraph import Quad

from repatria.shacl.limits import Progress
from repatria.shacl.report import Report, Result
from repatria.shacl.shapes_graph import ShapesGraph
from repatria.validating.job import Job
from repatria.validating.origins import Origins


def run_guarded(job: Job, timeout: float, progress: Progress) -> Report:
    """Return the report of a job after at most ``timeout`` seconds, with what was found until then.

    Starting and reading count as well. ``unfinished`` of the report says where
    it was stopped, or that the process ended by itself.
    """
    until = time.monotonic() + timeout
    with _process(job.portable(), until) as process:
        assert process.stdout is not None
        answers = _Answers(process.stdout, progress)
        report = Report(answers.results())
        report.by_pyshacl = answers.by_pyshacl
        report.shapes = ShapesGraph(answers.shapes) if answers.shapes is not None else None
        report.counted = answers.counted
        report.unfinished = answers.unfinished
        if not answers.ended:
            process.wait()
            stopped = process.returncode == -signal.SIGALRM
            report.unfinished = answers.stopped(timeout) if stopped else _DIED
    return answers.origins.settled(report, until, places=job.locate)


_DIED = "the process that validated ended by itself, for lack of memory or a fault"


class _Answers:
    """What the process sends: pairs of a kind and a value."""

    def __init__(self, stream: IO[bytes], progress: Progress) -> None:
        self._stream = stream
        self._progress = progress
        self._step: tuple[str, int, int] = ("starting", 0, 0)
        self.shapes: tuple[Quad, ...] | None = None
        self.by_pyshacl: frozenset[Any] = frozenset()
        self.counted: tuple[str, ...] = ()
        self.origins = Origins()
        self.unfinished = ""
        self.ended = False

    def results(self) -> Iterator[Result]:
        """Yield the results as they come. Raises what was raised there."""
        for kind, value in self._pairs():
            if kind == "result":
                yield value
            elif kind == "progress":
                self._step = value
                self._progress(*value)
            elif kind == "begun":
                self.shapes, self.by_pyshacl, self.counted = value
            elif kind == "origins":
                self.origins = value
            elif kind == "error":
                raise value
            else:
                self.unfinished, self.ended = value, True

    def _pairs(self) -> Iterator[tuple[str, Any]]:
        # An answer that was being written when the process ended is none.
        with suppress(EOFError, pickle.UnpicklingError):
            while True:
                yield pickle.load(self._stream)

    def stopped(self, timeout: float) -> str:
        step, done, total = self._step
        how_far = f"{done} of {total} shapes done" if total else f"it was still {step}"
        return f"stopped after {timeout:g} s, as asked; {how_far}"


@contextmanager
def _process(job: Job, deadline: float) -> Iterator[subprocess.Popen[bytes]]:
    """Start the process and hand it the job."""
    reader, writer = os.pipe()
    # -P: a file pickle.py in the folder where the user stands is not to be run.
    command = [sys.executable, "-P", "-m", "repatria.validating.worker", str(deadline), str(reader)]
    # The same places to import from, also where this process was given them by hand.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(part for part in sys.path if part)}
    with _standard_input(used="-" in getattr(job.data, "paths", ())) as stdin:
        process = subprocess.Popen(
            command, env=environment, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            pass_fds=(reader,),
        )  # fmt: skip
    os.close(reader)
    with process:
        try:
            with suppress(BrokenPipeError), os.fdopen(writer, "wb") as order:
                pickle.dump(job, order)
            yield process
        finally:
            process.kill()


@contextmanager
def _standard_input(*, used: bool) -> Iterator[IO[bytes] | int]:
    """Give the process what is standard input here, also where that is no file of the system."""
    if not used or sys.stdin is None:
        yield subprocess.DEVNULL
        return
    try:
        yield sys.stdin.fileno()
    except OSError:
        with tempfile.TemporaryFile() as copy:
            copy.write(sys.stdin.buffer.read())
            copy.seek(0)
            yield copy

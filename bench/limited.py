"""Starts a program on one core: ``python -m bench.limited CPU_SECONDS PROGRAM …``.

At the end of its CPU time (0: there is none) the system ends it with SIGXCPU.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from pathlib import Path

# So long the cores are watched, in seconds.
_WATCHED = 0.1


def _idlest() -> int:
    """Return the core that did least of late: others may use the machine at the same time."""
    before = _idle()
    time.sleep(_WATCHED)
    after = _idle()
    return max(sorted(os.sched_getaffinity(0)), key=lambda core: after.get(core, 0) - before.get(core, 0))


def _idle() -> dict[int, int]:
    """Return the idle time of each core, in ticks."""
    rows = (line.split() for line in Path("/proc/stat").read_text(encoding="ascii").splitlines())
    return {int(row[0][3:]): int(row[4]) for row in rows if row[0].startswith("cpu") and row[0] != "cpu"}


def main(seconds: str, *command: str) -> None:
    """Set the limits on this process and become the program."""
    os.sched_setaffinity(0, {_idlest()})
    if int(seconds):
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), resource.getrlimit(resource.RLIMIT_CPU)[1]))
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Checks what a wheel holds: two packages at top level, the four data folders, the SQL, no more."""

from __future__ import annotations

import sys
import zipfile

PACKAGES = {"repatria", "repatria_cli"}
NEEDED = (
    "repatria/py.typed",
    "repatria_cli/py.typed",
    "repatria/assess/sql/groups.sql",
    "repatria/ontology/repatria.ttl",
    "repatria/ontology/concepts.ttl",
    "repatria/ontology/dossier.schema.json",
    "repatria/ontology/context.jsonld",
    "repatria/shapes/assessment.ttl",
    "repatria/shapes/claim.ttl",
    "repatria/shapes/examples.json",
    "repatria/data/repatria.nq",
    "repatria/repatria.toml",
    "repatria/data/entities/people.yaml",
    "repatria/queries/claims.rq",
)


def main(path: str) -> None:
    """Exit with a message if the wheel at ``path`` is not as it must be."""
    names = zipfile.ZipFile(path).namelist()
    top = {name.partition("/")[0] for name in names}
    extra = {name for name in top - PACKAGES if not name.endswith(".dist-info")}
    missing = [name for name in NEEDED if name not in names]
    stray = [name for name in names if name.endswith((".pyc", "~")) or "/tests/" in name]
    problems = [*(f"unexpected at top level: {name}" for name in sorted(extra))]
    problems += [f"missing: {name}" for name in missing] + [f"stray: {name}" for name in stray]
    if problems:
        sys.exit("\n".join(problems))
    print(f"{len(names)} files, top level: {', '.join(sorted(top))}")


if __name__ == "__main__":
    main(sys.argv[1])

#!/usr/bin/env bash
# Puts the W3C's test suites of Turtle, TriG, N-Triples and N-Quads into a folder: .ci/w3c_turtle.sh FOLDER [PYTHON]
# They are no part of this project; rdflib's source package carries them.
set -euo pipefail
folder=$1
python=${2:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# One fixed version, since the tests assert the number of cases.
"$python" -m pip download -q --no-deps --no-binary rdflib -d "$work" rdflib==7.6.0
tar -xzf "$work/rdflib-7.6.0.tar.gz" -C "$work"
mkdir -p "$folder"
cp -R "$work"/rdflib-7.6.0/test/data/suites/w3c/{turtle,trig,ntriples,nquads} "$folder"

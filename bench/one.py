"""`python -m bench.one NAME`: one benchmark in a process of its own, its measurements as JSON on standard output."""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import json
import sys

from bench.measurement import NotMeasured


def main(name: str) -> None:
    with contextlib.redirect_stdout(sys.stderr):  # whatever the product says while it runs is not the answer
        try:
            answer = {
                "measurements": [dataclasses.asdict(found) for found in importlib.import_module(f"bench.{name}").run()]
            }
        except NotMeasured as reason:
            answer = {"not_measured": str(reason)}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])

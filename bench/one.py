"""`python -m bench.one NAME [PostgreSQL]`: one benchmark in a process of its own, its measurements as JSON."""

from __future__ import annotations

import contextlib
import dataclasses
import importlib
import json
import os
import sys

from bench import product
from bench.measurement import NotMeasured


def main(name: str, database: str = "") -> None:
    os.environ[product.DATABASE] = database
    with contextlib.redirect_stdout(sys.stderr):  # whatever the product says while it runs is not the answer
        try:
            answer = {
                "measurements": [dataclasses.asdict(found) for found in importlib.import_module(f"bench.{name}").run()]
            }
        except NotMeasured as reason:
            answer = {"not_measured": str(reason)}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The files of the house, as the architecture tests walk them."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "goldenthread"


def modules() -> list[Path]:
    """Every Python file of the product that a person wrote."""
    return sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)


def pages() -> list[Path]:
    """Every template of the product."""
    return sorted(
        path for path in PACKAGE.rglob("templates/**/*") if path.suffix in {".html", ".jinja", ".svg", ".txt"}
    )


def tracked() -> list[Path]:
    """Every file that git keeps."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()

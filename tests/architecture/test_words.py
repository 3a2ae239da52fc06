"""What no file of the repository may say."""

from __future__ import annotations

import re

from tests.architecture.tree import shown, tracked

# Where packages come from is the affair of the machine that installs them, never of a lock file. Written in two
# halves, so that this file does not say them either.
REGISTRIES = [
    first + second
    for first, second in [
        ("pypi.", "org"),
        ("python", "hosted"),
        ("npm", "js."),
        ("yarn", "pkg"),
        ("arti", "factory"),
        ("_auth", "Token"),
        ("index-", "url http"),
    ]
]


def registries(text: str) -> list[str]:
    return [name for name in REGISTRIES if re.search(re.escape(name), text, re.IGNORECASE)]


def test_no_file_names_a_package_registry() -> None:
    found = {shown(path): registries(path.read_text(encoding="utf-8", errors="ignore")) for path in tracked()}

    assert {name: names for name, names in found.items() if names} == {}


def test_each_registry_is_found() -> None:
    assert registries(f"see https://{REGISTRIES[0].upper()}/simple and {REGISTRIES[3]}.com") == [
        REGISTRIES[0],
        REGISTRIES[3],
    ]

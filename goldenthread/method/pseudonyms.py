"""A name for a case that tells nobody which case it is: the same within one purpose, another in every other.

A bare hash would tell: all ten million seven-digit case numbers are hashed in seconds. So the key comes first, and it
lies outside the database. Ten letters of base 32 are 50 bits: among 100,000 cases two alike are seen four times in a
million purposes. Whoever has the key can go back, so this is still personal data (trust: disclosure and pseudonyms).
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable
from dataclasses import dataclass

LENGTH, VERSION = 10, 1
SHORTEST_KEY = 32  # bytes


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """The pseudonyms of one purpose of one authority: two exercises have two purposes, so they cannot be joined."""

    key: bytes
    authority: int
    purpose: str
    version: int = VERSION

    def __post_init__(self) -> None:
        if len(self.key) < SHORTEST_KEY:
            raise ValueError(f"A key of pseudonyms has at least {SHORTEST_KEY} bytes.")

    def of(self, case: str) -> str:
        """The pseudonym of this case's reference.

        >>> Pseudonyms(b"k" * 32, 1, "pack").of("C001")
        '342NA6EYK7'
        """
        said = f"{self.authority}|{self.purpose}|{self.version}|{case}"
        return base64.b32encode(hmac.digest(self.key, said.encode(), "sha256"))[:LENGTH].decode()

    def remembering(self) -> Callable[[str], str]:
        """`of`, for rows in which one case follows itself many times: the last one is remembered."""
        last: list[str] = ["", ""]

        def pseudonym(case: str) -> str:
            if case != last[0] or not last[1]:
                last[:] = [case, self.of(case)]
            return last[1]

        return pseudonym

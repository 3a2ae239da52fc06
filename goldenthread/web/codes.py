"""What stands in an address instead of a child's reference or a counting number: a code nobody can guess."""

from __future__ import annotations

import secrets

LETTERS = "23456789bcdfghjkmnpqrstvwxz"  # no vowels, so no words; nothing easily misread


def new_code() -> str:
    """Twelve letters, 57 bits: two alike among a million are one chance in 280,000."""
    return "".join(secrets.choice(LETTERS) for _ in range(12))

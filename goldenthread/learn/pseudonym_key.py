"""The key of the pseudonyms: made once, kept where only its owner can read it, in no table and in no pack."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from goldenthread.method.pseudonyms import Pseudonyms

BYTES = 32


def pseudonyms(authority: int, purpose: str) -> Pseudonyms:
    """The pseudonyms of this council for this purpose."""
    return Pseudonyms(pseudonym_key(settings.PSEUDONYM_KEY), authority, purpose)


def pseudonym_key(kept: Path) -> bytes:
    """The key that is kept here. Of two who make it at once, one is first and the other takes that one's."""
    with suppress(FileNotFoundError):
        return bytes.fromhex(kept.read_text())
    kept.parent.mkdir(parents=True, exist_ok=True)
    fresh = kept.with_name(f"{kept.name}-{os.getpid()}-{secrets.token_hex(4)}")
    made = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(made, "w") as file:
        file.write(secrets.token_hex(BYTES))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(fresh, kept)  # whole or not at all, and never over another's
    fresh.unlink()
    return bytes.fromhex(kept.read_text())

"""The signing key: given, or made once and kept where only its owner can read it."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(given: str | None, data_dir: Path) -> str:
    """The key to sign sessions with; without one given, the same key at every start, made at the first."""
    if given:
        return given
    kept = data_dir / "secret-key"
    if not kept.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        made = os.open(kept, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(made, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return kept.read_text()

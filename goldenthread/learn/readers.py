"""For whom an edition is: the unit that writes it, the service's own managers, or whoever it is circulated to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

UNIT, SERVICE, CIRCULATION = "unit", "service", "circulation"

WORDS = {
    CIRCULATION: "Managers, directors and others",
    SERVICE: "Directors and service managers",
    UNIT: "The Quality Assurance Unit only",
}


def is_circulated(readers: str) -> bool:
    """Whether small numbers are held back: for everybody but those inside the service who may see each file."""
    return readers == CIRCULATION


def readers_of(content: Mapping[str, Any]) -> str:
    """For whom a kept edition is; the first ones said only whether they were circulated."""
    return str(content.get("readers") or (CIRCULATION if content.get("circulated") else UNIT))

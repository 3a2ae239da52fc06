"""What somebody is to be reminded of: a stage says it, and the nightly job gathers it into one e-mail a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

REMIND = "Remind people of what they owe"  # the nightly job that gathers them


@dataclass(frozen=True, slots=True)
class Reminder:
    """One line for one person: a sentence of numbers and days only, and the path of the page where it is done.

    `person` has a pk, a name, an e-mail address and an authority_id: people stand above this module.
    """

    person: Any
    sentence: str
    path: str

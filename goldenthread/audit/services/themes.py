"""Deleting a theme of the council's list, which only this stage can: it knows which findings have it."""

from __future__ import annotations

from datetime import datetime

from goldenthread.audit.queries.themes import findings_on
from goldenthread.framework.models import Theme
from goldenthread.framework.services import forget_theme
from goldenthread.people.models import Person
from goldenthread.trail.services import step


@step
def delete_theme(*, by: Person, theme: Theme, now: datetime) -> None:
    """Delete a theme that no finding has. Raises `Refused` with how many have it, and that it can be retired."""
    forget_theme(by=by, theme=theme, findings=findings_on(theme), now=now)

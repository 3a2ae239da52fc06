"""Two grades that audited teams challenged: one that waits for a director today, and one decided weeks ago."""

from __future__ import annotations

from datetime import date, timedelta

from goldenthread.audit.models import Judgement, Moderation
from goldenthread.audit.queries.challenge import open_challenge_or_none, why_not_decide
from goldenthread.audit.queries.moderation import UNMODERATED, Given, OpenModeration
from goldenthread.audit.services import challenge as challenging
from goldenthread.home.loading.council import Loaded
from goldenthread.home.loading.moments import at
from goldenthread.people.models import Person
from goldenthread.people.queries import people_in_post

LONG_AGO = timedelta(days=45)
WHY = (
    "The visits of the four weeks before the audit show that the plan was changed with the family, and why. "
    "We ask that the overall grade is read again with it."
)
WHY_NOW = "The chronology was complete on the day of the audit: it stands under documents, and not under notes."
DECISION = (
    "I read both visits and the plan that followed. The change was made with the family and is recorded, so the first "
    "grade was right. The section grades stay as they were agreed."
)


def challenge_two(loaded: Loaded, *, today: date) -> None:
    rows = Moderation.objects.filter(authority=loaded.authority, state="agreed", challenge_due_on__isnull=False)
    rows = rows.select_related("audit").order_by("-challenge_due_on", "pk")
    moderated = rows.filter(challenge_due_on__lt=today - LONG_AGO).exclude(stage=UNMODERATED)
    for row in moderated:
        first = Judgement.objects.filter(audit=row.audit, section="").order_by("pk").values_list("grade", flat=True)
        if first[0] != first.last() and _challenge(loaded, row, WHY, today):
            _decide(loaded, row, first[0])
            break
    for row in rows:
        if _challenge(loaded, row, WHY_NOW, today):
            break


def _challenge(loaded: Loaded, row: Moderation, because: str, today: date) -> bool:
    """On the last day on which it could be, by the team's manager; False where the team has none that day."""
    assert row.challenge_due_on is not None
    day = min(row.challenge_due_on, today)
    for staff_number in loaded.managers_on(row.audit.team_id, day):
        manager = loaded.on(staff_number, day)
        found = open_challenge_or_none(manager, row.code)
        if found:
            challenging.challenge_grade(by=manager, found=found, because=because, now=at(day, 8, 50))
            return True
    return False


def _decide(loaded: Loaded, row: Moderation, grade: str) -> None:
    """A week later, the first grade put back."""
    row.refresh_from_db()
    assert row.challenged_at is not None
    day = row.challenged_at.date() + timedelta(days=7)
    for post in people_in_post(loaded.authority.pk, day, loaded.framework.parsed.challenge.decided_by):
        director = loaded.on(post.person.staff_number, day)
        found = _seen(director, row)
        if why_not_decide(director, found) is None:
            decided = {"": Given(grade, DECISION)}
            challenging.decide_challenge(by=director, found=found, decided=decided, because=DECISION, now=at(day, 16))
            return


def _seen(person: Person, row: Moderation) -> OpenModeration:
    found = open_challenge_or_none(person, row.code)
    assert found is not None
    return found

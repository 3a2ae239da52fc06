"""The QAU's page of what everybody owes, 100 auditors × 12 months, against a bare view of the same tables.

Ours is the page as it is served to the manager of the Quality Assurance Unit: session, sign-in, rights, filters, dues
rounded over the year with part-timers, joiners, leavers and absences, excusals. The floor reads the posts and the
submitted audits, counts by month and renders as many rows and cells.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bench import audits
from bench.filled import fill
from bench.measurement import Measurement, in_turns
from bench.requests import signed_in

NAME = "What 100 auditors owe in 12 months"
PEOPLE, MONTHS, A_MONTH = 100, 12, 3
NOW = datetime(2027, 10, 20, 9, tzinfo=UTC)
PAGE = "/audit/owed/everybody/"


def run() -> list[Measurement]:
    import time_machine

    with audits.installed():
        from bench import floor
        from tests import make

        made = fill(audits.answered(), PEOPLE * MONTHS * A_MONTH - 1, answers=False)
        hold(make.council())
        submit(made)
        with time_machine.travel(NOW):
            maya, bare = signed_in(make.council().maya, PAGE), floor.browser()
            for name, page in (("ours", maya.get(PAGE)), ("the floor", bare.get("/owed"))):
                if page.count(b"Holder 0") < PEOPLE:
                    raise RuntimeError(f"The page of {name} does not show {PEOPLE} people.")
            ours, floored = in_turns(lambda: maya.get(PAGE), lambda: bare.get("/owed"), repeats=40)
    return [Measurement("The page of what everybody owes, against a bare view of its tables", ours, floored, 2.5)]


def hold(here: Any) -> None:
    """A hundred post-holders in twenty teams: every fifth part-time, some joined, left or away in the year."""
    from goldenthread.people.models import Person, Post
    from goldenthread.plan.models import Absence
    from tests import make

    Post.objects.exclude(quality_assurance=True).update(ended_on=make.BEGAN)
    kinds = ("team_manager", "independent_reviewing_officer", "service_manager")
    for place in range(PEOPLE):
        person = make.person(kinds[place % 3], f"Team {place % 20}", name=f"Holder 0{place:02}")
        Post.objects.filter(person=person).update(share="0.6" if place % 5 == 0 else "1")
        if place % 10 == 1:
            Post.objects.filter(person=person).update(started_on=NOW.date() - timedelta(days=100 + place))
        if place % 10 == 2:
            first = NOW.date() - timedelta(days=3 * place)
            Absence.objects.create(
                authority=here.authority, person=person, from_on=first, to_on=first + timedelta(days=12),
                recorded_at=make.NOW, recorded_by=here.maya,
            )  # fmt: skip
    if Person.objects.filter(name__startswith="Holder 0").count() != PEOPLE:
        raise RuntimeError("There are not as many holders as there should be.")


def submit(made: list[Any]) -> None:
    """The audits submitted by the hundred in turns, evenly over the twelve months."""
    from goldenthread.audit.models import Audit, Part
    from goldenthread.people.models import Person

    holders = list(Person.objects.filter(name__startswith="Holder 0").order_by("pk"))
    for place, audit in enumerate(made):
        audit.state, audit.submitted_by = "submitted", holders[place % PEOPLE]
        audit.submitted_at = NOW - timedelta(days=360 * place / len(made))
    Audit.objects.bulk_update(made, ["state", "submitted_at", "submitted_by"], batch_size=500)
    through = Part.people.through
    rows = list(through.objects.all())
    of = dict(Part.objects.values_list("pk", "audit__submitted_by"))
    for row in rows:
        row.person_id = of[row.part_id] or row.person_id
    through.objects.bulk_update(rows, ["person"], batch_size=500)

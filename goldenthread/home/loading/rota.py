"""The rest of the invented council's year: laid out, its seats proposed by the rota, and somebody who fell ill."""

from __future__ import annotations

from datetime import date, timedelta

from goldenthread.home.loading.council import Loaded
from goldenthread.home.loading.moments import at
from goldenthread.plan.models import Group, Seat, Session, Year
from goldenthread.plan.queries.rota import rota_facts
from goldenthread.plan.queries.seating import propose
from goldenthread.plan.queries.years import days_of, layout
from goldenthread.plan.services import rota
from goldenthread.plan.services.absences import record_absence
from goldenthread.plan.services.calendar import digest_of, lay_out_year

VENUE = "Committee Room 2, Ambermere House"


def plan_the_rest(loaded: Loaded, year: Year, *, today: date) -> None:
    """Each group goes on from its next session; the seats of what follows are proposals, for a visitor to publish."""
    unit, framework = loaded.on(loaded.unit.staff_number, today), loaded.framework.parsed
    weeks = framework.rhythm.every_weeks
    firsts = {group: first for group in loaded.groups.values() if (first := _next_day(group, weeks)) <= year.ends_on}
    if not firsts:
        return
    shown = digest_of(layout(year, firsts, weeks))
    lay_out_year(by=unit, year=year, firsts=firsts, every_weeks=weeks, venue=VENUE, shown=shown, now=at(today, 7, 5))
    facts = rota_facts(loaded.authority.pk, framework, days_of(year), today)
    changes = [
        rota.Change(move.session.pk, move.leaves.person if move.leaves else None, move.sits)
        for move in propose(facts).moves
    ]
    worked = rota.Worked(framework, days_of(year), facts.digest)
    rota.fill_rota(by=unit, worked=worked, changes=changes, today=today, now=at(today, 7, 10))


def _next_day(group: Group, weeks: int) -> date:
    return Session.objects.filter(group=group).latest("held_on").held_on + timedelta(weeks=weeks)


def fall_ill(loaded: Loaded, *, today: date) -> None:
    """Somebody who has a seat at the next session, none of the cast, is away until after its day."""
    seats = Seat.objects.filter(session__held_on__gte=today, session__group__meets=True, person__about="")
    seat = seats.select_related("session", "person").order_by("session__held_on", "pk").first()
    if seat:
        by, last = loaded.on(loaded.unit.staff_number, today), seat.session.held_on + timedelta(days=2)
        record_absence(by=by, person=seat.person, from_on=today, to_on=last, kind="unplanned", now=at(today, 8, 30))

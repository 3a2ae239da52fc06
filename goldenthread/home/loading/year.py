"""The invented council's years: opened, with what they keep free and look at; who belongs to which group."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from goldenthread.home.demonstration.year import CORE, DIRECTORS, FOCUSES, KINDS, PARTNER, kept_free
from goldenthread.home.loading.council import Loaded
from goldenthread.home.loading.moments import at
from goldenthread.method.periods import Period, periods
from goldenthread.plan.models import Year
from goldenthread.plan.services import memberships
from goldenthread.plan.services.focuses import set_focus
from goldenthread.plan.services.years import add_blackout, open_year

YEARS_BACK = 2


def open_years(loaded: Loaded, *, today: date) -> Year:
    """The year that is on and the two before it, each opened three weeks before it began; gives the one that is on."""
    first = today - relativedelta(years=YEARS_BACK)
    opened = [
        _opened(loaded, year) for year in periods("year", first, today, loaded.framework.parsed.year_starts_month)
    ]
    return opened[-1]


def _opened(loaded: Loaded, year: Period) -> Year:
    day = year.starts_on - timedelta(days=21)
    unit, now = loaded.on(loaded.unit.staff_number, day), at(day, 10)
    made = open_year(
        by=unit, framework=loaded.framework, starts_on=year.starts_on, ends_on=year.ends_on, kinds=KINDS, now=now
    )
    for from_on, to_on, why in kept_free(year):
        add_blackout(by=unit, year=made, from_on=from_on, to_on=to_on, why=why, now=now)
    months = list(periods("month", year.starts_on, year.ends_on, year.starts_on.month))
    for focus in FOCUSES:
        set_focus(
            by=unit, year=made, kind=focus.kind, title=focus.title, questions=focus.questions,
            from_on=months[focus.first].starts_on, to_on=months[focus.last].ends_on, now=now,
        )  # fmt: skip
    return made


def join_groups(loaded: Loaded, year: Year) -> None:
    """Those who sit at every session of a group and chair it, its linked directors, and a partner from health."""
    day = year.starts_on
    unit, now = loaded.on(loaded.unit.staff_number, day), at(day, 9)
    framework = loaded.framework.parsed
    for group, (staff_id, post) in CORE.items():
        memberships.add_core_member(
            by=unit, group=loaded.groups[group], framework=framework, person=loaded.people[staff_id], post=post,
            chairs=True, from_on=day, to_on=None, now=now,
        )  # fmt: skip
    for staff_id, group in DIRECTORS.items():
        person = loaded.people[staff_id]
        memberships.link_director(
            by=unit, group=loaded.groups[group], framework=framework, person=person,
            post=loaded.posts_on(person, day)[0].kind, from_on=day, to_on=None, now=now,
        )  # fmt: skip
    name, email, agency = PARTNER
    memberships.co_opt_partner(
        by=unit, group=loaded.groups["safeguarding"], name=name, email=email, agency=agency,
        from_on=day, to_on=None, now=now,
    )  # fmt: skip

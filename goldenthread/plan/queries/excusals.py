"""Reading what was excused, and what of somebody's dues may be: by those posts only that the framework names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from goldenthread.method.framework import Framework
from goldenthread.method.owed import Account, accounts
from goldenthread.method.periods import Period
from goldenthread.people.models import Person
from goldenthread.plan.models import Excusal
from goldenthread.plan.queries.owed import months_back, owed, seats_of_posts

AHEAD = relativedelta(months=3)  # somebody's absence is known that long before


def grants_excusals(person: Person, framework: Framework) -> bool:
    """Whether she holds a post that may grant extensions and exemptions."""
    return any(post.kind in framework.owing.excused_by for post in person.posts_held)


@dataclass(frozen=True, slots=True)
class Excusable:
    """What somebody owes in the months that are open, and the rules it is owed under."""

    framework: Framework
    lines: Sequence[Account]

    def line(self, post: str, starts_on: date) -> Account | None:
        return next(
            (each for each in self.lines if (each.due.post, each.due.period.starts_on) == (post, starts_on)), None
        )

    def current(self, today: date) -> str:
        """The key of a line of this month; "" where she owes nothing in it."""
        return next((line_key(each) for each in self.lines if each.asked and today in each.due.period), "")


def line_key(line: Account) -> str:
    return f"{line.due.post}:{line.due.period.starts_on.isoformat()}"


def excusable(person: Person, today: date) -> Excusable:
    """Her dues of the last twelve months and the next three, with what is exempt already."""
    span = months_back(today)
    months = Period(span.starts_on, (span.ends_on.replace(day=1) + AHEAD + relativedelta(day=31)))
    found = owed(person.authority_id, months, today, seats_of_posts(person))
    hers = [due for due in found.dues if due.person == person.pk and due.records]
    return Excusable(found.framework, accounts(hers, found.excused(person.pk), ()))


def excusal_or_none(authority_id: int, code: str) -> Excusal | None:
    excusals = Excusal.objects.filter(authority=authority_id, code=code)
    return excusals.select_related("person", "granted_by").first()

"""What holders of posts owe and how it stands: one person's, and everybody's as far as somebody may see it.

The account runs over this month and the eleven before it. What was short before then is no longer chased, and what
was submitted since counts for these months.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q
from django.urls import reverse

from goldenthread.audit.models import Part
from goldenthread.audit.owing import reminding, telling_of
from goldenthread.method.access import MAY, Is
from goldenthread.method.framework import Framework, Quota
from goldenthread.method.owed import Account, accounts, escalated, reminded
from goldenthread.method.periods import Period
from goldenthread.notices.reminder import Reminder
from goldenthread.people.models import Person, Post
from goldenthread.people.queries import managers_on
from goldenthread.people.standing import standings
from goldenthread.plan.models import Excusal, Session
from goldenthread.plan.queries.owed import (
    EVERYBODY,
    Holder,
    Owed,
    month_of,
    months_back,
    owed,
    seats_of_posts,
)
from goldenthread.web.wording import LONDON


@dataclass(frozen=True, slots=True)
class Line:
    """What one person owes for one post in one month, quarter …, and how it stands."""

    holder: Holder
    account: Account


@dataclass(frozen=True, slots=True)
class Ledger:
    """The lines of some months, of everybody who was asked for, by name and then by month."""

    months: Period
    framework: Framework
    lines: Sequence[Line]
    excusals: Sequence[Excusal]
    unheld: Sequence[Quota]

    def touching(self, period: Period) -> list[Line]:
        """The lines whose month, quarter … has a day in this period."""
        return [line for line in self.lines if line.account.due.period.within(period)]

    def ending_in(self, period: Period) -> list[Line]:
        return [line for line in self.lines if line.account.due.period.ends_on in period]


def ledger(authority_id: int, today: date, whose: Q = EVERYBODY, through: Period | None = None) -> Ledger:
    """Everybody's accounts, or those of whole seats; six statements, however many people and audits there are.

    `through` is a later month to go on to, whose records may be opened before it begins.
    """
    months = months_back(today)
    if through:
        months = Period(months.starts_on, max(months.ends_on, through.ends_on))
    found = owed(authority_id, months, today, whose)
    return _ledger(found, submissions(authority_id, found, whose))


def _ledger(found: Owed, came: Mapping[int, list[date]]) -> Ledger:
    lines = [
        Line(found.holders[person, account.due.post], account)
        for person, hers in found.by_person().items()
        for account in accounts(hers, found.excused(person), came.get(person, ()))
    ]
    lines.sort(key=lambda line: (line.holder.name.casefold(), line.holder.person))
    return Ledger(found.months, found.framework, lines, found.excusals, found.unheld)


def submissions(authority_id: int, found: Owed, whose: Q) -> Mapping[int, list[date]]:
    """The days on which each person submitted an audit that counts; one that two people made counts for both."""
    since = datetime.combine(found.months.starts_on, time(), LONDON)
    rows = Part.people.through.objects.filter(
        part__kind="auditor", part__audit__authority=authority_id, part__audit__state="submitted",
        part__audit__submitted_at__gte=since,
    )  # fmt: skip
    if found.framework.owing.counts == "own":
        rows = rows.filter(part__audit__session__group__meets=False)
    if whose:
        rows = rows.filter(person__in=Post.objects.filter(whose).values("person"))
    came = defaultdict[int, list[date]](list)
    for person, moment in rows.order_by().values_list("person", "part__audit__submitted_at"):
        assert moment  # what is submitted has its moment
        came[person].append(moment.astimezone(LONDON).date())
    return came


# --- one person's ---------------------------------------------------------------------------------------


def account_of(person: Person, today: date) -> Ledger:
    """One person's lines, the latest month first."""
    hers = ledger(person.authority_id, today, seats_of_posts(person))
    lines = [line for line in hers.lines if line.holder.person == person.pk]
    excusals = [each for each in hers.excusals if each.person_id == person.pk]
    return Ledger(hers.months, hers.framework, lines[::-1], excusals, ())


def owed_now(person: Person, today: date) -> list[Account]:
    """What somebody has still to submit, the oldest first: this month's, and what is late of those before."""
    return [line.account for line in reversed(account_of(person, today).lines) if line.account.to_do]


# --- everybody's ----------------------------------------------------------------------------------------

SEES = "see what everybody owes"


def below(person: Person) -> Q | None:
    """The posts whose accounts somebody may see, beside her own: all, those of her services, or None."""
    standing = standings(person) & MAY[SEES]
    if standing & {Is.QUALITY_ASSURANCE, Is.DIRECTOR}:
        return EVERYBODY
    if standing:
        hers = person.services_managed
        within = Q(team__in=hers) | Q(team__parent__in=hers)
        return within & ~Q(oversees__in=("service", "authority"))
    return None


def ledger_visible_to(person: Person, today: date) -> Ledger | None:
    """Everybody's accounts as far as this person may see them; None where she may see nobody's but her own."""
    whose = below(person)
    return None if whose is None else ledger(person.authority_id, today, whose)


def holder_visible_to(person: Person, code: str) -> Person | None:
    """Somebody whose accounts this person may see, by her code; her own among them."""
    whose = below(person)
    if code == person.code:
        return person
    if whose is None:
        return None
    posts = Post.objects.filter(whose, authority=person.authority_id).values("person")
    return Person.objects.filter(authority=person.authority_id, code=code, pk__in=posts).first()


# --- rounds of single records ---------------------------------------------------------------------------


def to_open(authority_id: int, month: Period, today: date) -> Mapping[Person, str]:
    """Who still owes records that are due in this month, each with the post she owes the most of them in."""
    lines = [line for line in ledger(authority_id, today, through=month).ending_in(month) if line.account.to_do]
    lines.sort(key=lambda line: len(line.account.to_do))
    posts = {line.holder.person: line.holder.post for line in lines}
    return {person: posts[key] for key, person in _people(posts).items()}


def round_of(authority_id: int, month: Period) -> Session | None:
    """The round that was opened for this month."""
    rounds = Session.objects.filter(authority=authority_id, group__meets=False, cancelled_at__isnull=True)
    return rounds.filter(held_on__range=(month.starts_on, month.ends_on)).first()


def still_asked(session: Session, today: date) -> Mapping[int, int]:
    """In a round of single records, how many each person has still to submit of those due in its month."""
    month = month_of(session)
    asked = Counter[int]()
    for line in ledger(session.authority_id, today, through=month).ending_in(month):
        asked[line.holder.person] += len(line.account.to_do)
    return asked


# --- reminding ------------------------------------------------------------------------------------------


def reminders_due(authority_id: int, today: date) -> Iterator[Reminder]:
    """Who is reminded today, and of what: a line for each month and day that something of hers is due."""
    found = ledger(authority_id, today)
    owing = found.framework.owing
    due = [
        (line, due_on)
        for line, due_on in _open(found)
        if reminded(due_on, today, before=owing.remind_before_days, after=owing.remind_after_days)
    ]
    people = _people(line.holder.person for line, _ in due)
    for line, due_on in due:
        if person := people.get(line.holder.person):
            yield Reminder(person, reminding(line.account, due_on, today), reverse("owed"))


def escalations_due(authority_id: int, today: date) -> Iterator[Reminder]:
    """Which managers are told today, and of whose records: once they are late for so long, then with each reminder."""
    found = ledger(authority_id, today)
    owing, managers = found.framework.owing, managers_on(authority_id, today)
    for line, due_on in _open(found):
        if escalated(due_on, today, first=owing.escalate_after_days, again=owing.remind_after_days):
            holder = line.holder
            for manager in managers.above(holder.person, holder.team, holder.service):
                sentence = telling_of(holder.name, line.account, due_on, today)
                yield Reminder(manager, sentence, reverse("owed_by_everybody"))


def _open(found: Ledger) -> Iterator[tuple[Line, date]]:
    """Every line with something to do, once for each day that some of it is due."""
    for line in found.lines:
        for due_on in dict.fromkeys(line.account.to_do):
            yield line, due_on


def _people(keys: Iterable[int]) -> Mapping[int, Person]:
    return {person.pk: person for person in Person.objects.filter(pk__in=set(keys), is_active=True)}

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
from goldenthread.audit.owing import reminding, reminding_of_earlier
from goldenthread.framework.queries import framework_in_force
from goldenthread.method.deadlines import working_days_between
from goldenthread.method.framework import Framework, Owing, Quota
from goldenthread.method.owed import Account, Submission, accounts, escalated, reminded
from goldenthread.method.parts import AUDITORS
from goldenthread.method.periods import Period
from goldenthread.method.refusal import Refused
from goldenthread.notices.queries import last_working_day_of
from goldenthread.notices.reminder import REMIND, Reminder
from goldenthread.people.models import Person, Post
from goldenthread.people.queries import managers_on
from goldenthread.plan.models import Excusal, Session
from goldenthread.plan.queries.owed import (
    EVERYBODY,
    Holder,
    Owed,
    below,
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


def _ledger(found: Owed, came: Mapping[int, list[Submission]]) -> Ledger:
    lines = [
        Line(found.holders[person, account.due.post], account)
        for person, hers in found.by_person().items()
        for account in accounts(hers, found.excused(person), came.get(person, ()))
    ]
    lines.sort(key=lambda line: (line.holder.name.casefold(), line.holder.person))
    return Ledger(found.months, found.framework, lines, found.excusals, found.unheld)


def submissions(authority_id: int, found: Owed, whose: Q) -> Mapping[int, list[Submission]]:
    """What each person submitted that counts; an audit that two people made, together or apart, counts for both."""
    since = datetime.combine(found.months.starts_on, time(), LONDON)
    rows = Part.people.through.objects.filter(
        part__kind__in=AUDITORS, part__audit__authority=authority_id, part__audit__state="submitted",
        part__audit__submitted_at__gte=since,
    )  # fmt: skip
    if found.framework.owing.counts == "own":
        rows = rows.filter(part__audit__session__group__meets=False)
    if whose:
        rows = rows.filter(person__in=Post.objects.filter(whose).values("person"))
    session = "part__audit__session"
    came = defaultdict[int, list[Submission]](list)
    for person, moment, due_on, meets in rows.order_by().values_list(
        "person", "part__audit__submitted_at", f"{session}__held_on", f"{session}__group__meets"
    ):
        assert moment  # what is submitted has its moment
        came[person].append(Submission(moment.astimezone(LONDON).date(), None if meets else due_on))
    return came


# --- one person's ---------------------------------------------------------------------------------------


def account_of(person: Person, today: date) -> Ledger:
    """One person's lines, the latest month first."""
    hers = ledger(person.authority_id, today, seats_of_posts(person))
    lines = [line for line in hers.lines if line.holder.person == person.pk]
    excusals = [each for each in hers.excusals if each.person_id == person.pk]
    return Ledger(hers.months, hers.framework, lines[::-1], excusals, ())


def owed_now(person: Person, today: date) -> list[Account]:
    """What somebody has still to submit, the oldest first: this month's, and what is late of those before.

    One statement for those whose posts have no quota, as most have none; eight for the others.
    """
    rules = framework_in_force(person.authority_id, today).parsed
    if not {quota.post for quota in rules.quotas} & {post.kind for post in person.posts_held}:
        return []
    return [line.account for line in reversed(account_of(person, today).lines) if line.account.to_do]


# --- everybody's ----------------------------------------------------------------------------------------


def ledger_visible_to(person: Person, today: date) -> Ledger | None:
    """Everybody's accounts as far as this person may see them; None where she may see nobody's but her own."""
    whose = below(person)
    return None if whose is None else ledger(person.authority_id, today, whose)


# --- rounds of single records ---------------------------------------------------------------------------


def to_open(authority_id: int, month: Period, today: date) -> Mapping[Person, str]:
    """Who still owes records that are due in this month, each with the post she owes the most of them in."""
    lines = [line for line in ledger(authority_id, today, through=month).ending_in(month) if line.account.to_do]
    lines.sort(key=lambda line: len(line.account.to_do))
    posts = {line.holder.person: line.holder.post for line in lines}
    return {person: posts[key] for key, person in _people(posts).items()}


def rounds_from(authority_id: int, day: date) -> Mapping[date, Session]:
    """The rounds of single records due on this day or after: the first day of the month each is for → the round."""
    rounds = Session.objects.filter(authority=authority_id, group__meets=False, cancelled_at__isnull=True)
    return {month_of(each).starts_on: each for each in rounds.filter(held_on__gte=day)}


def still_asked(session: Session, today: date) -> Mapping[int, int]:
    """In a round of single records, how many each person has still to submit of those due in its month."""
    month = month_of(session)
    asked = Counter[int]()
    for line in ledger(session.authority_id, today, through=month).ending_in(month):
        asked[line.holder.person] += len(line.account.to_do)
    return asked


# --- reminding ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unmet:
    """Records of one line that are due on one day and not submitted."""

    line: Line
    due_on: date
    number: int


def reminders_due(authority_id: int, today: date) -> Iterator[Reminder]:
    """Who is reminded today, and of what: of what is due soon by its day, of all that is late once a week together."""
    rules, to_chase = _to_chase(authority_id, today)
    told_on = last_working_day_of(REMIND, today)
    due: list[tuple[int, str]] = []
    for holder, unmet in to_chase.items():
        person = holder.person
        late = [each for each in unmet if each.due_on < today]
        for each in unmet[len(late) :]:
            if reminded(each.due_on, today, before=rules.remind_before_days, after=0, told_on=told_on):
                due.append((person, reminding(each.line.account, each.due_on, today)))
        if late and reminded(late[-1].due_on, today, before=0, after=rules.remind_after_days, told_on=told_on):
            due.append((person, reminding(late[-1].line.account, late[-1].due_on, today)))
            if number := sum(each.number for each in late[:-1]):
                due.append((person, reminding_of_earlier(number, late[0].due_on)))
    people = _people(person for person, _ in due)
    for key, sentence in due:
        if person_there := people.get(key):
            yield Reminder(person_there, sentence, reverse("owed"))


def escalations_due(authority_id: int, today: date) -> Iterator[Reminder]:
    """Which managers are told today, and of whose records: once they are late for so long, then with each reminder."""
    rules, to_chase = _to_chase(authority_id, today)
    told_on = last_working_day_of(REMIND, today)
    managers, first = managers_on(authority_id, today), rules.escalate_after_days
    there = _people(holder.person for holder in to_chase)
    for holder, unmet in to_chase.items():
        late = [each for each in unmet if first and working_days_between(each.due_on, today) >= first]
        if (
            holder.person not in there
            or not late
            or not escalated(late[-1].due_on, today, first=first, again=rules.remind_after_days, told_on=told_on)
        ):
            continue
        who = f"{holder.name} owes"
        told = [reminding(late[-1].line.account, late[-1].due_on, today, who)]
        if number := sum(each.number for each in late[:-1]):
            told.append(reminding_of_earlier(number, late[0].due_on, who))
        for manager in managers.above(holder.person, holder.team, holder.service):
            for sentence in told:
                yield Reminder(manager, sentence, reverse("owed_by_everybody"))


def _to_chase(authority_id: int, today: date) -> tuple[Owing, Mapping[Holder, list[Unmet]]]:
    """The rules of chasing, and what each holder has still to submit, what is due first first.

    A council that has adopted no framework yet has nobody to chase.
    """
    try:
        found = ledger(authority_id, today)
    except Refused:
        return Owing(), {}
    unmet = defaultdict[Holder, list[Unmet]](list)
    for line in found.lines:
        for due_on, number in Counter(line.account.to_do).items():
            unmet[line.holder].append(Unmet(line, due_on, number))
    in_order = {holder: sorted(hers, key=lambda each: each.due_on) for holder, hers in unmet.items()}
    return found.framework.owing, in_order


def _people(keys: Iterable[int]) -> Mapping[int, Person]:
    return {person.pk: person for person in Person.objects.filter(pk__in=set(keys), is_active=True)}

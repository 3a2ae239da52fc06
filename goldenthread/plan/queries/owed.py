"""What holders of posts owe, read from the plan: their posts, their absences, the rules of each year, and excusals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from dateutil.relativedelta import relativedelta
from django.db.models import F, Q

from goldenthread.framework.models import FrameworkVersion
from goldenthread.method.access import MAY, Is
from goldenthread.method.framework import Framework, Quota
from goldenthread.method.owed import Due, Excused, Holding, accounts, dues
from goldenthread.method.periods import Period, period_of, periods
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person, Post
from goldenthread.people.standing import standings
from goldenthread.plan.models import Absence, Excusal, Session, Year
from goldenthread.web.wording import LONDON

EVERYBODY = Q()
MONTHS_BACK = 11  # before this month: a year of accounts in all


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in a post that has a quota, and where: in the last team she began in, or the first she will."""

    person: int
    code: str
    name: str
    post: str
    team: int | None
    team_name: str
    service: int | None


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed in a span of months, line by line, by whom, and which records were excused.

    `unheld`: the quotas of posts that nobody holds today, where everybody was read.
    """

    months: Period
    framework: Framework
    dues: Sequence[Due]
    holders: Mapping[tuple[int, str], Holder]
    excusals: Sequence[Excusal]
    unheld: Sequence[Quota]

    def by_person(self) -> Mapping[int, list[Due]]:
        hers = defaultdict[int, list[Due]](list)
        for due in self.dues:
            hers[due.person].append(due)
        return hers

    def excused(self, person: int) -> list[Excused]:
        """What the method asks of the excusals of one person."""
        return [as_excused(each) for each in self.excusals if each.person_id == person]


def as_excused(excusal: Excusal) -> Excused:
    kind: Literal["extension", "exemption"] = "extension" if excusal.until_on else "exemption"
    return Excused(excusal.post, excusal.period_starts_on, kind, excusal.records, excusal.until_on)


def months_back(today: date) -> Period:
    """This month and the eleven before it: the months whose accounts are kept open."""
    return Period(today.replace(day=1) - relativedelta(months=MONTHS_BACK), period_of(today, "month", 1).ends_on)


def seats_of_posts(person: Person) -> Q:
    """The posts in whose seats this person's are, her own among them: their rounding hangs together."""
    hers = person.posts.values_list("kind", "team")
    seats = Q(pk__in=())
    for kind, team in hers:
        seats |= Q(kind=kind, team=team) if team else Q(kind=kind, team__isnull=True)
    return seats


def owed(authority_id: int, months: Period, today: date, whose: Q = EVERYBODY) -> Owed:
    """What is owed in these whole months, and in the quarters and longer that reach into them; five statements.

    `whose` narrows the posts, to whole seats (a post in a team): who shares a seat has to be read with it.
    """
    versions, years = _rules_of(authority_id)
    if not versions or versions[-1].in_force_from > today:
        raise Refused(
            "This council has not adopted a framework yet. The Quality Assurance Unit adopts one in Settings."
        )
    now = _in_force(versions, today)
    spans = list(periods("year", months.starts_on, months.ends_on, now.year_starts_month))
    posts = _posts(authority_id, Period(spans[0].starts_on, spans[-1].ends_on), whose)
    holdings = _holdings(posts, _away(authority_id, spans[0].starts_on, whose), _began(versions))
    found = [due for span in spans for due in _of_a_year(Rules(versions, years), holdings, span, months)]
    held_today = {row["kind"] for row in posts if row["started_on"] <= today <= (row["ended_on"] or today)}
    return Owed(
        months=months,
        framework=now,
        dues=found,
        holders=_holders(posts, today),
        excusals=list(_excusals(authority_id, spans[0].starts_on, whose)),
        unheld=[] if whose else [quota for quota in now.quotas if quota.post not in held_today],
    )


def _rules_of(authority_id: int) -> tuple[list[FrameworkVersion], list[Year]]:
    """Every version of the council's rules, the newest first, and the years that were opened under one of them."""
    versions = FrameworkVersion.objects.filter(authority=authority_id).defer("source")
    return list(versions), list(Year.objects.filter(authority=authority_id))


def _began(versions: Sequence[FrameworkVersion]) -> date:
    """Nothing is owed before the council's first rules were in force here: nobody could have submitted it."""
    adopted = min(each.adopted_at for each in versions).astimezone(LONDON).date()
    return max(versions[-1].in_force_from, adopted)


def _in_force(versions: Sequence[FrameworkVersion], day: date) -> Framework:
    """The rules of the day; before the first of them, those."""
    return next((each for each in versions if each.in_force_from <= day), versions[-1]).parsed


@dataclass(frozen=True, slots=True)
class Rules:
    """Which of a council's rules a day is under: those its year was opened with, else the ones in force."""

    versions: Sequence[FrameworkVersion]
    years: Sequence[Year]

    def on(self, day: date) -> Framework:
        opened = next((year.framework_id for year in self.years if year.starts_on <= day <= year.ends_on), None)
        return next((each.parsed for each in self.versions if each.pk == opened), None) or _in_force(self.versions, day)

    def within(self, span: Period) -> list[Framework]:
        found = [self.on(month.starts_on) for month in periods("month", span.starts_on, span.ends_on, 1)]
        return list({id(each): each for each in found}.values())


def _of_a_year(rules: Rules, holdings: Sequence[Holding], span: Period, months: Period) -> Iterable[Due]:
    """A year's lines that touch these months, each under the rules of its first day.

    Rounding runs from the start of the year, whatever is asked for.
    """
    for framework in rules.within(span):
        month = framework.year_starts_month
        for quota in framework.quotas:
            last = period_of(min(months.ends_on, span.ends_on), quota.every, month)
            for due in dues(quota, holdings, Period(span.starts_on, last.ends_on), month):
                if due.period.within(months) and rules.on(due.period.starts_on) is framework:
                    yield due


POST = ("person", "kind", "team", "share", "started_on", "ended_on")
NAMED = {
    "code": F("person__code"), "name": F("person__name"), "team_name": F("team__name"),
    "service": F("team__parent"),
}  # fmt: skip


def _posts(authority_id: int, span: Period, whose: Q) -> list[dict[str, Any]]:
    """The posts held in the span; of a closed account only those that ended, as nobody can say when the others did."""
    open_or_ended = Q(person__is_active=True) | Q(ended_on__isnull=False)
    lasting = Q(ended_on__isnull=True) | Q(ended_on__gte=span.starts_on)
    posts = Post.objects.filter(whose, open_or_ended, lasting, authority=authority_id, started_on__lte=span.ends_on)
    return list(posts.order_by("started_on", "pk").values(*POST, **NAMED))


def _away(authority_id: int, since: date, whose: Q) -> Mapping[int, list[Period]]:
    absences = Absence.objects.filter(
        _theirs(whose), authority=authority_id, to_on__gte=since, withdrawn_at__isnull=True
    )
    away = defaultdict[int, list[Period]](list)
    for person, first, last in absences.values_list("person", "from_on", "to_on"):
        away[person].append(Period(first, last))
    return away


def _excusals(authority_id: int, since: date, whose: Q) -> Iterable[Excusal]:
    excusals = Excusal.objects.filter(
        _theirs(whose), authority=authority_id, period_starts_on__gte=since, withdrawn_at__isnull=True
    )
    return excusals.select_related("granted_by")


def _theirs(whose: Q) -> Q:
    return Q(person__in=Post.objects.filter(whose).values("person")) if whose else EVERYBODY


def _holdings(posts: Iterable[Mapping[str, Any]], away: Mapping[int, list[Period]], began: date) -> list[Holding]:
    holdings = []
    for row in posts:
        first, last = max(row["started_on"], began), row["ended_on"] or date.max
        if first <= last:
            gone, share = tuple(away.get(row["person"], ())), Fraction(row["share"])
            holdings.append(Holding(row["person"], row["kind"], row["team"], Period(first, last), share, gone))
    return holdings


def _holders(posts: Sequence[Mapping[str, Any]], today: date) -> dict[tuple[int, str], Holder]:
    begun = [row for row in posts if row["started_on"] <= today]
    to_come = [row for row in posts if row["started_on"] > today]
    return {(row["person"], row["kind"]): _holder(row) for row in [*reversed(to_come), *begun]}


def _holder(row: Mapping[str, Any]) -> Holder:
    return Holder(
        row["person"], row["code"], row["name"], row["kind"], row["team"], row["team_name"] or "",
        row["service"],
    )  # fmt: skip


# --- whose accounts somebody may see ------------------------------------------------------------------

SEES = "see what everybody owes"


def below(person: Person) -> Q | None:
    """The posts whose accounts somebody may see, beside her own: all, those of her teams and services, or None."""
    standing = standings(person) & MAY[SEES]
    if standing & {Is.QUALITY_ASSURANCE, Is.DIRECTOR}:
        return EVERYBODY
    if standing:
        services, teams = person.services_managed, person.teams_managed
        of_services = Q(team__in=services) | Q(team__parent__in=services)
        return of_services & ~Q(oversees__in=("service", "authority")) | Q(team__in=teams, oversees="")
    return None


def holder_visible_to(person: Person, code: str) -> Person | None:
    """Somebody whose accounts this person may see, by her code; her own among them."""
    whose = below(person)
    if code == person.code:
        return person
    if whose is None:
        return None
    posts = Post.objects.filter(whose, authority=person.authority_id).values("person")
    return Person.objects.filter(authority=person.authority_id, code=code, pk__in=posts).first()


# --- a month's round of single records ------------------------------------------------------------------


def month_of(session: Session) -> Period:
    """The month that a round of single records is for."""
    return period_of(session.held_on, "month", 1)


def files_of_round(session: Session, today: date) -> int:
    """How many records those who sit in a round owe, all together: those whose month, quarter … ends in its month."""
    month, seated = month_of(session), set(session.seats.values_list("person", flat=True))
    found = owed(session.authority_id, month, today)
    return sum(
        line.asked
        for person, hers in found.by_person().items()
        if person in seated
        for line in accounts(hers, found.excused(person), ())
        if line.due.period.ends_on in month
    )

"""Supervision files: who holds cases by the council's posts, who inspects their notes, and how a draw is spread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Count, Exists, OuterRef, QuerySet

from goldenthread.method import sampling
from goldenthread.method.framework import Framework
from goldenthread.method.periods import Period, period_of, periods
from goldenthread.people.models import Person, Post
from goldenthread.people.queries import people_in_post, with_posts
from goldenthread.select.models import Draw, DrawnCase
from goldenthread.select.queries.frames import SUPERVISION


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds cases, and so has supervision notes: what a line of the list says of her."""

    ref: str
    person: int
    name: str
    team: int | None
    team_name: str

    @property
    def stratum(self) -> str:
        return sampling.stratum(SUPERVISION, self.team_name)


def holders_of_cases(authority_id: int, framework: Framework, day: date) -> list[Holder]:
    """Everybody in a post that holds cases, once, by her staff number, or by her code where she has none of her own."""
    kinds = [post.key for post in framework.posts if post.holds_cases]
    held = people_in_post(authority_id, day, kinds) if kinds else ()
    found: dict[int, Holder] = {}
    numbers: set[str] = set()
    for post in held:
        if post.person_id not in found:
            number = post.person.staff_number
            ref = number if number and number not in numbers else post.person.code
            numbers.add(ref)
            name = post.team.name if post.team else ""
            found[post.person_id] = Holder(ref, post.person_id, post.person.name, post.team_id, name)
    return list(found.values())


def senior_managers(authority_id: int, framework: Framework, day: date) -> list[Person]:
    """Whoever holds a post of recommendation 30 on this day, by name, with the posts she holds."""
    posts = Post.objects.filter(Post.on(day), person=OuterRef("pk"), kind__in=framework.recommendation_30.posts)
    people = Person.objects.filter(Exists(posts), authority=authority_id, is_active=True)
    return with_posts(people.order_by("name", "pk"), day)


def quarter_of(framework: Framework, day: date) -> Period:
    """The quarter, or whatever span recommendation 30 is kept by here, in which a day lies."""
    return period_of(day, framework.recommendation_30.every, framework.year_starts_month)


def quarters_of_year(framework: Framework, day: date) -> list[Period]:
    """The quarters of the council's year in which a day lies."""
    year = period_of(day, "year", framework.year_starts_month)
    every = framework.recommendation_30.every
    return list(periods(every, year.starts_on, year.ends_on, framework.year_starts_month))


def supervision_draws(authority_id: int) -> QuerySet[Draw]:
    """The draws of supervision notes that stand, the latest quarter's first, without the lists they were made from."""
    draws = Draw.objects.filter(authority=authority_id, case_list__kind=SUPERVISION, period_starts_on__isnull=False)
    return draws.exclude(state="abandoned").defer("frame", "exclusions").order_by("-period_starts_on")


def drawn_of_late(authority_id: int, period: Period) -> Mapping[str, int]:
    """How many notes of each stratum were drawn for the quarters of the year before this one."""
    cases = DrawnCase.objects.filter(
        authority=authority_id, standing="selected", draw__case_list__kind=SUPERVISION,
        draw__period_starts_on__gte=period.starts_on - relativedelta(years=1),
        draw__period_starts_on__lt=period.starts_on,
    )  # fmt: skip
    return dict(cases.values_list("stratum").annotate(Count("pk")).order_by())

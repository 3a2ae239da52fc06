"""Samples of signed-off tasks: what can be sampled, each sample with what was found, and what waits to be checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from goldenthread.act.models import Reaudit, SignOff, Task, TaskCheck, TaskSample
from goldenthread.audit.queries.blindness import blind_to
from goldenthread.method.access import Is, may
from goldenthread.method.assurance import WANTING, Checked, Rate, rate_of
from goldenthread.method.framework import Framework
from goldenthread.method.periods import Period, period_of
from goldenthread.people.models import Person, Post
from goldenthread.people.standing import standings, standings_towards
from goldenthread.trail.models import Event
from goldenthread.web.clock import midnight

NO_SERVICE = "No service"
QUARTERS = 4  # that are over, and can still be sampled
PUT_RIGHT = "found put right"  # the verb of the event that ends a task's being signed off but not done


# --- what can be sampled -----------------------------------------------------------------------------------


def moments_of(period: Period) -> tuple[datetime, datetime]:
    """When the period's first day begins and when its last has ended, on the wall in England."""
    return midnight(period.starts_on), midnight(period.ends_on + timedelta(days=1))


def signed_off_in(authority_id: int, period: Period) -> QuerySet[Task]:
    """The tasks signed off in a period, by the last signature of their return, that no sample has taken before."""
    begins, ended = moments_of(period)
    signed = SignOff.objects.filter(returned=OuterRef("returned"))
    tasks = Task.objects.filter(
        Exists(signed.filter(signed_at__gte=begins, signed_at__lt=ended)), ~Exists(signed.filter(signed_at__gte=ended)),
        ~Exists(TaskCheck.objects.filter(task=OuterRef("pk"))), authority=authority_id, state="signed off",
    )  # fmt: skip
    return tasks.order_by("code")


def quarters_to_sample(authority_id: int, framework: Framework, today: date) -> list[Period]:
    """The last quarters that are over and have no sample, the latest first; one statement."""
    quarters = [period_of(today, "quarter", framework.year_starts_month)]
    for _ in range(QUARTERS):
        before = quarters[-1].starts_on - timedelta(days=1)
        quarters.append(period_of(before, "quarter", framework.year_starts_month))
    sampled = TaskSample.objects.filter(authority=authority_id).values_list("period_starts_on", flat=True)
    taken = set(sampled)
    return [quarter for quarter in quarters[1:] if quarter.starts_on not in taken]


# --- samples -----------------------------------------------------------------------------------------------

LARGE = ("frame",)


def samples_of(person: Person) -> QuerySet[TaskSample]:
    """Every sample of her council, the latest period first, without the lists they were drawn from."""
    return TaskSample.objects.filter(authority=person.authority_id).defer(*LARGE).order_by("-period_starts_on", "-pk")


def sample_or_none(person: Person, code: str) -> TaskSample | None:
    if not may("see the assurance", standings(person)):
        return None
    found = TaskSample.objects.filter(authority=person.authority_id, code=code)
    return found.select_related("framework", "frozen_by", "drawn_by").first()


def period_of_sample(sample: TaskSample) -> Period:
    return Period(sample.period_starts_on, sample.period_ends_on)


@dataclass(frozen=True, slots=True)
class SampleFound:
    """A drawn sample and what its checks found, service by service; of her services where it is not all hers."""

    sample: TaskSample
    services: Sequence[Checked]
    rate: Rate

    @property
    def period(self) -> Period:
        return period_of_sample(self.sample)


def samples_found(person: Person) -> list[SampleFound]:
    """Every drawn sample with what was found, the latest first; two statements, however many."""
    drawn = list(samples_of(person).filter(state="drawn"))
    counted = checks_in_scope(person).order_by().values("sample", "stratum").annotate(
        sought=Count("pk"), done=Count("pk", filter=Q(outcome="done")), partly=Count("pk", filter=Q(outcome="partly")),
        wanting=Count("pk", filter=Q(outcome="not")),
    )  # fmt: skip
    rows: dict[int, list[Any]] = {sample.pk: [] for sample in drawn}
    for row in counted.order_by("stratum"):
        rows.setdefault(row["sample"], []).append(row)
    return [_found(sample, rows[sample.pk]) for sample in drawn if rows[sample.pk]]


def _found(sample: TaskSample, rows: Sequence[Any]) -> SampleFound:
    held = sample.quotas["held"]
    services = [
        Checked(
            row["stratum"], held.get(row["stratum"], row["sought"]), row["sought"], row["done"], row["partly"],
            row["wanting"],
        )
        for row in rows
    ]  # fmt: skip
    return SampleFound(sample, services, rate_of(services))


# --- checks ------------------------------------------------------------------------------------------------


def _everywhere(person: Person) -> bool:
    return bool(standings(person) & {Is.QUALITY_ASSURANCE, Is.DIRECTOR})


def checks_in_scope(person: Person) -> QuerySet[TaskCheck]:
    """The sampled tasks of the whole council for the unit and the directors, else those of her services."""
    checks = TaskCheck.objects.filter(authority=person.authority_id)
    return checks if _everywhere(person) else checks.filter(task__returned__service__in=person.services_managed)


def checks_visible_to(person: Person) -> QuerySet[TaskCheck]:
    """The same, with what was found in her teams for a team's manager; never of a file she is grading blind."""
    checks = TaskCheck.objects.filter(~blind_to(person.pk, "task__returned__audit"), authority=person.authority_id)
    if _everywhere(person):
        return checks
    of_her_teams = Q(task__returned__team__in=person.teams_managed) & ~Q(outcome="")
    return checks.filter(Q(task__returned__service__in=person.services_managed) | of_her_teams)


def with_their_tasks(checks: QuerySet[TaskCheck]) -> QuerySet[TaskCheck]:
    return checks.select_related(
        "sample", "task__owner", "task__done_by", "task__returned__audit", "task__returned__team",
        "task__returned__service", "checked_by",
    )  # fmt: skip


def check_or_none(person: Person, code: str) -> TaskCheck | None:
    return with_their_tasks(checks_visible_to(person)).filter(code=code).first()


def why_not_check(person: Person, check: TaskCheck, signers: Sequence[int]) -> str:
    """Why this person may not check this task, as a sentence, or "". `signers`: who ever signed its return."""
    returned = check.task.returned
    towards = standings_towards(
        person, authority=check.authority_id, team=returned.team_id, service=returned.service_id
    )
    if not may("check a signed-off task", towards):
        return "A signed-off task is checked by the manager of its service, or by the Quality Assurance Unit."
    if person.pk in {check.task.owner_id, check.task.done_by_id}:
        return "You did this task, or it was yours, so somebody else checks it."
    if person.pk in signers:
        return "You signed this task off, so somebody else checks it."
    return ""


def signatures_of(check: TaskCheck) -> list[SignOff]:
    """Every signature of the task's return, the last first."""
    return list(SignOff.objects.filter(returned=check.task.returned_id).select_related("signed_by").order_by("-pk"))


def checks_to_do(person: Person, today: date) -> QuerySet[TaskCheck]:
    """What waits for this person's check: her services' tasks; for the unit those that no service's manager may check.

    Never one that she did herself, or signed.
    """
    hers = Q(task__returned__service__in=person.services_managed)
    if person.is_quality_assurance:
        signed = SignOff.objects.filter(returned=OuterRef(OuterRef("task__returned")), signed_by=OuterRef("person"))
        manager = Post.objects.filter(
            ~Exists(signed), ~Q(person=OuterRef("task__owner")), ~Q(person=OuterRef("task__done_by")), Post.on(today),
            team=OuterRef("task__returned__service"), oversees="service", person__is_active=True,
        )  # fmt: skip
        hers |= Q(~Exists(manager))
    mine = SignOff.objects.filter(returned=OuterRef("task__returned"), signed_by=person.pk)
    waiting = TaskCheck.objects.filter(
        hers, ~Q(task__owner=person.pk), ~Q(task__done_by=person.pk), ~Exists(mine),
        ~blind_to(person.pk, "task__returned__audit"), authority=person.authority_id, outcome="",
    )  # fmt: skip
    return with_their_tasks(waiting).order_by("sample__period_starts_on", "stratum", "place", "pk")


# --- signed off but not done -------------------------------------------------------------------------------


def put_right(check: str = "pk") -> Exists:
    """Whether somebody has seen since that a task found wanting was put right."""
    return Exists(Event.objects.filter(thing="taskcheck", thing_id=OuterRef(check), verb=PUT_RIGHT))


def not_truly_done(person: Person) -> QuerySet[TaskCheck]:
    """Tasks signed off but found not, or only partly, done, and nothing that ends it: seen put right, signed off anew,
    or the file audited again since. The longest known first."""
    later = SignOff.objects.filter(returned=OuterRef("task__returned"), signed_at__gt=OuterRef("checked_at"))
    again = Reaudit.objects.filter(
        audit=OuterRef("task__returned__audit"), again__submitted_at__gt=OuterRef("checked_at")
    )
    found = checks_visible_to(person).filter(~put_right(), ~Exists(later), ~Exists(again), outcome__in=WANTING)
    return with_their_tasks(found).order_by("checked_at", "pk")


def event_of_putting_right(check: TaskCheck) -> Event | None:
    return Event.objects.filter(thing="taskcheck", thing_id=check.pk, verb=PUT_RIGHT).order_by("seq").first()


def last_signed(returned: str = "returned") -> Subquery:
    """When a task's return was last signed."""
    signed = SignOff.objects.filter(returned=OuterRef(returned)).order_by("-pk")
    return Subquery(signed.values("signed_at")[:1])

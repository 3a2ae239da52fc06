"""The random sample of signed-off tasks: a quarter's list is frozen, dice come afterwards, and it stands for ever."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from goldenthread.act.models import Task, TaskCheck, TaskSample
from goldenthread.act.queries.answerable import managers_on
from goldenthread.act.queries.samples import NO_SERVICE, period_of_sample, signed_off_in
from goldenthread.framework.queries import framework_in_force
from goldenthread.method import draw_bundle, sampling
from goldenthread.method.access import may
from goldenthread.method.assurance import sample_quotas
from goldenthread.method.lifecycles import DRAW
from goldenthread.method.periods import Period
from goldenthread.method.refusal import Refused
from goldenthread.method.seed_sources import witnessed_dice
from goldenthread.notices.services import link, tell
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.select.services.bundling import BUNDLE, VERIFIER
from goldenthread.select.services.draws import called
from goldenthread.trail.services import record, step
from goldenthread.web.wording import LONDON, plural

SAMPLED_ALREADY = "A sample of this quarter’s tasks is frozen or drawn already: one is drawn a quarter, and only once."


@step
def freeze_sample(*, by: Person, period: Period, now: datetime) -> TaskSample:
    """Fix the list of tasks signed off in a quarter, and how many of each service are checked, before any seed is
    known. Raises `Refused`: a quarter not over, one sampled already, one without a signed-off task."""
    if not may("sample signed-off tasks", standings(by)):
        raise Refused("Tasks are sampled by the Quality Assurance Unit.")
    today = now.astimezone(LONDON).date()
    if period.ends_on >= today:
        raise Refused(f"{period.label} is not over yet: its tasks are sampled once it is.")
    if TaskSample.objects.filter(authority=by.authority_id, period_starts_on=period.starts_on).exists():
        raise Refused(SAMPLED_ALREADY)
    framework = framework_in_force(by.authority_id, today)
    rows = _rows(by.authority_id, period)
    if not rows:
        raise Refused(f"No task was signed off in {period.label}, so there is nothing to check.")
    held = dict(sorted(Counter(service for _, service in rows).items()))
    quotas = sample_quotas(held, framework.parsed.assurance)
    if not any(quotas.values()):
        raise Refused("The framework asks for no signed-off task to be checked.")
    frame = sampling.canonical_list(rows)
    sample = _kept(
        authority_id=by.authority_id, framework=framework, period_starts_on=period.starts_on,
        period_ends_on=period.ends_on, draw_id=f"tasks-{period.starts_on.isoformat()}", frame=frame.decode(),
        frame_sha256=sampling.list_digest(frame), quotas={"held": held, "sought": quotas}, frozen_at=now, frozen_by=by,
    )  # fmt: skip
    facts = {"sha256": sample.frame_sha256, "tasks": len(rows), "quotas": quotas}
    record(by=by, verb="froze", thing=sample, at=now, now=facts)
    return sample


def _rows(authority_id: int, period: Period) -> list[tuple[str, str]]:
    """Each task's code, and its service as the stratum."""
    tasks = signed_off_in(authority_id, period).values_list("code", "returned__service__name")
    return [(code, service or NO_SERVICE) for code, service in tasks]


def _kept(**columns: Any) -> TaskSample:
    try:
        with transaction.atomic():
            return TaskSample.objects.create(**columns)
    except IntegrityError:  # frozen by somebody else in the same moment
        raise Refused(SAMPLED_ALREADY) from None


@step
def cast_sample(*, by: Person, sample: TaskSample, rolls: str, witnesses: Sequence[str], now: datetime) -> TaskSample:
    """Draw the tasks to be checked with these dice, read out before these witnesses; once, and never again."""
    sample = TaskSample.objects.select_for_update(of=("self",)).select_related("frozen_by").get(pk=sample.pk)
    if sample.state == "drawn":
        raise Refused("These tasks have been drawn already; a sample is drawn once.")
    row = DRAW.take("draw", sample.state, standings(by), None)
    source = witnessed_dice(rolls, witnesses, called(by) | called(sample.frozen_by))
    sample.source, sample.state, sample.drawn_at, sample.drawn_by = source, row.after, now, by
    outcome = outcome_of(sample)
    sample.seed = outcome.seed
    sample.save(update_fields=["source", "seed", "state", "drawn_at", "drawn_by"])
    _ask_for_checks(sample, outcome)
    record(by=by, verb="drew", thing=sample, at=now, now={"source": sample.source, "seed": sample.seed})
    _tell_service_managers(sample, now)
    return sample


def outcome_of(sample: TaskSample) -> sampling.DrawRecord:
    """The draw, from its frozen list and its source: the record that anyone can check."""
    reader = csv.reader(io.StringIO(sample.frame))
    next(reader)
    rows = [(code, service) for code, service in reader]
    return sampling.draw(rows, source=sample.source, draw_id=sample.draw_id, quotas=sample.quotas["sought"])


def _ask_for_checks(sample: TaskSample, outcome: sampling.DrawRecord) -> None:
    # Also of one that went back to its team since: whoever checks it says so.
    codes = [code for chosen in outcome.selected.values() for code in chosen]
    keys = dict(Task.objects.filter(authority=sample.authority_id, code__in=codes).values_list("code", "pk"))
    TaskCheck.objects.bulk_create(
        TaskCheck(authority_id=sample.authority_id, sample=sample, task_id=keys[code], stratum=service, place=place)
        for service, chosen in outcome.selected.items()
        for place, code in enumerate(chosen, start=1)
    )


def _tell_service_managers(sample: TaskSample, now: datetime) -> None:
    """Each service's manager hears how many of her service's tasks wait for her check; nothing of any child."""
    managers = managers_on(sample.authority_id, now.astimezone(LONDON).date()).of_service
    waiting = Counter(sample.checks.values_list("task__returned__service", flat=True))
    for service, number in sorted(waiting.items(), key=lambda pair: pair[0] or 0):
        person = managers.get(service or 0)
        if person is None:
            continue
        asked = plural(number, "signed-off task")
        tell(
            key=f"checks:{sample.code}:{service}", to=person, kind="assurance",
            subject=f"{asked} to check",
            body=f"{person.name},\n\n{asked} of your service {'was' if number == 1 else 'were'} drawn at random from "
            f"{period_of_sample(sample).label}. Look in the record whether each is truly done, and say what you found."
            f"\n\n{link(reverse('assurance'))}\n",
            now=now,
        )  # fmt: skip


# --- how anybody checks the sample -------------------------------------------------------------------------


@step
def export_sample(*, by: Person, sample: TaskSample, what: str, now: datetime) -> bytes:
    """One of the files with which anyone can check the sample, as of a draw; codes stand in it, never a reference."""
    if not may("see the assurance", standings(by)):
        raise Refused("Samples are seen by the Quality Assurance Unit, the directors and service managers.")
    if what in (draw_bundle.RECORD, BUNDLE) and sample.state != "drawn":
        raise Refused("There is no record before the tasks are drawn.")
    data = _file(sample, what)
    record(by=by, verb="exported", thing=sample, at=now, now={"file": what})
    return data


def _file(sample: TaskSample, what: str) -> bytes:
    if what == draw_bundle.LIST:
        return sample.frame.encode()
    if what == draw_bundle.VERIFIER:
        return VERIFIER.read_bytes()
    written = draw_bundle.record_text(record_of(sample))
    if what == draw_bundle.RECORD:
        return written.encode()
    readme = draw_bundle.readme(
        draw_id=sample.draw_id, purpose=f"Tasks signed off in {period_of_sample(sample).label}, to be checked.",
        chosen="Chosen: at random in strata, a service each. A task’s code stands where a case’s reference would.",
        random=True,
    )  # fmt: skip
    return draw_bundle.bundle({
        draw_bundle.LIST: sample.frame, draw_bundle.RECORD: written,
        draw_bundle.VERIFIER: VERIFIER.read_text(encoding="utf-8"), draw_bundle.README: readme,
    })  # fmt: skip


def record_of(sample: TaskSample) -> dict[str, Any]:
    """What the sample was made from and what came out."""
    return outcome_of(sample).as_json() | {
        "period_starts_on": sample.period_starts_on.isoformat(),
        "period_ends_on": sample.period_ends_on.isoformat(),
        "frozen_at": sample.frozen_at.isoformat(),
    }

"""Recommendation 30: drawn supervision notes shared out to senior managers, inspected, and the quarter signed for."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from goldenthread.audit.models import Inspection, Statement
from goldenthread.audit.queries.independence import files_of, why_not
from goldenthread.audit.queries.inspections import inspections_for, may_not_inspect, to_share_out
from goldenthread.audit.queries.statements import statement_content, statement_or_none
from goldenthread.framework.queries import framework_in_force
from goldenthread.method.access import may
from goldenthread.method.framework import Framework
from goldenthread.method.periods import Period
from goldenthread.method.refusal import Refused
from goldenthread.method.sharing import fair_shares
from goldenthread.people.models import Authority, Person
from goldenthread.people.standing import standings
from goldenthread.select.models import Draw, DrawnCase
from goldenthread.select.queries.frames import SUPERVISION
from goldenthread.select.queries.supervision import quarter_of, senior_managers
from goldenthread.trail.services import record, step
from goldenthread.web.wording import LONDON, day

SIGNED = "The statement for {quarter} is signed, so what it rests on can no longer be changed."
CHANGED = (
    "What this statement says has changed since it was shown to you. It is shown again as it stands now: "
    "read it, then sign."
)


@dataclass(frozen=True, slots=True)
class SharedOut:
    """How many sets of notes were shared out, and what could not be, in sentences."""

    number: int
    sentences: Sequence[str]


@step
def share_out_inspections(*, by: Person, draw: Draw, now: datetime) -> SharedOut:
    """Allot the draw's supervision notes evenly among the senior managers, nobody her own line's.

    Notes that are nobody's yet are shared, and those that somebody who left such a post has not inspected.
    """
    if not may("share out inspections", standings(by)):
        raise Refused("Supervision notes are shared out by the Quality Assurance Unit.")
    if draw.state != "drawn" or draw.case_list.kind != SUPERVISION or draw.period_starts_on is None:
        raise Refused("Only supervision notes that were drawn can be shared out.")
    today, framework = _today(now), draw.framework.parsed
    _unsigned(by.authority_id, quarter_of(framework, draw.period_starts_on))
    people = {person.pk: person for person in senior_managers(by.authority_id, framework, today)}
    if not people:
        raise Refused("Nobody is in a senior manager's post, so the notes can be given to nobody.")
    cases = {case.pk: case for case in to_share_out([draw], framework, today)}
    held = {each.case_id: each for each in inspections_for(draw)}
    load = Counter(each.person_id for case, each in held.items() if case not in cases)
    barred = _barred(people, cases, framework)
    shares = fair_shares(list(cases), list(people), barred, load)
    if not shares:
        raise Refused("Every set of notes that a senior manager may inspect is shared out already.")
    codes = _allot(by, draw.period_starts_on, shares, held, now)
    record(by=by, verb="shared out", thing=draw, at=now, now={"inspections": codes})
    return SharedOut(len(shares), _not_given(people, cases, shares, barred, {*shares.values(), *load}))


def _barred(people: Mapping[int, Person], cases: Mapping[int, DrawnCase], framework: Framework) -> Any:
    files = dict(zip(cases, files_of([case.line for case in cases.values()]), strict=True))

    def why(case: int, person: int) -> str | None:
        return why_not(people[person], files[case], framework)

    return why


def _allot(
    by: Person, starts_on: date, shares: Mapping[int, int], held: Mapping[int, Inspection], now: datetime
) -> dict[str, int]:
    """Whose each inspection is now, by its code."""
    codes = {}
    for case, person in shares.items():
        inspection = held.get(case) or Inspection(
            authority_id=by.authority_id, case_id=case, period_starts_on=starts_on
        )
        inspection.person_id, inspection.allotted_at, inspection.allotted_by = person, now, by
        inspection.save()
        codes[inspection.code] = person
    return codes


def _not_given(
    people: Mapping[int, Person], cases: Mapping[int, DrawnCase], shares: Mapping[int, int], barred: Any,
    holding: Collection[int],
) -> list[str]:  # fmt: skip
    """Who was given none and why, and how many notes nobody may inspect."""
    sentences = []
    for key, person in people.items():
        if key not in holding:
            own = all(barred(case, key) for case in cases)
            why = "all those drawn are of her own team or service" if own else "too few were drawn"
            sentences.append(f"{person.name} was given none: {why}.")
    if left := len(cases) - len(shares):
        sentences.append(
            f"{left} of the notes drawn can be given to nobody, because each senior manager is of the same line. "
            "Replace them on the draw's page."
        )
    return sentences


@step
def record_inspection(
    *, by: Person, inspection: Inspection, inspected_on: date, good: str, to_improve: str, now: datetime
) -> Inspection:
    """What a senior manager found in the notes allotted to her; she may change it until the quarter is signed for."""
    inspection = Inspection.objects.select_related("case__draw__framework", "case__line__team").get(pk=inspection.pk)
    framework = inspection.case.draw.framework.parsed
    quarter = quarter_of(framework, inspection.period_starts_on)
    if inspection.person_id != by.pk:
        raise Refused("Only the senior manager to whom these notes are allotted records their inspection.")
    _unsigned(by.authority_id, quarter)
    if inspection.case.standing == "replaced" and not inspection.inspected_at:
        raise Refused("These notes were replaced in their draw, so they are no longer inspected.")
    if may_not_inspect(by, inspection.case, framework):
        raise Refused(
            "These notes are now of your own team or service, so somebody else inspects them. "
            "Tell the Quality Assurance Unit."
        )
    first, last = days_to_inspect(inspection, quarter, _today(now))
    if first > last:
        raise Refused(
            f"These notes are for {quarter.label}: there is no day yet on which they can have been inspected."
        )
    if not first <= inspected_on <= last:
        raise Refused(f"Notes are inspected between {day(first, 'plain')} and {day(last, 'plain')}.")
    if not (good.strip() or to_improve.strip()):
        raise Refused("Say what is good, or what is to be put right.")
    verb = "changed" if inspection.inspected_at else "inspected"
    inspection.inspected_on, inspection.inspected_at, inspection.inspected_by = inspected_on, now, by
    inspection.good, inspection.to_improve = good.strip(), to_improve.strip()
    inspection.save()
    record(by=by, verb=verb, thing=inspection, at=now, now={"inspected_on": inspected_on.isoformat()})
    return inspection


def days_to_inspect(inspection: Inspection, quarter: Period, today: date) -> tuple[date, date]:
    """The first and the last day on which it can have been done: once drawn, in the quarter, and not after today."""
    drawn_at = inspection.case.draw.drawn_at
    assert drawn_at is not None, "only notes that were drawn are inspected"
    return max(quarter.starts_on, _today(drawn_at)), min(quarter.ends_on, today)


def see_inspection(*, by: Person, inspection: Inspection, at: datetime) -> None:
    """Record that somebody opened what is written on a practitioner's supervision."""
    record(by=by, verb="read", thing=inspection, at=at)


def see_inspections(*, by: Person, of: Person, inspections: Sequence[Inspection], at: datetime) -> None:
    """Record that somebody opened what a senior manager wrote in a quarter."""
    if inspections:
        record(by=by, verb="read inspections by", thing=of, at=at, now={"inspections": [i.code for i in inspections]})


# --- the statement -----------------------------------------------------------------------------------------


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of exactly what stands on the page when it is shown for signing."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def reason_not_to_sign(by: Person, quarter: Period, today: date) -> str:
    """The sentence shown where the button would be; "" when she may press it."""
    if not may("sign the statement of inspections", standings(by)):
        return "A director signs this statement."
    if today <= quarter.ends_on:
        return f"{quarter.label} is not over: the statement can be signed after {day(quarter.ends_on, 'plain')}."
    return ""


@step
def sign_statement(*, by: Person, quarter: Period, shown: str, password: str, now: datetime) -> Statement:
    """Sign what a quarter's statement says, exactly as it was shown. Raises `Refused` if it has changed since."""
    today = _today(now)
    if reason := reason_not_to_sign(by, quarter, today):
        raise Refused(reason)
    _unsigned(by.authority_id, quarter, "The statement for {quarter} is signed already.")
    if by.has_password and not by.check_password(password):
        raise Refused(WRONG_PASSWORD)
    framework = framework_in_force(by.authority_id, today).parsed
    content = statement_content(by.authority, framework, quarter, today)
    if digest_of(content) != shown:
        raise Refused(CHANGED)
    capacity = next(post.words for post in by.posts_held if post.oversees == "authority")
    try:
        with transaction.atomic():
            signed = Statement.objects.create(
                authority_id=by.authority_id, period_starts_on=quarter.starts_on, period_ends_on=quarter.ends_on,
                content=content, sha256=shown, signed_at=now, signed_by=by, capacity=capacity,
            )  # fmt: skip
    except IntegrityError:
        raise Refused(f"The statement for {quarter.label} is signed already.") from None
    record(by=by, verb="signed", thing=signed, at=now, now={"sha256": shown}, capacity=capacity)
    return signed


WRONG_PASSWORD = "That is not your password. Give the one you sign in with."  # noqa: S105 - a sentence


def _unsigned(authority_id: int, quarter: Period, sentence: str = SIGNED) -> None:
    """Raise `Refused` if the quarter is signed for. Its council is locked, so nothing changes while somebody signs."""
    Authority.objects.select_for_update(no_key=True).get(pk=authority_id)
    if statement_or_none(authority_id, quarter):
        raise Refused(sentence.format(quarter=quarter.label))


def _today(now: datetime) -> date:
    return now.astimezone(LONDON).date()

"""Saving answers as they are typed. Two people may write at once: neither loses a word.

Whoever writes says which version of the answer she saw. If somebody else has changed it since, her words are kept
beside it as a rival, by her name, until someone chooses.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from goldenthread.audit.models import Answer, Part
from goldenthread.audit.queries.opened import Opened
from goldenthread.audit.questions import read_answer
from goldenthread.method.parts import AUDITORS
from goldenthread.method.refusal import Refused
from goldenthread.method.template import Question
from goldenthread.people.models import Person
from goldenthread.trail.services import record, step
from goldenthread.web.prepared import prepared


@dataclass(frozen=True, slots=True)
class Change:
    """One answer as somebody wrote it, over the version that she saw (0: she saw it blank)."""

    question: str
    raw: str
    seen: int


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a change. With `clash`, `theirs` is what somebody else wrote meanwhile; both are kept."""

    question: str
    version: int
    value: str
    clash: bool = False
    theirs: str = ""
    by: str = ""


def save_answers(*, by: Person, opened: Opened, changes: Sequence[Change], now: datetime) -> list[Saved]:
    """Keep these answers, all of them or (with `Refused`) none. Saying the same thing twice changes nothing."""
    values = read(opened, changes)
    with transaction.atomic():
        part = locked(opened)
        asked = {f"question_{place}": name for place, name in enumerate(values)}
        rows = _answers(len(asked), part=part.pk, **asked) if asked else []
        held = {answer.question: answer for answer in rows}
        before = (part.audit.answered, part.audit.state)
        saved = keep(by=by, opened=opened, part=part, held=held, changes=changes, values=values, now=now)
        if (part.audit.answered, part.audit.state) != before:
            part.audit.save(update_fields=["answered", "state"])
        return saved


def keep(
    *, by: Person, opened: Opened, part: Part, held: dict[str, Answer], changes: Sequence[Change],
    values: dict[str, str], now: datetime,
) -> list[Saved]:  # fmt: skip
    """Keep what was read of these changes in a locked part.

    `held`, what stands there, is brought up to date, and so is how far the audit is, which the caller saves.
    """
    state = opened.begin(part)
    last = {change.question: change for change in changes}
    weighed = [_weigh(part, held.get(name), last[name], value, by, now) for name, value in values.items()]
    if any(one.touched for one in weighed):
        _keep(by, part, state, weighed, now)
    held |= {one.answer.question: one.answer for one in weighed}
    return [one.saved for one in weighed]


def _keep(by: Person, part: Part, state: str, weighed: Sequence[Weighed], now: datetime) -> None:
    """Write what has to be written, in one statement however many answers, and say in the trail which they were."""
    touched = [one for one in weighed if one.touched]
    _write([one.answer for one in touched])
    _count(part, state, sum(one.gained for one in touched))
    told = {one.saved.question: "kept beside another's" if one.saved.clash else one.saved.version for one in touched}
    if part.kind in AUDITORS:
        record(by=by, verb="answered", thing=part.audit, at=now, now=told)
    else:
        record(by=by, verb="wrote", thing=part.audit, at=now, now={"part": part.kind, "answers": told})


KEPT = ("authority_id", "part_id", "question", "value", "version", "rivals", "saved_at", "saved_by_id")
KEEP = f"""
INSERT INTO audit_answer ({", ".join(KEPT)}) VALUES {{}}
ON CONFLICT (part_id, question) DO UPDATE SET value = excluded.value, version = excluded.version,
    rivals = excluded.rivals, saved_at = excluded.saved_at, saved_by_id = excluded.saved_by_id
"""  # noqa: S608 - the names above


def _write(answers: Sequence[Answer]) -> None:
    """Add or change these rows. By hand: a form's sixty take bulk_create longer than the rest of their saving."""
    moment = connection.ops.adapt_datetimefield_value
    rows = [
        (
            answer.authority_id, answer.part_id, answer.question, answer.value, answer.version,
            json.dumps(answer.rivals), moment(answer.saved_at), answer.saved_by_id,
        )
        for answer in answers
    ]  # fmt: skip
    places = ", ".join([f"({', '.join(['%s'] * len(KEPT))})"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(KEEP.format(places), list(chain.from_iterable(rows)))


def read(opened: Opened, changes: Sequence[Change]) -> dict[str, str]:
    """Each change's value as it is stored, by question. Raises `Refused` with a sentence for each that cannot be."""
    questions = opened.template.questions
    values: dict[str, str] = {}
    faults: list[str] = []
    for change in changes:
        if change.question not in questions:
            raise Refused(f"This audit has no question “{change.question[:60]}”.")
        question = questions[change.question]
        try:
            values[change.question] = read_answer(change.raw, question)
        except Refused as fault:
            faults.extend(fault.sentences)
    if faults:
        raise Refused(*faults)
    return values


def locked(opened: Opened) -> Part:
    """The part, held until the end of the transaction, so that two saves of one audit come one after the other."""
    part: Part = _parts_locked(part=opened.part.pk)[0]
    part.audit.framework = opened.audit.framework  # an audit's rules never change
    return part


@prepared
def _parts_locked(*, part: Any) -> QuerySet[Part]:
    return Part.objects.select_for_update(of=("self", "audit")).select_related("audit").filter(pk=part)


@prepared
def _answers(number: int, *, part: Any, **asked: Any) -> QuerySet[Answer]:
    """What stands at so many questions, `question_0` and so on."""
    return Answer.objects.filter(part=part, question__in=[asked[f"question_{place}"] for place in range(number)])


@dataclass(frozen=True, slots=True)
class Weighed:
    """The row to keep, what to say of it, whether it has to be written, and how many answers the audit gains."""

    answer: Answer
    saved: Saved
    touched: bool
    gained: int = 0


def _weigh(part: Part, answer: Answer | None, change: Change, value: str, by: Person, now: datetime) -> Weighed:
    """Hold what somebody wrote against what stands."""
    if answer is None:
        whose = {"authority_id": part.authority_id, "part_id": part.pk, "saved_by_id": by.pk}
        answer = Answer(question=change.question, value=value, saved_at=now, **whose)
        return Weighed(answer, Saved(change.question, int(bool(value)), value), bool(value), int(bool(value)))
    if change.seen != answer.version:
        return _beside(answer, change, value, by, now)
    before = answer.value
    if value != before:
        answer.value, answer.version, answer.saved_at, answer.saved_by = value, answer.version + 1, now, by
    saved = Saved(change.question, answer.version, value)
    return Weighed(answer, saved, value != before, bool(value) - bool(before))


def _beside(answer: Answer, change: Change, value: str, by: Person, now: datetime) -> Weighed:
    """She did not see what stands. If it says the same, all is well; else her words are kept beside it."""
    mine = str(by.pk)
    earlier = answer.rivals.get(mine, {}).get("value")
    if value == answer.value:
        answer.rivals.pop(mine, None)
        return Weighed(answer, Saved(change.question, answer.version, value), earlier is not None)
    answer.rivals[mine] = {"name": by.name, "value": value, "at": now.isoformat()}
    saved = Saved(change.question, answer.version, value, clash=True, theirs=answer.value, by=answer.saved_by.name)
    return Weighed(answer, saved, earlier != value)


def _count(part: Part, state: str, gained: int) -> None:
    """Keep how far the audit is with every save, so that lists need not count six million answers.

    The audit is as far as its first auditor's part: what others write beside it is no answer to its questions.
    """
    audit = part.audit
    audit.state = state
    if part.kind == "auditor":
        audit.answered = max(0, audit.answered + gained)


@step
def settle(*, by: Person, opened: Opened, question: str, keep: str, seen: int, now: datetime) -> Saved:
    """Choose between people's answers: "current", "both", or the id of the person whose words to keep.

    What was not chosen stays in the trail.
    """
    part = locked(opened)
    state = opened.begin(part)
    answer = part.answers.filter(question=question).first()
    if answer is None or answer.version != seen or not answer.rivals:
        raise Refused("This answer has changed again since it was shown to you. Read it once more, then choose.")
    was = {"value": answer.value, "rivals": answer.rivals}
    value = _chosen(answer, keep, opened.template.questions[question])
    gained = bool(value) - bool(answer.value)
    answer.value, answer.rivals, answer.version = value, {}, answer.version + 1
    answer.saved_at, answer.saved_by = now, by
    answer.save()
    _count(part, state, gained)
    part.audit.save(update_fields=["answered", "state"])
    record(by=by, verb="settled", thing=part.audit, at=now, was={question: was}, now={question: answer.version})
    return Saved(question, answer.version, answer.value)


def _chosen(answer: Answer, keep: str, question: Question) -> str:
    """The value to keep. Raises `Refused` for a choice that was not offered, and for two texts too long to be one."""
    offered = {"current": answer.value} | {person: rival["value"] for person, rival in answer.rivals.items()}
    if question.kind == "narrative":
        offered["both"] = "\n\n".join(text for text in offered.values() if text)
    if keep not in offered:
        raise Refused("Choose which answer to keep.")
    return read_answer(offered[keep], question)


def faults_by_question(opened: Opened, changes: Sequence[Change], refusal: Refused) -> dict[str, str]:
    """The sentence for each question whose answer cannot be kept; a refusal of the whole stands under ""."""
    faults: dict[str, str] = {}
    for change in changes:
        try:
            read(opened, [change])
        except Refused as fault:
            faults[change.question] = fault.sentences[0]
    return faults or {"": refusal.sentences[0]}

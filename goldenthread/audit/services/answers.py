"""Saving answers as they are typed. Two people may write at once: neither loses a word.

Whoever writes says which version of the answer she saw. If somebody else has changed it since, her words are kept
beside it as a rival, by her name, until someone chooses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from goldenthread.audit.models import Answer, Audit, Part
from goldenthread.audit.queries import OpenAudit
from goldenthread.audit.questions import read_answer
from goldenthread.method.lifecycles import AUDIT, AuditFacts
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.trail.services import record, step


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


@step
def save_answers(*, by: Person, opened: OpenAudit, changes: Sequence[Change], now: datetime) -> list[Saved]:
    """Keep these answers, all of them or (with `Refused`) none. Saying the same thing twice changes nothing."""
    values = _read(opened, changes)
    part = _locked(opened)
    row = AUDIT.take("write in", part.audit.state, opened.standings, AuditFacts(why_not=opened.why_not))
    held = {answer.question: answer for answer in part.answers.filter(question__in=values).select_related("saved_by")}
    outcomes = [_weigh(part, held, change, values[change.question], by, now) for change in changes]
    written = [answer for answer, _, touched in outcomes if touched]
    if written:
        Answer.objects.bulk_create(
            written, update_conflicts=True, unique_fields=["part", "question"],
            update_fields=["value", "version", "rivals", "saved_at", "saved_by"],
        )  # fmt: skip
    _count(part.audit, row.after, [answer for answer, _, _ in outcomes])
    told = {saved.question: "kept beside another's" if saved.clash else saved.version for _, saved, _ in outcomes}
    record(by=by, verb="answered", thing=part.audit, at=now, now=told)
    return [saved for _, saved, _ in outcomes]


def _read(opened: OpenAudit, changes: Sequence[Change]) -> dict[str, str]:
    questions = opened.template.questions
    values, faults = {}, []
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


def _locked(opened: OpenAudit) -> Part:
    """The part, held until the end of the transaction, so that two saves of one audit come one after the other."""
    return Part.objects.select_for_update(of=("self", "audit")).select_related("audit").get(pk=opened.part.pk)


Outcome = tuple[Answer, Saved, bool]


def _weigh(part: Part, held: dict[str, Answer], change: Change, value: str, by: Person, now: datetime) -> Outcome:
    """The answer to keep, what to say of it, and whether it has to be written."""
    answer = held.get(change.question)
    if answer is None:
        answer = Answer(
            authority_id=part.authority_id, part=part, question=change.question, value=value, saved_at=now, saved_by=by
        )
        answer.before = ""  # type: ignore[attr-defined]
        return answer, Saved(change.question, 1, value), True
    answer.before = answer.value  # type: ignore[attr-defined]
    mine = str(by.pk)
    if answer.value == value:
        settled = answer.rivals.pop(mine, None) is not None
        return answer, Saved(change.question, answer.version, value), settled
    if change.seen != answer.version:
        kept = answer.rivals.get(mine, {}).get("value")
        answer.rivals[mine] = {"name": by.name, "value": value, "at": now.isoformat()}
        saved = Saved(change.question, answer.version, value, clash=True, theirs=answer.value, by=answer.saved_by.name)
        return answer, saved, kept != value
    answer.value, answer.version, answer.saved_at, answer.saved_by = value, answer.version + 1, now, by
    answer.rivals.pop(mine, None)
    return answer, Saved(change.question, answer.version, value), True


def _count(audit: Audit, state: str, answers: Sequence[Answer]) -> None:
    """Keep how far the audit is with every save, so that lists need not count six million answers."""
    gained = sum(bool(answer.value) - bool(answer.before) for answer in answers)  # type: ignore[attr-defined]
    if gained or state != audit.state:
        audit.answered, audit.state = max(0, audit.answered + gained), state
        audit.save(update_fields=["answered", "state"])


@step
def settle(*, by: Person, opened: OpenAudit, question: str, keep: str, seen: int, now: datetime) -> Saved:
    """Choose between two people's answers: "current", "both", or the id of the person whose words to keep.

    What was not chosen stays in the trail.
    """
    part = _locked(opened)
    AUDIT.take("write in", part.audit.state, opened.standings, AuditFacts(why_not=opened.why_not))
    answer = part.answers.filter(question=question).first()
    if answer is None or answer.version != seen or not answer.rivals:
        raise Refused("This answer has changed again since it was shown to you. Read it once more, then choose.")
    was = {"value": answer.value, "rivals": answer.rivals}
    answer.value, answer.rivals, answer.version = _chosen(answer, keep), {}, answer.version + 1
    answer.saved_at, answer.saved_by = now, by
    answer.save()
    record(by=by, verb="settled", thing=part.audit, at=now, was={question: was}, now={question: answer.version})
    return Saved(question, answer.version, answer.value)


def _chosen(answer: Answer, keep: str) -> str:
    rivals = {person: rival["value"] for person, rival in answer.rivals.items()}
    if keep == "both":
        return "\n\n".join([answer.value, *rivals.values()])
    return rivals.get(keep, answer.value)


def faults_by_question(opened: OpenAudit, changes: Sequence[Change], refusal: Refused) -> dict[str, str]:
    """The sentence for each question whose answer cannot be kept; a refusal of the whole stands under ""."""
    faults = {}
    for change in changes:
        try:
            _read(opened, [change])
        except Refused as fault:
            faults[change.question] = fault.sentences[0]
    return faults or {"": refusal.sentences[0]}

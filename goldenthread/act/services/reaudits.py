"""Files to be audited again: owed when their audit is returned, arranged with somebody else for a session, excused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from goldenthread.act.models import Reaudit
from goldenthread.act.queries.reaudits import line_to_take, no_longer_called_for, owed_since_returned, reaudit_with_all
from goldenthread.audit.models import Audit, Judgement
from goldenthread.audit.queries.drawn import draw_of
from goldenthread.audit.queries.moderators import auditors_of_audit
from goldenthread.audit.services.allotting import allot
from goldenthread.framework.queries import framework_in_force
from goldenthread.method.access import may
from goldenthread.method.assurance import again_by, sections_again, ticket, why_again
from goldenthread.method.lifecycles import REAUDIT, ReauditFacts
from goldenthread.method.moderation import seed_without_chance
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.plan.models import Session
from goldenthread.select.queries.choosing import Pick
from goldenthread.select.services.choosing import choose
from goldenthread.select.services.draws import Chosen
from goldenthread.trail.services import record, step
from goldenthread.web.wording import LONDON

KIND = "reaudit"  # of audit, and of the draw that takes the file again

# --- owed --------------------------------------------------------------------------------------------------


def owe_reaudit(*, by: Person, audit: Audit, now: datetime, today: date) -> Reaudit | None:
    """Owe a re-audit of an audit that is being returned, where its grade or its ticket calls for one; None where not.

    Part of the act that returns it. Where the audit is itself a re-audit, that one is done with its return.
    """
    _finish(by, audit, now)
    rule, grades = audit.framework.parsed.reaudit, _grades(audit)
    share = ticket(_seed(audit), audit.ref)
    reason = why_again(rule, grades.get("", ""), share, is_reaudit=audit.kind == KIND)
    if not reason or Reaudit.objects.filter(audit=audit).exclude(state="excused").exists():
        return None
    sections = sections_again(rule, grades) if reason == "grade" else ()
    return _owe(by, audit, reason, "", sections, now, today)


def _owe(
    by: Person, audit: Audit, reason: str, because: str, sections: Sequence[str], now: datetime, today: date
) -> Reaudit:  # fmt: skip
    owed = Reaudit.objects.create(
        authority_id=audit.authority_id, audit=audit, reason=reason, because=because, sections=list(sections),
        due_on=again_by(audit.framework.parsed.reaudit, today), chosen_at=now, chosen_by=by,
    )  # fmt: skip
    facts = {"audit": audit.pk, "reason": reason, "due_on": owed.due_on.isoformat(), "sections": list(sections)}
    record(by=by, verb="owed", thing=owed, at=now, now=facts, because=because)
    return owed


def _finish(by: Person, audit: Audit, now: datetime) -> None:
    """The re-audit that this audit was is done."""
    arranged = Reaudit.objects.select_for_update(of=("self",)).filter(again=audit, state="arranged").first()
    if arranged:
        arranged.state = REAUDIT.take("finish", arranged.state, standings(by), ReauditFacts()).after
        arranged.save(update_fields=["state"])
        record(by=by, verb="finished", thing=arranged, at=now, now={"again": audit.pk})


def _grades(audit: Audit) -> dict[str, str]:
    """The grade that stands of each section in the template's order, the whole file as ""."""
    rows = dict(Judgement.objects.filter(audit=audit, stands=True).values_list("section", "grade"))
    order = [section.name for section in audit.template.parsed.sections]
    return {name: rows[name] for name in [*order, ""] if name in rows}


def _seed(audit: Audit) -> str:
    """Of the draw that chose the file; where no chance did, the digest that stands in for one."""
    draw = draw_of(audit)
    return draw.seed or seed_without_chance(draw.frame_sha256, audit.code)


@step
def ask_for_reaudit(*, by: Person, audit: Audit, because: str, now: datetime) -> Reaudit:
    """Owe a re-audit that neither the grade nor chance calls for, for a reason that stays on record."""
    _may_arrange(by)
    audit = Audit.objects.select_for_update(of=("self",)).select_related("framework", "template").get(pk=audit.pk)
    if audit.state == "withdrawn":
        raise Refused("This audit was withdrawn, so there is nothing to audit again.")
    if audit.state != "submitted":
        raise Refused("This audit is not submitted yet, so there is nothing to audit again.")
    if not because.strip():
        raise Refused("Say why this file is to be audited again: it stays on record.")
    if Reaudit.objects.filter(audit=audit).exclude(state="excused").exists():
        raise Refused("A re-audit of this audit is owed, arranged or done already.")
    today = now.astimezone(LONDON).date()
    return _owe(by, audit, "asked", because.strip(), (), now, today)


@step
def excuse_reaudit(*, by: Person, reaudit: Reaudit, because: str, now: datetime) -> Reaudit:
    """Do without a re-audit that is owed; why stays on record."""
    reaudit = _locked(reaudit)
    _given_back(by, reaudit, now)
    return _excused(by, reaudit, because, now)


def _excused(by: Person, reaudit: Reaudit, because: str, now: datetime) -> Reaudit:
    row = REAUDIT.take("excuse", reaudit.state, standings(by), ReauditFacts(reason=because))
    was = reaudit.because
    reaudit.state, reaudit.because = row.after, because.strip()
    reaudit.save(update_fields=["state", "because"])
    record(by=by, verb="excused", thing=reaudit, at=now, was={"because": was} if was else None, because=because)
    return reaudit


@step
def bring_up_to_date(*, by: Person, now: datetime) -> tuple[int, int]:
    """Follow grades that were changed after the return: owe what they call for by now, excuse what they no longer do.

    How many were owed, and how many excused. What is arranged already stays so. Raises `Refused` where nothing changed.
    """
    _may_arrange(by)
    today = now.astimezone(LONDON).date()
    owing, excusing = list(owed_since_returned(by, today)), list(no_longer_called_for(by))
    if not owing and not excusing:
        raise Refused("Every re-audit that is owed is still called for, and none is missing.")
    for audit in owing:
        sections = sections_again(audit.framework.parsed.reaudit, _grades(audit))
        _owe(by, audit, "grade", "Its grade was changed after the return.", sections, now, today)
    for reaudit in excusing:
        label = reaudit.audit.framework.parsed.grade(reaudit.grade_now).label
        _excused(by, _locked(reaudit), f"Its grade was changed after the return, to {label}.", now)
    return len(owing), len(excusing)


# --- arranged ----------------------------------------------------------------------------------------------


@step
def arrange_reaudit(*, by: Person, reaudit: Reaudit, session: Session, auditor: Person, now: datetime) -> Audit:
    """Take the file for a session once more, as a draw of its own that no chance made, and allot it to an auditor.

    Raises `Refused`: it is not owed, the session is over or cancelled, or she may not audit it.
    """
    reaudit = _locked(reaudit)
    _given_back(by, reaudit, now)
    today = now.astimezone(LONDON).date()
    facts = ReauditFacts(why_not=why_not_again(reaudit, auditor))
    row = REAUDIT.take("arrange", reaudit.state, standings(by), facts)
    if session.held_on < today and session.group.meets:
        raise Refused("This session is over: choose one to come.")
    line = line_to_take(reaudit)
    if line.restricted:
        raise Refused("This case is restricted by now, so its file cannot be taken. Excuse the re-audit, saying why.")
    draw = choose(
        by=by, case_list=line.case_list, session=session,
        framework=framework_in_force(reaudit.authority_id, today), picks=[Pick(line, reason_to_take(reaudit))],
        chosen=_chosen(reaudit), now=now, about=f"re-audit {reaudit.code}",
    )  # fmt: skip
    again = allot(by=by, case=draw.cases.get(), auditors=[auditor], now=now, sections=reaudit.sections)
    reaudit.state, reaudit.again = row.after, again
    reaudit.save(update_fields=["state", "again"])
    record(by=by, verb="arranged", thing=reaudit, at=now, now={"again": again.pk, "session": session.pk})
    return again


def why_not_again(reaudit: Reaudit, auditor: Person) -> str:
    """Why this person may not be the one who audits the file again: she audited it then; or "".

    Whatever else independence asks is asked when the file is allotted.
    """
    by_someone_else = reaudit.audit.framework.parsed.reaudit.by_someone_else
    if by_someone_else and any(each.pk == auditor.pk for each in auditors_of_audit(reaudit.audit_id)):
        return f"{auditor.name} audited this file last time, and a re-audit is by somebody else."
    return ""


def _chosen(reaudit: Reaudit) -> Chosen:
    """For its grade it is a file that something happened to; otherwise it was taken by hand, with the reason."""
    because = {
        "grade": "Its grade calls for a re-audit.",
        "random": "Its ticket falls into the random share that is audited again.",
    }.get(reaudit.reason, reaudit.because)
    return Chosen(KIND, None, "event" if reaudit.reason == "grade" else "hand", because, "grade")


def reason_to_take(reaudit: Reaudit) -> str:
    """What its page says of why the file is audited: again, and what of it."""
    if not reaudit.sections:
        return "It is audited again, as a whole."
    labels = {section.name: section.label for section in reaudit.audit.template.parsed.sections}
    return f"It is audited again in part: {'; '.join(labels.get(name, name) for name in reaudit.sections)}."


def _given_back(by: Person, reaudit: Reaudit, now: datetime) -> None:
    """A re-audit whose audit was withdrawn is owed again."""
    if reaudit.state == "arranged" and reaudit.again and reaudit.again.state == "withdrawn":
        was = reaudit.again_id
        reaudit.state = REAUDIT.take("give back", reaudit.state, standings(by), ReauditFacts()).after
        reaudit.again = None
        reaudit.save(update_fields=["state", "again"])
        record(by=by, verb="gave back", thing=reaudit, at=now, was={"again": was})


def _locked(reaudit: Reaudit) -> Any:
    return reaudit_with_all(Reaudit.objects.select_for_update(of=("self",))).get(pk=reaudit.pk)


def _may_arrange(by: Person) -> None:
    if not may("arrange re-audits", standings(by)):
        raise Refused("Re-audits are arranged by the Quality Assurance Unit.")

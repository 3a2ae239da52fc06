"""Allotting a session's cases to those who will audit them; whoever may not is refused with the sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from goldenthread.audit.models import Audit, Part
from goldenthread.audit.queries import file_of, why_not
from goldenthread.audit.queries.allotting import audits_unbegun, is_begun, session_table
from goldenthread.audit.queries.owed import still_asked
from goldenthread.audit.services.opening import template_for
from goldenthread.audit.services.parts import ask_for_parts
from goldenthread.framework.models import FrameworkVersion
from goldenthread.method.access import may
from goldenthread.method.allotting import solve
from goldenthread.method.lifecycles import AUDIT, AuditFacts
from goldenthread.method.parts import AUDITORS
from goldenthread.method.refusal import Refused
from goldenthread.method.template import progress
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.plan.models import Session
from goldenthread.select.models import DrawnCase
from goldenthread.select.services.draws import replace
from goldenthread.trail.services import record, step
from goldenthread.web.wording import LONDON


@step
def allot(
    *, by: Person, case: DrawnCase, auditors: Sequence[Person], now: datetime, sections: Sequence[str] = ()
) -> Audit:
    """Give a drawn case to these auditors, instead of any before. Raises `Refused` naming who may not and why.

    Where the framework wants two who audit apart, the second of them has a part of her own. `sections`: the names of
    those that a re-audit looks at; none: the whole file.
    """
    _may_allot(by)
    if not auditors:
        raise Refused("Choose who audits this file.")
    file, framework = file_of(case, now.astimezone(LONDON).date()), case.draw.framework.parsed
    refusals = [
        f"{auditor.name} {why}, so may not audit this file."
        for auditor in auditors
        if (why := why_not(auditor, file, framework))
    ]
    if framework.allotting.pairs == "apart" and len(auditors) > 2:  # noqa: PLR2004
        refusals.append("Two people at most audit a file apart: choose one or two.")
    if refusals:
        raise Refused(*refusals)
    return _give(by, case, auditors, now, sections)


def _may_allot(by: Person) -> None:
    if not may("allot audits", standings(by)):
        raise Refused("Files are allotted by the Quality Assurance Unit.")


def _give(
    by: Person, case: DrawnCase, auditors: Sequence[Person], now: datetime, sections: Sequence[str] = ()
) -> Audit:
    """Put these people, who may audit the file, in its auditors' part, and the second of two apart in her own."""
    framework = case.draw.framework
    audit = Audit.objects.select_for_update().filter(case=case).exclude(state="withdrawn").first()
    part = audit.parts.get(kind="auditor") if audit else _open(by, case, framework, now, sections)
    if part.frozen:
        raise Refused("This audit is submitted, so it stays with those who made it.")
    audit = part.audit
    was = sorted(Part.people.through.objects.filter(part__in=_auditing(audit)).values_list("person", flat=True))
    apart = framework.parsed.allotting.pairs == "apart"
    if apart and part.people.filter(pk=auditors[-1].pk).exists():
        auditors = [auditors[-1], *auditors[:-1]]  # whoever audits it goes on in the part that is hers
    part.people.set(auditors[:1] if apart else auditors)
    _second(audit, auditors[1:] if apart else ())
    record(by=by, verb="allotted", thing=audit, at=now, was=was, now=sorted(auditor.pk for auditor in auditors))
    ask_for_parts(by=by, audit=audit, now=now)
    return audit


def _auditing(audit: Audit) -> QuerySet[Part]:
    return audit.parts.filter(kind__in=AUDITORS)


def _second(audit: Audit, people: Sequence[Person]) -> None:
    """The part of whoever audits the file apart from the first; none where there is nobody, if it is not begun."""
    part = audit.parts.filter(kind="co_auditor").first()
    if part is None and people:
        part = Part.objects.create(authority_id=audit.authority_id, audit=audit, kind="co_auditor")
    elif part and not people:
        if part.frozen or part.answers.exists() or part.findings.exists():
            raise Refused("The second auditor has begun, so choose who audits this file as the second.")
        part.people.clear()
        part.delete()
    if part and people:
        part.people.set(people)


def _open(by: Person, case: DrawnCase, framework: FrameworkVersion, now: datetime, sections: Sequence[str]) -> Part:
    line, draw = case.line, case.draw
    template = template_for(by=by, draw=draw, now=now)
    audit = Audit(
        authority_id=case.authority_id, session=draw.session, case=case, framework=framework, template=template,
        kind=draw.kind, sections=list(sections),
        ref=line.ref, status=line.status, tags=line.tags, age_band=line.age_band, linked=line.linked,
        opened_on=line.opened_on, listed_as_at=draw.case_list.as_at, team=line.team,
        team_name=line.team.name if line.team else line.team_name,
        service_id=line.team.parent_id if line.team else None,
        worker=line.worker, worker_name=line.worker.name if line.worker else line.worker_name,
        allotted_at=now, allotted_by=by,
    )  # fmt: skip
    audit.asked = sum(section.total for section in progress(audit.form, audit.facts, {}))
    audit.save()
    return Part.objects.create(authority_id=case.authority_id, audit=audit)


SECONDS = 5  # for which the best allotment is looked for, while somebody waits


@step
def share_out(*, by: Person, session: Session, now: datetime) -> int:
    """Allot every case that has no auditor yet to the people seated; how many were allotted.

    All at once, as evenly as can be by what each file takes; a round's so that each has what she still owes. What
    nobody may audit is left out: `shared_out` says why.
    """
    _may_allot(by)
    table = session_table(session, now.astimezone(LONDON).date())
    if not table.people:
        raise Refused("Nobody is seated at this session yet. Seat people first, then share out the files.")
    cases = {case.pk: case for case in table.unallotted}
    files, able = [table.to_allot(case) for case in cases.values()], table.able(_ahead(session, now))
    given = solve(files, able, table.barred, table.rule, seconds=SECONDS).given
    if not given:
        raise Refused("Every file that somebody seated here may audit is allotted already.")
    for case, auditors in given.items():
        _give(by, cases[case], [table.people[each] for each in auditors], now)
    return len(given)


def _ahead(session: Session, now: datetime) -> Counter[int]:
    """What each is reckoned to have already: in a round, as many fewer than the others as she owes more than they."""
    if session.group.meets:
        return Counter()
    asked = still_asked(session, now.astimezone(LONDON).date())
    most = max(asked.values(), default=0)
    return Counter({person: most - asked[person] for person in session.seats.values_list("person", flat=True)})


# --- the way back ------------------------------------------------------------------------------------------


@step
def take_back(*, by: Person, audit: Audit, now: datetime) -> Audit:
    """Undo an allotment while nobody has begun: the case waits again for somebody to audit it."""
    _may_allot(by)
    audit = Audit.objects.select_for_update().get(pk=audit.pk)
    if is_begun(audit):
        raise Refused("Somebody has begun this audit, so it is not taken back. Change who audits it, or withdraw it.")
    return withdraw(by=by, audit=audit, because="Taken back before anybody had begun it.", now=now)


@step
def take_back_all(*, by: Person, session: Session, now: datetime) -> int:
    """Undo every allotment of a session that nobody has begun; how many those were."""
    _may_allot(by)
    unbegun = list(audits_unbegun(session))
    for audit in unbegun:
        take_back(by=by, audit=audit, now=now)
    if not unbegun:
        raise Refused("There is nothing to take back: no file is allotted, or each that is has been begun.")
    return len(unbegun)


@step
def replace_case(
    *, by: Person, case: DrawnCase, because: str, now: datetime, withdraw_begun: bool = False
) -> DrawnCase:
    """Take the next reserve for a case that cannot be audited, and withdraw its audit: by itself while nobody has
    begun it, else only if whoever replaces it says so (`withdraw_begun`). Raises `Refused`, and nothing is replaced.
    """
    audit = Audit.objects.select_for_update().filter(case=case).exclude(state="withdrawn").first()
    if audit and audit.state == "submitted":
        raise Refused("The audit of this file is submitted, so its case cannot be replaced.")
    if audit and is_begun(audit) and not withdraw_begun:
        raise Refused("This file’s audit has been begun. Say that it is withdrawn too, or keep the case.")
    reserve = replace(by=by, case=case, because=because, now=now)
    if audit:
        withdraw(by=by, audit=audit, because="Its case was replaced by the next reserve of the draw.", now=now)
    return reserve


@step
def withdraw(*, by: Person, audit: Audit, because: str, now: datetime) -> Audit:
    """Take an audit away, before it is submitted; what was written stays on record."""
    audit = Audit.objects.select_for_update().get(pk=audit.pk)
    row = AUDIT.take("withdraw", audit.state, standings(by), AuditFacts())
    if not because.strip():
        raise Refused("Say why this audit is withdrawn.")
    audit.state = row.after
    audit.save(update_fields=["state"])
    record(by=by, verb="withdrew", thing=audit, at=now, because=because)
    return audit

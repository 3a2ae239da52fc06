"""Allotting a session's cases to those who will audit them; whoever may not is refused with the sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from goldenthread.audit.models import Audit, Part
from goldenthread.audit.queries import auditors_of, audits_in, file_of, why_not
from goldenthread.audit.queries.owed import still_asked
from goldenthread.framework.models import FrameworkVersion
from goldenthread.framework.queries import template_in_use
from goldenthread.method.access import may
from goldenthread.method.lifecycles import AUDIT, AuditFacts
from goldenthread.method.refusal import Refused
from goldenthread.method.sharing import fair_shares
from goldenthread.method.template import progress
from goldenthread.people.models import Person
from goldenthread.people.standing import standings
from goldenthread.plan.models import Session
from goldenthread.plan.queries.sessions import people_seated
from goldenthread.select.models import DrawnCase
from goldenthread.select.queries.draws import cases_to_audit
from goldenthread.trail.services import record, step
from goldenthread.web.wording import LONDON


@step
def allot(*, by: Person, case: DrawnCase, auditors: Sequence[Person], now: datetime) -> Audit:
    """Give a drawn case to these auditors, instead of any before. Raises `Refused` naming who may not and why."""
    if not may("allot audits", standings(by)):
        raise Refused("Files are allotted by the Quality Assurance Unit.")
    if not auditors:
        raise Refused("Choose who audits this file.")
    draw = case.draw
    refusals = [
        f"{auditor.name} {why}, so may not audit this file."
        for auditor in auditors
        if (why := why_not(auditor, file_of(case.line), draw.framework.parsed))
    ]
    if refusals:
        raise Refused(*refusals)
    audit = Audit.objects.select_for_update().filter(case=case).exclude(state="withdrawn").first()
    part = audit.parts.get(kind="auditor") if audit else _open(by, case, draw.framework, now)
    if part.frozen:
        raise Refused("This audit is submitted, so it stays with those who made it.")
    was = sorted(part.people.values_list("pk", flat=True))
    part.people.set(auditors)
    record(by=by, verb="allotted", thing=part.audit, at=now, was=was, now=sorted(auditor.pk for auditor in auditors))
    return part.audit


def _open(by: Person, case: DrawnCase, framework: FrameworkVersion, now: datetime) -> Part:
    line, session = case.line, case.draw.session
    template = template_in_use(case.authority_id, framework.parsed.templates["case_file"])
    audit = Audit(
        authority_id=case.authority_id, session=session, case=case, framework=framework, template=template,
        ref=line.ref, status=line.status, tags=line.tags, age_band=line.age_band, linked=line.linked,
        opened_on=line.opened_on, listed_as_at=case.draw.case_list.as_at, team=line.team,
        team_name=line.team.name if line.team else line.team_name,
        service_id=line.team.parent_id if line.team else None,
        worker=line.worker, worker_name=line.worker.name if line.worker else line.worker_name,
        allotted_at=now, allotted_by=by,
    )  # fmt: skip
    audit.asked = sum(section.total for section in progress(template.parsed, audit.facts, {}))
    audit.save()
    return Part.objects.create(authority_id=case.authority_id, audit=audit)


@step
def share_out(*, by: Person, session: Session, now: datetime) -> int:
    """Allot every case that has no auditor yet to the people seated; how many were allotted.

    A session's are shared evenly; a round's of single records so that each has what she still owes.
    """
    people = {person.pk: person for person in people_seated(session)}
    if not people:
        raise Refused("Nobody is seated at this session yet. Seat people first, then share out the files.")
    allotted = {audit.case_id: audit for audit in audits_in(session)}
    load = _ahead(session, now)
    for audit in allotted.values():
        if session.group.meets or audit.state != "submitted":
            load.update(person.pk for person in auditors_of(audit))
    cases = {case.pk: case for case in cases_to_audit(session) if case.pk not in allotted}

    def barred(case: int, person: int) -> str | None:
        return why_not(people[person], file_of(cases[case].line), cases[case].draw.framework.parsed)

    shares = fair_shares(list(cases), list(people), barred, load)
    if not shares:
        raise Refused("Every file that somebody seated here may audit is allotted already.")
    for case, auditor in shares.items():
        allot(by=by, case=cases[case], auditors=[people[auditor]], now=now)
    return len(shares)


def _ahead(session: Session, now: datetime) -> Counter[int]:
    """What each is reckoned to have already: in a round, as many fewer than the others as she owes more than they."""
    if session.group.meets:
        return Counter()
    asked = still_asked(session, now.astimezone(LONDON).date())
    most = max(asked.values(), default=0)
    return Counter({person: most - asked[person] for person in session.seats.values_list("person", flat=True)})


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

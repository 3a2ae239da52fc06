"""Factories that walk the product's real steps: `submitted_audit()` arranges, draws, allots, answers and submits.

Each makes whatever it stands on that is not given, so a test names only what it is about. The council is the one of
`tests.cast`; whatever is not said happens on `DAY` at `NOW`. Needs the database (`pytest.mark.django_db`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from goldenthread.act.models import Return, Task
from goldenthread.act.queries import open_return
from goldenthread.act.services.returning import return_to_team
from goldenthread.act.services.signing import accept_return, digest_of, sign_off
from goldenthread.act.services.tasks import complete_task
from goldenthread.audit import services as auditing
from goldenthread.audit.models import Audit, Finding
from goldenthread.audit.queries import OpenAudit, open_audit_or_none
from goldenthread.audit.services.answers import Change
from goldenthread.audit.services.findings import Said
from goldenthread.framework.models import FrameworkVersion
from goldenthread.framework.services import adopt_framework, adopt_template
from goldenthread.framework.template_files import SHIPPED, rows_in
from goldenthread.method.quotas import quotas_in_proportion
from goldenthread.method.template import Question, applicable_sections, template_source
from goldenthread.people.models import Agency, Authority, Person, Post, Team
from goldenthread.people.queries import manager_of_team
from goldenthread.people.services import open_authority
from goldenthread.plan.models import Group, Session
from goldenthread.plan.services.groups import form_groups
from goldenthread.plan.services.sessions import arrange_session
from goldenthread.select.models import CaseLine, CaseList, Draw
from goldenthread.select.queries.frames import draw_frame
from goldenthread.select.services.draws import cast, freeze
from tests.cast import CAST, COUNCIL_NAME, SERVICES, Council
from tests.kept import made_once

DAY = date(2026, 10, 6)
NOW = datetime(2026, 10, 6, 14, 0, tzinfo=UTC)
LISTED = date(2026, 9, 30)
BEGAN = date(2020, 1, 1)  # every post
DICE = "31625 44213 56612 34561"
WITNESSES = ("Designated nurse", "Police DI")


# --- people ----------------------------------------------------------------------------------------------


def council() -> Council:
    """The council of the cast; the one that is there if it has been made."""
    authority = Authority.objects.filter(name=COUNCIL_NAME).first()
    if authority is None:
        made_once(_found_council)
        authority = Authority.objects.get(name=COUNCIL_NAME)
    people = {person.name.split()[0].lower(): person for person in Person.objects.filter(staff_number__startswith="AM")}
    return Council(authority, FrameworkVersion.objects.get(authority=authority), **people)


def _found_council() -> None:
    founder = CAST[0]
    maya = open_authority(
        name=COUNCIL_NAME, short_name="Ambermere", username=founder.username, person_name=founder.name, password=None,
        post={"kind": founder.post, "title": founder.title, "quality_assurance": True}, now=NOW, on=BEGAN,
    )  # fmt: skip
    maya.staff_number = founder.staff_id
    maya.save()
    text = (SHIPPED.parent / "knowsley_2009.toml").read_text()
    framework = adopt_framework(by=maya, text=text, from_day=date(2009, 11, 1), now=NOW)
    adopt_template(by=maya, source=template_source(*rows_in(SHIPPED / "case_file")), now=NOW)
    form_groups(by=maya, framework=framework.parsed, now=NOW)
    for service, names in SERVICES.items():
        for name in names:
            _team(maya.authority, name, _team(maya.authority, service))
    for member in CAST[1:]:
        made = _take_up(maya.authority, member.name, member.username, member.post, member.title, member.team)
        Person.objects.filter(pk=made.pk).update(staff_number=member.staff_id)


def person(post: str = "social_worker", team: str = "Duty 2", *, name: str = "") -> Person:
    """One more person in the council, in this post of the framework and this team."""
    here = council()
    name = name or f"Extra Person {Person.objects.count()}"
    username = name.lower().replace(" ", ".")
    return _take_up(here.authority, name, username, post, here.framework.parsed.post(post).label, team)


def team(name: str, service: str = "Assessment and Duty Service") -> Team:
    """A team of the council, under this service; the one that is there if there is one of the name."""
    authority = council().authority
    return _team(authority, name, _team(authority, service))


def _team(authority: Authority, name: str, parent: Team | None = None) -> Team:
    agency = Agency.objects.get(authority=authority)
    made, _ = Team.objects.get_or_create(
        authority=authority, name=name, defaults={"agency": agency, "opened_on": BEGAN}
    )
    if parent and made.parent_id is None:
        made.parent = parent
        made.save()
    return made


def _take_up(authority: Authority, name: str, username: str, post: str, title: str, team_name: str) -> Person:
    rule = FrameworkVersion.objects.get(authority=authority).parsed.post(post)
    made = Person.objects.create(authority=authority, username=username, name=name)
    Post.objects.create(
        authority=authority, person=made, kind=post, title=title, team=_team(authority, team_name), started_on=BEGAN,
        oversees=rule.oversees, quality_assurance=rule.quality_assurance,
    )  # fmt: skip
    return made


# --- a session and its cases -----------------------------------------------------------------------------


def session(group: str = "safeguarding", held_on: date = DAY, seats: Sequence[Person] = ()) -> Session:
    """A session of the group; unless others are given, Grace and Sunita sit there, who may audit any file."""
    here = council()
    seated = seats or (here.grace, here.sunita)
    return arrange_session(
        by=here.maya, group=Group.objects.get(authority=here.authority, key=group), held_on=held_on,
        venue="Civic Centre, room 4", focus="Plans that change something",
        seats={each: each.posts_held[0].kind for each in seated}, now=NOW - timedelta(days=30),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A case for a list. `worker` is one of the council's people."""

    ref: str
    status: str = "child_in_need"
    team: str = "Duty 2"
    worker: str = "Ffion Carrow"
    restricted: bool = False


DUTY, SAFEGUARDING = ("Duty 2", "Ffion Carrow"), ("Safeguarding 1", "Kwame Larkfield")


def lines(number: int = 12, status: str = "child_in_need") -> list[Line]:
    """C001, C002 …, held by Ffion in Duty 2 and by Kwame in Safeguarding 1 in turn."""
    return [Line(f"C{place:03}", status, *(DUTY if place % 2 else SAFEGUARDING)) for place in range(1, number + 1)]


def case_list(cases: Sequence[Line] = (), as_at: date = LISTED) -> CaseList:
    """A list, loaded, of these cases; twelve children in need if none are given."""
    here = council()
    loaded = CaseList.objects.create(
        authority=here.authority, source="extract", as_at=as_at, state="loaded", uploaded_at=NOW, uploaded_by=here.maya,
        loaded_at=NOW, loaded_by=here.maya,
    )  # fmt: skip
    people = {each.name: each for each in Person.objects.filter(authority=here.authority)}
    cases = cases or lines()
    teams = {name: team(name) for name in dict.fromkeys(each.team for each in cases)}
    CaseLine.objects.bulk_create(
        CaseLine(
            authority=here.authority, case_list=loaded, ref=each.ref, status=each.status, age_band="5 to 9",
            team_name=each.team, team=teams[each.team], worker=people.get(each.worker), worker_name=each.worker,
            restricted=each.restricted, opened_on=date(2026, 3, 2),
        )
        for each in cases
    )  # fmt: skip
    return loaded


def frozen_draw(files: int = 2, *, of: Session | None = None, cases: Sequence[Line] = ()) -> Draw:
    """A draw of so many files, shared among the strata by their size, that waits for its dice."""
    here, held = council(), of or session()
    listed = case_list(cases)
    frame = draw_frame(listed, held, here.framework.parsed)
    return freeze(
        by=here.maya, case_list=listed, session=held, framework=here.framework, cases=frame.cases,
        exclusions=frame.exclusions, quotas=quotas_in_proportion(frame.sizes, files), now=NOW - timedelta(days=5),
    )  # fmt: skip


def drawn_session(files: int = 2, *, of: Session | None = None, cases: Sequence[Line] = ()) -> Session:
    """A session with so many files drawn for it by dice."""
    frozen = frozen_draw(files, of=of, cases=cases)
    cast(by=council().maya, draw=frozen, rolls=DICE, witnesses=WITNESSES, now=NOW - timedelta(days=4))
    assert frozen.session
    return frozen.session


# --- audits ----------------------------------------------------------------------------------------------


def audits(held: Session | None = None) -> list[Audit]:
    """The session's audits in the order of their references, shared out among those seated if that is not done yet."""
    held = held or drawn_session()
    if not Audit.objects.filter(session=held).exists():
        auditing.share_out(by=council().maya, session=held, now=NOW)
    return list(Audit.objects.filter(session=held).exclude(state="withdrawn").order_by("ref"))


def audit(held: Session | None = None) -> Audit:
    """One allotted audit: the session's first."""
    return audits(held or drawn_session(1))[0]


def opened(of: Audit, by: Person | None = None) -> OpenAudit:
    """The audit as its auditor (or whoever is given) sees it."""
    found = open_audit_or_none(by or auditor_of(of), of.code)
    assert found is not None
    return found


def auditor_of(of: Audit) -> Person:
    found = of.parts.get(kind="auditor").people.first()
    assert found is not None
    return found


PLAIN_ANSWERS = {"yes_no": "yes", "scaling": "5", "date": "2026-09-01", "narrative": "Seen in the case notes."}


def answered_audit(of: Audit | None = None, *, grade: str = "good", answers: Mapping[str, str] | None = None) -> Audit:
    """An audit with every question that applies answered: all graded alike, and as `answers` says beside that."""
    of = of or audit()
    as_auditor = opened(of)
    template, given = as_auditor.template, answers or {}
    values = {name: given.get(name, _plain(question, grade)) for name, question in template.questions.items()}
    asked = [each.name for part in applicable_sections(template, of.facts, values) for each in part.questions]
    changes = [Change(name, values[name], 0) for name in asked if values[name]]
    auditing.save_answers(by=auditor_of(of), opened=as_auditor, changes=changes, now=NOW)
    of.refresh_from_db()
    return of


def _plain(question: Question, grade: str) -> str:
    return grade if question.kind == "graded" else PLAIN_ANSWERS.get(question.kind, "")


def finding(
    of: Audit, text: str, *, sort: str = "improve", domain: str = "practice", theme: str = "planning",
    section: str = "plan", action: str = "", action_for: str = "practitioner",
    severity: str = "", scope: str = "", agency: str = "",
) -> Finding:  # fmt: skip
    """A finding noted by the auditor; one for improvement with an `action` becomes a task when returned."""
    said = Said(section, sort, domain, theme, text, action, action_for if action else "", severity, scope, agency)
    return auditing.note_finding(by=auditor_of(of), opened=opened(of), said=said, now=NOW)


def submitted_audit(
    of: Audit | None = None, *, grade: str = "good", answers: Mapping[str, str] | None = None,
    actions: Sequence[str] = (),
) -> Audit:  # fmt: skip
    """A whole audit, submitted, with one finding for improvement for each action."""
    of = answered_audit(of, grade=grade, answers=answers)
    for action in actions:
        finding(of, f"Not yet done: {action}", action=action)
    auditing.submit(by=auditor_of(of), opened=opened(of), now=NOW)
    of.refresh_from_db()
    return of


# --- what follows ----------------------------------------------------------------------------------------


def returned_audit(of: Audit | None = None, *, actions: Sequence[str] = ("Write the chronology.",)) -> Return:
    """A submitted audit given back to its team, with a task for each action."""
    return return_to_team(by=council().maya, audit=of or submitted_audit(actions=actions), now=NOW, today=DAY)


def completed_return(of: Return | None = None) -> Return:
    """A return whose tasks are all done by their owners."""
    of = of or returned_audit()
    for task in of.tasks.filter(state="to do"):
        completed_task(task)
    return of


def completed_task(task: Task) -> Task:
    """A task done by its owner."""
    seen = open_return(task.owner, task.returned.code)
    return complete_task(
        by=task.owner, opened=seen, task=task, evidence=f"Done on {DAY:%d/%m/%Y}.", record="Case note.", now=NOW
    )


def signed_return(of: Return | None = None) -> Return:
    """A return signed off by its team's manager, or its service's where the team has none."""
    of = completed_return(of)
    manager = manager_of_team(of.team_id, DAY) or manager_of_team(of.service_id, DAY, "service")
    assert manager is not None
    as_manager = open_return(manager, of.code)
    sign_off(by=manager, opened=as_manager, shown=digest_of(as_manager.tasks), note="", authenticated=NOW, now=NOW)
    of.refresh_from_db()
    return of


def accepted_return(of: Return | None = None) -> Return:
    """A return that came back to the Quality Assurance Unit and was accepted."""
    of = signed_return(of)
    return accept_return(by=council().maya, opened=open_return(council().maya, of.code), now=NOW)

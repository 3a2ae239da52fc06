"""Two years of past rounds, walked through the services day by day: lists, draws, audits, returns, tasks, sign-offs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from goldenthread.act.services import returning
from goldenthread.audit import services as auditing
from goldenthread.audit.queries import open_audit_or_none
from goldenthread.audit.services.answers import Change
from goldenthread.home.demonstration.chance import Chance
from goldenthread.home.demonstration.child import Child
from goldenthread.home.demonstration.council import Council
from goldenthread.home.demonstration.files import Cabinet, PastFile
from goldenthread.home.demonstration.history import STORIES, THIS_CYCLE, PastAudit, Round
from goldenthread.home.demonstration.sessions import PastSession, past_sessions
from goldenthread.home.demonstration.year import ROUND, ROUNDS, round_of
from goldenthread.home.loading.audited_again import Again
from goldenthread.home.loading.council import Loaded
from goldenthread.home.loading.following import Following
from goldenthread.home.loading.moments import at
from goldenthread.home.loading.sizes import learn_sizes
from goldenthread.method import sampling
from goldenthread.method.owed import last_working_day
from goldenthread.method.periods import Period, period_of, periods
from goldenthread.method.quotas import quotas_in_proportion
from goldenthread.method.seed_sources import witnessed_dice
from goldenthread.plan.models import Session
from goldenthread.plan.services.rounds import open_round
from goldenthread.plan.services.sessions import arrange_session
from goldenthread.select.formats.cells import age_band
from goldenthread.select.models import CaseLine, CaseList, Draw, DrawnCase
from goldenthread.select.queries.draws import cases_to_audit
from goldenthread.select.queries.frames import draw_frame
from goldenthread.select.services import draws
from goldenthread.trail.services import record

WITNESSES = ("Independent Reviewing Officer", "Designated Nurse")
FEWEST = 12  # open cases below which a session of long ago drew from too little to be worth showing


def dice(chance: Chance) -> str:
    return " ".join(str(chance.whole(1, 6)) for _ in range(20))


class DrawnCabinet(Cabinet):
    """Files for a session as its draw gave them, not as anybody would pick them."""

    def __init__(self, loaded: Loaded, council: Council, chance: Chance, *, today: date) -> None:
        super().__init__(council, chance, today=today, first=frozenset(STORIES))
        self.loaded = loaded
        self.lists: dict[date, CaseList] = {}
        self.session: Session | None = None
        self.child = {child.ref: child for child in council.children}

    def files(self, session: PastSession, number: int) -> Iterator[PastFile]:
        """Arranges the session, draws for it and gives the files drawn; none where too few cases go that far back."""
        self.session = arranged(self.loaded, session)
        drawn = self._drawn(session, number)
        yield from (self._file_of(self.child[case.ref], session) for case in drawn)

    def file_of(self, ref: str, session: PastSession) -> PastFile:
        """A file that is looked at a second time."""
        return self._file_of(self.child[ref], session)

    def _drawn(self, session: PastSession, number: int) -> list[DrawnCase]:
        assert self.session is not None
        unit, day = self.loaded.on(self.loaded.unit.staff_number, session.held_on), session.held_on
        case_list = self._list_of(day)
        frame = draw_frame(case_list, self.session, self.loaded.framework.parsed)
        if len(frame.cases) < FEWEST:
            return []
        before = day - timedelta(days=7)
        draw = draws.freeze(
            by=unit, case_list=case_list, session=self.session, framework=self.loaded.framework, cases=frame.cases,
            exclusions=frame.exclusions, quotas=quotas_in_proportion(frame.sizes, number), now=at(before, 9),
        )  # fmt: skip
        draws.cast(by=unit, draw=draw, rolls=self._rolls(draw, day), witnesses=WITNESSES, now=at(before, 10))
        return list(cases_to_audit(self.session))

    def _rolls(self, draw: Draw, day: date) -> str:
        """Dice. In the last cycle they are such that the two people of the story have a case drawn where they can."""
        told = {ref for ref, child in self.child.items() if child.worker in self.first}
        wanted = told if self.today - day <= THIS_CYCLE else set()
        frame = {ref for ref, _ in draws.frame_rows(draw)} & wanted
        for _ in range(300):
            rolls = dice(self.chance)
            if not frame or frame & _selected(draw, rolls):
                break
        return rolls

    def _list_of(self, day: date) -> CaseList:
        """The case list of the session's month, as it was loaded then."""
        first = day.replace(day=1)
        if first not in self.lists:
            self.lists[first] = self._loaded_list(first)
        return self.lists[first]

    def _loaded_list(self, day: date) -> CaseList:
        unit = self.loaded.unit
        children = [child for child in self.council.open_children(day) if child.started_on <= day]
        summary = {
            "cases": len(children),
            "by_status": Counter(child.status for child in children),
            "by_tag": Counter(tag for child in children for tag in child.tags),
            "by_team": Counter(child.team for child in children),
        }
        case_list = CaseList.objects.create(
            authority=self.loaded.authority, source="annex_a", as_at=day, state="loaded", uploaded_at=at(day, 8),
            uploaded_by=unit, loaded_at=at(day, 8, 20), loaded_by=unit, summary=summary,
        )  # fmt: skip
        CaseLine.objects.bulk_create((self._line(case_list, child, day) for child in children), batch_size=1000)
        record(by=unit, verb="loaded", thing=case_list, at=at(day, 8, 20), now={"cases": len(children)})
        return case_list

    def _line(self, case_list: CaseList, child: Child, day: date) -> CaseLine:
        held = self._holder(child.team, day, child.worker)
        return CaseLine(
            authority=self.loaded.authority, case_list=case_list, ref=child.ref, status=child.status,
            tags=sorted(child.tags), team_name=child.team, team=self.loaded.teams[child.team],
            worker_name=self.loaded.people[held.person].name, worker=self.loaded.people[held.person],
            opened_on=child.started_on, age_band=age_band(child.age(day)),
            linked=["fostering_file"] if child.status == "looked_after" else [],
        )  # fmt: skip


def _selected(draw: Draw, rolls: str) -> set[str]:
    source = witnessed_dice(rolls, WITNESSES)
    outcome = sampling.draw(draws.frame_rows(draw), source=source, draw_id=draw.draw_id, quotas=draw.quotas)
    return {ref for chosen in outcome.selected.values() for ref in chosen}


def arranged(loaded: Loaded, session: PastSession) -> Session:
    seats = {loaded.people[person]: post for person, post in session.seats}
    if session.group_key == ROUND:
        month = period_of(session.held_on, "month", 1)
        unit = loaded.on(loaded.unit.staff_number, month.starts_on)
        return open_round(by=unit, month=month, holders=seats, now=at(month.starts_on, 11))
    return arrange_session(
        by=loaded.on(loaded.unit.staff_number, session.held_on), group=loaded.groups[session.group_key],
        held_on=session.held_on, venue=session.venue, focus=session.focus, seats=seats,
        now=at(session.held_on - timedelta(days=28), 11),
    )  # fmt: skip


def load_past(loaded: Loaded, council: Council, *, today: date, tell: Callable[[str], None]) -> int:
    """Every past round; how many audits they held."""
    walk = Walk(loaded, council, today=today)
    number = 0
    for session in past_sessions(council, today):
        if session.group_key == "duty":
            learn_sizes()
            tell(f"  audits of {session.held_on:%B %Y}")
        number += walk.through(session)
    for month in months_of_rounds(today):
        tell(f"  single records of {month.label}")
        number += walk.through(round_of(council, walk.chance, month, last_working_day(month)))
    return number


def months_of_rounds(today: date) -> list[Period]:
    """The months before this one in which single records were drawn."""
    return list(periods("month", today - relativedelta(months=ROUNDS), today - relativedelta(months=1), 1))


class Walk:
    """The past, one session after another; no file is drawn twice."""

    def __init__(self, loaded: Loaded, council: Council, *, today: date) -> None:
        self.loaded, self.council, self.today = loaded, council, today
        self.chance = Chance(council.seed, "past rounds")
        self.cabinet = DrawnCabinet(loaded, council, self.chance, today=today)
        self.following = Following(loaded, today=today)
        self.again = Again(loaded, self.following)

    def through(self, session: PastSession) -> int:
        """One session and its aftermath; how many audits it held."""
        template = self.loaded.template.parsed
        past = Round(self.council, self.chance, template, session, self.today).audits(self.cabinet)
        assert self.cabinet.session is not None
        cases = {case.ref: case for case in cases_to_audit(self.cabinet.session)}
        for audit in past:
            _walk(self.loaded, self.following, cases[audit.child_ref], audit)
        return len(past) + self._again(session)

    def _again(self, session: PastSession) -> int:
        """Files that are owed a second look, of children whom the group audits; none in the cycle that is not over."""
        held = self.cabinet.session
        assert held is not None
        if self.today - session.held_on <= THIS_CYCLE and held.group.meets:
            return 0
        statuses = self.cabinet.statuses.get(session.group_key)
        known = (child for child in self.cabinet.child.values() if statuses is None or child.status in statuses)
        seats = tuple(person for person, _ in session.seats)
        return self.again.at(
            held, seats, lambda ref: self.cabinet.file_of(ref, session), {child.ref for child in known}
        )


def _walk(loaded: Loaded, following: Following, case: DrawnCase, past: PastAudit) -> None:
    """One audit, from its allotment to wherever it had come by today."""
    day, unit = past.session.held_on, loaded.unit.staff_number
    auditor = loaded.on(past.auditor, day)
    audit = auditing.allot(by=loaded.on(unit, day), case=case, auditors=[auditor], now=at(day - timedelta(days=3), 9))
    opened = open_audit_or_none(auditor, audit.code)
    assert opened is not None
    changes = [Change(name, value, 0) for name, value in past.answers.items() if value]
    auditing.save_answers(by=auditor, opened=opened, changes=changes, now=at(day, 11))
    for finding in past.findings:
        said = following.said(finding, past.worker)
        auditing.note_finding(by=auditor, opened=opened, said=said, now=at(day, 12))
    auditing.submit(by=auditor, opened=opened, now=at(day, 15, 30))
    returned = returning.return_to_team(
        by=loaded.on(unit, past.returned_on), audit=audit, now=at(past.returned_on, 10), today=past.returned_on
    )
    following.through(returned, past)

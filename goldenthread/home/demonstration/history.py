"""Two years of past audits: what was found, what was asked, what was done about it and signed off, in time or late."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.method.deadlines import due_date
from goldenthread.method.template import Template

from .answers import Auditor
from .chance import Chance
from .council import Council
from .files import Cabinet, PastFile
from .sessions import MONTHLY, PastSession, past_sessions
from .words import words

RETURN_DAYS = 10  # the seed's "within 10 days"; what counts as late is for the framework that the loader reads
SIGN_OFF_DAYS = 5
ON_TIME = 0.68
NEVER = 0.03
LEFT_UNDONE = timedelta(days=120)
BRIEFED = timedelta(days=400)  # practitioners were briefed so long ago; the files audited since are better
LIFT = 0.4
TAUGHT = {"impact_on_child": 0.8, "feedback": 0.7}  # question → how much better since it was briefed in teams
LEARNT = timedelta(days=176)  # so long ago every team had heard it
FAIR = -0.05  # latent quality below which a section is asked to improve
THIS_CYCLE = timedelta(days=42)
FEWEST = 3  # files that a day looks at, in the smallest council
STORIES = {"AM10006": "done", "AM10014": "to do"}  # of the cast: one waits for her manager's signature, one has to act


@dataclass(frozen=True, slots=True)
class PastFinding:
    """Good practice (`sort` good) or something for improvement (improve), of practice or process, with its action."""

    section: str
    sort: str
    domain: str
    theme: str
    text: str
    action: str = ""
    action_for: str = ""  # a post; "" is the practitioner


@dataclass(frozen=True, slots=True)
class PastTask:
    """What became of one finding's action. Not done yet: `done_on` None and no evidence."""

    finding: PastFinding
    owner: str
    done_on: date | None
    evidence: str


@dataclass(frozen=True, slots=True)
class PastAudit:
    """One child's file, audited in a past session, and what followed. People are staff ids, answers stored values."""

    session: PastSession
    child_ref: str
    status: str
    tags: frozenset[str]
    age_band: str
    team: str
    worker: str
    opened_on: date
    auditor: str
    answers: dict[str, str]
    section_grades: dict[str, str]
    overall_grade: str
    findings: tuple[PastFinding, ...]
    tasks: tuple[PastTask, ...]
    submitted_on: date
    returned_on: date
    signed_off_on: date | None
    signed_off_by: str | None
    drift: float


def briefed_on(today: date) -> date:
    """The day of the briefing after which practice improved."""
    return today - BRIEFED


def taught_from(today: date) -> date:
    """The day by which every team had been briefed in its meeting on what `TAUGHT` names."""
    return today - LEARNT


def past_audits(council: Council, template: Template, today: date) -> tuple[PastAudit, ...]:
    """Some 300 audits of the last two years, in order of session; no file twice, none by someone of its own team."""
    chance = Chance(council.seed, "audits")
    cabinet = Cabinet(council, chance, today=today, first=frozenset(STORIES))
    return tuple(
        audit
        for session in past_sessions(council, today)
        for audit in Round(council, chance, template, session, today).audits(cabinet)
    )


class Round:
    """One session, its audits and their aftermath."""

    def __init__(self, council: Council, chance: Chance, template: Template, session: PastSession, today: date) -> None:
        self.council, self.chance, self.template = council, chance, template
        self.session, self.today = session, today
        self.posts = council.posts_on(session.held_on)
        self.done_by: Counter[str] = Counter()
        # A session's files are shared evenly, a month's single records by what each post owes.
        self.share = {person: MONTHLY[post] if session.files else 1 for person, post in session.seats}

    def audits(self, cabinet: Cabinet) -> list[PastAudit]:
        files = cabinet.files(self.session, self.session.files or self._files())
        allotted = [(file, self._auditor_of(file)) for file in files]
        return [self._audit(file, auditor) for file, auditor in allotted if auditor]

    def _files(self) -> int:
        """As many as a day holds; a small council looks at fewer."""
        return max(FEWEST, round(self.chance.whole(5, 7) * min(1.0, self.council.scale**0.5)))

    def _auditor_of(self, file: PastFile) -> str | None:
        """Whoever of those present has fewest files for what she owes, is not in the file's team and manages it not."""
        service = self.council.team[file.team].parent
        near = {post.person for post in self.posts if post.team in {file.team, service}} | {file.worker}
        free = [person for person, _ in self.session.seats if person not in near]
        if not free:
            return None
        auditor = min(free, key=lambda person: self.done_by[person] / self.share[person])
        self.done_by[auditor] += 1
        return auditor

    def _audit(self, file: PastFile, auditor: str) -> PastAudit:
        held_on = self.session.held_on
        lift = LIFT if held_on > briefed_on(self.today) else 0.0
        taught = TAUGHT if held_on > taught_from(self.today) else {}
        view = Auditor(self.chance, self.template, file, held_on=held_on, lift=lift, taught=taught)
        answers = view.audit()
        findings = self._findings(view)
        returned_on = due_date(held_on, self.chance.whole(1, 4))
        tasks = tuple(self._task(finding, file, returned_on) for finding in findings if finding.action)
        signed_on, signed_by = self._sign_off(file, tasks, returned_on)
        return PastAudit(
            session=self.session,
            child_ref=file.ref,
            status=file.status,
            tags=file.tags,
            age_band=file.age_band,
            team=file.team,
            worker=file.worker,
            opened_on=file.opened_on,
            auditor=auditor,
            answers=answers,
            section_grades=view.section_grades,
            overall_grade=view.overall_grade,
            findings=findings,
            tasks=tasks,
            submitted_on=held_on,
            returned_on=returned_on,
            signed_off_on=signed_on,
            signed_off_by=signed_by,
            drift=file.drift,
        )

    def _findings(self, view: Auditor) -> tuple[PastFinding, ...]:
        """The best section's good practice, and what the weakest ask for: more of it, the weaker the file."""
        bank = words("findings")
        known = {section: latent for section, latent in view.latent.items() if section in bank}
        weakest_first = sorted(known, key=lambda section: known[section])
        weak = [section for section in weakest_first[:4] if known[section] < FAIR]
        strong = [section for section in weakest_first[-3:] if known[section] >= FAIR]
        findings = [self._finding(section, "good") for section in strong]
        findings += [self._finding(section, "improve") for section in weak]
        if not weak:
            polished = [section for section in known if any(one["sort"] == "polish" for one in bank[section])]
            findings += [self._finding(section, "polish") for section in self.chance.sample(polished, 1)]
        return tuple(findings)

    def _finding(self, section: str, sort: str) -> PastFinding:
        found = self.chance.pick([one for one in words("findings")[section] if one["sort"] == sort])
        return PastFinding(
            section=section,
            sort="good" if sort == "good" else "improve",
            domain=found["domain"],
            theme=found["theme"],
            text=found["text"],
            action=found.get("action", ""),
            action_for=found.get("for", ""),
        )

    def _task(self, finding: PastFinding, file: PastFile, returned_on: date) -> PastTask:
        owner = self._manager(file.team) if finding.action_for == "team_manager" else file.worker
        due = due_date(returned_on, RETURN_DAYS)
        if self.chance.happens(ON_TIME - 0.25 * file.drift):
            done = due_date(returned_on, self.chance.whole(2, RETURN_DAYS))
        else:
            done = due_date(due, self.chance.whole(1, 27))
        told = STORIES.get(file.worker, "") if self.session.held_on >= self.today - THIS_CYCLE else ""
        if told == "done":
            done = min(done, due_date(self.session.held_on, 5))
        elif done > self.today or told or (self._is_recent and self.chance.happens(NEVER)):
            return PastTask(finding, owner, None, "")
        evidence = next(one["evidence"] for one in words("findings")[finding.section] if one["text"] == finding.text)
        return PastTask(finding, owner, done, evidence)

    def _sign_off(
        self, file: PastFile, tasks: tuple[PastTask, ...], returned_on: date
    ) -> tuple[date | None, str | None]:
        """When every task was done, the team manager signs; where one was her own work, her service manager does."""
        done = [task.done_on for task in tasks if task.done_on]
        told = file.worker in STORIES and self.session.held_on >= self.today - THIS_CYCLE
        if told or len(done) < len(tasks):
            return None, None
        last = max([returned_on, *done])
        late = self.chance.happens(0.2)
        signed = due_date(
            last, self.chance.whole(SIGN_OFF_DAYS + 1, 16) if late else self.chance.whole(1, SIGN_OFF_DAYS)
        )
        if signed > self.today:
            return None, None
        manager = self._manager(file.team)
        own_work = manager in {task.owner for task in tasks}
        return signed, self._manager(self.council.team[file.team].parent or "") if own_work else manager

    @property
    def _is_recent(self) -> bool:
        """Nothing is left undone for ever: after so long, somebody has seen to it."""
        return self.session.held_on > self.today - LEFT_UNDONE

    def _manager(self, team: str) -> str:
        """Who managed a team or a service on the day of the session; if nobody did, who has done so since."""
        kinds = {"team_manager", "family_centre_manager", "service_manager", "qa_service_manager"}
        managing = [post for post in self.council.posts if post.team == team and post.kind in kinds]
        on_the_day = [post for post in managing if post.held_on(self.session.held_on)]
        return (on_the_day or managing[-1:])[0].person

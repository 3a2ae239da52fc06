"""The ledger of coverage as it stands on a day: what was chosen and audited in a year, against what it has to reach.

What was chosen is read in one statement and what is held in another, each already summed by the database, so that
neither grows with the years on record.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.db.models.functions import Coalesce

from goldenthread.method.capacity.files import listed
from goldenthread.method.coverage import OF_TEAMS, Chosen, Groups, Held, Line, Sitting, What, dated, lines_of, warnings
from goldenthread.method.framework import Framework, Selecting
from goldenthread.method.mending import Mending, Wanted, mending
from goldenthread.method.selecting import RANDOM, stratum_of
from goldenthread.plan.models import Session, Year
from goldenthread.plan.queries.capacity import Outlook, groups_taking_status, groups_taking_team, outlook_of
from goldenthread.plan.queries.years import year_on
from goldenthread.select.models import CaseList, Draw, DrawnCase
from goldenthread.select.queries.case_lists import loaded_lists
from goldenthread.select.queries.frames import DrawFrame, proposed_quotas, stratum_words

REAUDIT = "reaudit"  # the same file once more: no other team, no other worker is reached by it
NAMED = 3  # of teams put together, how many are named


@dataclass(frozen=True, slots=True)
class Ledger:
    """A year's coverage, held against the open cases of `case_list`. `teams`: as that list names a team → its name."""

    year: Year
    framework: Framework
    case_list: CaseList
    lines: tuple[Line, ...]
    teams: Mapping[str, str]

    def soon(self, today: date) -> date:
        """Until when a last day is soon: one round of sessions ahead."""
        return today + timedelta(weeks=self.framework.rhythm.every_weeks)

    def warnings(self, today: date) -> tuple[str, ...]:
        """What can no longer be reached, or only by the next round of sessions, a sentence each."""
        return warnings(self.lines, self.soon(today)) if self.year.ends_on >= today else ()


def ledger(year: Year, today: date) -> Ledger | None:
    """The year's ledger; None before any case list is loaded. Eight statements, however much is on record."""
    case_list = list_of(year)
    if case_list is None:
        return None
    framework, rule = year.framework.parsed, year.framework.parsed.coverage
    held, teams = _held(case_list)
    statuses = {status.key: status.plural for status in framework.statuses}
    lines = lines_of(rule, statuses, held, _chosen(year))
    if year.ends_on >= today:
        outlook = outlook_of(year, today)
        lines = dated(lines, sittings(year, outlook, today), _open_to(outlook))
    return Ledger(year, framework, case_list, lines, teams)


def list_of(year: Year) -> CaseList | None:
    """The newest list of the year's own days, else the first that came after them."""
    lists = loaded_lists(year.authority_id)
    within = lists.filter(as_at__lte=year.ends_on).first()
    return within or lists.order_by("as_at", "pk").first()


TEAM = Coalesce("team__name", "team_name")
LINES_TEAM = Coalesce("line__team__name", "line__team_name")


def _held(case_list: CaseList) -> tuple[list[Held], dict[str, str]]:
    """What the list holds, restricted cases apart, for they are never drawn; and what its names of teams are here."""
    rows = case_list.lines.filter(restricted=False).order_by().annotate(called=TEAM)
    facts = ("status", "team_name", "called", "locality", "worker", "worker_name")
    held, teams = [], {}
    for status, name, called, locality, worker, worker_name, cases in rows.values_list(*facts).annotate(Count("pk")):
        teams[name] = called
        held.append(Held(status, called, locality, str(worker or worker_name), cases))
    return held, teams


def _chosen(year: Year) -> list[Chosen]:
    """The files that stand of children's cases, audited in the year, or drawn for it and not audited yet."""
    days = (year.starts_on, year.ends_on)
    to_come = Q(draw__session__held_on__range=days, draw__session__cancelled_at__isnull=True)
    cases = DrawnCase.objects.filter(
        Q(audited_on__range=days) | Q(to_come, audited_on__isnull=True),
        authority=year.authority_id, standing="selected", draw__state="drawn", draw__case_list__kind="case_file",
    ).exclude(draw__kind=REAUDIT)  # fmt: skip
    audited = ExpressionWrapper(Q(audited_on__isnull=False), BooleanField())
    rows = cases.order_by().annotate(called=LINES_TEAM, audited=audited)
    facts = (
        "line__status", "called", "line__locality", "line__worker", "line__worker_name", "draw__way", "audited"
    )  # fmt: skip
    return [
        Chosen(status, team, locality, str(worker or name), way in RANDOM, bool(audited), files)
        for status, team, locality, worker, name, way, audited, files in rows.values_list(*facts).annotate(Count("pk"))
    ]


def sittings(year: Year, outlook: Outlook, today: date) -> list[Sitting]:
    """The sessions to come whose files are not drawn yet, with what each adds to those after it, in whole files."""
    drawn = set(
        Draw.objects.filter(
            authority=year.authority_id, state="drawn", way__in=RANDOM, session__held_on__gte=today,
            session__held_on__lte=year.ends_on, session__cancelled_at__isnull=True,
        ).values_list("session__group__key", "session__held_on")
    )  # fmt: skip
    found = []
    for group in outlook.plan.groups:
        days = [day for day in group.sessions if day >= today and (group.key, day) not in drawn]
        for after, day in enumerate(reversed(days)):
            places = outlook.plan.files_of(group, after + 1) - outlook.plan.files_of(group, after)
            found.append(Sitting(day, group.key, places))
    return found


def _open_to(outlook: Outlook) -> Groups:
    def groups(what: What, key: str) -> frozenset[str]:
        if what in OF_TEAMS:
            return groups_taking_team(outlook.framework, outlook.themes, key)
        return groups_taking_status(outlook.themes, key) if what == "status" else frozenset(outlook.themes)

    return groups


# --- the next draw -----------------------------------------------------------------------------------------


def proposed_for(
    session: Session, frame: DrawFrame, framework: Framework, rule: Selecting, total: int, today: date
) -> Mending:
    """What the session's draw proposes: what the year still owes first, and no case of the frame without a chance.

    So it is where files are drawn in strata and shared in proportion. Where the framework says how many of each, or
    where nothing is in strata, it is as the framework has it.
    """
    if not frame.sizes:
        return Mending({}, {}, {})
    if rule.way != "stratified" or rule.allocation != "proportional":
        quotas = proposed_quotas(frame.sizes, total, rule)
        return Mending({name: name for name in frame.sizes}, frame.sizes, quotas)
    year = year_on(session.authority_id, session.held_on)
    found = ledger(year, today) if year else None
    owed = _wanted(found, frame, framework.draw.stratify_by) if found else []
    return mending(frame.sizes, owed, total)


def _wanted(found: Ledger, frame: DrawFrame, by: Sequence[str]) -> list[Wanted]:
    """What the frame's strata can mend of what is owed, what presses most first."""
    strata: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for status, team in {(line.status, line.team_name) for line in frame.cases}:
        name = stratum_of("stratified", by, status, team)
        if "status" in by:
            strata["status", status].add(name)
        if "team" in by:
            strata["team", found.teams.get(team, team)].add(name)
    pressing = sorted((line for line in found.lines if line.owed), key=lambda line: line.last_day or date.min)
    places = {what: ("team" if what in OF_TEAMS else what) for what in ("team", "status", "worker")}
    return [
        Wanted(frozenset(strata[places[line.what], line.key]), line.owed)
        for line in pressing
        if line.what in places and (places[line.what], line.key) in strata
    ]


def words_of_strata(proposed: Mending, framework: Framework) -> dict[str, str]:
    """Each stratum that is drawn in, in the council's words; one put together with the teams it is made of."""
    words = {name: stratum_words(framework, name) for name in proposed.sizes}
    for name, parts in proposed.put_together.items():
        teams = list(dict.fromkeys(part.partition(" / ")[2] for part in parts))
        named = teams if len(teams) <= NAMED else [*teams[: NAMED - 1], f"{len(teams) - NAMED + 1} others"]
        words[name] += f" ({listed(named)})"
    return words

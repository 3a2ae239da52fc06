"""Assurance as its pages show it: how a re-audit stands, one file before and after, and what came of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from goldenthread.act.models import Reaudit, Return, Task
from goldenthread.act.queries.reaudits import Pair, may_see_after, scale_of, state_of
from goldenthread.act.queries.returning import actions_in
from goldenthread.act.showing import Standing, due_words
from goldenthread.audit.models import Audit
from goldenthread.audit.queries.moderation import Given, standing_grades
from goldenthread.method.assurance import SAME, Changes, change_between, changes_among, changes_in_words
from goldenthread.method.deadlines import late_by
from goldenthread.method.framework import Framework, Grade
from goldenthread.method.periods import period_of
from goldenthread.people.models import Person
from goldenthread.web.wording import LONDON

WHY = {"grade": "For its grade", "random": "Drawn at random", "asked": "Asked for"}


def standing_of_reaudit(reaudit: Reaudit, today: date) -> Standing:
    """How it stands, in words and as the colour of a tag."""
    state = state_of(reaudit)
    if state == "done":
        return Standing("Done", "green")
    if state == "excused":
        return Standing("Excused", "grey")
    late = late_by(reaudit.due_on, today)
    what = "Arranged" if state == "arranged" else "To arrange"
    words = f"{what}, {due_words(reaudit.due_on, today)}"
    return Standing(words, "red" if late else "blue" if state == "arranged" else "yellow", late)


# --- one file ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Side:
    """One section's grade before and after. `looked_at`: whether the re-audit was to look at it."""

    label: str
    before: Grade | None
    after: Grade | None
    change: str
    looked_at: bool


@dataclass(frozen=True, slots=True)
class BeforeAndAfter:
    """One file audited twice: grades by section, the whole file last; what was asked then, what of it is open, and what
    is asked now. `seen`: whether what the re-audit found is this person's to see yet."""

    standing: Standing
    why: str
    sections: Sequence[str]
    sides: Sequence[Side]
    asked: Sequence[str]
    tasks: Sequence[Task]
    asked_now: Sequence[str]
    seen: bool
    returned: Return | None

    @property
    def open_tasks(self) -> int:
        return sum(1 for task in self.tasks if task.state in {"to do", "challenged"})


def before_and_after(person: Person, reaudit: Reaudit, today: date) -> BeforeAndAfter:
    """A fixed number of statements, however many sections and tasks."""
    seen, again = may_see_after(person, reaudit), reaudit.again
    before = standing_grades(reaudit.audit)
    after = standing_grades(again) if seen and again else {}
    returned = Return.objects.filter(audit=reaudit.audit).first()
    tasks = list(returned.tasks.select_related("owner").order_by("pk")) if returned else []
    found = [reaudit.audit, *([again] if seen and again else [])]
    asked = actions_in(found)
    labels = _labels(reaudit.audit)
    return BeforeAndAfter(
        standing=standing_of_reaudit(reaudit, today),
        why=WHY[reaudit.reason],
        sections=[labels.get(name, name) for name in reaudit.sections],
        sides=_sides(reaudit, before, after, labels | (_labels(again) if seen and again else {})),
        asked=[finding.action for finding in asked[reaudit.audit_id]],
        tasks=tasks,
        asked_now=[finding.action for finding in asked[again.pk]] if seen and again else [],
        seen=seen,
        returned=returned,
    )


def _labels(audit: Audit) -> dict[str, str]:
    return {section.name: section.label for section in audit.template.parsed.sections}


def _sides(
    reaudit: Reaudit, before: Mapping[str, Given], after: Mapping[str, Given], labels: Mapping[str, str]
) -> list[Side]:
    """Sections in the order of the first audit, then what only the second has, and the whole file last."""
    names = [*(name for name in before if name), *(name for name in after if name and name not in before), ""]
    framework = reaudit.audit.framework.parsed
    return [
        _side(framework, labels.get(name, "The whole file"), before.get(name), after.get(name),
              not reaudit.sections or name in reaudit.sections)
        for name in names
    ]  # fmt: skip


def _side(framework: Framework, label: str, before: Given | None, after: Given | None, looked_at: bool) -> Side:
    scale = scale_of(framework)
    comparable = before and after and {before.grade, after.grade} <= set(scale)
    change = change_between(before.grade, after.grade, scale) if before and after and comparable else ""
    grades = {grade.key: grade for grade in framework.grades}
    return Side(
        label, grades.get(before.grade) if before else None, grades.get(after.grade) if after else None,
        {SAME: "The same"}.get(change, change.capitalize()), looked_at,
    )  # fmt: skip


# --- all of them -------------------------------------------------------------------------------------------

GROUPS = (
    ("grade", "Files audited again for their grade", "files that chance draws and that are graded so"),
    ("random", "Files audited again at random", "files that chance draws and that are graded otherwise"),
    ("picked", "Files that were picked, or asked for", ""),
)


@dataclass(frozen=True, slots=True)
class Came:
    """What came of one year's re-audits of one group: the counts, and a sentence."""

    period: str
    title: str
    changes: Changes
    words: str


def what_came_of_them(pairs: Sequence[Pair], framework: Framework) -> list[Came]:
    """Year by year, the latest first, files left to chance apart from those picked, and nothing of any person.

    Files drawn by chance at first and audited again by rule speak for others like them; whatever was picked, at first
    or now, speaks for itself.
    """
    scale, found = scale_of(framework), dict[tuple[date, str], list[str]]()
    years: dict[date, str] = {}
    for pair in pairs:
        if not {pair.before, pair.after} <= set(scale):
            continue
        day = pair.submitted_on.astimezone(LONDON).date()
        year = period_of(day, "year", framework.year_starts_month)
        group = pair.reason if pair.by_chance and pair.reason != "asked" else "picked"
        years[year.starts_on] = year.label
        found.setdefault((year.starts_on, group), []).append(change_between(pair.before, pair.after, scale))
    came = []
    for starts_on in sorted(years, reverse=True):
        for group, title, cases in GROUPS:
            if changes := found.get((starts_on, group)):
                counted = changes_among(changes, at_random=group != "picked")
                came.append(Came(years[starts_on], title, counted, changes_in_words(counted, cases)))
    return came


def links_to_tasks(team: int | None, address: str) -> dict[str, str]:
    """Where each number of a team's row leads: the list of tasks, narrowed to those it counts."""
    of = f"team={team}&" if team else ""
    states: dict[str, Any] = {
        "open": "state=open", "late": "late=on", "challenged": "state=challenged", "done": "state=done",
        "signed_off": "state=signed+off",
    }  # fmt: skip
    return {name: f"{address}?{of}{query}" for name, query in states.items()}

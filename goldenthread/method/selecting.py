"""The ways to select files: what each means, how many it proposes, which cases it takes, and how it is told afterwards.

Files left to chance and files that somebody or something pointed at answer different questions, and are never mixed:
the first tell what the practice of the whole service is like, the second what it is like where one looked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from goldenthread.method import sampling
from goldenthread.method.expressions import Expression, holds, in_words, names_in, parse, words_asked_of
from goldenthread.method.framework.selecting import Selecting
from goldenthread.method.quotas import quotas_in_proportion
from goldenthread.method.refusal import Refused

RANDOM = ("simple_random", "stratified")
WAYS = {
    "simple_random": "At random from all of them",
    "stratified": "At random, in strata",
    "event": "Every case that something happened to",
    "rule": "Every case that a rule fits",
    "hand": "By hand, with a reason for each",
}
OCCASIONS = {
    "closure": "was closed",
    "transfer": "moved to another team",
    "grade": "was last given a grade that calls for it",
}
ONE_STRATUM = sampling.stratum("all", "every team")
FACTS = {
    "status": "its status",
    "tags": "its further categories, to be asked with selected( )",
    "age_band": "the child's age, such as “5 to 9”",
    "team": "the team that holds it",
    "locality": "where the child lives",
    "days_open": "how many days it had been open on the day of the list",
}


def is_random(way: str) -> bool:
    """Whether chance alone chooses."""
    return way in RANDOM


def events_of(rule: Selecting) -> tuple[str, ...]:
    """What a case has to have had: what the framework names, else that it was closed or moved.

    >>> events_of(Selecting("case_file", "stratified"))
    ('closure', 'transfer')
    """
    return rule.on or ("closure", "transfer")


# --- how many ----------------------------------------------------------------------------------------------


def files_proposed(percent: int, open_cases: int) -> int:
    """So many in a hundred of the open cases, rounded up.

    >>> files_proposed(5, 101), files_proposed(5, 0)
    (6, 0)
    """
    return -(-percent * open_cases // 100)


def quotas_of(rule: Selecting, sizes: Mapping[str, int], total: int) -> dict[str, int]:
    """How many files of each stratum the framework's way proposes, of `total` or of all cases there are.

    Proportional: `total` shared by size. Fixed: `each` of every stratum or all it has, whatever the total. At least:
    shared by size with at least `each` of every stratum, and more than `total` where those alone come to more.

    >>> sizes = {"CP": 50, "CLA": 30, "Duty": 2}
    >>> quotas_of(Selecting("case_file", "stratified", allocation="fixed", each=3), sizes, 10)
    {'CP': 3, 'CLA': 3, 'Duty': 2}
    >>> quotas_of(Selecting("case_file", "stratified", allocation="at_least", each=1), sizes, 10)
    {'CP': 6, 'CLA': 3, 'Duty': 1}
    """
    least = {name: min(rule.each, size) for name, size in sizes.items()}
    if rule.way == "stratified" and rule.allocation == "fixed":
        return least
    held = rule.each if rule.way == "stratified" and rule.allocation == "at_least" else 0
    needed = sum(least.values()) if held else 0
    return quotas_in_proportion(sizes, min(max(total, needed), sum(sizes.values())), at_least=held)


def stratum_of(way: str, stratify_by: Collection[str], status: str, team: str) -> str:
    """The stratum that a case is drawn in: one for all where it is simply random, else by status, team or both.

    >>> stratum_of("stratified", ("status", "team"), "looked_after", "Duty 2")
    'looked_after / Duty 2'
    >>> stratum_of("stratified", ("team",), "looked_after", "Duty 2"), stratum_of("simple_random", (), "x", "y")
    ('all / Duty 2', 'all / every team')
    """
    if way == "simple_random":
        return ONE_STRATUM
    return sampling.stratum(
        status if "status" in stratify_by else "all", team if "team" in stratify_by else "every team"
    )


# --- a rule ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a rule may ask of one case, as the list has it."""

    status: str
    tags: tuple[str, ...] = ()
    age_band: str = ""
    team: str = ""
    locality: str = ""
    opened_on: date | None = None

    def values(self, as_at: date) -> dict[str, str]:
        """Each fact as an expression compares it; "" where it is not known."""
        days = str((as_at - self.opened_on).days) if self.opened_on else ""
        return {
            "status": self.status, "tags": " ".join(self.tags), "age_band": self.age_band, "team": self.team,
            "locality": self.locality, "days_open": days,
        }  # fmt: skip


def read_rule(text: str, statuses: Collection[str] = ()) -> Expression:
    """A rule as typed. Refused, in a sentence: one that cannot be read, that asks what the list does not say, or that
    compares the status with a word that is none of `statuses` and so would hold for no case.

    >>> read_rule("${age} < 5")
    Traceback (most recent call last):
    goldenthread.method.refusal.Refused: The rule asks for age, which a case list does not say. It may ask for \
status, tags, age_band, team, locality and days_open.
    """
    if not text.strip():
        raise Refused("Write the rule, such as ${status} = 'looked_after' and ${days_open} > 365.")
    expression = parse(" ".join(text.split()))
    *others, last = FACTS
    faults = [
        f"The rule asks for {name}, which a case list does not say. It may ask for {', '.join(others)} and {last}."
        for name in sorted(names_in(expression) - FACTS.keys())
    ]
    faults += [
        f"The rule asks whether the status is “{word}”, which is none of them: {', '.join(statuses)}."
        for name, word in words_asked_of(expression)
        if statuses and name == "status" and word not in statuses
    ]
    if faults:
        raise Refused(*faults)
    return expression


def fits(rule: Expression, case: CaseFacts, as_at: date) -> bool:
    """Whether a rule takes a case, of a list as at this day.

    >>> fits(read_rule("${days_open} > 365"), CaseFacts("x", opened_on=date(2025, 1, 1)), date(2026, 6, 1))
    True
    """
    return holds(rule, case.values(as_at))


def rule_in_words(text: str) -> str:
    """A rule as a person would say it.

    >>> rule_in_words("${status} = 'looked_after' and ${days_open} > 365")
    'status is “looked_after” and days open is more than 365'
    """
    return in_words(parse(" ".join(text.split()))).replace("days_open", "days open").replace("age_band", "age band")


# --- how it was chosen -------------------------------------------------------------------------------------


def chance_words(sought: int, held: int) -> str:
    """The chance that each case of a stratum had, as one in so many.

    >>> chance_words(2, 14), chance_words(3, 10), chance_words(4, 4)
    ('1 in 7', 'about 1 in 3.3', 'all of them')
    """
    if sought >= held:
        return "all of them"
    if held % sought == 0:
        return f"1 in {held // sought}"
    return f"about 1 in {held / sought:.1f}"


def way_in_words(rule: Selecting, grades: Mapping[str, str]) -> str:
    """How files of one kind are chosen, as the framework says it. `grades`: key → label.

    >>> way_in_words(Selecting("case_file", "stratified", allocation="at_least", each=1, percent=5), {})
    'at random in strata, shared in proportion with at least 1 of each; 5 % of the open cases'
    >>> way_in_words(Selecting("reaudit", "event", on=("closure", "grade"), grades=("poor",)), {"poor": "Poor"})
    'every case that was closed or was last graded Poor'
    """
    share = f"; {rule.percent} % of the open cases" if rule.percent else ""
    match rule.way:
        case "simple_random":
            return f"at random from all of them{share}"
        case "stratified":
            return f"at random in strata, {_allocation(rule)}{share}"
        case "event":
            return "every case that " + " or ".join(_occasion(each, rule, grades) for each in rule.on)
        case "rule" if rule.rule:
            return f"every case that fits a rule: {rule_in_words(rule.rule)}"
        case "rule":
            return "every case that fits a rule, said when they are chosen"
    return "by hand, with a reason for each"


def _allocation(rule: Selecting) -> str:
    if rule.allocation == "fixed":
        return f"{rule.each} of each"
    least = f" with at least {rule.each} of each" if rule.allocation == "at_least" else ""
    return f"shared in proportion{least}"


def _occasion(occasion: str, rule: Selecting, grades: Mapping[str, str]) -> str:
    if occasion == "grade":
        return "was last graded " + " or ".join(grades.get(key, key) for key in rule.grades)
    return OCCASIONS[occasion]


def another_way_faults(rule: Selecting, way: str, because: str) -> list[str]:
    """What is missing where files are chosen otherwise than the framework says, or by hand."""
    if way != rule.way and not because.strip():
        return ["Say why these files are chosen in another way than the framework says; it stays on record."]
    return []


def twice_faults(refs: Iterable[str]) -> list[str]:
    """A sentence for each reference that was named more than once."""
    return [f"{ref} is named twice." for ref, times in Counter(refs).items() if times > 1]

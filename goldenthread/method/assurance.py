"""Whether what was signed off was truly done: how many tasks are checked, what that says of all, what is audited again.

Tasks are sampled as files are drawn (method/sampling.py), a service a stratum. Files are audited again for their grade,
or because their ticket falls into the framework's random share: the ticket follows from the seed of the draw that chose
the file, cast before anybody audited it, so whoever doubts it works it out again.

Source: the seed, "It will be the responsibility of the relevant Service Manager to ensure that these tasks have been
completed and to re-audit on a sample basis if necessary".
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from goldenthread.method.estimation import stratified_proportion
from goldenthread.method.framework import Reaudit
from goldenthread.method.framework.acting import Assurance
from goldenthread.method.measures import Proportion, proportion, proportion_in_words
from goldenthread.method.quotas import quotas_in_proportion

# --- the sample of signed-off tasks ------------------------------------------------------------------------


def sample_size(signed_off: int, services: int, rule: Assurance) -> int:
    """How many of so many signed-off tasks are checked: the framework's share rounded up, but at least its least
    number and one of each service; never more than there are.

    >>> sample_size(143, 3, Assurance(10, 5)), sample_size(12, 3, Assurance(10, 5)), sample_size(3, 2, Assurance(10, 5))
    (15, 5, 3)
    """
    share = -(-signed_off * rule.sample_percent // 100)
    return min(signed_off, max(share, rule.at_least, services))


def sample_quotas(sizes: Mapping[str, int], rule: Assurance) -> dict[str, int]:
    """How many tasks of each service are checked, of so many that it had signed off: in proportion, at least one.

    >>> sample_quotas({"Assessment": 90, "Looked After": 50, "Leaving Care": 3}, Assurance(10, 5))
    {'Assessment': 9, 'Looked After': 5, 'Leaving Care': 1}
    """
    return quotas_in_proportion(sizes, sample_size(sum(sizes.values()), len(sizes), rule), at_least=1)


# --- signed off but not done -------------------------------------------------------------------------------

WANTING = ("partly", "not")  # what a check may find of a task that was signed off as done


@dataclass(frozen=True, slots=True)
class Checked:
    """One service's part in a sample: of `held` tasks signed off `sought` were drawn; what was found of them so far."""

    service: str
    held: int
    sought: int
    done: int = 0
    partly: int = 0
    wanting: int = 0  # not done at all

    @property
    def checked(self) -> int:
        return self.done + self.partly + self.wanting

    @property
    def not_truly_done(self) -> int:
        return self.partly + self.wanting


@dataclass(frozen=True, slots=True)
class Rate:
    """How many tasks were signed off but not, or only partly, done: `n` of `of` checked, of `held` signed off in all.

    `low` and `high` are fractions of all `held`; both None until every task drawn is checked.
    """

    n: int
    of: int
    held: int
    low: float | None
    high: float | None
    partly: int = 0
    to_check: int = 0

    @property
    def share(self) -> float | None:
        return self.n / self.of if self.of else None


def rate_of(services: Sequence[Checked]) -> Rate:
    """The rate of one sample, its interval by the design: strata, and the finite population correction.

    No interval before every task of it is checked, for the easy ones may have been first. What was found itself bounds
    the interval: neither those that were found wanting nor those found done can be otherwise.

    >>> rate = rate_of([Checked("Assessment", 90, 9, done=8, partly=1), Checked("Leaving Care", 53, 6, done=5)])
    >>> rate.n, rate.of, rate.low, rate.to_check
    (1, 14, None, 1)
    """
    n, of = sum(each.not_truly_done for each in services), sum(each.checked for each in services)
    held, to_check = sum(each.held for each in services), sum(each.sought - each.checked for each in services)
    partly = sum(each.partly for each in services)
    if to_check or not of:
        return Rate(n, of, held, None, None, partly, to_check)
    drawn = [each for each in services if each.sought]
    counts = {each.service: (each.not_truly_done, each.checked) for each in drawn}
    found = stratified_proportion(counts, {each.service: each.held for each in drawn})
    if found.low is None or found.high is None:
        return Rate(n, of, held, None, None, partly)
    return Rate(n, of, held, max(found.low, n / held), min(found.high, (held - of + n) / held), partly)


def rate_in_words(rate: Rate, period: str) -> str:
    """The rate as a person would say it; `period` such as "July to September 2026".

    >>> print(rate_in_words(rate_of([Checked("Assessment", 143, 20, done=18, partly=1, wanting=1)]), "July 2026"))
    2 of 20 checked tasks were signed off but not, or only partly, done (10%). Of all 143 signed off in July 2026, \
between 3% and 31% may be so.
    >>> print(rate_in_words(rate_of([Checked("Assessment", 143, 20, done=4)]), "July 2026"))
    4 of the 20 tasks drawn are checked so far; 0 of them were not, or only partly, done. What that says of all 143 \
signed off in July 2026 can be told once every one is checked.
    """
    all_of_them = f"all {rate.held:,} signed off in {period}"
    if rate.to_check:
        return (
            f"{rate.of} of the {rate.of + rate.to_check} tasks drawn are checked so far; {rate.n} of them were not, or "
            f"only partly, done. What that says of {all_of_them} can be told once every one is checked."
        )
    if rate.share is None:
        return "No task was checked, so there is nothing to say."
    tasks, verb = "task" if rate.of == 1 else "tasks", "was" if rate.n == 1 else "were"
    said = f"{rate.n} of {rate.of} checked {tasks} {verb} signed off but not, or only partly, done"
    said += f" ({whole_percent(rate.share)})."
    if rate.of == rate.held:
        return f"{said} These are {all_of_them}."
    if rate.low is None or rate.high is None:
        return f"{said} So few were checked that nothing can be said of {all_of_them}."
    return f"{said} Of {all_of_them}, between {whole_percent(rate.low)} and {whole_percent(rate.high)} may be so."


def whole_percent(share: float) -> str:
    """A whole percentage; never 0% or 100% for what is neither.

    >>> whole_percent(0.1), whole_percent(0.001), whole_percent(1)
    ('10%', '1%', '100%')
    """
    whole = int(share * 100 + 0.5 + 1e-9)
    return f"{min(99, max(1, whole)) if 0 < share < 1 else whole}%"


# --- audited again -----------------------------------------------------------------------------------------


def ticket(seed: str, ref: str) -> float:
    """A file's place in the random share that is audited again: SHA-256 of `seed|reaudit|ref` as a fraction of 1.

    The first 13 hex digits count, 52 bits, which a floating-point number holds exactly.

    >>> ticket("a", "C001") == ticket("a", "C001"), 0 <= ticket("a", "C001") < 1
    (True, True)
    """
    return int(hashlib.sha256(f"{seed}|reaudit|{ref}".encode()).hexdigest()[:13], 16) / 16**13


def why_again(rule: Reaudit, grade: str, share: float, *, is_reaudit: bool = False) -> str:
    """Why a file is audited again, "grade" or "random", or ""; `share` is its ticket.

    A re-audit that is graded so is audited once more; chance asks for none of a re-audit.

    >>> rule = Reaudit(("inadequate",), 10, 3, True)
    >>> why_again(rule, "inadequate", 0.9), why_again(rule, "good", 0.0999), why_again(rule, "good", 0.1)
    ('grade', 'random', '')
    """
    if grade in rule.grades:
        return "grade"
    return "random" if share < rule.sample_percent / 100 and not is_reaudit else ""


def sections_again(rule: Reaudit, grades: Mapping[str, str]) -> tuple[str, ...]:
    """Which sections are looked at again, of the grades by section ("": the whole file); none: the whole file.

    >>> rule = Reaudit(("inadequate",), 10, 3, True, scope="failed_sections")
    >>> sections_again(rule, {"plan": "inadequate", "visits": "good", "": "inadequate"})
    ('plan',)
    """
    if rule.scope == "whole":
        return ()
    return tuple(section for section, grade in grades.items() if section and grade in rule.grades)


def again_by(rule: Reaudit, returned_on: date) -> date:
    """The last day of a re-audit owed from this day.

    >>> again_by(Reaudit((), 0, 3, True), date(2026, 11, 30))
    datetime.date(2027, 2, 28)
    """
    return returned_on + relativedelta(months=rule.within_months)


# --- before and after --------------------------------------------------------------------------------------

BETTER, SAME, WORSE = "better", "the same", "worse"


def change_between(before: str, after: str, scale: Sequence[str]) -> str:
    """What became of a grade, by its place in the scale, best first.

    >>> change_between("inadequate", "good", ("outstanding", "good", "inadequate"))
    'better'
    """
    ahead = scale.index(before) - scale.index(after)
    return BETTER if ahead > 0 else WORSE if ahead < 0 else SAME


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of the files audited again for one reason: how many are better, the same, worse."""

    better: int
    same: int
    worse: int
    found: Proportion  # the share that is better

    @property
    def of(self) -> int:
        return self.better + self.same + self.worse


def changes_among(changes: Iterable[str], *, at_random: bool) -> Changes:
    """`at_random`: whether chance drew the files in the first place, so that they speak for others.

    >>> changes_among(["better", "better", "worse"], at_random=False).found.low is None
    True
    """
    counted = Counter(changes)
    better, same, worse = (counted[name] for name in (BETTER, SAME, WORSE))
    found = proportion(better, better + same + worse, at_random=at_random)
    return Changes(better, same, worse, found)


def changes_in_words(changes: Changes, cases: str) -> str:
    """How many files got better, in a sentence; `cases` names those they speak for.

    >>> changes_in_words(changes_among(["better"] * 8 + ["worse"] * 4, at_random=True), "files like them")
    '8 of 12 files were graded better than before (67%). Between 39% and 86% is plausible for all files like them.'
    """
    return proportion_in_words(changes.found, what="files were graded better than before", cases=cases)

"""Grades in pairs as the page shows them: how far two graders agree and which way grades were moved, pooled.

Nothing is shown of one person on fewer audits than the framework says, and people stand by name, never in a ranking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from goldenthread.audit.queries.agreement import Pair
from goldenthread.method.agreement import Agreement, Estimate, agreement, table_of
from goldenthread.method.framework import Framework
from goldenthread.method.measures import FEW
from goldenthread.method.moderation import REASONS
from goldenthread.method.periods import Period, period_of
from goldenthread.web.wording import percent, plural


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of a table: what was compared, on how many pairs, and how far they agree."""

    label: str
    found: Agreement

    @property
    def same(self) -> str:
        return between(self.found.exact)

    @property
    def came_lower(self) -> int:
        """How many grades came out lower: further along the scale, which stands best first."""
        return self.found.higher

    @property
    def came_higher(self) -> int:
        return self.found.lower

    @property
    def kept(self) -> int:
        return self.found.pairs - self.found.lower - self.found.higher

    @property
    def shift(self) -> str:
        return shift_words(self.found.shift_mean)


def compared(pairs: Iterable[Pair], framework: Framework) -> Agreement | None:
    """The agreement of these pairs on the framework's scale; None where none of them is on it."""
    places = {grade.key: place for place, grade in enumerate(framework.grades)}
    known = [(places[pair.first], places[pair.second]) for pair in pairs if {pair.first, pair.second} <= places.keys()]
    if not known:
        return None
    first, second = np.array(known).T
    return agreement(table_of(first, second, len(places)), [grade.label for grade in framework.grades])


def off_the_scale(pairs: Sequence[Pair], framework: Framework) -> int:
    """How many pairs were graded on another version's scale, and so are left out."""
    scale = {grade.key for grade in framework.grades}
    return sum(1 for pair in pairs if not {pair.first, pair.second} <= scale)


def overall(pairs: Iterable[Pair]) -> list[Pair]:
    return [pair for pair in pairs if not pair.section]


def by_section(pairs: Sequence[Pair], framework: Framework, labels: Mapping[str, str]) -> list[Compared]:
    """The whole file first, then each section in the order of the template's own words."""
    order = {name: place for place, name in enumerate(["", *labels])}
    ordered = sorted(pairs, key=lambda pair: order.get(pair.section, len(order)))
    return _broken(
        ordered, framework, lambda pair: labels.get(pair.section, pair.section) if pair.section else "Overall"
    )


def by_reason(pairs: Sequence[Pair], framework: Framework) -> list[Compared]:
    return _broken(overall(pairs), framework, lambda pair: REASONS.get(pair.reason, pair.reason).capitalize())


def by_quarter(pairs: Sequence[Pair], framework: Framework) -> list[Compared]:
    """Each quarter's overall grades, the earliest first."""

    def quarter(pair: Pair) -> Period:
        return period_of(pair.submitted_on, "quarter", framework.year_starts_month)

    ordered = sorted(overall(pairs), key=lambda pair: pair.submitted_on)
    return _broken(ordered, framework, lambda pair: quarter(pair).label)


def of_one(pairs: Sequence[Pair], framework: Framework, auditor: int) -> Agreement | None:
    """One auditor's overall grades against what stands, where there are as many as the framework asks for."""
    hers = [pair for pair in overall(pairs) if pair.auditor == auditor]
    return compared(hers, framework) if len(hers) >= framework.comparing.person_minimum else None


def _broken(pairs: Iterable[Pair], framework: Framework, label: Callable[[Pair], str]) -> list[Compared]:
    groups: dict[str, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(label(pair), []).append(pair)
    found = ((name, compared(group, framework)) for name, group in groups.items())
    return [Compared(name, each) for name, each in found if each]


# --- in words ---------------------------------------------------------------------------------------------------


def between(share: Estimate) -> str:
    """A share with its interval: "65% (45% to 81%)"."""
    return f"{percent(share.value)} ({percent(share.low)} to {percent(share.high)})"


def shift_words(mean: Estimate) -> str:
    """The mean shift in words; the scale stands best first, so a shift above 0 is stricter."""
    if round(mean.value, 2) == 0:
        return f"none ({-mean.high:+.2f} to {-mean.low:+.2f})"
    way = "lower" if mean.value > 0 else "higher"
    return f"{abs(mean.value):.2f} of a grade {way} ({-mean.high:+.2f} to {-mean.low:+.2f})"


def moved_sentence(found: Agreement) -> str:
    """What moderation did to the overall grades, as a person would say it."""
    kept = found.pairs - found.lower - found.higher
    return (
        f"Of {plural(found.pairs, 'moderated audit')}, {kept} kept {'its grade' if kept == 1 else 'their grade'}, "
        f"{found.higher} came out lower and {found.lower} higher. {plausible(found)}"
    )


def lately_sentence(quarters: Sequence[Compared]) -> str:
    """What the last quarter's look like beside those before it; "" where there is nothing before it to hold them
    against."""
    if len(quarters) < 2:
        return ""
    *before, last = quarters
    lower, number = sum(each.came_lower for each in before), sum(each.found.pairs for each in before)
    return (
        f"Of those submitted in {last.label}, {last.came_lower} of {last.found.pairs} came out lower; "
        f"of those before, {lower} of {number}."
    )


def challenged_sentence(pairs: Sequence[Pair], framework: Framework) -> str:
    """What became of challenges, overall and in any section; "" while none is decided."""
    audits = {pair.audit for pair in pairs}
    if not audits:
        return ""
    changed = {pair.audit for pair in pairs if pair.first != pair.second}
    said = f"{plural(len(audits), 'challenge')} of grades by a team {'is' if len(audits) == 1 else 'are'} decided: "
    kept = len(audits) - len(changed)
    found = compared(overall(pairs), framework)
    moved = f" Overall, {found.lower} came out higher and {found.higher} lower." if found and changed else ""
    return f"{said}{kept} left every grade as it was, {len(changed)} changed one or more.{moved}"


def plausible(found: Agreement) -> str:
    """What may be concluded from so many."""
    range_of = f"etween {percent(found.exact.low)} and {percent(found.exact.high)} kept is plausible"
    if found.pairs < FEW:
        return f"With so few, anything b{range_of}."
    lean = found.shift_mean
    if lean.low > 0:
        return f"B{range_of}. First grades are too kind on average: more than chance explains."
    if lean.high < 0:
        return f"B{range_of}. First grades are too strict on average: more than chance explains."
    return f"B{range_of}. Whether first grades are too kind or too strict cannot be told from so many."


def coefficient_words(found: Estimate | None) -> str:
    if found is None:
        return "cannot be worked out: everybody gave one grade throughout"
    return f"{found.value:.2f} ({found.low:.2f} to {found.high:.2f})"

"""Two versions of a template, question by question: what was added, dropped, moved, reworded or asked otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from goldenthread.method.template.values import Question, Template

MOST_COMPARED = 100  # of each version by likeness, for that takes the time of all pairs
LIKE = 0.6  # difflib's ratio, from which on two wordings are offered as one question; its own documents' rule of thumb

CHANGES = {
    "added": "added",
    "dropped": "dropped",
    "renamed": "kept under another name",
    "moved": "moved",
    "reworded": "reworded",
    "type": "asked in another way",
    "choices": "other answers to choose from",
    "conditions": "asked, required or accepted under other conditions",
    "links": "counted for another grade, outcome, point, standard or task",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One question of either version, or a pair of them that seems to be one question.

    `changes` are keys of CHANGES, none for a question that stayed as it was. `likeness` is 1.0 for a pair that
    shares its name, else how like their wordings are, from LIKE to 1.0; 0.0 where there is no pair. A pair found by
    likeness is a suggestion, for a person to confirm.
    """

    older: Question | None
    newer: Question | None
    changes: tuple[str, ...]
    likeness: float

    @property
    def suggested(self) -> bool:
        return self.older is not None and self.newer is not None and self.older.name != self.newer.name


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every question of both versions once: the newer's in its order, each dropped one after what it followed."""

    questions: tuple[Compared, ...]

    @property
    def changed(self) -> tuple[Compared, ...]:
        return tuple(each for each in self.questions if each.changes)

    @property
    def correspondence(self) -> dict[str, str]:
        """Name in the older version → name in the newer one, wherever a question seems to be asked again."""
        return {each.older.name: each.newer.name for each in self.questions if each.older and each.newer}

    def count(self, change: str) -> int:
        return sum(1 for each in self.questions if change in each.changes)


def compare(older: Template, newer: Template) -> Comparison:
    """What became of each question. What nobody answers is left out.

    Questions correspond by name, whatever else of them changed; what is left on either side is paired by the
    likeness of its wording (difflib), the likest first, among questions of one kind.
    """
    before, after = _asked(older), _asked(newer)
    sections = tuple({section.name: section.relevant for section in each.sections} for each in (older, newer))
    pairs = {name: name for name in after if name in before} | _alike(before, after)
    moved = _moved(before, after, pairs)
    found = {}
    for name, new in after.items():
        old = before.get(pairs.get(name, ""))
        with_section = old is not None and sections[0][old.section] != sections[1][new.section]
        found[name] = _compared(old, new, moved=name in moved, with_section=with_section)
    dropped = [name for name in before if name not in set(pairs.values())]
    return Comparison(tuple(_in_order(before, found, pairs, dropped)))


def _asked(template: Template) -> dict[str, Question]:
    return {name: each for name, each in template.questions.items() if each.answerable}


def _alike(before: Mapping[str, Question], after: Mapping[str, Question]) -> dict[str, str]:
    """Newer name → older name, for the questions that share no name: the same words first, then words that are like."""
    gone = {name: each for name, each in before.items() if name not in after}
    come = {name: each for name, each in after.items() if name not in before}
    pairs: dict[str, str] = {}
    same = {_asking(each): name for name, each in reversed(gone.items())}
    for name, new in come.items():
        if (old_name := same.pop(_asking(new), "")) in gone:
            pairs[name] = old_name
            del gone[old_name]
    left = [new for name, new in come.items() if name not in pairs][:MOST_COMPARED]
    likely = [
        (ratio, -new.number, new.name, old.name)
        for new in left
        for old in list(gone.values())[:MOST_COMPARED]
        if old.kind == new.kind and old.role == new.role and (ratio := _likeness(old.label, new.label)) >= LIKE
    ]
    for _, _, new_name, old_name in sorted(likely, reverse=True):
        if new_name not in pairs and old_name in gone:
            pairs[new_name] = old_name
            del gone[old_name]
    return pairs


def _asking(question: Question) -> tuple[str, str, str]:
    return (question.kind, question.role, question.label.casefold())


def _likeness(old: str, new: str) -> float:
    """difflib's ratio of two wordings, whatever their case; 0.0 as soon as its cheap bounds rule LIKE out."""
    matcher = SequenceMatcher(None, old.casefold(), new.casefold(), autojunk=False)
    if matcher.real_quick_ratio() < LIKE or matcher.quick_ratio() < LIKE:
        return 0.0
    return matcher.ratio()


def _moved(before: Mapping[str, Question], after: Mapping[str, Question], pairs: Mapping[str, str]) -> set[str]:
    """The newer names that stand in another section, or out of the order the rest kept."""
    old_order = [name for name in before if name in set(pairs.values())]
    new_order = [pairs[name] for name in after if name in pairs]
    matcher = SequenceMatcher(None, old_order, new_order, autojunk=False)
    kept = {name for start, _, size in matcher.get_matching_blocks() for name in old_order[start : start + size]}
    return {new for new, old in pairs.items() if old not in kept or before[old].section != after[new].section}


def _compared(old: Question | None, new: Question, *, moved: bool, with_section: bool) -> Compared:
    """`with_section`: its section is asked under another condition."""
    if old is None:
        return Compared(None, new, ("added",), 0.0)
    told = {
        "renamed": old.name != new.name,
        "moved": moved,
        "reworded": (old.label, old.hint, old.guidance) != (new.label, new.hint, new.guidance),
        "type": old.kind != new.kind,
        "choices": old.choices != new.choices,
        "conditions": with_section or _conditions(old) != _conditions(new),
        "links": _links(old) != _links(new),
    }
    likeness = 1.0 if old.name == new.name else _likeness(old.label, new.label)
    return Compared(old, new, tuple(change for change, so in told.items() if so), likeness)


def _conditions(question: Question) -> tuple[object, ...]:
    return (question.required, question.relevant, question.constraint)


def _links(question: Question) -> tuple[object, ...]:
    about = (question.judged, question.role, question.early_help, question.outcomes, question.regional_point)
    return (*about, question.standard, question.task_if, question.task, question.task_for)


def _in_order(
    before: Mapping[str, Question], found: Mapping[str, Compared], pairs: Mapping[str, str], dropped: Sequence[str]
) -> Iterator[Compared]:
    follows = dict(pairwise(before))
    after_old = {old: new for new, old in pairs.items()}

    def gone_after(name: str) -> Iterator[Compared]:
        while (name := follows.get(name, "")) in dropped:
            yield Compared(before[name], None, ("dropped",), 0.0)

    first = next(iter(before), "")
    if first in dropped:
        yield Compared(before[first], None, ("dropped",), 0.0)
        yield from gone_after(first)
    for name, compared in found.items():
        yield compared
        if name in pairs and after_old[pairs[name]] == name:
            yield from gone_after(pairs[name])

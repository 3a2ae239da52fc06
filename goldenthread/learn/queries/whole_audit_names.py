"""One audit without names: a pseudonym for the file's reference, and the part each person had in it for her name.

What people wrote may name others whom no row knows. So the words of a version without names still have to be read
before they leave the council, and the document says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from goldenthread.audit.models import Part
from goldenthread.learn.queries.whole_audit_facts import WholeAudit, rewritten

ROLES = {
    "auditor": "the auditor",
    "co_auditor": "the second auditor",
    "moderator": "the moderator",
    "practitioner": "the practitioner",
}
SHORTEST = 3  # letters of one word of a name that is replaced by itself


def without_names(whole: WholeAudit, parts: Iterable[Part], alias: Callable[[str], str] | None) -> WholeAudit:
    """The facts with every name that the rows know replaced, where `alias` is given; as they are otherwise."""
    if alias is None:
        return whole
    pseudonym = alias(whole.reference)
    names = dict(_roles(whole, parts))
    names |= {name: f"person {place}" for place, name in enumerate(_others(whole, names), start=1)}
    places = {whole.team: "the team", whole.service: "the service", whole.reference: pseudonym}
    return replace(
        rewritten(whole, _replacing(names, {place: said for place, said in places.items() if place})),
        replaced=True,
    )


def _roles(whole: WholeAudit, parts: Iterable[Part]) -> Iterator[tuple[str, str]]:
    for part in parts:
        people = [person.name for person in part.people.all()]
        for place, name in enumerate(people, start=1):
            yield name, ROLES.get(part.kind, "a member of the group") + (f" {place}" if len(people) > 1 else "")
    if whole.practitioner:
        yield whole.practitioner, ROLES["practitioner"]


def _others(whole: WholeAudit, known: dict[str, str]) -> list[str]:
    """Whoever else is named: who acted, owns a task, signed, challenged or gave a grade; in order of appearance."""
    named = [
        *(one.by for one in whole.trail), *(task.owner for task in whole.tasks),
        *(one.by for one in whole.signed_off), *(one.by for one in whole.judged), whole.returned_by,
        *(by for one in whole.moderated for _, by, _, _ in one.events),
    ]  # fmt: skip
    return [name for name in dict.fromkeys(named) if name and name not in known]


def _replacing(names: dict[str, str], places: dict[str, str]) -> Callable[[str], str]:
    """Whole names first, the longest of them before others; then each word of a person's name by itself."""
    said = {word: role for name, role in names.items() for word in name.split() if len(word) >= SHORTEST}
    said |= names | places
    longest_first = sorted(said, key=lambda name: (-len(name), name))
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b") if said else None
    return lambda text: pattern.sub(lambda found: said[found[0]], text) if pattern else text

"""What every chapter of a pack writes with: the archive, who is who, pseudonyms for references, a mask for words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from goldenthread.learn.models import Pack
from goldenthread.learn.packing import html
from goldenthread.learn.packing.archive import Archive
from goldenthread.learn.packing.people import Known, known
from goldenthread.learn.packing.scope import Scope
from goldenthread.learn.pseudonym_key import pseudonyms
from goldenthread.learn.queries.whole_audit_facts import rewritten
from goldenthread.method.masking import Masker, References
from goldenthread.method.pseudonyms import Pseudonyms
from goldenthread.people.models import Person
from goldenthread.select.models import CaseLine, DrawnCase

UP = "Back to the pack’s first page"


@dataclass(frozen=True, slots=True)
class Part:
    """A line of the pack's index: where it leads, and a sentence on what is there."""

    title: str
    href: str
    said: str


@dataclass(frozen=True)
class Hand:
    """`tick` says that one more thing is done. With `named`, references and names are as they are."""

    scope: Scope
    archive: Archive
    known: Known
    masker: Masker
    aliases: Pseudonyms
    every: dict[str, str]
    names: dict[int, str]
    tick: Callable[[], None]

    @property
    def named(self) -> bool:
        return self.scope.pack.named

    def alias(self, reference: str) -> str:
        return reference if self.named else self.aliases.of(reference)

    def who(self, person: int | None) -> str:
        """Somebody by her id: her role in this pack, or her name."""
        return (self.names if self.named else self.known.by_id).get(person or 0, "")

    def said(self, value: Any, own: Iterable[str] = ()) -> Any:
        """Facts, or one text, as they may stand in this pack. `own`: the references of the case they are about."""
        if self.named:
            return value
        references = References(tuple(filter(None, own)), self.every, self.alias)
        return rewritten(value, lambda text: self.masker.mask(text, references))

    def page(self, name: str, title: str, body: Iterable[str]) -> None:
        with self.archive.entry(name) as file:
            file.text(html.page(title, body, up=UP, depth=name.count("/")))


def purpose_of(pack: Pack) -> str:
    """Each pack has its own pseudonyms, so that two packs cannot be joined by them."""
    return f"pack {pack.code}"


def hand(scope: Scope, archive: Archive, tick: Callable[[], None]) -> Hand:
    """What is needed once for a pack, read in a fixed number of statements."""
    authority, pack = scope.pack.authority_id, scope.pack
    who = known(authority)
    every: dict[str, str] = {}
    names: dict[int, str] = {}
    if pack.named:
        names = dict(Person.objects.filter(authority=authority).values_list("pk", "name"))
    else:
        for rows in (CaseLine.objects, DrawnCase.objects):
            found = rows.filter(authority=authority).order_by().values_list("ref", flat=True).distinct()
            every |= {ref.casefold(): ref for ref in found.iterator()}
    masker = Masker(who.by_name, who.others, who.plain, pack.cleared)
    return Hand(scope, archive, who, masker, pseudonyms(authority, purpose_of(pack)), every, names, tick)

"""Masking what could name somebody in words that people wrote: staff, references of cases, ways to reach a family.

It finds what a council's own lists know: every word of its staff's names, the references of its cases, and what looks
like an e-mail address, a telephone number or a postcode. It does not know children's and families' names: nothing in
the product holds them. So a person still reads what leaves; this makes that reading short.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

MASK = "▇"
SHORTEST = 3  # letters of a word that is a name however it is written; a shorter one only as the list has it

# Names that are ordinary words too. They are masked where they begin with a capital letter, and only there.
ALSO_WORDS = """
an art august bill bond brook brown carol church cook crook day dean dear drew east faith field ford frank
gene glad good grace grant gray green grey guy hall hand harmony heath hill holly hope house in iris ivy jack
joy june king knight lane law long love major mark marsh mason may miles mill miller moor more new noble north
pace page park patience pat penny pierce place poll pope price prudence ray read rich rob robin rock rose
rowan ruby sandy self sharp short skip south spring star steel stone street summer summers sue swift temple
town turner victor violet wade walker ward ware way well wells west white will wills winter winters wise wood
woods work young
"""
ORDINARY = frozenset(ALSO_WORDS.split())

WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
TOKEN = re.compile(r"\w+(?:[/.\-]\w+)*")
REACH = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # an e-mail address
    r"|(?<![\w.-])(?:\+44[ ()-]?\d|0\d)(?:[ ()-]?\d){8,9}(?![\w-])"  # a telephone's number
    r"|(?<![\w.-])\d{3}[ -]\d{3}[ -]\d{4}(?![\w-])"  # an NHS number as it is written
    r"|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"  # a postcode
)
RUNS = re.compile(rf"{MASK}(?:[ -]{MASK})+")


@dataclass(frozen=True, slots=True)
class References:
    """What stands for a case's reference in a text. `own`: of the case the text is about, whatever they look like;
    `every`: of all the council's cases, case-folded → as listed; `alias`: what stands for one.
    """

    own: tuple[str, ...]
    every: Mapping[str, str]
    alias: Callable[[str], str]

    def standing_for(self, token: str) -> str | None:
        """None where the token is no reference. One of two letters or figures is taken for one only where it is own."""
        folded = token.casefold()
        known = next((each for each in self.own if each.casefold() == folded), None)
        if known is None and len(token) >= SHORTEST:
            known = self.every.get(folded)
        return self.alias(known) if known is not None else None

    @property
    def spaced(self) -> list[str]:
        """The case's own references that are no single token, the longest first."""
        return sorted((each for each in self.own if each and not TOKEN.fullmatch(each)), key=len, reverse=True)


class Masker:
    """Masks texts and counts what it masked, by the word.

    `roles`: a whole name → who that is ("Auditor 3"); a text that is nothing but such a name becomes it. `names`:
    further whole names. `plain`: texts that the product itself says, which are left alone. `cleared`: words a person
    looked at and said are no names.
    """

    def __init__(
        self,
        roles: Mapping[str, str],
        names: Iterable[str] = (),
        plain: Collection[str] = (),
        cleared: Iterable[str] = (),
    ) -> None:
        self.roles, self.plain = roles, frozenset(plain)
        self.cleared = frozenset(word.casefold() for word in cleared)
        self.hits: Counter[str] = Counter()
        every = {_bare(word) for name in (*roles, *names) for word in WORD.findall(name)}
        self._words = {word for word in every if len(word) > 1}
        self._folded = {word.casefold() for word in self._words if len(word) >= SHORTEST}

    def mask(self, text: str, references: References) -> str:
        """The text without names, and with pseudonyms for references.

        >>> known = References(("K12",), {}, "({})".format)
        >>> Masker({"Ada Quill": "Auditor 1"}).mask("Ada spoke of K12 to A. Quill.", known)
        '▇ spoke of (K12) to A. ▇.'
        """
        if not text or text in self.plain:
            return text
        if text in self.roles:
            return self.roles[text]
        for each in references.spaced:
            said = references.alias(each)
            text = re.sub(re.escape(each), lambda found: self._counted(found[0], said), text, flags=re.IGNORECASE)  # noqa: B023
        text = REACH.sub(self._masked, text)
        text = TOKEN.sub(lambda found: self._reference(found[0], references), text)
        return RUNS.sub(MASK, WORD.sub(self._without_names, text))

    def _reference(self, token: str, references: References) -> str:
        known = references.standing_for(token)
        return token if known is None else self._counted(token, known)

    def _masked(self, found: re.Match[str]) -> str:
        return self._counted(found[0], MASK)

    def _without_names(self, found: re.Match[str]) -> str:
        bare = _bare(found[0])
        return self._counted(bare, MASK, found[0]) if self._is_name(bare) else found[0]

    def _is_name(self, word: str) -> bool:
        folded = word.casefold()
        if folded in ORDINARY and not word[0].isupper():
            return False
        return word in self._words or folded in self._folded

    def _counted(self, word: str, instead: str, whole: str = "") -> str:
        if word.casefold() in self.cleared:
            return whole or word
        self.hits[word.casefold()] += 1
        return instead


def _bare(word: str) -> str:
    """A word with plain apostrophes and without the one that says whose: "O’Hara’s" is O'Hara."""
    plain = word.replace("’", "'")
    return plain[:-2] if plain.casefold().endswith("'s") else plain.removesuffix("'")

"""Patterns for `regex( )`, matched in time that grows with the text and never faster.

Python's own `re` tries alternatives one after the other, so that a pattern a council wrote, such as (a+)+b, could
keep a page busy for years. Here all alternatives are followed at once (Thompson 1968; Cox,
https://swtch.com/~rsc/regexp/regexp1.html).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from goldenthread.method.refusal import Refused

LONGEST = 200  # characters of a pattern
DEEPEST = 10  # brackets within brackets
MOST_STEPS = 500  # of building the machine a pattern becomes: a{3} is three
LONGEST_TEXT = 1_000  # characters; nothing longer matches

Ranges = tuple[tuple[str, str], ...]
_CLASSES: dict[str, Ranges] = {
    "d": (("0", "9"),),
    "w": (("a", "z"), ("A", "Z"), ("0", "9"), ("_", "_")),
    "s": ((" ", " "), ("\t", "\r")),
}
_OTHERS = {"n": "\n", "t": "\t", "r": "\r"}
_SPECIAL = set("()[]{}*+?|^$.\\")


@dataclass(frozen=True, slots=True)
class _One:
    """A single character within, or (`but`) without, some ranges."""

    ranges: Ranges
    but: bool = False

    def takes(self, character: str) -> bool:
        return any(low <= character <= high for low, high in self.ranges) != self.but


@dataclass(frozen=True, slots=True)
class _Sequence:
    parts: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Either:
    parts: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Repeat:
    part: _Node
    least: int
    most: int | None


_Node = _One | _Sequence | _Either | _Repeat


class Pattern:
    """A machine of steps: each takes one character and goes on, or (None) leads to others at once. 0 is the end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.steps: list[tuple[_One | None, tuple[int, ...]]] = [(None, ())]
        self.built = 0
        self.start = self._built(_Reader(text).whole(), 0)

    def matches(self, text: str) -> bool:
        """Whether the whole text is what the pattern asks."""
        if len(text) > LONGEST_TEXT:
            return False
        at = self._reached([self.start])
        for character in text:
            at = self._reached(
                [after[0] for step in at for one, after in [self.steps[step]] if one and one.takes(character)]
            )
        return 0 in at

    def _reached(self, steps: list[int]) -> set[int]:
        reached: set[int] = set()
        while steps:
            step = steps.pop()
            if step not in reached:
                reached.add(step)
                one, after = self.steps[step]
                if one is None:
                    steps.extend(after)
        return reached

    def _built(self, node: _Node, after: int) -> int:
        """The step at which `node` begins, when `after` is where it leads."""
        self.built += 1
        if self.built > MOST_STEPS:
            raise Refused(f"The pattern “{self.text}” repeats too much to be matched.")
        match node:
            case _One():
                return self._step(node, (after,))
            case _Sequence(parts):
                for part in reversed(parts):
                    after = self._built(part, after)
                return after
            case _Either(parts):
                return self._step(None, tuple(self._built(part, after) for part in parts))
            case _Repeat(part, least, most):
                return self._repeated(part, least, most, after)

    def _repeated(self, part: _Node, least: int, most: int | None, after: int) -> int:
        begin = after
        if most is None:
            begin = self._step(None, ())
            self.steps[begin] = (None, (self._built(part, begin), after))
        for _ in range((most or least) - least):
            begin = self._step(None, (self._built(part, begin), after))
        for _ in range(least):
            begin = self._built(part, begin)
        return begin

    def _step(self, one: _One | None, after: tuple[int, ...]) -> int:
        self.steps.append((one, after))
        return len(self.steps) - 1


@lru_cache(maxsize=256)
def pattern(text: str) -> Pattern:
    """A pattern, read. Raises Refused with one sentence for what is none, or is not of the part we support.

    >>> pattern("[A-Z]{2}[0-9]+").matches("AB123"), pattern("[A-Z]{2}[0-9]+").matches("AB")
    (True, False)
    """
    return Pattern(text)


class _Reader:
    """Recursive descent over the characters of a pattern."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.depth = text, 0, 0
        if len(text) > LONGEST:
            raise Refused(f"A pattern of {len(text)} characters is too long; {LONGEST} is the most.")
        self.end = len(text)

    def whole(self) -> _Node:
        """The whole text must match in any case, so ^ at the front and $ at the end say nothing more."""
        if self.text.startswith("^"):
            self.at = 1
        if self.text.endswith("$") and not self.text.endswith("\\$"):
            self.end -= 1
        found = self.either()
        if self.at < self.end:
            raise self.refusal()
        return found

    def either(self) -> _Node:
        parts = [self.sequence()]
        while self.taken("|"):
            parts.append(self.sequence())
        return parts[0] if len(parts) == 1 else _Either(tuple(parts))

    def sequence(self) -> _Node:
        parts: list[_Node] = []
        while self.next() not in ("", "|", ")"):
            parts.append(self.repeated(self.one()))
        return _Sequence(tuple(parts))

    def repeated(self, part: _Node) -> _Node:
        for sign, least, most in (("*", 0, None), ("+", 1, None), ("?", 0, 1)):
            if self.taken(sign):
                return _Repeat(part, least, most)
        if not self.taken("{"):
            return part
        first = last = self.count()
        if self.taken(","):
            last = self.count() if self.next() != "}" else -1
        if not self.taken("}") or -1 < last < first:
            raise self.refusal()
        return _Repeat(part, first, None if last == -1 else last)

    def count(self) -> int:
        begin = self.at
        while self.next() and self.next() in "0123456789":
            self.at += 1
        if not 0 < self.at - begin < 4:
            raise self.refusal()
        return int(self.text[begin : self.at])

    def one(self) -> _Node:
        if self.taken("("):
            return self.group()
        if self.taken("["):
            return self.among()
        if self.taken("."):
            return _One((("\n", "\n"),), but=True)
        if self.taken("\\"):
            return self.escaped()
        if self.next() in _SPECIAL:
            raise self.refusal()
        self.at += 1
        return _One(((self.text[self.at - 1],) * 2,))

    def group(self) -> _Node:
        if self.taken("?") and not self.taken(":"):
            raise self.refusal()
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.refusal()
        found = self.either()
        if not self.taken(")"):
            raise self.refusal()
        self.depth -= 1
        return found

    def escaped(self) -> _One:
        letter = self.next()
        self.at += 1
        if letter.lower() in _CLASSES:
            return _One(_CLASSES[letter.lower()], but=letter.isupper())
        if letter in _OTHERS or (letter and letter.isascii() and not letter.isalnum()):
            return _One(((_OTHERS.get(letter, letter),) * 2,))
        self.at -= 1
        raise self.refusal()

    def among(self) -> _One:
        but, ranges = self.taken("^"), list[tuple[str, str]]()
        while not self.taken("]"):
            low = self.edge()
            if self.next() == "-" and not self.text.startswith("-]", self.at):
                self.at += 1
                low = ((self.single(low), self.single(self.edge())),)
                if low[0][1] < low[0][0]:
                    raise self.refusal()
            ranges.extend(low)
        if not ranges:
            raise self.refusal()
        return _One(tuple(ranges), but)

    def single(self, edge: Ranges) -> str:
        """The one character an end of a range is: a class such as \\d is none."""
        if len(edge) != 1 or edge[0][0] != edge[0][1]:
            raise self.refusal()
        return edge[0][0]

    def edge(self) -> Ranges:
        """What stands at one place within [ ]."""
        if self.taken("\\"):
            found = self.escaped()
            if found.but:
                raise self.refusal()
            return found.ranges
        if self.next() in ("", "["):
            raise self.refusal()
        self.at += 1
        return ((self.text[self.at - 1],) * 2,)

    def next(self) -> str:
        return self.text[self.at] if self.at < self.end else ""

    def taken(self, character: str) -> bool:
        if self.next() != character:
            return False
        self.at += 1
        return True

    def refusal(self) -> Refused:
        rest = self.text[self.at : self.end][:20]
        return Refused(f"The pattern “{self.text}” cannot be read from {f'“{rest}” on' if rest else 'its end'}.")

"""Dice, read out before witnesses who do not make the draw."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from goldenthread.method.refusal import Refused

FEWEST_DICE = 20  # 6 to the 20th is over 2 to the 51st: more draws than anyone can try while the dice are rolling
FEWEST_WITNESSES = 2


def witnessed_dice(rolls: str, witnesses: Sequence[str], operator: Iterable[str] = ()) -> str:
    """The source text of dice read out before witnesses: `dice:3-1-6-…;witnesses:…`.

    `rolls` are the faces in the order they were read out, with spaces, commas or hyphens between them or nothing.
    `witnesses` are two or more, each as a post or initials ("Designated nurse", "Police DI"), since the text is
    published with the draw. `operator`: what whoever makes the draw is called: her name and her posts. Refused: fewer
    than 20 dice, a face that a die does not have, fewer than two different witnesses, a comma or semicolon in a
    witness's post, a witness who is the operator.

    >>> witnessed_dice("31625 44213 56612 34561", ["Designated nurse", "Police DI"])
    'dice:3-1-6-2-5-4-4-2-1-3-5-6-6-1-2-3-4-5-6-1;witnesses:Designated nurse,Police DI'
    """
    faces = re.sub(r"[\s,-]", "", rolls)
    present = [" ".join(witness.split()) for witness in witnesses if witness.strip()]
    faults = [*_dice_faults(faces), *_witness_faults(present, tuple(operator))]
    if faults:
        raise Refused(*faults)
    return f"dice:{'-'.join(faces)};witnesses:{','.join(present)}"


def is_operator(witness: str, operator: Iterable[str]) -> bool:
    """Whether a witness as typed is one of the things the operator is called, whatever the order, case or dots.

    >>> is_operator("HOLT  maya", ["Maya Holt"]), is_operator("Maya Hollis", ["Maya Holt"])
    (True, False)
    """
    return any(_words(witness) == _words(called) for called in operator)


def _words(text: str) -> list[str]:
    return sorted(re.findall(r"[^\W_]+", text.casefold()))


def _dice_faults(faces: str) -> list[str]:
    for place, face in enumerate(faces, start=1):
        if face not in "123456":
            return [f"Die {place} is {face!r}: a die shows 1, 2, 3, 4, 5 or 6."]
    if len(faces) < FEWEST_DICE:
        return [f"{len(faces)} dice were read out: at least {FEWEST_DICE} are needed."]
    return []


def _witness_faults(present: list[str], operator: tuple[str, ...]) -> list[str]:
    faults = [
        f"The witness {witness!r} has a comma or semicolon in it: give one post or one set of initials at a time."
        for witness in present
        if re.search("[,;]", witness)
    ]
    faults += [
        f"The witness {witness!r} is whoever makes this draw: a witness has to be somebody else."
        for witness in present
        if is_operator(witness, operator)
    ]
    different = len({witness.casefold() for witness in present})
    if different < FEWEST_WITNESSES:
        faults.append(f"At least {FEWEST_WITNESSES} different witnesses are needed: {different or 'none'} given.")
    return faults

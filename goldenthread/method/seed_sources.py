"""Where the seed of a draw comes from: something that nobody who could gain by the sample has in hand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from goldenthread.method.refusal import Refused

FEWEST_DICE = 20  # 6 to the 20th is over 2 to the 51st: more draws than anyone can try while the dice are rolling
FEWEST_WITNESSES = 2


def witnessed_dice(rolls: str, witnesses: Sequence[str]) -> str:
    """The source text of dice read out before witnesses: `dice:3-1-6-…;witnesses:…`.

    `rolls` are the faces in the order they were read out, with spaces, commas or hyphens between them or nothing.
    `witnesses` are two or more, each as a post or initials ("Designated nurse", "Police DI"), since the text is
    published with the draw. Refused: fewer than 20 dice, a face that a die does not have, fewer than two different
    witnesses, a comma or semicolon in a witness's post.

    >>> witnessed_dice("31625 44213 56612 34561", ["Designated nurse", "Police DI"])
    'dice:3-1-6-2-5-4-4-2-1-3-5-6-6-1-2-3-4-5-6-1;witnesses:Designated nurse,Police DI'
    """
    faces = re.sub(r"[\s,-]", "", rolls)
    present = [" ".join(witness.split()) for witness in witnesses if witness.strip()]
    faults = [*_dice_faults(faces), *_witness_faults(present)]
    if faults:
        raise Refused(*faults)
    return f"dice:{'-'.join(faces)};witnesses:{','.join(present)}"


def _dice_faults(faces: str) -> list[str]:
    for place, face in enumerate(faces, start=1):
        if face not in "123456":
            return [f"Die {place} is {face!r}: a die shows 1, 2, 3, 4, 5 or 6."]
    if len(faces) < FEWEST_DICE:
        return [f"{len(faces)} dice were read out: at least {FEWEST_DICE} are needed."]
    return []


def _witness_faults(present: list[str]) -> list[str]:
    faults = [
        f"The witness {witness!r} has a comma or semicolon in it: give one post or one set of initials at a time."
        for witness in present
        if re.search("[,;]", witness)
    ]
    different = len({witness.casefold() for witness in present})
    if different < FEWEST_WITNESSES:
        faults.append(f"At least {FEWEST_WITNESSES} different witnesses are needed: {different or 'none'} given.")
    return faults

"""Numbers that three or more people commit to before any of them is revealed: commit and reveal.

Each gives the digest of a secret number first. Once all have, each gives the number itself, which has to have that
digest. Nobody could choose hers knowing another's, and one number that nobody guessed is enough for the seed to be
chance. A number that is never revealed ends the draw; another begins under an id of its own, and both are on record.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from goldenthread.method.refusal import Refused

FEWEST_SHARERS = 3  # beside whoever makes the draw
FEWEST_DIGITS = 16  # ten to the 16th is over 2 to the 53rd: too many for anybody to try each one against the digest
MOST_DIGITS = 90


def secret_number(typed: str) -> str:
    """The digits of a number as typed, without the spaces, commas and hyphens between them.

    Refused: anything that is not a digit, fewer than 16 digits or more than 90, one digit over and over.

    >>> secret_number("2718 2818 2845 9045")
    '2718281828459045'
    """
    digits = re.sub(r"[\s,-]", "", typed)
    if not re.fullmatch("[0-9]+", digits):
        raise Refused("A secret number is made of the digits 0 to 9, with spaces between them if you like.")
    if not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
        raise Refused(f"The number has {len(digits)} digits: give from {FEWEST_DIGITS} to {MOST_DIGITS}.")
    if len(set(digits)) == 1:
        raise Refused("A number of one digit over and over is easily guessed: give another.")
    return digits


def commitment(secret: str, draw_id: str) -> str:
    """The hex SHA-256 of `{draw_id}|{secret}`: what is given before any number is revealed.

    The draw's id is in it, so that a digest given for one draw says nothing of another.

    >>> commitment("2718281828459045", "2026-Q4-1")[:16]
    '4614e12236dfd92f'
    """
    return hashlib.sha256(f"{draw_id}|{secret}".encode()).hexdigest()


def read_commitment(typed: str) -> str:
    """A digest that was worked out elsewhere, in small letters. Refused: anything but 64 hexadecimal digits.

    >>> read_commitment(" AB" * 32) == "ab" * 32
    True
    """
    digest = re.sub(r"\s", "", typed).lower()
    if not re.fullmatch("[0-9a-f]{64}", digest):
        raise Refused("A SHA-256 digest is 64 digits and letters from a to f: this is not one.")
    return digest


def revealed_shares(secrets: Mapping[str, str]) -> str:
    """The source text of numbers committed to and revealed: `shares:NAME=secret;NAME=secret;…`, by name.

    `secrets`: who → the number she revealed, each as `secret_number` gives it. A semicolon or equals sign in a name
    becomes a space. Refused: fewer than three people.

    >>> revealed_shares({"Grace Oyelaran": "222", "Ann Lee": "111", "Sunita Rao": "333"})
    'shares:Ann Lee=111;Grace Oyelaran=222;Sunita Rao=333'
    """
    if len(secrets) < FEWEST_SHARERS:
        raise Refused(f"At least {FEWEST_SHARERS} people have to reveal a number: {len(secrets) or 'none'} did.")
    plain = ((" ".join(re.sub("[;=]", " ", name).split()), secret) for name, secret in secrets.items())
    return "shares:" + ";".join(f"{name}={secret}" for name, secret in sorted(plain))

"""A round of a public beacon, named before it is out: drand's quicknet, whose signature is checked here, offline.

Every three seconds a league of organisations signs the number of the round together, so that none of them alone could
know or choose the signature; its digest is the round's randomness. Anybody can fetch a round, and the public key below
shows that it is the true one, so this server needs no connection of its own.

Source: https://docs.drand.love/docs/specification, scheme `bls-unchained-g1-rfc9380`: BLS signatures on the group G1
of BLS12-381, hashed to the curve as RFC 9380 says; the message of a round is SHA-256 of its number as 8 bytes,
big-endian.
"""

from __future__ import annotations

import hashlib
import re
import sys
from datetime import UTC, datetime, timedelta

from goldenthread.method.refusal import Refused

CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
PUBLIC_KEY = (
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
    "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
)
DOMAIN = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
GENESIS = datetime.fromtimestamp(1692803367, UTC)  # when round 1 came out
PERIOD = timedelta(seconds=3)
NOTICE = timedelta(minutes=10)  # between the freezing of a list and the round it is drawn with
LONGEST_NOTICE = timedelta(days=31)


def round_out_at(number: int) -> datetime:
    """When a round comes out. Refused: a number below 1.

    >>> round_out_at(1000).isoformat()
    '2023-08-23T15:59:24+00:00'
    """
    if number < 1:
        raise Refused(f"There is no round {number}: rounds are numbered from 1.")
    return GENESIS + (number - 1) * PERIOD


def round_after(moment: datetime) -> int:
    """The first round that comes out at this moment or after it.

    >>> round_after(round_out_at(1000)), round_after(round_out_at(1000) + timedelta(seconds=1))
    (1000, 1001)
    """
    return max(1, -((GENESIS - moment) // PERIOD) + 1)


def round_named(number: int, frozen_at: datetime) -> int:
    """The round that a list frozen at this moment is drawn with. Refused: one sooner than ten minutes later, or later
    than a month."""
    soonest, last = round_after(frozen_at + NOTICE), round_after(frozen_at + LONGEST_NOTICE)
    if number < soonest:
        raise Refused(
            f"Round {number} comes out too soon, or is out: nobody may know it when the list is frozen. "
            f"Give {soonest} or a later one."
        )
    if number > last:
        raise Refused(f"Round {number} comes out more than a month from now: give {last} or an earlier one.")
    return number


def signed_round(number: int, signature: str) -> str:
    """The source text of a round, from its signature as anybody can fetch it: `drand:<chain>:<round>:<randomness>`.

    `signature` is 96 hexadecimal digits. Takes a second or so. Refused: another shape, or not this round's signature.

    >>> signed_round(1000, "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125"
    ...     "e342b73a8dd2bacbe47e4b6b63ed5e39")[-8:]
    '30e54fdd'
    """
    signed = read_signature(signature)
    if not is_signed(number, bytes.fromhex(signed)):
        raise Refused(f"This is not the signature of round {number}. Fetch that round again and paste its signature.")
    return f"drand:{CHAIN}:{number}:{hashlib.sha256(bytes.fromhex(signed)).hexdigest()}"


def read_signature(typed: str) -> str:
    """A signature as pasted, in small letters. Refused: anything but 96 hexadecimal digits."""
    signature = re.sub(r"[\s\"']", "", typed).lower()
    if not re.fullmatch("[0-9a-f]{96}", signature):
        raise Refused("A signature of the beacon is 96 digits and letters from a to f: this is not one.")
    return signature


def is_signed(number: int, signature: bytes) -> bool:
    """Whether these 48 bytes are quicknet's signature of this round: e(signature, g2) = e(H(message), public key)."""
    # Takes half a second to import, and only a beacon's draw needs it. It lets Python call itself a hundred times as
    # deep, which it does not need: a file nested too deeply would then crash the server instead of being refused.
    depth = sys.getrecursionlimit()
    from py_ecc.bls.hash_to_curve import hash_to_G1  # noqa: PLC0415
    from py_ecc.bls.point_compression import decompress_G1, decompress_G2  # noqa: PLC0415
    from py_ecc.optimized_bls12_381 import G2, curve_order, is_inf, multiply, pairing  # noqa: PLC0415

    sys.setrecursionlimit(depth)
    try:
        point = decompress_G1(int.from_bytes(signature, "big"))  # type: ignore[arg-type]
    except ValueError:
        return False
    if is_inf(point) or not is_inf(multiply(point, curve_order)):
        return False
    key = bytes.fromhex(PUBLIC_KEY)
    public = decompress_G2((int.from_bytes(key[:48], "big"), int.from_bytes(key[48:], "big")))  # type: ignore[arg-type]
    message = hashlib.sha256(number.to_bytes(8, "big")).digest()
    return bool(pairing(G2, point) == pairing(public, hash_to_G1(message, DOMAIN, hashlib.sha256)))  # type: ignore[arg-type]

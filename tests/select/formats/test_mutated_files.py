"""Damaged files of every format, alone and as sets: read, or refused in sentences, in little memory."""

from __future__ import annotations

import resource
from contextlib import suppress
from random import Random

import pytest

from goldenthread.method.refusal import Refused
from goldenthread.select.formats import frame, read
from goldenthread.select.formats.model import Mapping, NamedBytes
from tests.select.formats.made_workbooks import children, workbook
from tests.select.formats.test_returns import ASSESSED, CLOSED, EPISODES, PLAN, census, child

XML903 = (
    b"<EXPSSDA903><CHILD><HEADER><CHILDID>1</CHILDID><DOB>01/01/2020</DOB></HEADER><EPISODE><DECOM>01/02/2024</DECOM>"
    b"<RNE>S</RNE><LS>C2</LS><PL>U4</PL><DEC></DEC></EPISODE></CHILD></EXPSSDA903>"
)
GOOD = {
    "annex-a.xlsx": workbook({6: children(3)}),
    "cases.csv": b"Child ID,Status,Team,Start Date,Age\n1,CIN,N,01/02/2024,4\n2,CP,S,,5\n",
    "census.xml": census(child("1", PLAN), child("2", ASSESSED), child("3", CLOSED)),
    "return.xml": XML903,
    "episodes.csv": (EPISODES + "1,01/02/2024,S,C2,N1,U1,,,\n2,02/02/2024,S,V4,N1,U1,03/03/2024,,\n").encode(),
    "header.csv": b"CHILD,SEX,DOB,ETHNIC,UPN\n1,1,01/02/2010,WBRI,\n2,2,01/02/2011,WBRI,\n",
    "sw.csv": b"CHILD,DOB,SW_ID,SW_DECOM,SW_DEC\n1,,SW1,01/02/2024,\n",
}
SETS = (
    ("annex-a.xlsx",),
    ("cases.csv",),
    ("census.xml",),
    ("return.xml",),
    ("episodes.csv", "header.csv", "sw.csv"),
    ("cases.csv", "census.xml", "return.xml"),
    ("census.xml", "episodes.csv", "header.csv"),
)
PIECES = (b"", b"<", b">", b"&a;", b"\x00", b"\xff\xfe", b",", b'"', b"\n", b"</Child>", b"<CHILD>", b"9" * 40, b"]]>")
MOST_MEMORY = 256 * 2**10  # kB beside what was held before


def mutated(data: bytes, chance: Random) -> bytes:
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice((0, 1, 1, 3, 20)))
        middle = chance.choice((*PIECES, chance.randbytes(2), data[start : start + 60] * 2))
        data = data[:start] + middle + data[end:]
    return data if chance.random() < 0.9 else data[: chance.randrange(len(data) + 1)]


def try_all(count: int, seed: int) -> None:
    chance = Random(seed)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for n in range(count):
        files = [NamedBytes(name, mutated(GOOD[name], chance)) for name in SETS[n % len(SETS)]]
        with suppress(Refused):
            frame(read(files), None, Mapping())
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_MEMORY


def test_no_damage_to_a_file_is_more_than_a_refusal() -> None:
    try_all(700, seed=1)


@pytest.mark.slow
def test_ten_thousand_damaged_files_are_read_or_refused() -> None:
    try_all(10_000, seed=2)

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.method import sampling
from goldenthread.method.case_list import read_list, verify
from goldenthread.method.quotas import quotas_in_proportion
from goldenthread.method.refusal import Refused
from goldenthread.method.sampling import Row, canonical_list, draw, list_digest, replacement
from goldenthread.method.seed_sources import witnessed_dice

# The published test vector of goldenthread-draw-1.
THIRTY = [(f"K{number:04d}", ("CLA", "CP", "DUTY")[number % 3]) for number in range(30)]
DIGEST = "0136b6b1d3b5de5e9ee223a8fe5a3ea482a2ba02f55a76707c5ce52272029e4b"
BEACON = (
    "drand:52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971:1000:"
    "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd"
)
SEED = "0dba05a78dcc9b65f2e703c852bca4d1d00cedc45c1ea6ffde74db07f91a41b6"
TWO_EACH = {"CLA": 2, "CP": 2, "DUTY": 2}

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6).filter(str.strip)
lists = st.dictionaries(
    texts, st.sampled_from(["CP", "CLA", 'Duty, "north"', "a\nb", "é / ü"]), min_size=1, max_size=12
)


def test_the_published_vector_is_drawn() -> None:
    record = draw(THIRTY, source=BEACON, draw_id="2026-Q4-1", quotas=TWO_EACH)

    assert (record.method, record.list_sha256, record.seed, record.quotas, record.selected) == (
        "goldenthread-draw-1",
        DIGEST,
        SEED,
        TWO_EACH,
        {"CLA": ["K0003", "K0024"], "CP": ["K0016", "K0007"], "DUTY": ["K0008", "K0023"]},
    )


def slow_draw(rows: Sequence[Row], source: str, draw_id: str, quotas: Mapping[str, int]) -> dict[str, object]:
    """The method as the published text has it, one step a line."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["ref", "stratum"])
    # csv.writer quotes a carriage return only where the line end holds one, so such refs are left to another test.
    writer.writerows(sorted(rows))
    digest = hashlib.sha256(text.getvalue().encode()).hexdigest()
    seed = hashlib.sha256(f"goldenthread-draw-1|{digest}|{source}|{draw_id}".encode()).hexdigest()
    order = sorted(rows, key=lambda row: hashlib.sha256(f"{seed}|{row[0]}".encode()).hexdigest())
    names = sorted({name for _, name in rows})
    by_name = {name: [ref for ref, of in order if of == name] for name in names}
    taken = {name: quotas.get(name, 0) for name in names}
    return {
        "method": "goldenthread-draw-1",
        "list_sha256": digest,
        "source": source,
        "draw_id": draw_id,
        "seed": seed,
        "quotas": taken,
        "selected": {name: refs[: taken[name]] for name, refs in by_name.items()},
        "reserves": {name: refs[taken[name] :] for name, refs in by_name.items()},
    }


@given(lists, st.data())
@settings(max_examples=150, deadline=None)
def test_the_draw_is_the_published_text_step_by_step(listed: dict[str, str], data: st.DataObject) -> None:
    rows = [(ref, name) for ref, name in listed.items() if "\r" not in ref]
    if not rows:
        return
    sizes = {name: sum(of == name for _, of in rows) for _, name in rows}
    quotas = {name: data.draw(st.integers(0, size)) for name, size in sizes.items()}

    record = draw(rows, source="dice:1-2", draw_id="Ü|1", quotas=quotas)

    assert record.as_json() == slow_draw(rows, "dice:1-2", "Ü|1", quotas)


@given(lists)
@settings(max_examples=150, deadline=None)
def test_a_canonical_list_reads_back_as_it_was(listed: dict[str, str]) -> None:
    assert read_list(canonical_list(listed.items()), name="list.csv") == sorted(listed.items())


def test_fields_are_quoted_only_where_they_must_be() -> None:
    rows = [("c,d", "x y"), ('a"b', "'x'"), ("e\rf", ";"), ("g\nh", "\t1"), ("ordinary", "é")]

    assert canonical_list(rows).decode() == ('ref,stratum\n"a""b",\'x\'\n"c,d",x y\n"e\rf",;\n"g\nh",\t1\nordinary,é\n')


def test_a_carriage_return_alone_is_reason_to_quote() -> None:
    assert canonical_list([("a\rb", "CP")]) == b'ref,stratum\n"a\rb",CP\n'


def test_the_order_of_the_rows_does_not_matter() -> None:
    assert canonical_list(reversed(THIRTY)) == canonical_list(THIRTY)


def test_one_byte_more_in_the_list_gives_another_seed() -> None:
    changed = draw([*THIRTY[:-1], ("K0029 ", "DUTY")], source=BEACON, draw_id="2026-Q4-1", quotas=TWO_EACH)

    assert changed.seed != SEED


def test_drawing_more_keeps_what_was_drawn() -> None:
    few = draw(THIRTY, source=BEACON, draw_id="1", quotas=TWO_EACH)
    more = draw(THIRTY, source=BEACON, draw_id="1", quotas={"CLA": 5, "CP": 2, "DUTY": 10})

    assert [few.selected[name] + few.reserves[name] for name in TWO_EACH] == [
        more.selected[name] + more.reserves[name] for name in TWO_EACH
    ]


def test_a_stratum_without_a_quota_is_all_reserves() -> None:
    record = draw(THIRTY, source=BEACON, draw_id="1", quotas={"CP": 1})

    assert (record.quotas, record.selected["CLA"], len(record.reserves["CLA"])) == (
        {"CLA": 0, "CP": 1, "DUTY": 0},
        [],
        10,
    )


def test_tickets_that_begin_alike_are_ordered_by_the_rest() -> None:
    """Eight equal bytes happen once in a million such draws; the order must hold then as well."""
    digests = [bytes(8) + bytes([last]) * 24 for last in (3, 1, 2)] + [bytes(32)]
    codes = np.array([0, 0, 0, 1])

    assert sampling._ticket_order(codes, digests).tolist() == [1, 2, 0, 3]


def test_tickets_that_differ_only_in_the_bits_the_stratum_displaces_are_ordered_by_them() -> None:
    digests = [number.to_bytes(8, "big") + bytes(24) for number in (700, 3, 512, 2)]
    codes = np.array([0, 0, 764, 0])

    assert sampling._ticket_order(codes, digests).tolist() == [3, 1, 0, 2]


def test_every_case_is_drawn_equally_often() -> None:
    """Chi-squared over 4,000 draws of 6 from 60: 59 degrees of freedom, 99.9 % point 98.3. The draws are fixed."""
    rows = [(f"K{number}", "all") for number in range(60)]
    drawn = dict.fromkeys((ref for ref, _ in rows), 0)
    for number in range(4000):
        for ref in draw(rows, source="dice:1", draw_id=str(number), quotas={"all": 6}).selected["all"]:
            drawn[ref] += 1

    # Six are drawn together, so the statistic is scaled by (60 − 1) / (60 − 6) to have 59 degrees of freedom.
    chi_squared = sum((count - 400) ** 2 / 400 for count in drawn.values()) * 59 / 54

    assert 30 < chi_squared < 98.3


@pytest.mark.parametrize(
    ("rows", "quotas", "sentences"),
    [
        ([], {}, ("The case list holds no case, so nothing can be drawn from it.",)),
        (
            [("K1", "CP"), ("K2", "CP"), ("K1", "CLA"), (" ", "CP")],
            {},
            ("Rows of the list without a case reference: 1.", "The case reference K1 stands in the list twice."),
        ),
        ([("K1", " ")], {}, ("The case K1 has no stratum.",)),
        ([("K1", "CP")], {"CLA": 1}, ("The list has no stratum 'CLA', so 1 cannot be drawn from it.",)),
        ([("K1", "CP")], {"CP": 2}, ("2 cannot be drawn from the stratum 'CP': it holds 1 in the list.",)),
        ([("K1", "CP")], {"CP": -1}, ("-1 cannot be drawn from the stratum 'CP': it holds 1 in the list.",)),
        (
            [("K\ud800", "CP")],
            {},
            (r"The text 'ref,stratum\nK\ud800,CP\n' holds a character that UTF-8 cannot write.",),
        ),
    ],
)
def test_what_cannot_be_drawn_is_refused(rows: list[Row], quotas: dict[str, int], sentences: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as refusal:
        draw(rows, source="dice:1", draw_id="1", quotas=quotas)

    assert refusal.value.sentences == sentences


def test_a_draw_without_source_and_id_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        draw(THIRTY, source=" ", draw_id="", quotas={})

    assert refusal.value.sentences == (
        "The draw needs the source of its seed, such as the dice that were read out.",
        "The draw needs an id of its own, such as 2026-Q4-1.",
    )


# --- replacement -------------------------------------------------------------------------------------------


def test_the_replacement_is_the_next_reserve_not_taken() -> None:
    record = draw(THIRTY, source=BEACON, draw_id="2026-Q4-1", quotas={"CLA": 8})
    first, second = record.reserves["CLA"]

    assert [replacement(record, "CLA", ()), replacement(record, "CLA", {first})] == [first, second]


def test_reserves_used_up_are_said_to_be() -> None:
    record = draw(THIRTY, source=BEACON, draw_id="2026-Q4-1", quotas={"CLA": 8})

    with pytest.raises(Refused, match="All 2 reserves of 'CLA' have been used: no case is left to take."):
        replacement(record, "CLA", record.reserves["CLA"])


def test_a_stratum_not_in_the_draw_has_no_replacement() -> None:
    with pytest.raises(Refused, match="Nothing was drawn from a stratum 'CIN', so it has no reserves."):
        replacement(draw(THIRTY, source=BEACON, draw_id="1", quotas={}), "CIN", ())


# --- verifying ---------------------------------------------------------------------------------------------


def the_record() -> dict[str, object]:
    record = draw(THIRTY, source=BEACON, draw_id="2026-Q4-1", quotas=TWO_EACH)
    return json.loads(json.dumps(record.as_json()))


LIST = canonical_list(THIRTY)


def test_a_true_record_follows() -> None:
    assert verify(the_record(), LIST) == ()


def test_a_true_record_follows_from_the_list_in_another_order_and_with_other_line_ends() -> None:
    header, *lines = LIST.splitlines()

    assert verify(the_record(), b"\xef\xbb\xbf" + b"\r\n".join([header, *reversed(lines)])) == ()


def test_a_record_without_its_quotas_follows() -> None:
    record = the_record()
    del record["quotas"]

    assert verify(record, LIST) == ()


def changed(**changes: object) -> dict[str, object]:
    return the_record() | changes


SELECTED = {"CLA": ["K0003", "K0024"], "CP": ["K0016", "K0007"], "DUTY": ["K0008", "K0023"]}


@pytest.mark.parametrize(
    ("record", "differences"),
    [
        (changed(list_sha256="00"), (f"The list's digest is {DIGEST}, but the record has 00.",)),
        (changed(seed="00"), (f"The seed that follows is {SEED}, but the record has 00.",)),
        (
            changed(quotas={"CLA": 1, "CP": 2, "DUTY": 2}),
            ("The record's quotas are not the numbers of cases it selected.",),
        ),
        (
            changed(selected=SELECTED | {"CP": ["K0007", "K0016"]}),
            ("selected, CP, place 1: the record has K0007, but K0016 follows.",),
        ),
        (changed(reserves={}), tuple(f"reserves, {name}: the record has 0 cases, but 8 follow." for name in TWO_EACH)),
        (changed(selected=SELECTED | {"X": ["K1"]}), ("The list has no stratum 'X', so 1 cannot be drawn from it.",)),
        (
            changed(method="mine"),
            ("The record's method is 'mine'; this checks 'goldenthread-draw-1' only.",),
        ),
        (changed(seed=5), ("The record's seed is missing or is not text.",)),
        (changed(selected=["K1"]), ("The record's selected is missing or is not lists of refs by stratum.",)),
        ([], ("The record is not a JSON object.",)),
    ],
)
def test_what_differs_is_said(record: dict[str, object], differences: tuple[str, ...]) -> None:
    assert verify(record, LIST) == differences


def test_another_source_changes_the_seed_and_every_stratum() -> None:
    differences = verify(changed(source="dice:1"), LIST)

    assert [sentence.split(",")[0] for sentence in differences][1:] == ["selected"] * 3 + ["reserves"] * 3


@pytest.mark.parametrize(
    ("data", "sentences"),
    [
        (b"ref;stratum\nK1;CP\n", ("list.csv, row 1: the header is 'ref;stratum'; it has to be 'ref,stratum'.",)),
        (b"", ("list.csv, row 1: the header is ''; it has to be 'ref,stratum'.",)),
        (b"ref,stratum\n", ("list.csv holds no case below its header.",)),
        (
            b"ref,stratum\nK1,CP\nK1,CLA\n,CP\nK2\nK3, \n",
            (
                "list.csv, row 3: the ref K1 stands in row 2 already.",
                "list.csv, row 4: the ref is blank.",
                "list.csv, row 5: ref and stratum are expected, and nothing else; the number of fields is 1.",
                "list.csv, row 6: the case K3 has no stratum.",
            ),
        ),
        (b"ref,stratum\nK1,\xff\n", ("list.csv, row 2: the text is not UTF-8; save the list as CSV UTF-8.",)),
        (b'ref,stratum\nK1,"CP\n', ("list.csv, row 2: this is not CSV: unexpected end of data.",)),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_by_row(data: bytes, sentences: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as refusal:
        read_list(data, name="list.csv")

    assert refusal.value.sentences == sentences


# --- quotas ------------------------------------------------------------------------------------------------


def nearest_whole_numbers(sizes: Mapping[str, int], total: int) -> int | Fraction:
    """Of all ways to share the total out, how near the nearest comes to exact proportion (sum of squares)."""
    shares = [Fraction(total * size, sum(sizes.values())) for size in sizes.values()]
    ways = product(*(range(size + 1) for size in sizes.values()))
    return min(_distance(way, shares) for way in ways if sum(way) == total)


def _distance(way: Sequence[int], shares: Sequence[Fraction]) -> int | Fraction:
    return sum((number - share) ** 2 for number, share in zip(way, shares, strict=True))


@given(st.lists(st.integers(1, 6), min_size=1, max_size=4), st.data())
@settings(max_examples=60, deadline=None)
def test_no_other_whole_numbers_are_nearer_to_proportion(counts: list[int], data: st.DataObject) -> None:
    sizes = {f"s{number}": count for number, count in enumerate(counts)}
    total = data.draw(st.integers(0, sum(counts)))

    quotas = quotas_in_proportion(sizes, total)

    shares = [Fraction(total * size, sum(counts)) for size in counts]
    assert _distance(list(quotas.values()), shares) == nearest_whole_numbers(sizes, total)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=8), st.integers(0, 3), st.data())
@settings(max_examples=150, deadline=None)
def test_nobody_gets_less_than_the_least_or_more_than_there_are(
    counts: list[int], at_least: int, data: st.DataObject
) -> None:
    sizes = {f"s{number}": count for number, count in enumerate(counts)}
    needed = sum(min(at_least, count) for count in counts)
    total = data.draw(st.integers(needed, sum(counts)))

    quotas = quotas_in_proportion(sizes, total, at_least=at_least)

    assert sum(quotas.values()) == total
    assert all(min(at_least, sizes[name]) <= quota <= sizes[name] for name, quota in quotas.items())


def test_equal_remainders_go_to_the_larger_stratum_then_by_name() -> None:
    assert (quotas_in_proportion({"a": 1, "b": 3}, 2), quotas_in_proportion({"b": 2, "a": 2}, 1)) == (
        {"a": 0, "b": 2},
        {"b": 0, "a": 1},
    )


def test_hamiltons_own_case() -> None:
    """The United States House of 1792: 120 seats by Hamilton's bill (Balinski and Young, Fair Representation)."""
    census = {
        "Virginia": 630_560, "Massachusetts": 475_327, "Pennsylvania": 432_879, "North Carolina": 353_523,
        "New York": 331_589, "Maryland": 278_514, "Connecticut": 236_841, "South Carolina": 206_236,
        "New Jersey": 179_570, "New Hampshire": 141_822, "Vermont": 85_533, "Georgia": 70_835, "Kentucky": 68_705,
        "Rhode Island": 68_446, "Delaware": 55_540,
    }  # fmt: skip

    assert list(quotas_in_proportion(census, 120).values()) == [21, 16, 14, 12, 11, 9, 8, 7, 6, 5, 3, 2, 2, 2, 2]


@pytest.mark.parametrize(
    ("total", "sentence"),
    [
        (3, "3 files are too few: the least of each of 2 strata comes to 4."),
        (8, "8 files cannot be drawn: the list holds 7."),
    ],
)
def test_a_total_that_cannot_be_met_is_refused(total: int, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        quotas_in_proportion({"CP": 3, "CLA": 4}, total, at_least=2)


# --- dice --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rolls", "witnesses", "sentences"),
    [
        ("3" * 19, ["Designated nurse", "Police DI"], ("19 dice were read out: at least 20 are needed.",)),
        ("3" * 20 + "7", ["Designated nurse", "Police DI"], ("Die 21 is '7': a die shows 1, 2, 3, 4, 5 or 6.",)),
        ("3" * 20, ["Police DI", " police  di", ""], ("At least 2 different witnesses are needed: 1 given.",)),
        (
            "3" * 20,
            ["Nurse, designated", "Police DI"],
            (
                "The witness 'Nurse, designated' has a comma or semicolon in it: "
                "give one post or one set of initials at a time.",
            ),
        ),
        (
            "",
            [],
            ("0 dice were read out: at least 20 are needed.", "At least 2 different witnesses are needed: none given."),
        ),
    ],
)
def test_dice_that_do_not_count_are_refused(rolls: str, witnesses: list[str], sentences: tuple[str, ...]) -> None:
    with pytest.raises(Refused) as refusal:
        witnessed_dice(rolls, witnesses)

    assert refusal.value.sentences == sentences


def test_the_digest_of_the_vectors_list() -> None:
    assert list_digest(LIST) == DIGEST

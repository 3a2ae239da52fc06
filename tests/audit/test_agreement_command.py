"""`goldenthread agreement` as an analyst types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shell import Run, shell

SCALE = "Outstanding,Good,RI,Inadequate"
ROWS = "item,first,second\nK1,Good,Good\nK2,Good,RI\nK3,Inadequate,Inadequate\nK4,Outstanding,RI\n"


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return shell(monkeypatch, capsys, "agreement")


def ratings(folder: Path, text: str) -> Path:
    path = folder / "ratings.csv"
    path.write_text(text)
    return path


def test_the_document_has_every_figure_with_its_interval(say: Run, tmp_path: Path) -> None:
    code, out, err = say(ratings(tmp_path, ROWS), "--scale", SCALE, "--json")
    answer = json.loads(out)

    assert (answer["pairs"], answer["exact"], answer["adjacent"], answer["shift_mean"]) == (4, 0.5, 0.75, 0.75)
    assert answer["matrix"] == [[0, 0, 1, 0], [0, 1, 1, 0], [0, 0, 0, 0], [0, 0, 0, 1]]
    assert set(answer["intervals"]) == {"exact", "adjacent", "shift_mean", "kappa_linear", "gwet_ac2"}


def test_a_person_reads_sentences(say: Run, tmp_path: Path) -> None:
    code, out, err = say(ratings(tmp_path, ROWS), "--scale", SCALE)

    assert "4 pairs, graded on the scale Outstanding, Good, RI, Inadequate" in out
    assert "The same grade: 50% (between 15% and 85% is plausible)" in out


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("item,first\nK1,Good\n", "ratings.csv, row 1: the column second is missing; the header is item, first."),
        (
            "item,first,second\nK1,Good,Fine\n",
            "ratings.csv, row 2, column second: 'Fine' is not on the scale; "
            "one of Outstanding, Good, RI, Inadequate is expected.",
        ),
        ("item,first,second\nK1,Good,\n", "ratings.csv, row 2, column second: this is blank; one of"),
        ("item,first,second\nK1,RI,RI\nK1,RI,RI\n", "column item: 'K1' stands in row 2 already; once is expected."),
        ("item,first,second\n,RI,RI\n", "row 2, column item: this is blank; what was graded is expected."),
        ("item,first,second\n", "ratings.csv holds no pair of grades below its header."),
        ('item,first,second\nK1,"RI\n', "this is not CSV"),
    ],
)
def test_what_is_wrong_is_said_with_its_row_and_column(say: Run, tmp_path: Path, text: str, sentence: str) -> None:
    code, out, err = say(ratings(tmp_path, text), "--scale", SCALE)

    assert (code, out) == (1, "")
    assert sentence in err


@pytest.mark.parametrize(("scale", "sentence"), [("Good", "has 1 grade"), ("A,B,A", "gives 'A' twice")])
def test_a_scale_that_is_none_is_refused(say: Run, tmp_path: Path, scale: str, sentence: str) -> None:
    code, out, err = say(ratings(tmp_path, ROWS), "--scale", scale)

    assert (code, out) == (1, "")
    assert sentence in err


def test_a_file_that_is_not_there_is_said(say: Run, tmp_path: Path) -> None:
    code, out, err = say(tmp_path / "none.csv", "--scale", SCALE)

    assert code == 1
    assert "cannot be read" in err

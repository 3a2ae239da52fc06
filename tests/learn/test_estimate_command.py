"""`goldenthread estimate` as an analyst types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.shell import Run, shell

API = Path(__file__).parents[1] / "method" / "data" / "apistrat.csv"
SIZES = "stype,N\nE,4421\nM,1018\nH,755\n"
FILES = "team,good,score,status\nA,yes,7,LAC\nA,no,4,CP\nA,yes,8,LAC\nB,no,3,CP\nB,yes,9,LAC\n"
TEAMS = "team,N\nA,30\nB,10\n"


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    return shell(monkeypatch, capsys, "estimate")


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.fixture
def ask(say: Run, tmp_path: Path):  # type: ignore[no-untyped-def]
    """The command on two texts; gives exit code, output and error."""

    def run(sample: str | bytes, population: str | bytes, *more: str, value: str = "good") -> tuple[int, str, str]:
        paths = written(tmp_path, "sample.csv", sample), written(tmp_path, "pop.csv", population)
        return say(paths[0], "--population", paths[1], "--stratum", "team", "--value", value, *more)

    return run


def test_the_published_example_is_rs(say: Run, tmp_path: Path) -> None:
    population = written(tmp_path, "pop.csv", SIZES)
    code, out, err = say(API, "--population", population, "--stratum", "stype", "--value", "api00", "--json")
    (found,) = json.loads(out)["estimates"]

    assert (code, err) == (0, "")
    assert set(found) == {"domain", "n", "N", "mean", "se", "low", "high", "method"}
    assert (found["domain"], found["n"], found["N"], found["method"]) == (None, 200, 6194, "t")
    assert [round(found[each], 4) for each in ("mean", "low", "high")] == [662.2874, 643.7322, 680.8425]
    assert round(found["se"], 6) == 9.408941


def test_every_domain_of_the_published_example_has_an_estimate(say: Run, tmp_path: Path) -> None:
    cases = "stype\n" + "E\n" * 4421 + "M\n" * 1018 + "H\n" * 755
    population = written(tmp_path, "pop.csv", cases)
    _, out, _ = say(
        API, "--population", population, "--stratum", "stype", "--value", "api00", "--domain", "sch_wide", "--json"
    )
    found = {each["domain"]: each for each in json.loads(out)["estimates"]}

    assert list(found) == ["No", "Yes"]
    assert [round(found["No"][each], 4) for each in ("mean", "se")] == [593.7469, 18.6192]
    assert (found["No"]["n"], found["Yes"]["n"]) == (48, 152)


@pytest.mark.parametrize(("yes", "no"), [("yes", "no"), ("1", "0"), ("TRUE", "False"), ("Y", "n")])
def test_yes_and_no_are_proportions(ask, yes: str, no: str) -> None:  # type: ignore[no-untyped-def]
    sample = "team,good\n" + f"A,{yes}\n" * 12 + f"A,{no}\n" * 18
    _, out, _ = ask(sample, "team,N\nA,300\n", "--json")
    answer = json.loads(out)

    assert (answer["proportion"], answer["estimates"][0]["mean"]) == (True, 0.4)
    assert answer["estimates"][0]["method"] == "logit"


def test_numbers_that_are_not_all_0_and_1_are_means(ask) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = ask(FILES, TEAMS, "--json", value="score")
    answer = json.loads(out)

    assert (answer["proportion"], answer["estimates"][0]["method"]) == (False, "t")


def test_a_person_reads_sentences(ask) -> None:  # type: ignore[no-untyped-def]
    sample = "team,good\n" + "A,yes\n" * 12 + "A,no\n" * 18 + "B,no\n"
    code, out, _ = ask(sample, "team,N\nA,300\nB,20\nC,7\n")

    assert code == 0
    assert "All: 37.5%, from 31 files for 320 cases; between" in out
    assert "is plausible (logit)." in out
    assert "Nothing is said of C (7): no file of it was read." in out
    assert "One file alone was read of B: how much it varies was taken from the others." in out


def test_a_domain_of_one_file_says_that_nothing_is_plausible_yet(ask) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = ask("team,score,of\nA,7,x\nA,4,y\nA,6,y\n", "team,N\nA,30\n", "--domain", "of", value="score")

    assert "x: 7, from 1 file for 10 cases; too few to say what is plausible for all of them." in out
    assert "y: 5, from 2 files for 20 cases; between" in out


def test_a_census_says_so(ask) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = ask("team,score\nA,7\nA,5\n", "team,N\nA,2\n", value="score")

    assert "All: 6, from 2 files for 2 cases; every one of them was read." in out


@pytest.mark.parametrize(
    ("sample", "population", "sentence"),
    [
        ("", TEAMS, "sample.csv is empty; a header and rows below it are expected."),
        (FILES, "\n \n", "pop.csv is empty; a header and rows below it are expected."),
        ("team,good\n", TEAMS, "sample.csv holds no file below its header."),
        (FILES, "team,N\n", "pop.csv holds no case below its header."),
        ("team,fine\nA,yes\n", TEAMS, "sample.csv, row 1: the column good is missing; the header is team, fine."),
        ("team,good,good\nA,yes,no\n", TEAMS, "sample.csv, row 1: the column good is there twice;"),
        (FILES, "unit,N\nA,30\n", "pop.csv, row 1: the column team is missing; the header is unit, N."),
        (
            "team,good\nA,yes\nA,perhaps\n",
            TEAMS,
            "sample.csv, row 3, column good: 'perhaps' is neither yes nor no; yes or no is expected.",
        ),
        (
            "team,good\nA,7\nA,7;5\n",
            TEAMS,
            "sample.csv, row 3, column good: '7;5' is not a number; a number, or yes or no, is expected.",
        ),
        ("team,good\nA,7\nA,\n", TEAMS, "sample.csv, row 3, column good: this is blank and is not a number;"),
        ("team,good\nA,7\nA,nan\n", TEAMS, "sample.csv, row 3, column good: 'nan' is not a number;"),
        ("team,good\nA,7\nA,1e999\n", TEAMS, "sample.csv, row 3, column good: this number is too large"),
        ("team,good\n,7\n", TEAMS, "sample.csv, row 2, column team: this is blank; the name of a stratum is expected."),
        (
            "team,good\nA,7\nZ,6\n",
            TEAMS,
            "sample.csv, row 3, column team: 'Z' is not in the population; one of A, B is expected.",
        ),
        (
            "team,good\nB,7\nB,6\n",
            "team,N\nA,30\nB,1\n",
            "sample.csv, row 3, column team: this is file 2 of 'B', but the population has 1 case of it; "
            "at most as many files are expected.",
        ),
        (FILES, "team,N\nA,many\nB,10\n", "pop.csv, row 2, column N: 'many' is not a whole number of cases;"),
        (FILES, "team,N\nA,-3\nB,10\n", "pop.csv, row 2, column N: '-3' is not a whole number of cases;"),
        (
            FILES,
            "team,N\nA,30\nA,31\nB,10\n",
            "pop.csv, row 3, column team: 'A' stands in row 2 already; with a column N, one row a stratum is expected.",
        ),
        (FILES, "team,N\n,30\n", "pop.csv, row 2, column team: this is blank; the name of a stratum is expected."),
        ("team,good\nA,yes,1\n", TEAMS, "sample.csv, row 2: it has 3 cells; 2 are expected, as in the header."),
        ('team,good\nA,"yes\n', TEAMS, "sample.csv, row 2: this is not CSV:"),
        ('"team,good\nA,yes\n', TEAMS, "sample.csv, row 1: this is not CSV:"),
        ("team,good\nA,Caf\xe9\n".encode("latin-1"), TEAMS, "sample.csv, row 2: the text is not UTF-8;"),
    ],
)
def test_what_is_wrong_is_one_sentence_with_its_row_and_column(  # type: ignore[no-untyped-def]
    ask, sample: str | bytes, population: str, sentence: str
) -> None:
    code, out, err = ask(sample, population)

    assert (code, out) == (1, "")
    assert sentence in err
    assert "Traceback" not in err


def test_a_blank_domain_is_a_fault(ask) -> None:  # type: ignore[no-untyped-def]
    code, _, err = ask("team,good,of\nA,yes,\n", TEAMS, "--domain", "of")

    assert code == 1
    assert "sample.csv, row 2, column of: this is blank; the name of a domain is expected." in err


def test_of_a_thousand_faults_fifty_are_said_and_the_rest_counted(ask) -> None:  # type: ignore[no-untyped-def]
    _, _, err = ask("team,good\n" + "A,x\n" * 1000, "team,N\nA,5000\n")

    assert len(err.strip().splitlines()) == 51
    assert "sample.csv: and 950 more faults." in err


def test_a_spreadsheets_byte_order_mark_and_empty_columns_do_no_harm(ask) -> None:  # type: ignore[no-untyped-def]
    code, _, err = ask(b"\xef\xbb\xbfteam,good\nA,yes,\nA,no,,\n\n", "stratum,N\nA,30\n")

    assert (code, err) == (0, "")


def test_a_file_that_is_not_there_is_said(say: Run, tmp_path: Path) -> None:
    code, _, err = say(
        tmp_path / "none.csv", "--population", tmp_path / "none.csv", "--stratum", "team", "--value", "x"
    )

    assert code == 1
    assert "none.csv cannot be read" in err

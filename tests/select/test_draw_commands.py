from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from goldenthread.method.sampling import canonical_list, draw
from tests.shell import Run, shell

pytestmark = pytest.mark.slow

VERIFIER = Path(__file__).parents[2] / "goldenthread" / "select" / "verifier.py"
THIRTY = [(f"K{number:04d}", ("CLA", "CP", "DUTY")[number % 3]) for number in range(30)]
DICE = "dice:3-1-6-2-5-4-4-2-1-3-5-6-6-1-2-3-4-5-6-1;witnesses:Designated nurse,Police DI"
NAMED = ["--source", DICE, "--draw-id", "2026-Q4-1"]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command as from the shell; gives exit code, standard output, standard error."""

    return shell(monkeypatch, capsys)


@pytest.fixture
def list_csv(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_bytes(canonical_list(THIRTY))
    return path


@pytest.fixture
def record_json(tmp_path: Path, list_csv: Path) -> Path:
    path = tmp_path / "record.json"
    record = draw(THIRTY, source=DICE, draw_id="2026-Q4-1", quotas={"CLA": 2, "CP": 2, "DUTY": 2})
    path.write_text(json.dumps(record.as_json()))
    return path


# --- draw --------------------------------------------------------------------------------------------------


def test_each_draws_that_many_from_every_stratum(run: Run, list_csv: Path) -> None:
    code, out, err = run("draw", list_csv, *NAMED, "--each", "2", "--json")

    follows = draw(THIRTY, source=DICE, draw_id="2026-Q4-1", quotas={"CLA": 2, "CP": 2, "DUTY": 2})
    assert (code, json.loads(out), err) == (0, follows.as_json(), "")


def test_quota_draws_from_the_strata_named(run: Run, list_csv: Path) -> None:
    code, out, _ = run("draw", list_csv, *NAMED, "--quota", "CLA=3", "--quota", "DUTY=1", "--json")

    assert (code, json.loads(out)["quotas"]) == (0, {"CLA": 3, "CP": 0, "DUTY": 1})


def test_a_stratum_may_have_an_equals_sign_in_its_name(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(canonical_list([("K1", "a=b")]))

    assert json.loads(run("draw", path, *NAMED, "--quota", "a=b=1", "--json")[1])["selected"] == {"a=b": ["K1"]}


def test_without_json_it_says_what_was_drawn(run: Run, list_csv: Path) -> None:
    record = draw(THIRTY, source=DICE, draw_id="2026-Q4-1", quotas={"CP": 2})

    assert run("draw", list_csv, *NAMED, "--quota", "CP=2")[1].splitlines() == [
        "Draw 2026-Q4-1 by goldenthread-draw-1",
        f"List {record.list_sha256}",
        f"Seed {record.seed}, from {DICE}",
        "CLA: none (and 10 in reserve)",
        f"CP: {', '.join(record.selected['CP'])} (and 8 in reserve)",
        "DUTY: none (and 10 in reserve)",
        "Add --out FILE to keep the record.",
    ]


def test_the_record_is_kept_where_asked(run: Run, list_csv: Path, record_json: Path, tmp_path: Path) -> None:
    assert run("draw", list_csv, *NAMED, "--each", "2", "--out", tmp_path / "kept.json")[0] == 0

    assert json.loads((tmp_path / "kept.json").read_bytes()) == json.loads(record_json.read_bytes())


def test_a_record_is_never_written_over(run: Run, list_csv: Path, record_json: Path) -> None:
    before = record_json.read_bytes()

    code, out, err = run("draw", list_csv, *NAMED, "--each", "1", "--out", record_json)

    assert (code, out, err) == (1, "", f"{record_json} is there already; a draw is kept and not written over.\n")
    assert record_json.read_bytes() == before


def test_each_takes_all_where_there_are_fewer_and_says_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(canonical_list([("K1", "CP"), ("K2", "CLA"), ("K3", "CLA")]))

    code, out, err = run("draw", path, *NAMED, "--each", "2", "--json")

    assert (code, json.loads(out)["quotas"]) == (0, {"CLA": 2, "CP": 1})
    assert err == "The stratum 'CP' holds 1, fewer than 2: all of them are drawn.\n"


def test_a_list_out_of_order_is_put_in_canonical_form_and_says_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "from excel.csv"
    path.write_bytes(b"\xef\xbb\xbfref,stratum\r\nK2,CP\r\nK1,CP\r\n")

    code, out, err = run("draw", path, *NAMED, "--each", "1", "--json")

    follows = draw([("K1", "CP"), ("K2", "CP")], source=DICE, draw_id="2026-Q4-1", quotas={"CP": 1})
    assert (code, json.loads(out)) == (0, follows.as_json())
    assert err == (
        "from excel.csv was not in canonical form (order, line ends, quotes or byte-order mark): "
        "its digest is taken of the canonical bytes.\n"
    )


@pytest.mark.parametrize(
    ("quota", "sentence"),
    [
        (["CP=11"], "11 cannot be drawn from the stratum 'CP': it holds 10 in the list.\n"),
        (["CIN=1"], "The list has no stratum 'CIN', so 1 cannot be drawn from it.\n"),
        (["CP=1", "CP=2"], "The stratum 'CP' has more than one --quota.\n"),
    ],
)
def test_a_quota_that_cannot_be_met_is_refused(run: Run, list_csv: Path, quota: list[str], sentence: str) -> None:
    words = [word for one in quota for word in ("--quota", one)]

    assert run("draw", list_csv, *NAMED, *words, "--json") == (1, "", sentence)


def test_a_bad_row_is_refused_by_file_and_row(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"ref,stratum\nK1,CP\nK1,CP\n")

    assert run("draw", path, *NAMED, "--each", "1") == (1, "", "list.csv, row 3: the ref K1 stands in row 2 already.\n")


def test_a_file_that_is_not_there_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "none.csv"

    assert run("draw", path, *NAMED, "--each", "1") == (1, "", f"{path} cannot be read: No such file or directory.\n")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--each", "2"],
        [*NAMED],
        [*NAMED, "--each", "-1"],
        [*NAMED, "--each", "two"],
        [*NAMED, "--quota", "CP"],
        [*NAMED, "--each", "1", "--quota", "CP=1"],
    ],
)
def test_wrong_usage_is_exit_2(run: Run, list_csv: Path, words: list[str]) -> None:
    code, out, _ = run("draw", list_csv, *words)

    assert (code, out) == (2, "")


# --- verify-draw -------------------------------------------------------------------------------------------


def test_a_true_record_is_exit_0(run: Run, record_json: Path, list_csv: Path) -> None:
    digest = json.loads(record_json.read_bytes())["list_sha256"]

    code, out, err = run("verify-draw", record_json, list_csv)

    assert (code, out, err) == (
        0,
        f"The record of draw 2026-Q4-1 follows from the list {digest} and its source.\n",
        "",
    )


def test_a_changed_record_is_exit_1_and_says_what_differs(run: Run, record_json: Path, list_csv: Path) -> None:
    record = json.loads(record_json.read_bytes())
    first, second = record["selected"]["CP"]
    record["selected"]["CP"] = [second, first]
    record_json.write_text(json.dumps(record))

    assert run("verify-draw", record_json, list_csv, "--json") == (
        1,
        "",
        f"selected, CP, place 1: the record has {second}, but {first} follows.\n",
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "{",
            "record.json is not JSON: Expecting property name enclosed in double quotes: line 1 column 2 (char 1).\n",
        ),
        ("5", "The record is not a JSON object.\n"),
    ],
)
def test_what_is_no_record_is_refused(run: Run, record_json: Path, list_csv: Path, text: str, sentence: str) -> None:
    record_json.write_text(text)

    assert run("verify-draw", record_json, list_csv) == (1, "", sentence)


def test_a_list_that_cannot_be_read_is_named(run: Run, record_json: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.csv"
    path.write_bytes(b"a,b\n")

    assert run("verify-draw", record_json, path) == (
        1,
        "",
        "other.csv, row 1: the header is 'a,b'; it has to be 'ref,stratum'.\n",
    )


# --- the stand-alone verifier ------------------------------------------------------------------------------


def stand_alone(record: Path, listed: Path) -> tuple[int, str]:
    done = subprocess.run([sys.executable, "-I", VERIFIER, record, listed], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_the_verifier_is_twenty_lines_and_knows_nothing_of_goldenthread() -> None:
    text = VERIFIER.read_text()

    assert (len(text.splitlines()) <= 20, "import goldenthread" in text, "from goldenthread" in text) == (
        True,
        False,
        False,
    )


def test_the_verifier_says_that_a_true_record_follows(record_json: Path, list_csv: Path) -> None:
    assert stand_alone(record_json, list_csv) == (0, "This record follows from this list and its source.\n")


@pytest.mark.parametrize("key", ["list_sha256", "source", "draw_id", "seed", "quotas", "selected", "reserves"])
def test_the_verifier_catches_a_change_of(key: str, record_json: Path, list_csv: Path) -> None:
    record = json.loads(record_json.read_bytes())
    if isinstance(record[key], str):
        record[key] += "0"
    else:
        record[key]["CP"] = 3 if key == "quotas" else record[key]["CP"][::-1]
    record_json.write_text(json.dumps(record))

    assert stand_alone(record_json, list_csv) == (1, "This record does NOT follow from this list and its source.\n")


def test_the_verifier_agrees_with_a_thousand_draws(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    listed, kept = tmp_path / "list.csv", tmp_path / "record.json"
    rows = [(f"é{number}, {'x' * (number % 3)}\r\n", f"status / team {number % 4}") for number in range(23)]
    listed.write_bytes(canonical_list(rows))
    monkeypatch.setattr(sys, "argv", ["verifier.py", str(kept), str(listed)])
    codes = []
    for number in range(1000):
        quotas = {f"status / team {team}": (number + team) % 6 for team in range(4)}
        kept.write_text(json.dumps(draw(rows, source=f"dice:{number}", draw_id="1", quotas=quotas).as_json()))
        with pytest.raises(SystemExit) as end:
            runpy.run_path(str(VERIFIER))
        codes.append(end.value.code)

    assert (codes, capsys.readouterr().out.count("follows")) == ([0] * 1000, 1000)

from __future__ import annotations

import json
from pathlib import Path

import pytest

from goldenthread.trail.models import Event
from tests import make
from tests.conftest import without_triggers
from tests.shell import shell

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    # A command hangs up when it ends; here it shares the test's own connection.
    monkeypatch.setattr("django.core.management.base.connections.close_all", lambda: None)

    return shell(monkeypatch, capsys, "trail")


def last() -> Event:
    make.council()
    found = Event.objects.order_by("seq").last()
    assert found is not None
    return found


def test_a_whole_trail_is_said_to_be_whole(run) -> None:
    event = last()

    code, out, err = run("verify", "--json")

    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "whole": True, "events": event.seq, "head": event.hash, "checkpoint": None, "breaks": []
    }  # fmt: skip
    assert run("verify") == (0, f"The trail is whole: {event.seq} events, head {event.hash}.\n", "")


def test_a_broken_trail_is_exit_1_and_names_the_first_break(run) -> None:
    seq = last().seq
    with without_triggers():
        Event.objects.filter(seq=seq).update(because="No reason.")
    sentence = f"Event {seq} is not what was recorded: its content has been changed."

    assert run("verify") == (1, "The trail is broken.\n", f"{sentence}\n")
    code, out, err = run("verify", "--json")
    assert (code, json.loads(out)["breaks"], err) == (1, [sentence], f"{sentence}\n")


def test_a_checkpoint_is_written_and_holds(run, tmp_path: Path) -> None:
    event, file = last(), tmp_path / "checkpoint.json"

    assert run("checkpoint", "--out", str(file)) == (0, f"{file}: {event.seq} events, head {event.hash}\n", "")
    written = json.loads(file.read_text())
    assert written == {"count": event.seq, "head": event.hash, "at": written["at"]}
    code, out, err = run("verify", "--checkpoint", str(file), "--json")
    assert (code, json.loads(out)["checkpoint"], err) == (0, written, "")


def test_a_tail_cut_off_is_shown_by_the_checkpoint(run, tmp_path: Path) -> None:
    seq, file = last().seq, tmp_path / "checkpoint.json"
    run("checkpoint", "--out", str(file))
    with without_triggers():
        Event.objects.filter(seq=seq).delete()
    at = json.loads(file.read_text())["at"]

    code, out, err = run("verify", "--checkpoint", str(file))

    assert (code, out, err) == (
        1,
        "The trail is broken.\n",
        f"The trail ends at event {seq - 1}; the checkpoint of {at} names {seq}.\n",
    )


def test_no_checkpoint_is_written_of_a_broken_trail(run, tmp_path: Path) -> None:
    seq, file = last().seq, tmp_path / "checkpoint.json"
    with without_triggers():
        Event.objects.filter(seq=seq).update(verb="approved")

    code, _, err = run("checkpoint", "--out", str(file))

    assert (code, file.exists(), err.splitlines()[0]) == (
        1,
        False,
        "The trail is broken, so no checkpoint is written.",
    )


@pytest.mark.parametrize("text", ["", "[]", '{"count": 3}', '{"count": "x", "head": "y", "at": "z"}', "\x00\xff"])
def test_a_file_that_is_no_checkpoint_is_refused_in_one_sentence(run, tmp_path: Path, text: str) -> None:
    file = tmp_path / "other.json"
    file.write_text(text)

    assert run("verify", "--checkpoint", str(file)) == (
        1,
        "",
        f"{file}: this is no checkpoint; expected the file that “goldenthread trail checkpoint” wrote.\n",
    )


def test_a_checkpoint_that_is_not_there_is_refused(run, tmp_path: Path) -> None:
    file = tmp_path / "none.json"

    assert run("verify", "--checkpoint", str(file)) == (
        1,
        "",
        f"{file}: this cannot be opened (No such file or directory).\n",
    )


@pytest.mark.parametrize("words", [[], ["verify", "--out", "x"], ["checkpoint"], ["mend"]])
def test_wrong_usage_is_exit_2(run, words: list[str]) -> None:
    code, out, err = run(*words)

    assert (code, out, "Traceback" in err) == (2, "", False)

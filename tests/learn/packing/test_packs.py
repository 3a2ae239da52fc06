"""An evidence pack: everything its maker may see of a year, a team or a file, and nobody named unless asked for."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import html5lib
import pytest

from goldenthread.audit.models import Audit
from goldenthread.learn.models import Pack
from goldenthread.learn.packing import making
from goldenthread.learn.services.packing import SILENT, made_in_background, path_of
from goldenthread.learn.services.packs import fetch_pack, look_behind, make_again, remove_old_packs
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from goldenthread.trail.models import Event
from tests import make
from tests.audit import moderating
from tests.learn.packing.packed import CANARY, asked, files, made, told, unzipped

pytestmark = pytest.mark.django_db


# --- what is in it --------------------------------------------------------------------------------------------


def test_a_pack_names_no_case_and_none_of_the_councils_people() -> None:
    told()
    pack = made()
    names = {word for person in Person.objects.all() for word in person.name.split() if len(word) > 2}
    leaks = {
        (name, word)
        for name, content in files(pack).items()
        if name != "README.txt"
        for word in {*names, "C001", "ann@family.org"}
        if word.casefold() in words(content)
    }

    assert leaks == set()
    assert any(CANARY.encode() in content for content in files(pack).values())
    assert {"carrow", "c001", "grace", "kwame"} <= pack.masked.keys()


def words(content: bytes) -> set[str]:
    text = content.decode("utf-8", errors="replace")
    for mark in "<>,.;:()\"'/|\\\n\r\t=-’“”":
        text = text.replace(mark, " ")
    return {word.casefold() for word in text.split()} | ({"ann@family.org"} if b"ann@family.org" in content else set())


def test_it_holds_what_was_planned_drawn_found_done_reported_and_the_trail() -> None:
    told()
    found = files(made())

    assert {
        "index.html", "planned.html", "drawn.html", "draws/0001/index.html", "draws/0001/cases.csv",
        "draws/0001/verifier.py", "found.html", "audits/0001.html", "done.html", "reported.html", "reports/0001.pdf",
        "reports/0001.json", "briefed.html", "inspections.html", "trail.html", "trail.csv", "checkpoint.json",
        "data.html", "data/audits.csv", "data/dictionary.csv", "manifest.json", "verify.py", "README.txt",
    } <= found.keys()  # fmt: skip
    assert "draws/0001/list.csv" not in found
    assert b"the same files came out" in found["draws/0001/index.html"]


def test_every_page_is_sound_html_with_a_language_a_title_and_no_script_or_outside_address() -> None:
    told()
    for name, content in files(made()).items():
        if name.endswith(".html"):
            html5lib.HTMLParser(strict=True).parse(content.decode())
            text = content.decode()
            assert 'lang="en-GB"' in text
            assert "<script" not in text
            assert "http://" not in text
            assert "https://" not in text


def test_the_same_case_has_the_same_pseudonym_on_its_page_and_in_the_data_and_another_in_another_pack() -> None:
    told()
    one, other = made(), made(scope="period")
    keys = [list(table(files(pack), "data/audits.csv"))[0]["case_key"] for pack in (one, other)]

    assert keys[0].encode() in files(one)["audits/0001.html"]
    assert keys[0] != keys[1]


def table(found: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(found[name].decode("utf-8-sig"), newline="")))


def test_a_named_pack_holds_the_draw_that_anybody_can_make_again(tmp_path: Path) -> None:
    told()
    to = unzipped(made(named=True, because="For the inspectors"), tmp_path)
    ran = run("verifier.py", "record.json", "list.csv", within=to / "draws" / "0001")

    assert ran.returncode == 0
    assert "C001" in (to / "audits" / "0001.html").read_text()
    assert "For the inspectors" in (to / "index.html").read_text()


def test_the_pack_checks_itself_and_finds_a_file_that_was_changed(tmp_path: Path) -> None:
    told()
    to = unzipped(made(), tmp_path)
    whole = run("verify.py", within=to)
    (to / "trail.csv").write_text("nothing happened")
    (to / "more.txt").write_text("x")
    changed = run("verify.py", within=to)

    assert (whole.returncode, whole.stdout.startswith("All ")) == (0, True)
    assert changed.returncode == 1
    assert changed.stdout.splitlines() == ["trail.csv is not what was packed", "more.txt was not in the pack"]


def run(*command: str, within: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], cwd=within, capture_output=True, text=True, check=False, timeout=60
    )


def test_the_manifest_lists_every_other_file() -> None:
    told()
    pack = made()
    found = files(pack)
    listed = json.loads(found["manifest.json"])

    assert {each["name"] for each in listed["files"]} == found.keys() - {"manifest.json"}
    assert (listed["pack"], listed["pseudonyms"]) == (pack.code, True)
    assert pack.sha256 == hashlib.sha256(path_of(pack).read_bytes()).hexdigest()


# --- who sees what --------------------------------------------------------------------------------------------


def test_a_file_she_grades_blind_is_left_out_and_the_pack_says_so() -> None:
    audit = moderating.audit()
    blind = moderating.allotted(audit, moderating.who_reads_everything())
    pack = made(blind, scope="period")
    found = files(pack)

    assert "audits/0001.html" not in found
    assert any(
        sentence.startswith("1 file is left out because") and "grading it" in sentence for sentence in pack.left_out
    )
    assert b"1 file is left out because" in found["index.html"]
    assert table(found, "data/judgements.csv") == []
    assert not any(f",{audit.pk}," in line for line in found["trail.csv"].decode().splitlines() if ",audit," in line)


def test_a_team_manager_has_what_came_back_to_her_team_and_the_pack_says_what_is_left_out() -> None:
    audit = told()
    pack = made(make.council().rafiq, scope="team", team=audit.team)
    found = files(pack)

    assert "audits/0001.html" in found
    assert found.keys().isdisjoint({"drawn.html", "planned.html", "trail.csv", "data.html", "inspections.html"})
    assert "The draws are left out: they are not open to Team Manager, Duty 2." in pack.left_out


def test_a_team_manager_has_nothing_of_a_file_that_did_not_come_back() -> None:
    held = make.drawn_session(1, cases=[make.Line("C001")])
    audit = make.submitted_audit(make.audit(held))
    pack = made(make.council().rafiq, scope="team", team=audit.team)

    assert "audits/0001.html" not in files(pack)
    assert "1 file is left out because they were not returned to the team." in pack.left_out


def test_a_pack_of_one_audit_holds_that_audit() -> None:
    audit = told()
    pack = made(scope="audit", audit=audit)
    found = files(pack)

    assert [name for name in found if name.startswith("audits/")] == ["audits/0001.html"]
    assert {row["audit_id"] for row in table(found, "data/answers.csv")} == {audit.code}
    assert {row["thing"] for row in table(found, "trail.csv")} <= {"audit", "return", "task", "moderation"}


@pytest.mark.parametrize(
    ("who", "how", "why"),
    [
        ("ffion", {}, "made by the Quality Assurance Unit, directors and managers"),
        ("rafiq", {}, "A pack of the whole council"),
        ("rafiq", {"scope": "team"}, "Choose one of your own teams"),
        ("helena", {"named": True, "because": "For the board"}, "Quality Assurance Unit only"),
        ("maya", {"named": True, "because": "why"}, "Say why the names"),
        ("maya", {"ends_on": None}, "Give the first and the last day"),
        ("maya", {"scope": "audit"}, "There is no finished audit"),
    ],
)
def test_what_may_not_be_asked_for_is_refused_and_nothing_is_made(who: str, how: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        asked(getattr(make.council(), who), **how)

    assert not Pack.objects.exists()


# --- making it once, whole or not at all ----------------------------------------------------------------------


def test_asked_for_twice_it_is_one_pack() -> None:
    told()

    assert asked() == asked()
    assert Pack.objects.count() == 1


def test_a_pack_that_fails_offers_nothing_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    told()
    pack = asked()

    def breaks(*args: Any) -> None:
        raise OSError("No space left on device: C001")

    monkeypatch.setattr(making, "CHAPTERS", (*making.CHAPTERS, breaks))
    made_in_background(pack.pk, lambda: make.NOW, make.DAY)
    pack.refresh_from_db()

    assert (pack.state, pack.fault[:26]) == ("failed", "The pack could not be made")
    assert list(path_of(pack).parent.glob(f"*{pack.code}*")) == []
    with pytest.raises(Refused, match="not there to be fetched"):
        fetch_pack(by=make.council().maya, pack=pack, now=make.NOW)


def test_a_maker_that_was_killed_is_followed_by_another_and_a_living_one_is_left_alone() -> None:
    told()
    pack = asked()
    Pack.objects.filter(pk=pack.pk).update(state="making", heard=make.NOW)
    path_of(pack).parent.mkdir(exist_ok=True)
    path_of(pack).with_name(f".{pack.code}.zip.part").write_bytes(b"half")
    soon, later = make.NOW + SILENT / 2, make.NOW + SILENT * 2

    assert made_in_background(pack.pk, lambda: soon, make.DAY) == "in other hands"
    assert not path_of(pack).exists()
    assert made_in_background(pack.pk, lambda: later, make.DAY) == "ready"
    assert made_in_background(pack.pk, lambda: later, make.DAY) == "in other hands"


def test_its_progress_is_kept_as_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    told()
    pack, seen = asked(), []

    def look(*args: Any) -> None:
        pack.refresh_from_db()
        seen.append((pack.state, pack.total > 0))

    monkeypatch.setattr(making, "CHAPTERS", (*making.CHAPTERS, look))
    made_in_background(pack.pk, lambda: make.NOW, make.DAY)

    assert seen == [("making", True)]


def test_fetching_it_is_on_the_trail() -> None:
    told()
    pack = made()
    fetch_pack(by=make.council().maya, pack=pack, now=make.NOW)

    assert list(Event.objects.filter(thing="pack").order_by("seq").values_list("verb", flat=True)) == [
        "asked for", "made", "downloaded",
    ]  # fmt: skip


def test_it_is_removed_after_its_days_and_one_that_nobody_makes_is_given_up() -> None:
    told()
    pack, waiting = made(), asked(scope="period")
    removed = remove_old_packs(now=make.NOW + timedelta(days=29))
    kept = path_of(pack).exists()
    later = remove_old_packs(now=make.NOW + timedelta(days=31))
    pack.refresh_from_db()
    waiting.refresh_from_db()

    assert (removed, kept, later) == ((0, 1), True, (1, 0))
    assert (pack.state, path_of(pack).exists(), waiting.state) == ("gone", False, "failed")


# --- masks and pseudonyms -------------------------------------------------------------------------------------


def test_a_word_that_a_person_cleared_stands_in_the_pack_made_again() -> None:
    told()
    pack = made()
    again = make_again(by=make.council().maya, pack=pack, cleared=("kwame", "never masked"), now=make.NOW)
    made_in_background(again.pk, lambda: make.NOW, make.DAY)
    again.refresh_from_db()

    assert again.cleared == ["kwame"]
    assert b"Kwame" in files(again)["audits/0001.html"]
    assert "kwame" not in again.masked


def test_the_unit_finds_the_file_behind_a_pseudonym_for_a_reason_on_record() -> None:
    audit: Audit = told()
    pack = made()
    pseudonym = table(files(pack), "data/audits.csv")[0]["case_key"]
    maya = make.council().maya

    found = look_behind(by=maya, pack=pack, pseudonym=pseudonym.lower(), because="The inspector asks", now=make.NOW)
    with pytest.raises(Refused, match="No file of this pack"):
        look_behind(by=maya, pack=pack, pseudonym="A" * 10, because="The inspector asks", now=make.NOW)

    assert found == audit
    assert Event.objects.latest("seq").because == "The inspector asks"

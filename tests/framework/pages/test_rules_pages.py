"""The council's rules: versions, in plain words, and others adopted with every fault shown."""

from __future__ import annotations

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from goldenthread.framework.models import FrameworkVersion
from goldenthread.framework.showing import shipped_framework
from goldenthread.people.models import Person
from goldenthread.people.services import open_authority
from tests import make
from tests.browsing import faults, form_in, signed_in, statements, words

pytestmark = pytest.mark.django_db

FROM = {"from_day-day": "1", "from_day-month": "11", "from_day-year": "2026"}


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def founder() -> Person:
    return open_authority(
        name="Farwick Council", short_name="Farwick", username="una.stone", person_name="Una Stone", password=None,
        post={"kind": "qa_officer", "title": "Quality Assurance Officer", "quality_assurance": True}, now=make.NOW,
        on=make.BEGAN,
    )  # fmt: skip


def adopt(person: Person, text: str, name: str = "ours.toml"):
    file = SimpleUploadedFile(name, text.encode())
    return signed_in(person).post("/settings/frameworks/adopt/", FROM | {"file": file}, follow=True)


def test_the_rules_in_force_are_said_in_plain_words() -> None:
    page = words(signed_in(make.council().maya).get("/settings/frameworks/"))

    assert "File Audit Framework, version 1 In force 1 Nov 2009" in page
    assert "The practitioner does the tasks within 10 working days" in page
    assert "8 people × 5 files × 4 sessions each are 160 files a year; the target is 120, 40 fewer." in page


def test_each_version_can_be_read() -> None:
    here = make.council()

    assert "It can no longer be changed." in words(
        signed_in(here.maya).get(f"/settings/frameworks/{here.framework.pk}/")
    )


def test_changed_rules_become_the_next_version_from_their_day() -> None:
    here = make.council()

    page = words(adopt(here.maya, shipped_framework().replace("days = 10", "days = 15")))

    assert "File Audit Framework, version 2 is adopted, in force from 1 November 2026." in page
    assert "version 2 To come" in page
    assert "The practitioner does the tasks within 10 working days" in page


def test_every_fault_is_shown_with_its_line_and_nothing_is_kept() -> None:
    here = make.council()
    text = shipped_framework()
    rule = text.index("\ndays = 10", text.index("\n[returns]"))
    line = text[:rule].count("\n") + 2
    text = text[:rule] + text[rule:].replace("\ndays = 10", '\ndays = "ten"', 1)

    response = adopt(here.maya, text.replace("version = 1", "version = -1"))

    assert (response.status_code, FrameworkVersion.objects.count(), len(faults(response))) == (400, 1, 2)
    assert faults(response)[1].startswith(f"ours.toml, line {line}, returns.days: “ten” is given")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Framework file: the file is empty. Choose another."),
        (b'title = "\xff"\n', "ours.toml, line 1: is not UTF-8 text. Save it as UTF-8."),
        (b"#" * 600_000, "ours.toml: is larger than 512 KB, more than any framework needs."),
    ],
)
def test_what_is_no_framework_is_refused_in_one_sentence(content: bytes, said: str) -> None:
    file = SimpleUploadedFile("ours.toml", content)

    response = signed_in(make.council().maya).post("/settings/frameworks/adopt/", FROM | {"file": file})

    assert faults(response) == [said]


def test_the_same_rules_are_not_adopted_twice() -> None:
    response = adopt(make.council().maya, shipped_framework())

    assert faults(response) == ["This is the version already in use, word for word, so there is nothing to adopt."]


def test_a_new_council_adopts_what_is_shipped_with_one_button() -> None:
    client = signed_in(founder())
    page = client.get("/settings/frameworks/")

    assert "It has adopted none yet, so nothing can be arranged, drawn or audited." in words(page)
    done = client.post("/settings/frameworks/adopt-shipped/", form_in(page), follow=True)

    assert "File Audit Framework, version 1 is adopted, in force from today." in words(done)


def test_the_list_takes_the_same_statements_however_many_versions_there_are() -> None:
    here = make.council()
    client = signed_in(here.maya)
    first = statements(client, "/settings/frameworks/")
    for days in (11, 12):
        adopt(here.maya, shipped_framework().replace("days = 10", f"days = {days}"))

    assert (first, statements(client, "/settings/frameworks/")) == (3, 3)

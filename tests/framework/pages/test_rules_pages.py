"""The council's rules and templates: versions, in plain words, and others adopted with every fault shown."""

from __future__ import annotations

from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from goldenthread.framework.models import FrameworkVersion, TemplateVersion
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
    line = text[: text.index("\ndays = 10")].count("\n") + 2

    response = adopt(here.maya, text.replace("\ndays = 10", '\ndays = "ten"').replace("version = 1", "version = -1"))

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


def test_a_new_council_adopts_the_shipped_template_with_one_button() -> None:
    client = signed_in(founder())
    page = client.get("/settings/templates/")

    done = client.post("/settings/templates/adopt-shipped/", form_in(page), follow=True)

    assert "Audits allotted from now on use it." in words(done)
    assert TemplateVersion.objects.count() == 1


def test_a_template_is_shown_by_section_and_question() -> None:
    here = make.council()
    version = TemplateVersion.objects.get(authority=here.authority)

    page = words(signed_in(here.maya).get(f"/settings/templates/{version.pk}/"))

    for section in version.parsed.sections:
        assert section.label in page
    assert "Asked only where it applies to the child." in page


def test_a_template_that_is_no_workbook_is_refused_in_one_sentence() -> None:
    file = SimpleUploadedFile("ours.xlsx", b"not a workbook")

    response = signed_in(make.council().maya).post("/settings/templates/adopt/", {"file": file})

    assert faults(response) == ["ours.xlsx: is not an .xlsx workbook we can open, whatever its name says."]


def test_a_workbook_becomes_the_next_version(tmp_path: Path) -> None:
    here = make.council()
    book = tmp_path / "ours.xlsx"
    _as_workbook(book)

    with book.open("rb") as file:
        response = signed_in(here.maya).post("/settings/templates/adopt/", {"file": file}, follow=True)

    assert "version 2 is adopted. Audits allotted from now on use it." in words(response)


def _as_workbook(path: Path) -> None:
    """The shipped template as a workbook, with one question put in other words."""
    import xlsxwriter

    from goldenthread.framework.showing import shipped_template_rows

    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in shipped_template_rows()._asdict().items():
            sheet, columns = book.add_worksheet(name), list(dict.fromkeys(column for row in rows for column in row))
            sheet.write_row(0, 0, columns)
            for place, row in enumerate(rows, start=1):
                label = {"label": f"{row['label']} (ours)"} if name == "survey" and row.get("label") else {}
                sheet.write_row(place, 0, [(row | label).get(column, "") for column in columns])


@pytest.mark.parametrize(("path", "number"), [("/settings/frameworks/", 3), ("/settings/templates/", 3)])
def test_the_lists_take_the_same_statements_however_many_versions_there_are(path: str, number: int) -> None:
    here = make.council()
    client = signed_in(here.maya)
    first = statements(client, path)
    for days in (11, 12):
        adopt(here.maya, shipped_framework().replace("days = 10", f"days = {days}"))

    assert (first, statements(client, path)) == (number, number)

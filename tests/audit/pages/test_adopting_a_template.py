"""A template on its way in: checked by sheet, row and column, previewed, held against the one in use, then adopted."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goldenthread.audit.models import Audit
from goldenthread.framework.models import TemplateVersion
from goldenthread.framework.services import adopt_template
from goldenthread.framework.showing import shipped_source
from goldenthread.framework.template_files import to_workbook
from goldenthread.people.models import Person
from tests import make
from tests.browsing import faults, signed_in, statements, words

pytestmark = pytest.mark.django_db

ADOPT, PREVIEW, KEEP = (f"/settings/templates/adopt/{step}" for step in ("", "preview/", "keep/"))
FIRST = "seen_alone"  # a question of the case file audit


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def maya() -> Client:
    return signed_in(make.council().maya)


def case_file(without: str = "", **labels: str) -> dict[str, Any]:
    """The case file audit in other words, without one of its questions."""
    source = copy.deepcopy(shipped_source("case_file"))
    source["survey"] = [
        row | ({"label": labels[row["name"]]} if row.get("name") in labels else {})
        for row in source["survey"]
        if not without or row.get("name") != without
    ]
    return source


def upload(client: Client, source: Mapping[str, Any] | bytes, name: str = "ours.xlsx") -> Any:
    data = source if isinstance(source, bytes) else to_workbook(dict(source))
    return client.post(ADOPT, {"file": SimpleUploadedFile(name, data)})


def draft_of(page: Any) -> str:
    return page.content.decode().partition('name="draft" value="')[2].partition('"')[0]


def keep(client: Client, page: Any, **ticked: str) -> Any:
    return client.post(KEEP, {"draft": draft_of(page), "seen": "on", "token": "t", **ticked}, follow=True)


def versions() -> int:
    return TemplateVersion.objects.count()


# --- checking -----------------------------------------------------------------------------------------------


def test_every_fault_stands_in_a_table_by_sheet_row_and_column(maya: Client) -> None:
    source = case_file()
    source["survey"][4]["relevant"] = "${recrd} = 'yes'"
    source["survey"][5]["outcome"] = "be_rich"

    response = upload(maya, source)

    assert (response.status_code, versions()) == (400, 1)
    assert faults(response) == ["ours.xlsx: 2 places have to be mended first. Each is in the table below."]
    assert "Sheet Row Column What is wrong survey 6 relevant" in words(response)
    assert "survey 7 outcome" in words(response)


def test_what_is_no_workbook_is_refused_in_one_sentence(maya: Client) -> None:
    response = upload(maya, b"not a workbook")

    assert faults(response) == ["ours.xlsx: is not an .xlsx workbook we can open, whatever its name says."]
    assert "<title>Error: Adopt an audit template" in response.content.decode()


def test_nothing_is_adopted_by_choosing_a_file(maya: Client) -> None:
    response = upload(maya, case_file(seen_alone="Is the child seen by herself?"))

    assert (response.status_code, versions()) == (200, 1)
    assert "Not adopted yet: ours.xlsx" in words(response)


# --- the preview --------------------------------------------------------------------------------------------


def test_the_preview_has_the_forms_own_questions_with_nothing_to_write_in(maya: Client) -> None:
    page = upload(maya, case_file(seen_alone="Is the child seen by herself?")).content.decode()

    assert 'name="q-seen_alone"' in page
    assert page.index('<fieldset class="govuk-fieldset gt-preview__questions" disabled>') < page.index("q-seen_alone")


def test_an_example_child_shows_the_conditions_at_work(maya: Client) -> None:
    page = upload(maya, case_file())
    example = {"draft": draft_of(page), "see": "child", "status": "child_protection"}

    protected = maya.post(PREVIEW, example).content.decode()
    looked_after = maya.post(PREVIEW, example | {"status": "looked_after"}).content.decode()

    asked = {name: [f"q-{question}" in html for html in (protected, looked_after)] for name, question in
             {"fostering": "matching", "protection": "protection_grade"}.items()}  # fmt: skip
    assert asked == {"fostering": [False, True], "protection": [True, False]}


def test_what_changes_is_told_question_by_question(maya: Client) -> None:
    page = words(upload(maya, case_file(seen_alone="Is the child seen by herself?")))

    assert "59 questions stay as they are; these do not." in page
    assert "Is the child seen by herself?" in page
    assert "reworded" in page


def test_a_template_of_a_new_key_is_said_to_be_the_first(maya: Client) -> None:
    assert "The council has no template called “dip_sample” yet" in words(upload(maya, shipped_source("dip_sample")))


def test_an_adopted_version_is_seen_as_its_auditors_do(maya: Client) -> None:
    version = TemplateVersion.objects.get()

    page = maya.get(f"/settings/templates/{version.pk}/see/?status=looked_after")

    assert 'name="q-matching"' in page.content.decode()


def test_seeing_a_version_takes_as_many_statements_however_many_there_are(maya: Client) -> None:
    version = TemplateVersion.objects.get()
    first = statements(maya, f"/settings/templates/{version.pk}/see/")
    for label in ("Other words", "Still others"):
        adopt_template(by=make.council().maya, source=case_file(seen_alone=label), now=make.NOW)

    assert (first, statements(maya, f"/settings/templates/{version.pk}/see/")) == (4, 4)


# --- adopting -----------------------------------------------------------------------------------------------


def test_what_was_looked_through_is_adopted(maya: Client) -> None:
    done = keep(maya, upload(maya, case_file(seen_alone="Is the child seen by herself?")))

    assert "Case file audit, version 2 is adopted. Audits allotted from now on use it." in words(done)
    assert TemplateVersion.objects.get(version=2).parsed.questions[FIRST].label == "Is the child seen by herself?"


def test_what_nobody_looked_through_is_not_adopted(maya: Client) -> None:
    page = upload(maya, case_file(seen_alone="Is the child seen by herself?"))

    response = maya.post(KEEP, {"draft": draft_of(page), "token": "t"})

    assert (response.status_code, versions()) == (400, 1)
    assert faults(response) == ["Look through the preview and the changes, and tick the box when you have."]


def test_it_is_adopted_once_however_often_the_button_is_pressed(maya: Client) -> None:
    page = upload(maya, case_file(seen_alone="Is the child seen by herself?"))
    keep(maya, page)
    keep(maya, page)

    assert versions() == 2


def test_what_was_changed_on_its_way_is_not_adopted(maya: Client) -> None:
    page = upload(maya, case_file(seen_alone="Is the child seen by herself?"))

    response = maya.post(KEEP, {"draft": draft_of(page)[:-2] + "xx", "seen": "on", "token": "t"})

    assert (response.status_code, versions()) == (409, 1)
    assert "Choose the file again." in words(response)


def test_somebody_elses_draft_is_not_adopted(maya: Client) -> None:
    page = upload(maya, case_file(seen_alone="Is the child seen by herself?"))

    response = signed_in(make.council().idris).post(KEEP, {"draft": draft_of(page), "seen": "on"})

    assert (response.status_code, versions()) == (409, 1)


def test_a_version_adopted_meanwhile_is_looked_at_first(maya: Client) -> None:
    page = upload(maya, case_file(seen_alone="Is the child seen by herself?"))
    adopt_template(by=make.council().idris, source=case_file(seen_alone="Other words"), now=make.NOW)

    response = keep(maya, page)

    assert faults(response) == ["Another version was adopted since. Look through what changes against that one, below."]
    assert "Case file audit, version 3 is adopted" in words(
        maya.post(KEEP, {"draft": draft_of(response), "seen": "on", "token": "u"}, follow=True)
    )


def test_the_same_template_is_not_adopted_twice(maya: Client) -> None:
    response = keep(maya, upload(maya, case_file()))

    assert faults(response) == ["This is the version already in use, word for word, so there is nothing to adopt."]


# --- questions that past audits answered --------------------------------------------------------------------


def test_a_dropped_question_says_how_many_past_audits_answered_it(maya: Client) -> None:
    make.submitted_audit()

    page = words(upload(maya, case_file(without="seen_alone")))

    assert "is dropped, and 1 past audit answered it. Past audits keep the question and the answer" in page


def test_dropping_it_has_to_be_confirmed(maya: Client) -> None:
    make.submitted_audit()
    page = upload(maya, case_file(without="seen_alone"))

    refused = keep(maya, page)
    done = keep(maya, page, token="u", dropped="on")

    assert faults(refused) == [
        "This template drops questions that past audits answered. Tick the box if that is meant, or put them back in "
        "the workbook and choose it again."
    ]
    assert "version 2 is adopted" in words(done)


def test_a_question_that_nobody_answered_is_dropped_without_asking(maya: Client) -> None:
    assert "version 2 is adopted" in words(keep(maya, upload(maya, case_file(without="seen_alone"))))


def test_a_past_audit_keeps_its_questions_and_its_answers(maya: Client) -> None:
    past = make.submitted_audit()
    before = words(maya.get(f"/audit/{past.code}/read/"))

    keep(maya, upload(maya, case_file(without="seen_alone", voice_grade="Other words")), dropped="on")

    past = Audit.objects.get(pk=past.pk)
    assert past.template.version == 1
    assert words(maya.get(f"/audit/{past.code}/read/")) == before


# --- whose it is --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["maya", "idris", "helena", "rafiq", "grace", "ffion"])
def test_these_pages_open_to_the_unit_only(name: str) -> None:
    person: Person = getattr(make.council(), name)
    version = TemplateVersion.objects.get()
    client = signed_in(person)

    got = {client.get(address).status_code for address in (ADOPT, f"/settings/templates/{version.pk}/see/")}
    sent = client.post(PREVIEW, {"draft": ""}).status_code

    assert (got, sent) == (({200}, 409) if name in ("maya", "idris") else ({403}, 409))

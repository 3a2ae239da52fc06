"""The council's templates in Settings: listed by what they are for, as files, compared, and followed on."""

from __future__ import annotations

import copy
import json

import pytest
import time_machine

from goldenthread.framework.models import Correspondence, TemplateVersion
from goldenthread.framework.services import adopt_template
from goldenthread.framework.showing import shipped_source
from goldenthread.framework.template_files import workbook_rows
from goldenthread.method.template import template_source
from goldenthread.people.models import Person
from goldenthread.people.services import open_authority
from tests import make
from tests.browsing import faults, form_in, signed_in, statements, words

pytestmark = pytest.mark.django_db


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


def dip_sample(version: str = "1", **labels: str) -> dict:
    """The shipped dip sample, with some questions put in other words."""
    source = copy.deepcopy(shipped_source("dip_sample"))
    source["settings"][0]["version"] = version
    for row in source["survey"]:
        row["label"] = labels.get(row.get("name", ""), row.get("label", ""))
    return template_source(source["survey"], source["choices"], source["settings"])


def renamed(source: dict, old: str, new: str) -> dict:
    for row in source["survey"]:
        row["name"] = new if row.get("name") == old else row.get("name", "")
    return source


def adopted(source: dict) -> TemplateVersion:
    return adopt_template(by=make.council().maya, source=source, now=make.NOW)


def test_a_new_council_adopts_every_shipped_template_with_one_button() -> None:
    client = signed_in(founder())
    client.post("/settings/frameworks/adopt-shipped/", form_in(client.get("/settings/frameworks/")))

    done = client.post("/settings/templates/adopt-shipped/", form_in(client.get("/settings/templates/")), follow=True)

    assert "Audits allotted from now on use them." in words(done)
    assert set(TemplateVersion.objects.values_list("key", flat=True)) == {
        "case_file", "supervision_file", "closure_transfer", "carer_file", "dip_sample", "practitioner", "family",
        "discussion", "reply",
    }  # fmt: skip


def test_before_the_framework_is_adopted_the_page_says_to_adopt_it() -> None:
    assert "The framework comes first" in words(signed_in(founder()).get("/settings/templates/"))


def test_what_has_no_template_yet_is_said_with_a_button_that_adopts_it() -> None:
    client = signed_in(make.council().maya)
    page = client.get("/settings/templates/")

    assert "No template is adopted yet for: Supervision file, Closure or transfer, Dip sample, Carer's file" in words(
        page
    )
    done = client.post("/settings/templates/adopt-shipped/", form_in(page), follow=True)
    assert "No template is adopted yet" not in words(done)


def test_what_is_adopted_already_is_not_adopted_twice() -> None:
    client = signed_in(make.council().maya)
    page = client.get("/settings/templates/")
    client.post("/settings/templates/adopt-shipped/", form_in(page))

    again = client.post("/settings/templates/adopt-shipped/", form_in(page) | {"token": "another"})

    assert "has adopted every template that comes with the product already" in words(again)


def test_each_template_says_what_it_is_for_and_who_adopted_it_when() -> None:
    page = words(signed_in(make.council().maya).get("/settings/templates/"))

    assert "Case file audit For: Case file, Re-audit, Multi-agency audit" in page
    assert "In use 6 Oct 2026 at 3:00pm by Maya Holt" in page


def test_a_version_is_shown_by_section_and_question() -> None:
    here = make.council()
    version = TemplateVersion.objects.get(authority=here.authority)

    page = words(signed_in(here.maya).get(f"/settings/templates/{version.pk}/"))

    for section in version.parsed.sections:
        assert section.label in page
    assert "Asked only where it applies to the child." in page


@pytest.mark.parametrize("key", ["case_file", "supervision_file", "family", "dip_sample"])
def test_a_version_saved_as_a_workbook_reads_back_the_same(key: str) -> None:
    here = make.council()
    held = TemplateVersion.objects.filter(authority=here.authority, key=key).first() or adopted(shipped_source(key))

    response = signed_in(here.maya).get(f"/settings/templates/{held.pk}/export/")

    assert response["Content-Disposition"] == f'attachment; filename="{key}-1.xlsx"'
    assert template_source(*workbook_rows("saved.xlsx", response.content)) == json.loads(held.source)


def test_two_versions_are_compared_question_by_question() -> None:
    first, second = adopted(dip_sample()), adopted(dip_sample("2", voice="Whose voice is heard?"))

    page = words(signed_in(make.council().maya).get(f"/settings/templates/{second.pk}/compare/?other={first.pk}"))

    assert "From version 1 to version 2 9 questions stay as before." in page
    assert "Whose voice is heard? Before: Can you hear the child in the last three months of the record?" in page


def test_with_one_version_there_is_nothing_to_compare_and_the_page_says_so() -> None:
    only = adopted(dip_sample())

    assert "only one so far" in words(signed_in(make.council().maya).get(f"/settings/templates/{only.pk}/compare/"))


def test_a_question_under_another_name_is_proposed_as_going_on_and_kept_once_confirmed() -> None:
    first, second = adopted(dip_sample()), adopted(renamed(dip_sample("2"), "voice", "childs_voice"))
    client = signed_in(make.council().maya)
    address = f"/settings/templates/{first.pk}/map/{second.pk}/"
    page = client.get(address)

    assert "what seems alike is proposed, and counts once you keep it" in words(page)
    done = client.post(address, form_in(page), follow=True)

    assert "The map is kept." in words(done)
    assert Correspondence.objects.get().questions["voice"] == "childs_voice"


def test_a_map_is_changed_and_says_who_decided_it() -> None:
    first, second = adopted(dip_sample()), adopted(renamed(dip_sample("2"), "voice", "childs_voice"))
    client = signed_in(make.council().maya)
    address = f"/settings/templates/{first.pk}/map/{second.pk}/"
    client.post(address, form_in(client.get(address)))

    page = client.get(address)
    client.post(address, form_in(page) | {"new-childs_voice": ""})

    assert "Decided 6 Oct 2026 at 3:00pm by Maya Holt" in words(page)
    assert "voice" not in Correspondence.objects.get().questions


def test_one_earlier_question_goes_on_in_one_new_one_only() -> None:
    first, second = adopted(dip_sample()), adopted(renamed(dip_sample("2"), "voice", "childs_voice"))
    client = signed_in(make.council().maya)

    response = client.post(
        f"/settings/templates/{first.pk}/map/{second.pk}/", {"new-childs_voice": "seen_alone"}, follow=True
    )

    assert response.status_code == 400
    assert faults(response)[0].endswith("This earlier question is chosen for another question too. Choose it once.")
    assert not Correspondence.objects.exists()


def test_another_councils_templates_are_not_found() -> None:
    ours = adopted(dip_sample())
    client = signed_in(founder())

    for address in ("", "export/", "compare/", "see/", f"map/{ours.pk}/"):
        assert client.get(f"/settings/templates/{ours.pk}/{address}").status_code == 404


def test_the_list_takes_the_same_statements_however_many_versions_there_are() -> None:
    client = signed_in(make.council().maya)
    first = statements(client, "/settings/templates/")
    for version in ("1", "2", "3"):
        adopted(dip_sample(version))

    assert (first, statements(client, "/settings/templates/")) == (4, 4)

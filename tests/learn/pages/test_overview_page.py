"""The overview: for whom it is, what it costs, and where its numbers lead."""

from __future__ import annotations

import pytest
import time_machine

from tests import make
from tests.browsing import signed_in, statements, words

pytestmark = pytest.mark.django_db

PAGE = "/learn/overview/"


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def test_the_unit_the_directors_and_service_managers_see_it_and_nobody_else() -> None:
    here = make.council()
    people = (here.maya, here.idris, here.helena, here.desmond, here.bridget, here.rafiq, here.ffion, here.grace)

    seen = {person for person in people if signed_in(person).get(PAGE).status_code == 200}

    assert seen == {here.maya, here.idris, here.helena, here.desmond, here.bridget}


def test_before_any_file_it_says_what_will_stand_here() -> None:
    page = words(signed_in(make.council().maya).get(PAGE))

    assert "Grades will stand here once the first file that chance chose is submitted." in page


def test_a_number_leads_to_the_files_behind_it() -> None:
    audit = make.submitted_audit()
    maya = signed_in(make.council().maya)
    query = "/audit/?state=submitted&chosen=random&period=2026-04-01.2027-03-31&grade="

    assert query.replace("&", "&amp;") + "good" in maya.get(PAGE).content.decode()
    assert audit.code in maya.get(query + "good").content.decode()
    assert audit.code not in maya.get(query + "inadequate").content.decode()
    assert audit.code not in maya.get(query.replace("random", "reason") + "good").content.decode()


@pytest.mark.parametrize("files", [1, 3])
def test_it_costs_the_same_however_many_files_there_are(files: int) -> None:
    for audit in make.audits()[:files]:
        make.submitted_audit(audit)

    assert statements(signed_in(make.council().maya), PAGE) == 12

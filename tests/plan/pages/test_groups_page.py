"""The auditing groups."""

from __future__ import annotations

import pytest

from goldenthread.plan.models import Group
from tests import make
from tests.browsing import faults, signed_in, statements, words

pytestmark = pytest.mark.django_db


def test_each_group_says_whose_files_it_audits() -> None:
    page = words(signed_in(make.council().maya).get("/plan/groups/"))

    assert "Looked after children Looked after children and care leavers 0" in page


def test_before_any_is_formed_the_frameworks_groups_can_be_formed_at_once() -> None:
    here = make.council()
    Group.objects.all().delete()
    client = signed_in(here.maya)

    assert "The framework names 3: Looked after children, Frontline duty and" in words(client.get("/plan/groups/"))
    client.post("/plan/groups/form-all/")
    assert set(Group.objects.values_list("key", flat=True)) == {"looked_after", "duty", "safeguarding"}


def test_a_fourth_group_is_formed_by_a_person() -> None:
    answer = signed_in(make.council().maya).post(
        "/plan/groups/form/", {"name": "Early help", "statuses": ["early_help"]}
    )

    assert answer.url == "/plan/groups/"
    assert Group.objects.get(name="Early help").statuses == ["early_help"]


def test_a_name_that_is_taken_is_said_beside_it() -> None:
    answer = signed_in(make.council().maya).post("/plan/groups/form/", {"name": "Duty"})

    assert faults(answer) == ["There is already a group called “Duty”."]


def test_groups_are_the_units_to_form() -> None:
    assert signed_in(make.council().grace).get("/plan/groups/form/").status_code == 403


@pytest.mark.parametrize("further", [0, 2])
def test_the_list_takes_the_same_statements_however_many_there_are(further: int) -> None:
    here = make.council()
    for number in range(further):
        Group.objects.create(authority=here.authority, key=f"g{number}", name=f"Group {number}")

    assert statements(signed_in(here.maya), "/plan/groups/") == 6

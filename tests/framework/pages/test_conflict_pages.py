"""Pages on which a person declares and ends her conflicts of interest, and the unit keeps everybody's."""

from __future__ import annotations

import pytest

from goldenthread.people.models import Authority, Conflict, Person
from goldenthread.people.services import declare_conflict
from tests import make
from tests.audit.counting import statements
from tests.browsing import faults, signed_in, words

pytestmark = pytest.mark.django_db
YOURS, ALL, DECLARE = "/settings/conflicts/yours/", "/settings/conflicts/", "/settings/conflicts/declare/"


def declared(person: Person, ref: str = "C900") -> Conflict:
    return declare_conflict(by=person, person=person, sort="relative", ref=ref, now=make.NOW)


def test_somebody_declares_her_own() -> None:
    here = make.council()
    grace = signed_in(here.grace)

    page = words(grace.post(YOURS, {"sort": "other", "worker": here.ffion.code}, follow=True))

    assert "Your conflict of interest is declared. From now on you are not given those files." in page
    assert f"{here.ffion.name}’s cases Another conflict of interest" in page
    assert Conflict.objects.get().declared_by == here.grace


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"token": "one"}, ["Sort of tie: nothing was given. Choose one of those listed.",
              "Case reference, worker or team: nothing was given. Give one of them."]),
        ({"sort": "other"}, ["Case reference, worker or team: nothing was given. Give one of them."]),
        (
            {"sort": "other", "ref": "C900", "team": "1"},
            ["Case reference, worker or team: more than one was given. Give one of them."],
        ),
    ],
)  # fmt: skip
def test_what_is_not_whole_is_told_beside_the_field(sent: dict[str, str], said: list[str]) -> None:
    here = make.council()
    sent = sent | ({"team": str(make.team("Duty 2").pk)} if "team" in sent else {})

    answer = signed_in(here.grace).post(YOURS, sent)

    assert (answer.status_code, faults(answer), Conflict.objects.count()) == (400, said, 0)


def test_what_is_declared_already_is_told() -> None:
    grace = make.council().grace
    declared(grace)

    answer = signed_in(grace).post(YOURS, {"sort": "other", "ref": "C900"})

    assert faults(answer) == ["This conflict is declared already and has not ended."]


def test_it_is_ended_with_who_and_when() -> None:
    here = make.council()
    conflict = declared(here.grace)
    grace = signed_in(here.grace)
    address = f"/settings/conflicts/{conflict.pk}/end/"

    assert "End this conflict of interest?" in words(grace.get(address))
    page = words(grace.post(address, follow=True))

    assert "The conflict of interest has ended. It stays on record." in page
    assert f"by {here.grace.name}" in page.split("Ended")[1]


def test_the_unit_declares_for_somebody_who_told_it() -> None:
    here = make.council()

    page = words(
        signed_in(here.maya).post(DECLARE, {"person": here.grace.code, "sort": "relative", "ref": "C9"}, follow=True)
    )

    assert f"A conflict of interest of {here.grace.name} is declared." in page
    assert f"{here.grace.name} case C9 a relative or close friend" in page


def test_the_unit_ends_anybodys_and_another_nobodys() -> None:
    here = make.council()
    conflict = declared(here.grace)
    address = f"/settings/conflicts/{conflict.pk}/end/"

    assert signed_in(here.sunita).post(address).status_code == 404
    assert signed_in(here.maya).post(address).url == ALL


def test_the_conflict_of_another_council_is_not_found() -> None:
    here = make.council()
    conflict = declared(here.grace)
    elsewhere = Authority.objects.create(name="Elsewhere", short_name="Elsewhere")
    Conflict.objects.filter(pk=conflict.pk).update(authority=elsewhere)

    assert signed_in(here.maya).get(f"/settings/conflicts/{conflict.pk}/end/").status_code == 404


@pytest.mark.parametrize("who", ["grace", "helena", "rafiq"])
@pytest.mark.parametrize("address", [ALL, DECLARE])
def test_only_the_unit_keeps_them_all(who: str, address: str) -> None:
    assert signed_in(getattr(make.council(), who)).get(address).status_code == 403


def test_the_list_is_empty_with_what_to_do_now() -> None:
    page = words(signed_in(make.council().maya).get(ALL))

    assert "No conflict is declared. This page will show who may not audit whose files for that reason." in page


def test_nobody_of_the_name_is_said() -> None:
    declared(make.council().grace)

    page = words(signed_in(make.council().maya).get(f"{ALL}?text=nobody"))

    assert "Nobody of this name has a conflict on record." in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_statements_however_many_there_are(number: int) -> None:
    here = make.council()
    for each in range(number):
        declared(here.grace, f"C{each}")
    maya, grace = signed_in(here.maya), signed_in(here.grace)

    assert (statements(lambda: maya.get(ALL)), statements(lambda: grace.get(YOURS))) == (3, 5)

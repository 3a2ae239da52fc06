"""The pages of evidence packs: asking, waiting, fetching, clearing words, looking behind a pseudonym."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from goldenthread.learn.models import Pack
from goldenthread.people.models import Person
from goldenthread.plan.models import Year
from tests import make
from tests.learn.packing.packed import asked, made, told

pytestmark = pytest.mark.django_db


def get(client: Client, person: Person, name: str, *args: str) -> tuple[int, str]:
    client.force_login(person)
    response = client.get(reverse(name, args=args))
    return response.status_code, response.content.decode()


DAYS = {f"{name}-{part}": value for name, day in (("starts_on", "1/4/2026"), ("ends_on", "31/3/2027"))
        for part, value in zip(("day", "month", "year"), day.split("/"), strict=True)}  # fmt: skip


def test_a_year_is_asked_for_on_the_page_and_the_pack_opens(client: Client) -> None:
    told()
    client.force_login(make.council().maya)
    sent = {"scope": "year", "year": Year.objects.get().code, "named": "pseudonyms"}
    response = client.post(reverse("packs"), sent, follow=True)

    assert "The pack waits to be made." in response.content.decode()
    assert Pack.objects.get().scope == "year"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"scope": "team", "named": "pseudonyms"} | DAYS, "Team or service: choose the one that the pack is of."),
        ({"scope": "period", "named": "pseudonyms"}, "First day: nothing was given."),
        ({"scope": "period", "named": "names"} | DAYS, "Say why the names and references are needed"),
        ({"named": "pseudonyms"}, "What the pack is of: nothing was given."),
    ],
)
def test_what_is_not_given_is_asked_for_in_a_sentence(client: Client, sent: dict[str, str], sentence: str) -> None:
    told()
    client.force_login(make.council().maya)

    assert sentence in client.post(reverse("packs"), sent).content.decode()
    assert not Pack.objects.exists()


def test_who_may_make_none_is_told_who_may(client: Client) -> None:
    status, shown = get(client, make.council().ffion, "packs")

    assert status == 403
    assert "Evidence packs are made by the Quality Assurance Unit, directors and managers." in shown


def test_a_manager_is_offered_her_own_teams_and_no_year_and_no_names(client: Client) -> None:
    status, shown = get(client, make.council().rafiq, "packs")

    assert status == 200
    assert "Duty 2" in shown
    assert "Safeguarding 1" not in shown
    assert 'value="year"' not in shown
    assert "Names and references as they are" not in shown


def test_a_pack_is_its_makers_and_not_there_for_anybody_else(client: Client) -> None:
    told()
    pack = made()
    for name in ("open_pack", "download_pack", "pack_progress"):
        assert get(client, make.council().idris, name, pack.code)[0] == 404
        assert get(client, make.council().maya, name, "nosuchcode")[0] == 404


def test_a_ready_pack_says_what_was_masked_and_is_downloaded(client: Client) -> None:
    told()
    pack = made()
    _, shown = get(client, make.council().maya, "open_pack", pack.code)
    response = client.get(reverse("download_pack", args=[pack.code]))

    assert "carrow (" in shown
    assert pack.sha256 in shown
    assert b"".join(response.streaming_content)[:2] == b"PK"
    assert response["Content-Disposition"] == f'attachment; filename="evidence-pack-{pack.code}.zip"'


def test_how_far_it_is_can_be_asked(client: Client) -> None:
    pack = asked()
    client.force_login(make.council().maya)

    assert client.get(reverse("pack_progress", args=[pack.code])).json() == {"state": "asked", "done": 0, "total": 0}


def test_cleared_words_lead_to_another_pack(client: Client) -> None:
    told()
    pack = made()
    client.force_login(make.council().maya)
    nothing = client.post(reverse("clear_words", args=[pack.code]), {})
    client.post(reverse("clear_words", args=[pack.code]), {"cleared": ["kwame"]})

    assert "Tick the words that are to stand as they were written." in nothing.content.decode()
    assert Pack.objects.latest("pk").cleared == ["kwame"]


def test_the_unit_looks_behind_a_pseudonym_and_a_director_cannot(client: Client) -> None:
    told()
    mine, hers = made(), made(make.council().helena)
    sent = {"pseudonym": "A" * 10, "because": "The inspector asks"}
    client.force_login(make.council().maya)
    unknown = client.post(reverse("look_behind", args=[mine.code]), sent)
    client.force_login(make.council().helena)

    assert "No file of this pack has that pseudonym." in unknown.content.decode()
    assert client.post(reverse("look_behind", args=[hers.code]), sent).status_code == 404


def test_one_audits_pack_is_asked_for_by_who_may_read_it(client: Client) -> None:
    audit = told()
    assert get(client, make.council().zofia, "pack_audit", audit.code)[0] == 404
    assert get(client, make.council().rafiq, "pack_audit", audit.code)[0] == 200
    client.post(reverse("pack_audit", args=[audit.code]), {})

    assert Pack.objects.get().audit == audit


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_statements_for_three_packs_as_for_one(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for days in range(number):
        asked(scope="period", starts_on=make.DAY - timedelta(days=days))
    client.force_login(make.council().maya)
    client.get(reverse("packs"))
    with django_assert_num_queries(6):
        client.get(reverse("packs"))

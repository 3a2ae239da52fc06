"""Excusing somebody from records: by the posts the framework names, never oneself, never more than is owed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from goldenthread.method.refusal import Refused
from goldenthread.people.models import Authority, Person, Post
from goldenthread.plan.models import Excusal
from goldenthread.plan.queries.excusals import excusable
from goldenthread.plan.services.excusals import excuse, withdraw_excusal
from goldenthread.trail.models import Event
from tests import make
from tests.cast import Council

pytestmark = pytest.mark.django_db

TODAY, NOW = date(2027, 7, 20), datetime(2027, 7, 20, 9, tzinfo=UTC)
JULY = date(2027, 7, 1)


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def here() -> Council:
    return make.council()


def granted(here: Council, by: Person | None = None, person: Person | None = None, **said: Any) -> Excusal:
    plain: dict[str, Any] = {
        "post": "team_manager", "period_starts_on": JULY, "kind": "exemption", "records": 1, "until_on": None,
        "because": "Agreed in supervision",
    }  # fmt: skip
    who = {"by": by or here.maya, "person": person or here.rafiq}
    return excuse(now=NOW, today=TODAY, **who, **plain | said)


def asked(person: Person) -> int:
    line = excusable(person, TODAY).line("team_manager", JULY)
    assert line
    return line.asked


def test_exempt_records_are_no_longer_asked_for(here: Council) -> None:
    granted(here, records=3)

    assert asked(here.rafiq) == 1


def test_what_is_withdrawn_is_asked_for_again(here: Council) -> None:
    excusal = granted(here, records=3)

    withdraw_excusal(by=here.helena, excusal=excusal, now=NOW, today=TODAY)

    assert asked(here.rafiq) == 4


@pytest.mark.parametrize("who", ["idris", "bridget", "grace", "ffion"])
def test_nobody_grants_but_the_posts_the_framework_names(here: Council, who: str) -> None:
    with pytest.raises(Refused) as refused:
        granted(here, by=getattr(here, who))

    assert refused.value.sentences == (
        "Extensions and exemptions are granted by the Service Manager, Quality Assurance, the Children's Services "
        "Manager or the Service Director only.",
    )


def test_nobody_excuses_herself(here: Council) -> None:
    with pytest.raises(Refused, match="You cannot excuse yourself"):
        granted(here, by=here.helena, person=here.helena, post="service_director")


def test_nobody_withdraws_her_own(here: Council) -> None:
    excusal = granted(here, person=here.helena, post="service_director")

    with pytest.raises(Refused, match="You cannot excuse yourself"):
        withdraw_excusal(by=here.helena, excusal=excusal, now=NOW, today=TODAY)


def test_somebody_of_another_council_is_out_of_reach(here: Council) -> None:
    elsewhere = Authority.objects.create(name="Elsewhere", short_name="Elsewhere")
    stranger = Person.objects.create(authority=elsewhere, username="stranger", name="Stranger")

    with pytest.raises(Refused):
        granted(here, person=stranger)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"records": 5}, "Records: 5 will not do, as 4 records of July 2027 are owed. Give a number from 1 to 4."),
        ({"records": 0}, "Records: 0 will not do, as 4 records of July 2027 are owed. Give a number from 1 to 4."),
        ({"kind": "extension"}, "New day: nothing was given. Give the day by which the records are to be submitted."),
        (
            {"kind": "extension", "until_on": date(2027, 7, 31)},
            "New day: 31 July 2027 is too early for records of July 2027. Give 1 August 2027 or after.",
        ),
        (
            {"kind": "extension", "until_on": date(2027, 7, 19), "period_starts_on": date(2027, 6, 1)},
            "New day: 19 July 2027 is too early for records of June 2027. Give 20 July 2027 or after.",
        ),
        (
            {"kind": "extension", "until_on": date(2029, 7, 31)},
            "New day: 31 July 2029 is more than a year on. Give 30 July 2028 or before.",
        ),
        ({"because": "  "}, "Say why the records are excused."),
        ({"post": "service_manager"}, "Rafiq Alderton owes no records in this post and month."),
        ({"period_starts_on": date(2020, 1, 1)}, "Rafiq Alderton owes no records in this post and month."),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_figure(here: Council, said: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        granted(here, **said)

    assert (refused.value.sentences, Excusal.objects.count()) == ((sentence,), 0)


def test_exemptions_together_are_never_more_than_is_owed(here: Council) -> None:
    granted(here, records=3)

    with pytest.raises(Refused) as refused:
        granted(here, records=2)

    assert refused.value.sentences == (
        "Records: 2 will not do, as 1 record of July 2027 is owed beside the 3 exempt already. "
        "Give a number from 1 to 1.",
    )


def test_a_coming_month_can_be_excused_ahead(here: Council) -> None:
    assert granted(here, period_starts_on=date(2027, 9, 1)).records == 1


def test_the_trail_says_who_granted_what_and_not_why(here: Council) -> None:
    granted(here, because="Back from hospital")

    event = Event.objects.latest("seq")
    assert (event.by_name, event.verb, event.now["records"], event.because) == ("Maya Holt", "excused", 1, "")
    assert "hospital" not in str(event.now)


def test_withdrawing_twice_is_refused(here: Council) -> None:
    excusal = withdraw_excusal(by=here.maya, excusal=granted(here), now=NOW, today=TODAY)

    with pytest.raises(Refused, match="withdrawn already"):
        withdraw_excusal(by=here.maya, excusal=excusal, now=NOW, today=TODAY)


def test_a_fraction_is_rounded_with_those_who_share_the_seat(here: Council) -> None:
    Post.objects.filter(person=here.rafiq).update(share="0.5")
    other = make.person("team_manager", "Duty 2", name="Other Half")
    Post.objects.filter(person=other).update(share="0.5")

    assert asked(here.rafiq) + asked(other) == 4

"""One e-mail a working day to each person who owes something, and none to anybody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest

from goldenthread.home.nightly import reminders
from goldenthread.home.nightly.reminders import Reminder
from goldenthread.notices.models import Notice
from goldenthread.people.models import Authority, Person
from tests import make

pytestmark = pytest.mark.django_db

TUESDAY = date(2026, 10, 6)
NIGHT = datetime(2026, 10, 6, 1, 0, tzinfo=UTC)


@pytest.fixture
def owed(monkeypatch: pytest.MonkeyPatch) -> list[Reminder]:
    """What the sources say is owed in the council; more can be added."""
    found: list[Reminder] = []
    here = make.council().authority.pk
    Person.objects.update(email="somebody@ambermere.example")

    def one(authority: int, today: date) -> Iterable[Reminder]:
        return [each for each in found if authority == here and "session" not in each.sentence]

    def other(authority: int, today: date) -> Iterable[Reminder]:
        return [each for each in found if authority == here and "session" in each.sentence]

    monkeypatch.setattr(reminders, "SOURCES", (one, other))
    return found


def run(now: datetime = NIGHT) -> str:
    return reminders.run(now=now, today=now.date())


def written() -> list[tuple[str, str]]:
    return list(Notice.objects.order_by("name").values_list("name", "subject"))


def test_what_several_parts_of_the_product_say_is_gathered_into_one_message(owed: list[Reminder]) -> None:
    grace, rafiq = (Person.objects.get(name__startswith=name) for name in ("Grace", "Rafiq"))
    owed += [
        Reminder(grace, "You owe 2 of 4 files by Friday 9 October 2026.", "/plan/quotas/"),
        Reminder(rafiq, "One section is yours to sign off.", "/act/"),
        Reminder(grace, "You sit in a session on Thursday.", "/plan/sessions/abc/"),
    ]

    assert run() == "2 people reminded."

    assert written() == [(grace.name, "2 things from Goldenthread"), (rafiq.name, "1 thing from Goldenthread")]
    assert Notice.objects.get(person_id=grace.pk).body == (
        f"{grace.name},\n\n"
        "On Tuesday 6 October 2026 this waits for you:\n\n"
        "You owe 2 of 4 files by Friday 9 October 2026.\nhttp://localhost:8000/plan/quotas/\n\n"
        "You sit in a session on Thursday.\nhttp://localhost:8000/plan/sessions/abc/\n\n"
        "All your work: http://localhost:8000/\n"
    )


def test_whoever_owes_nothing_hears_nothing(owed: list[Reminder]) -> None:
    assert (run(), written()) == ("0 people reminded.", [])


def test_the_same_thing_said_twice_stands_once(owed: list[Reminder]) -> None:
    grace = Person.objects.get(name__startswith="Grace")
    owed += [Reminder(grace, "One file to audit.", "/audit/")] * 2

    run()

    assert written() == [(grace.name, "1 thing from Goldenthread")]


def test_it_goes_out_in_the_morning(owed: list[Reminder]) -> None:
    owed.append(Reminder(Person.objects.get(name__startswith="Grace"), "One file to audit.", "/audit/"))

    run()

    assert Notice.objects.get().due == datetime(2026, 10, 6, 6, 0, tzinfo=UTC)  # seven o'clock in England


@pytest.mark.parametrize("day", [date(2026, 10, 10), date(2026, 10, 11), date(2026, 12, 25), date(2026, 12, 28)])
def test_nobody_is_reminded_at_a_weekend_or_on_a_bank_holiday(owed: list[Reminder], day: date) -> None:
    owed.append(Reminder(Person.objects.get(name__startswith="Grace"), "One file to audit.", "/audit/"))

    said = run(datetime(day.year, day.month, day.day, 2, tzinfo=UTC))

    assert (said, written()) == ("Not a working day: nobody is reminded.", [])


def test_yesterdays_that_never_went_out_gives_way_to_todays(owed: list[Reminder]) -> None:
    owed.append(Reminder(Person.objects.get(name__startswith="Grace"), "One file to audit.", "/audit/"))

    run()
    run(NIGHT + timedelta(days=1))

    assert list(Notice.objects.order_by("written").values_list("state", flat=True)) == ["withdrawn", "waiting"]


def test_run_again_the_same_day_it_takes_nothing_back_and_tells_nobody_twice(owed: list[Reminder]) -> None:
    owed.append(Reminder(Person.objects.get(name__startswith="Grace"), "One file to audit.", "/audit/"))

    run()
    run(NIGHT + timedelta(hours=2))

    assert [notice.state for notice in Notice.objects.all()] == ["waiting"]


def test_each_council_is_asked_for_its_own(owed: list[Reminder], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    other = Authority.objects.create(name="Farwick Council", short_name="Farwick")
    monkeypatch.setattr(reminders, "SOURCES", (lambda authority, today: asked.append(authority) or [],))

    run()

    assert sorted(asked) == sorted([make.council().authority.pk, other.pk])

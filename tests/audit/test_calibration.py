"""Everyone grades one file, each alone; then the answer is agreed and nobody's grades but one's own are seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine

from goldenthread.audit.models import Calibration, Rating
from goldenthread.audit.queries.calibration import (
    OpenCalibration,
    calibrations_to_agree,
    calibrations_to_grade,
    may_calibrate,
    open_calibration_or_none,
    results_of,
)
from goldenthread.audit.queries.moderation import Given
from goldenthread.audit.services import calibration as services
from goldenthread.method.refusal import Refused
from goldenthread.notices.models import Notice
from goldenthread.people.models import Person
from goldenthread.trail.models import Event
from tests import make
from tests.audit import moderating
from tests.audit.counting import statements
from tests.browsing import faults, signed_in, words

pytestmark = pytest.mark.django_db
CLOSES = make.DAY + timedelta(days=7)
AFTER = make.NOW + timedelta(days=8)


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


def raters(number: int = 3) -> list[Person]:
    return [moderating.moderator(f"Rater {place}") for place in range(number)]


def begun(people: list[Person] | None = None) -> Calibration:
    return services.begin_calibration(
        by=make.council().maya, audit=make.submitted_audit(grade="good"), title="Plans, autumn",
        people=people or raters(), closes_on=CLOSES, now=make.NOW,
    )  # fmt: skip


def seen(calibration: Calibration, by: Person) -> OpenCalibration:
    found = open_calibration_or_none(by, calibration.code)
    assert found is not None
    return found


def rated(calibration: Calibration, by: Person, grade: str) -> list[Rating]:
    found = seen(calibration, by)
    given = {name: Given(grade, "") for name, _ in found.sections}
    return services.give_ratings(by=by, opened=found, given=given, now=make.NOW)


def agreed(calibration: Calibration, grade: str = "good") -> Calibration:
    maya = make.council().maya
    found = seen(calibration, maya)
    given = {name: Given(grade, "") for name, _ in found.sections}
    return services.agree_calibration(by=maya, opened=found, agreed=given, because="As the group saw it.", now=make.NOW)


def test_those_asked_see_it_waiting_and_nobody_else() -> None:
    people = raters()
    made = begun(people)

    assert [list(calibrations_to_grade(each, make.DAY)) for each in people] == [[made]] * 3
    assert open_calibration_or_none(make.council().grace, made.code) is None


def test_its_auditor_and_whoever_read_it_may_not_be_asked() -> None:
    audit = make.submitted_audit()
    reader = moderating.who_reads_everything("Reader")
    signed_in(reader).get(f"/audit/{audit.code}/read/")

    barred = dict(may_calibrate(audit, make.DAY).barred)
    assert barred[make.auditor_of(audit).name] == "audited or moderated this file"
    assert barred["Reader"] == "has read this audit, so knows its grades"


def test_grades_are_given_once_and_whole() -> None:
    people = raters()
    made = begun(people)
    found = seen(made, people[0])
    with pytest.raises(Refused, match="Give a grade for: "):
        services.give_ratings(by=people[0], opened=found, given={"plan": Given("good", "")}, now=make.NOW)
    rated(made, people[0], "good")

    with pytest.raises(Refused, match="graded this file already"):
        rated(made, people[0], "inadequate")


def test_after_it_closed_nobody_answers() -> None:
    people = raters()
    made = begun(people)
    found = seen(made, people[0])

    given = {name: Given("good", "") for name, _ in found.sections}
    with pytest.raises(Refused, match="closed on 13 October 2026"):
        services.give_ratings(by=people[0], opened=found, given=given, now=AFTER)


def test_the_answer_waits_until_all_have_answered() -> None:
    people = raters()
    made = begun(people)
    rated(made, people[0], "good")
    with pytest.raises(Refused, match="Some can still answer"):
        agreed(made)
    for each in people[1:]:
        rated(made, each, "good")

    assert calibrations_to_agree(make.council().maya, make.DAY) == [made]
    assert agreed(made).agreed[""] == "good"


def test_all_are_pooled_and_each_sees_only_her_own() -> None:
    people = raters(4)
    made = begun(people)
    for each, grade in zip(people, ("good", "good", "outstanding", "inadequate"), strict=True):
        rated(made, each, grade)
    agreed(made)

    hers, units = (results_of(who, seen(made, who))[0] for who in (people[2], make.council().maya))
    assert (hers.exact, hers.adjacent, hers.own.label if hers.own else "") == (2, 1, "Outstanding")
    assert [(grade.key, number) for grade, number in hers.counts] == [
        ("outstanding", 1), ("good", 2), ("requires_improvement", 0), ("inadequate", 1),
    ]  # fmt: skip
    assert units.own is None


def test_no_page_names_who_gave_what() -> None:
    people = raters(3)
    made = begun(people)
    for each in people:
        rated(made, each, "good")
    agreed(made)

    page = words(signed_in(make.council().maya).get(f"/audit/calibrations/{made.code}/"))
    assert not [each.name for each in people if each.name in page]


def test_of_two_answers_nothing_is_pooled() -> None:
    people = raters(2)
    made = begun(people)
    for each in people:
        rated(made, each, "good")
    agreed(made)

    assert {result.counts for result in results_of(people[0], seen(made, people[0]))} == {()}
    page = words(signed_in(people[0]).get(f"/audit/calibrations/{made.code}/"))
    assert "Fewer than 3 people answered" in page
    assert "2 of 2" not in page.replace("2 of 2 answered", "")


def test_nothing_is_compared_before_the_answer_is_agreed() -> None:
    people = raters()
    made = begun(people)
    rated(made, people[0], "good")

    assert results_of(people[0], seen(made, people[0])) == []


def test_it_is_begun_graded_and_agreed_by_its_pages() -> None:
    audit, people = make.submitted_audit(), raters()
    maya = signed_in(make.council().maya)
    said = {
        "title": "Plans", "people": [str(each.pk) for each in people], "closes_on-day": "13", "closes_on-month": "10",
        "closes_on-year": "2026",
    }  # fmt: skip
    assert "Who is asked to grade this file?" in words(maya.get(f"/audit/calibrations/of/{audit.code}/"))
    assert maya.post(f"/audit/calibrations/of/{audit.code}/", said).status_code == 302
    made = Calibration.objects.get()
    sections = len(seen(made, people[0]).sections)
    grades = {f"grade-{place}": "good" for place in range(sections)}
    for each in people:
        client = signed_in(each)
        assert "Grade this file" in words(client.get(f"/audit/calibrations/{made.code}/"))
        assert client.get(f"/audit/calibrations/{made.code}/grade/").status_code == 200
        assert client.post(f"/audit/calibrations/{made.code}/grade/", grades).status_code == 302
    assert maya.get(f"/audit/calibrations/{made.code}/agree/").status_code == 200
    assert maya.post(f"/audit/calibrations/{made.code}/agree/", grades | {"because": "So."}).status_code == 302
    assert "Gave the same" in words(signed_in(people[0]).get(f"/audit/calibrations/{made.code}/"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_three_statements(number: int) -> None:
    people, audits = raters(2), make.audits(make.drawn_session(number))
    for audit in audits:
        make.submitted_audit(audit)
        services.begin_calibration(
            by=make.council().maya, audit=audit, title="Plans", people=people, closes_on=CLOSES, now=make.NOW
        )
    maya = signed_in(make.council().maya)
    maya.get("/audit/calibrations/")

    assert statements(lambda: maya.get("/audit/calibrations/")) == 3


# --- closed without an answer ------------------------------------------------------------------------------


def closed(calibration: Calibration, by: Person | None = None, now: datetime = make.NOW) -> Calibration:
    by = by or make.council().maya
    return services.withdraw_calibration(by=by, opened=seen(calibration, by), because="The wrong file.", now=now)


def test_it_can_be_closed_without_an_answer_and_the_reason_is_in_the_trail() -> None:
    people = raters()
    made = begun(people)
    rated(made, people[0], "good")

    made = closed(made)

    event = Event.objects.get(thing="calibration", verb="withdrew")
    assert (event.by_name, event.because) == ("Maya Holt", "The wrong file.")
    assert (seen(made, people[0]).withdrawn, results_of(people[0], seen(made, people[0]))) == (True, [])
    told = set(Notice.objects.filter(key__startswith="calibration closed:").values_list("person_id", flat=True))
    assert told == {each.pk for each in people}


def test_closed_it_waits_for_nobody_and_takes_no_answer() -> None:
    people = raters()
    made = begun(people)
    before = seen(made, people[0])
    closed(made)

    assert [list(calibrations_to_grade(each, make.DAY)) for each in people] == [[]] * 3
    assert calibrations_to_agree(make.council().maya, AFTER.date()) == []
    given = {name: Given("good", "") for name, _ in before.sections}
    with pytest.raises(Refused, match="This calibration is closed"):
        services.give_ratings(by=people[0], opened=before, given=given, now=make.NOW)
    with pytest.raises(Refused, match="closed without an answer"):
        agreed(made)
    with pytest.raises(Refused, match="closed already"):
        closed(made)


def test_who_never_answers_is_blind_until_the_unit_closes_it_and_no_longer() -> None:
    reader = moderating.who_reads_everything("Reader")
    made = begun([*raters(2), reader])
    page = f"/audit/{made.audit.code}/read/"

    with time_machine.travel(AFTER, tick=False):
        assert signed_in(reader).get(page).status_code == 404
        closed(made, now=AFTER)
        assert signed_in(reader).get(page).status_code == 200


def test_nobody_else_closes_it_and_a_reason_is_needed() -> None:
    people = raters()
    made = begun(people)

    with pytest.raises(Refused, match="closed by the Quality Assurance Unit"):
        closed(made, people[0])
    with pytest.raises(Refused, match="Say why"):
        services.withdraw_calibration(
            by=make.council().maya, opened=seen(made, make.council().maya), because=" ", now=make.NOW
        )


def test_one_of_the_unit_who_was_asked_answers_first_or_waits_for_its_last_day() -> None:
    unit = moderating.who_reads_everything("Reader")
    made = begun([*raters(2), unit])

    with pytest.raises(Refused, match="Do that first, or let somebody else close it"):
        closed(made, unit)
    assert calibrations_to_agree(unit, make.DAY) == []
    assert calibrations_to_agree(unit, AFTER.date()) == [made]
    assert closed(made, unit, AFTER).agreed == {}


def test_nobody_answered_it_waits_to_be_closed() -> None:
    made = begun()
    maya = make.council().maya

    assert calibrations_to_agree(maya, AFTER.date()) == [made]
    with time_machine.travel(AFTER, tick=False):
        client = signed_in(maya)
        said = words(client.get(f"/audit/calibrations/{made.code}/"))
        assert "Nobody has answered, so there is nothing to compare. Close it without an answer" in said
        sent = client.post(f"/audit/calibrations/{made.code}/close/", {"because": ""})
        assert (sent.status_code, faults(sent)) == (400, ["Say why it is closed without an answer."])
        assert client.post(f"/audit/calibrations/{made.code}/close/", {"because": "Too few."}).status_code == 302
        assert "Too few." in words(client.get(f"/audit/calibrations/{made.code}/"))
        assert "Closed" in words(client.get("/audit/calibrations/"))

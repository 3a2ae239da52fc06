"""A grade disputed by the audited team: within its days, once, decided by somebody apart, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
import time_machine

from goldenthread.audit.models import Audit, Judgement, Moderation
from goldenthread.audit.queries.challenge import challenges_to_decide, challenging, open_challenge_or_none
from goldenthread.audit.queries.moderation import Given, OpenModeration
from goldenthread.audit.services import challenge as services
from goldenthread.method.refusal import Refused
from goldenthread.notices.models import Notice
from goldenthread.people.models import Person
from tests import make
from tests.audit import moderating
from tests.browsing import signed_in, words

pytestmark = pytest.mark.django_db

DUTY = [make.Line(f"D{place}") for place in range(1, 9)]  # all held in Duty 2, which Rafiq manages
WHY = "The plan was signed on 3 September."


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


def returned(*, moderated: bool = True) -> Audit:
    """An audit of Duty 2's, graded Inadequate and returned; moderated, and found the same, or never moderated."""
    session = make.drawn_session(1 if moderated else 8, cases=DUTY, of=make.session(seats=[make.council().grace]))
    audits = [make.submitted_audit(each, grade="inadequate" if moderated else "good") for each in make.audits(session)]
    if moderated:
        moderating.graded(audits[0], "inadequate")
        audit = audits[0]
    else:
        sent = set(Moderation.objects.values_list("audit", flat=True))
        audit = next(each for each in audits if each.pk not in sent)
    make.returned_audit(audit)
    return audit


def seen(audit: Audit, by: Person) -> OpenModeration:
    found = open_challenge_or_none(by, moderating.of(audit).code)
    assert found is not None
    return found


def challenged(audit: Audit, by: Person | None = None, now: datetime = make.NOW) -> Moderation:
    by = by or make.council().rafiq
    return services.challenge_grade(by=by, found=seen(audit, by), because=WHY, now=now)


def decided(audit: Audit, by: Person | None = None, **grades: str) -> Moderation:
    by = by or make.council().helena
    given = {name: Given(grade, "") for name, grade in grades.items()}
    return services.decide_challenge(
        by=by, found=seen(audit, by), decided=given, because="I have read it.", now=make.NOW
    )


# --- made --------------------------------------------------------------------------------------------------


def test_the_window_opens_with_the_return() -> None:
    assert moderating.of(returned()).challenge_due_on == date(2026, 10, 13)


def test_the_teams_manager_challenges_and_a_director_is_asked_within_ten_days() -> None:
    audit = returned()

    made = challenged(audit)

    assert (made.state, made.challenge, made.challenged_by) == ("challenged", WHY, make.council().rafiq)
    assert made.due_on == date(2026, 10, 20)
    told = set(Notice.objects.filter(key__startswith="challenged:").values_list("name", flat=True))
    assert told == {"Helena Roe", "Desmond Hale"} or len(told) >= 1


def test_an_audit_that_was_never_moderated_can_be_challenged() -> None:
    audit = returned(moderated=False)

    made = challenged(audit)

    assert (made.stage, made.reason, made.state) == ("challenge", "challenge", "challenged")


def test_what_only_could_be_challenged_is_on_no_list() -> None:
    audit = returned(moderated=False)
    maya = signed_in(make.council().maya)

    assert audit.ref not in words(maya.get("/audit/moderation/?state=all"))
    challenged(audit)
    assert audit.ref in words(maya.get("/audit/moderation/?state=all"))


def test_too_late_is_said() -> None:
    audit = returned()

    with pytest.raises(Refused, match="could be challenged until 13 October 2026"):
        challenged(audit, now=make.NOW + timedelta(days=8))


def test_twice_is_refused() -> None:
    audit = returned()
    challenged(audit)

    with pytest.raises(Refused, match="were challenged already, on 6 October 2026"):
        challenged(audit, make.council().bridget)


def test_another_teams_manager_finds_nothing_to_challenge() -> None:
    audit = returned()

    assert open_challenge_or_none(make.council().zofia, moderating.of(audit).code) is None


def test_the_auditor_may_see_it_and_not_make_it() -> None:
    audit = returned()

    with pytest.raises(Refused, match="challenged by the managers of the audited team"):
        challenged(audit, make.council().grace)


def test_it_waits_until_the_grades_are_agreed() -> None:
    session = make.drawn_session(1, cases=DUTY, of=make.session(seats=[make.council().grace]))
    audit = make.submitted_audit(make.audit(session), grade="inadequate")
    make.returned_audit(audit)

    with pytest.raises(Refused, match="still being moderated"):
        challenged(audit)
    with time_machine.travel(make.NOW + timedelta(days=6), tick=False):
        vera = moderating.allotted(audit)
        found = moderating.opened(audit, vera)
        sent = moderating.changes_in(moderating.typed(found, "inadequate"))
        late = make.NOW + timedelta(days=6)
        moderating.services.submit_grades(by=vera, found=found, changes=sent, now=late)
    assert moderating.of(audit).challenge_due_on == date(2026, 10, 19)


# --- decided -----------------------------------------------------------------------------------------------


def test_the_decided_grade_stands_with_its_reason() -> None:
    audit = returned()
    challenged(audit)

    row = decided(audit, plan="good")

    assert (row.state, row.decision, row.decided_by) == ("decided", "I have read it.", make.council().helena)
    standing = Judgement.objects.get(audit=audit, section="plan", stands=True)
    assert (standing.stage, standing.grade, standing.rationale) == ("decided", "good", "I have read it.")
    assert moderating.standing(audit)["voice"] == "inadequate"


def test_the_manager_who_challenged_does_not_decide() -> None:
    audit = returned()
    challenged(audit)

    with pytest.raises(Refused):
        decided(audit, make.council().rafiq, plan="good")


def test_nobody_decides_without_saying_why() -> None:
    audit = returned()
    challenged(audit)
    helena = make.council().helena

    with pytest.raises(Refused, match="Say why you decide so"):
        services.decide_challenge(by=helena, found=seen(audit, helena), decided={}, because=" ", now=make.NOW)


def test_it_waits_for_those_who_decide_until_it_is_decided() -> None:
    audit = returned()
    challenged(audit)
    here = make.council()

    waiting = [list(challenges_to_decide(who, make.DAY)) for who in (here.helena, here.maya, here.rafiq)]
    decided(audit)

    assert waiting == [[moderating.of(audit)], [], []]
    assert list(challenges_to_decide(here.helena, make.DAY)) == []


# --- pages -------------------------------------------------------------------------------------------------


def test_the_returned_audits_page_says_until_when() -> None:
    audit = returned()
    panel = challenging(make.council().rafiq, audit, make.DAY)

    assert panel is not None
    assert (panel.until, panel.refusal, panel.state) == (date(2026, 10, 13), "", "agreed")
    assert challenging(make.council().ffion, audit, make.DAY) is None


def test_a_challenge_is_made_and_decided_by_its_pages() -> None:
    audit = returned()
    code, here = moderating.of(audit).code, make.council()
    rafiq, helena = signed_in(here.rafiq), signed_in(here.helena)

    assert "You can do this once" in words(rafiq.get(f"/audit/challenges/{code}/make/"))
    assert rafiq.post(f"/audit/challenges/{code}/make/", {"because": WHY}).status_code == 302
    assert WHY in words(helena.get(f"/audit/challenges/{code}/"))
    assert WHY in words(helena.get(f"/audit/challenges/{code}/decide/"))
    assert helena.post(f"/audit/challenges/{code}/decide/", {"because": "I have read it."}).status_code == 302
    assert "I have read it." in words(rafiq.get(f"/audit/challenges/{code}/"))

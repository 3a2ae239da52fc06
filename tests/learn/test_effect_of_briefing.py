"""Which files a briefing's effect is read from, and what of them counts."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.audit.models import Judgement
from goldenthread.audit.services import calibration
from goldenthread.framework.models import TemplateVersion
from goldenthread.framework.services import adopt_template, decide_correspondence
from goldenthread.framework.template_files import SHIPPED, rows_in
from goldenthread.learn.models import Briefing
from goldenthread.learn.queries.effect import Measured, effect_of_briefing, effect_of_procedure
from goldenthread.method.effect import Count
from goldenthread.method.template import template_source
from goldenthread.people.models import Person
from goldenthread.plan.models import Focus
from goldenthread.plan.queries.years import year_or_none
from goldenthread.plan.services.focuses import set_focus
from goldenthread.plan.services.years import open_year
from tests import make
from tests.learn import briefed

pytestmark = pytest.mark.django_db

BEFORE, AFTER = date(2026, 10, 6), date(2026, 10, 20)  # a week on either side of the day it is given


def measured(of: Briefing, by: Person | None = None) -> Measured:
    return effect_of_briefing(by or make.council().maya, of, briefed.TODAY)


def counts(found: Measured) -> tuple[Count, Count]:
    return found.compared.whole.before, found.compared.whole.after


def test_files_are_before_or_after_the_day_it_was_given_to_all() -> None:
    briefing = briefed.briefing()
    briefed.arranged(briefing)
    briefed.files(BEFORE, "no", "partly", "yes")
    briefed.files(AFTER, "yes", "yes")

    assert counts(measured(briefing)) == (Count(1, 3), Count(2, 2))


def test_each_team_is_held_against_the_day_of_its_own_meeting() -> None:
    briefing = briefed.briefing()
    briefed.arranged(briefing, make.team("Duty 2"), held_on=BEFORE)
    briefed.arranged(briefing, make.team("Safeguarding 1"), held_on=briefed.GIVEN)
    audits = briefed.files(date(2026, 10, 8), "yes", "yes", "no", "no")
    teams = [audit.team_name for audit in audits]

    before, after = counts(measured(briefing))
    assert (before.of, after.of) == (teams.count("Safeguarding 1"), teams.count("Duty 2"))


def test_files_of_a_team_that_was_not_briefed_are_in_no_count() -> None:
    briefing = briefed.briefing()
    briefed.arranged(briefing, make.team("Duty 2"))
    audits = briefed.files(AFTER, "yes", "yes", "yes", "yes")
    others = sum(audit.team_name != "Duty 2" for audit in audits)

    found = measured(briefing)
    assert (found.compared.untold, found.compared.whole.after.of) == (others, 4 - others)


def test_a_session_that_was_cancelled_briefed_nobody() -> None:
    briefing = briefed.briefing()
    (session,) = briefed.arranged(briefing)
    briefed.services.cancel_briefing_session(by=make.council().maya, session=session, now=briefed.LATER)

    assert not measured(briefing).given


def test_what_does_not_apply_to_a_child_is_not_counted() -> None:
    briefing = briefed.briefing(["matching"])
    briefed.arranged(briefing)
    briefed.files(BEFORE, "not_applicable", question="matching")

    assert measured(briefing).compared.whole.before.of == 0


def test_files_that_were_picked_are_in_no_count() -> None:
    briefing = briefed.briefing()
    briefed.arranged(briefing)
    briefed.files(BEFORE, "yes", "no")
    briefed.picked(AFTER, "yes", "yes")

    assert counts(measured(briefing)) == (Count(1, 2), Count(0, 0))


def test_files_that_were_audited_again_are_in_no_count() -> None:
    briefing = briefed.briefing()
    briefed.arranged(briefing)
    first, _ = briefed.files(BEFORE, "yes", "no")
    first.kind = "reaudit"
    first.save()

    assert counts(measured(briefing))[0].of == 1


def test_an_audit_that_is_not_submitted_is_in_no_count() -> None:
    briefing = briefed.briefing()
    briefed.arranged(briefing)
    make.answered_audit(answers={"chronology": "yes"})

    assert counts(measured(briefing)) == (Count(0, 0), Count(0, 0))


def test_a_grade_counts_as_it_stands_and_from_good_on() -> None:
    briefing = briefed.briefing(["plan_grade"])
    briefed.arranged(briefing)
    first, second, _ = briefed.files(BEFORE, "good", "outstanding", "requires_improvement", question="plan_grade")
    Judgement.objects.filter(audit=first, section="plan").update(stands=False)
    Judgement.objects.create(
        authority=first.authority, audit=first, section="plan", stage="decided", grade="inadequate",
        made_at=briefed.LATER, made_by=make.council().maya,
    )  # fmt: skip

    assert counts(measured(briefing))[0] == Count(1, 3)
    assert second.state == "submitted"


def test_whoever_grades_a_file_blind_does_not_have_it_in_her_counts() -> None:
    briefing, here = briefed.briefing(), make.council()
    briefed.arranged(briefing)
    audit, _ = briefed.files(BEFORE, "yes", "no")
    beside = make.person("independent_reviewing_officer", "Independent Reviewing Unit")
    calibration.begin_calibration(
        by=here.maya, audit=audit, title="Chronologies", people=[here.bridget, beside],
        closes_on=date(2026, 12, 1), now=briefed.LATER,
    )  # fmt: skip

    assert counts(measured(briefing, here.bridget))[0].of == 1
    assert counts(measured(briefing))[0].of == 2


def renamed(**names: str) -> None:
    """A newer version of the case file's template, some questions of which have other names."""
    source = template_source(*rows_in(SHIPPED / "case_file"))
    rows = [{**row, "name": names.get(row.get("name", ""), row.get("name", ""))} for row in source["survey"]]
    adopt_template(by=make.council().maya, source={**source, "survey": rows}, now=briefed.LATER)


def versions() -> list[TemplateVersion]:
    return list(TemplateVersion.objects.filter(key="case_file").order_by("version"))


def test_answers_to_a_newer_template_are_followed_as_was_decided() -> None:
    briefing = briefed.briefing()
    briefed.arranged(briefing)
    briefed.files(BEFORE, "no")
    renamed(chronology="story")
    older, newer = versions()
    decide_correspondence(
        by=make.council().maya, older=older, newer=newer, questions={"chronology": "story"}, now=briefed.LATER
    )
    briefed.files(AFTER, "yes", "no", question="story")

    assert counts(measured(briefing)) == (Count(0, 1), Count(1, 2))


def test_a_question_that_goes_on_nowhere_is_not_guessed() -> None:
    briefing = briefed.briefing()
    briefed.arranged(briefing)
    renamed(chronology="story")
    briefed.files(AFTER, "yes", question="story")

    assert counts(measured(briefing))[1].of == 0


def test_a_briefing_on_the_newer_template_follows_answers_to_the_older() -> None:
    briefed.files(BEFORE, "yes", "no")
    renamed(record_current="record_whole")
    briefing = briefed.briefing(now=briefed.LATER)
    briefed.arranged(briefing)

    assert counts(measured(briefing))[0] == Count(1, 2)


# --- a new procedure ---------------------------------------------------------------------------------------


def procedure() -> Focus:
    here = make.council()
    year = open_year(
        by=here.maya, framework=here.framework, starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31),
        kinds={"case_file": 120}, now=make.NOW,
    )  # fmt: skip
    assert year_or_none(here.authority.pk, year.code)
    return set_focus(
        by=here.maya, year=year, kind="procedure", title="The new chronology form", questions=["Is it used?"],
        from_on=date(2026, 10, 13), to_on=date(2027, 3, 31), now=make.NOW,
    )  # fmt: skip


def test_a_new_procedure_is_compared_from_the_day_it_came_into_force() -> None:
    focus = procedure()
    briefed.files(date(2026, 10, 12), "no", "no")
    briefed.files(date(2026, 10, 13), "yes")

    found = effect_of_procedure(make.council().maya, focus, focus.from_on, ["chronology"], briefed.TODAY)
    assert counts(found) == (Count(0, 2), Count(1, 1))


def test_a_question_that_is_not_in_the_template_is_left_out() -> None:
    focus = procedure()
    found = effect_of_procedure(make.council().maya, focus, focus.from_on, ["nonsense"], briefed.TODAY)

    assert found.items == ()

"""Which template an audit is opened with: its kind's, with the questions of its session's focus."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
import time_machine

from goldenthread.audit.models import Audit
from goldenthread.framework.models import TemplateVersion
from goldenthread.framework.services import adopt_template
from goldenthread.framework.showing import shipped_source
from goldenthread.learn.queries.sessions import session_figures as figures
from goldenthread.method.quotas import quotas_in_proportion
from goldenthread.method.refusal import Refused
from goldenthread.plan.models import Focus, Session
from goldenthread.plan.services.focuses import change_focus, set_focus
from goldenthread.plan.services.years import open_year
from goldenthread.select.models import CaseList
from goldenthread.select.queries.frames import draw_frame
from goldenthread.select.services.draws import Chosen, cast, freeze
from tests import make
from tests.browsing import signed_in, words

pytestmark = pytest.mark.django_db

QUESTIONS = ("What did the worker ask about control and fear?", "Was the safety plan made with the parent?")


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def focus(questions: Sequence[str] = QUESTIONS) -> Focus:
    here = make.council()
    year = open_year(
        by=here.maya, framework=here.framework, starts_on=date(2026, 4, 1), ends_on=date(2027, 3, 31),
        kinds={"case_file": 120}, now=make.NOW,
    )  # fmt: skip
    return set_focus(
        by=here.maya, year=year, kind="theme", title="Domestic abuse", questions=questions, from_on=year.starts_on,
        to_on=year.ends_on, now=make.NOW,
    )  # fmt: skip


def session_with(set_to: Focus, held_on: date = make.DAY) -> Session:
    held = make.session(held_on=held_on)
    Session.objects.filter(pk=held.pk).update(set_focus=set_to)
    held.refresh_from_db()
    return make.drawn_session(1, of=held)


def drawn_as(kind: str, of: str = "case_file") -> Session:
    here, listed, held = make.council(), make.case_list(), make.session()
    CaseList.objects.filter(pk=listed.pk).update(kind=of)
    frame = draw_frame(listed, held, here.framework.parsed)
    frozen = freeze(
        by=here.maya, case_list=listed, session=held, framework=here.framework, cases=frame.cases,
        exclusions=frame.exclusions, quotas=quotas_in_proportion(frame.sizes, 1), now=make.NOW - timedelta(days=5),
        chosen=Chosen(kind=kind, because="Looked at by strata this time."),
    )  # fmt: skip
    cast(by=here.maya, draw=frozen, rolls=make.DICE, witnesses=make.WITNESSES, now=make.NOW - timedelta(days=4))
    return held


def adopted(key: str) -> TemplateVersion:
    return adopt_template(by=make.council().maya, source=shipped_source(key), now=make.NOW)


# --- kinds of audit -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["supervision_file", "closure_transfer", "carer_file", "dip_sample"])
def test_an_audit_asks_what_its_kind_is_asked(kind: str) -> None:
    held, template = drawn_as(kind), adopted(kind)

    audit = make.audit(held)

    assert (audit.kind, audit.template) == (kind, template)


def test_a_re_audit_asks_what_the_first_audit_did() -> None:
    assert make.audit(drawn_as("reaudit")).template.key == "case_file"


def test_a_carers_file_is_audited_again_by_the_template_of_carers_files() -> None:
    held, template = drawn_as("reaudit", of="carer_file"), adopted("carer_file")

    assert make.audit(held).template == template


def test_every_kind_is_written_and_submitted_whole() -> None:
    held = drawn_as("dip_sample")
    adopted("dip_sample")

    audit = make.submitted_audit(make.audit(held))

    assert audit.state == "submitted"
    assert [(each.section, each.grade) for each in audit.judgements.all()] == [("", "good")]


def test_a_kind_whose_template_nobody_adopted_is_refused_in_one_sentence() -> None:
    held = drawn_as("supervision_file")

    with pytest.raises(Refused) as refusal:
        make.audits(held)
    assert refusal.value.sentences == (
        "This council has no audit template called “supervision_file” yet. The Quality Assurance Unit adopts one in "
        "Settings.",
    )
    assert not Audit.objects.exists()


def test_the_template_of_a_part_opens_no_audit() -> None:
    adopted("practitioner")
    source = shipped_source("practitioner")
    source["settings"][0]["form_id"] = "supervision_file"
    adopt_template(by=make.council().maya, source=source, now=make.NOW)

    with pytest.raises(Refused, match="is the template of a part and gives no grades"):
        make.audits(drawn_as("supervision_file"))


# --- a focus ------------------------------------------------------------------------------------------------


def test_the_questions_of_a_focus_are_asked_beside_the_templates_own() -> None:
    audit = make.audit(session_with(focus()))
    client = signed_in(make.auditor_of(audit))

    page = words(client.get(f"/audit/{audit.code}/sections/focus/"))

    assert "Focus: Domestic abuse" in page
    assert [question in page for question in (*QUESTIONS, "Why this grade for the focus?")] == [True, True, True]


def test_the_focus_is_graded_and_stands_in_what_was_read() -> None:
    audit = make.submitted_audit(make.audit(session_with(focus())))

    assert audit.judgements.get(section="focus").grade == "good"
    assert QUESTIONS[0] in words(signed_in(make.council().maya).get(f"/audit/{audit.code}/read/"))


def test_the_session_report_grades_the_focus_among_the_sections() -> None:
    held = session_with(focus())
    make.submitted_audit(make.audit(held))

    (file,) = figures(held, make.DAY).files
    assert dict(file.sections)["Focus: Domestic abuse"] == "Good"


def test_the_focus_is_asked_before_the_overall_grade() -> None:
    template = make.audit(session_with(focus())).template.parsed

    assert [section.name for section in template.sections][-2:] == ["focus", "overall"]


def test_a_focus_without_questions_changes_nothing() -> None:
    assert make.audit(session_with(focus(()))).template.key == "case_file"


def test_the_template_with_a_focus_is_kept_once() -> None:
    set_to = focus()
    first, second = make.audit(session_with(set_to)), make.audit(session_with(set_to, date(2026, 10, 13)))

    assert first.template == second.template
    assert first.template.key == f"case_file.{set_to.code}"


def test_a_revised_focus_makes_a_new_version_and_past_audits_keep_theirs() -> None:
    set_to = focus()
    first = make.submitted_audit(make.audit(session_with(set_to)))
    year = set_to.year
    change_focus(
        by=make.council().maya, focus=set_to, kind="theme", title="Domestic abuse", questions=["And now?"],
        from_on=year.starts_on, to_on=year.ends_on, now=make.NOW,
    )  # fmt: skip

    second = make.audit(session_with(set_to, date(2026, 10, 13)))

    first.refresh_from_db()
    asked = [
        [
            question.label
            for question in each.template.parsed.questions.values()
            if question.name in ("focus_1", "focus_2")
        ]
        for each in (first, second)
    ]
    assert asked == [list(QUESTIONS), ["And now?"]]
    assert [each.template.version for each in (first, second)] == [1, 2]


def test_a_new_version_of_the_template_is_asked_with_the_focus_too() -> None:
    set_to = focus()
    make.audit(session_with(set_to))
    source = json.loads(TemplateVersion.objects.get(key="case_file").source)
    source["settings"][0]["version"] = "2"
    adopt_template(by=make.council().maya, source=source, now=make.NOW)

    assert make.audit(session_with(set_to, date(2026, 10, 13))).template.version == 2


def test_templates_with_a_focus_are_listed_apart() -> None:
    make.audit(session_with(focus()))

    page = words(signed_in(make.council().maya).get("/settings/templates/"))

    assert "Templates with the questions of a focus (1)" in page
    assert "Case file audit: Domestic abuse: version 1" in page

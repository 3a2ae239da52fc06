"""The pages of one audit: the section list, a section, its save, the choice between two answers, the submission."""

from __future__ import annotations

import json

import pytest
import time_machine
from django.test import Client

from goldenthread.audit import services
from goldenthread.audit.models import Answer, Audit
from goldenthread.audit.services.answers import Change
from goldenthread.framework.models import TemplateVersion
from goldenthread.trail.models import Event
from tests import make
from tests.audit.counting import statements
from tests.browsing import faults, form_in, signed_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def audit() -> Audit:
    """A file that Grace and Sunita audit together."""
    here, made = make.council(), make.audit()
    return services.allot(by=here.maya, case=made.case, auditors=[here.grace, here.sunita], now=make.NOW)


@pytest.fixture
def grace(audit: Audit) -> Client:
    return signed_in(make.council().grace)


@pytest.fixture
def sunita(audit: Audit) -> Client:
    return signed_in(make.council().sunita)


def page(audit: Audit, name: str = "") -> str:
    return f"/audit/{audit.code}/{name}"


def first(audit: Audit, kind: str, section: str) -> str:
    return next(n for n, q in audit.template.parsed.questions.items() if q.kind == kind and q.section == section)


def reads() -> int:
    return Event.objects.filter(verb="read").count()


def saved(client: Client, audit: Audit, **fields: str) -> dict:
    posted = {name.replace("__", "-"): value for name, value in fields.items()}
    return json.loads(client.post(page(audit, "save/"), posted).content)


# --- the section list --------------------------------------------------------------------------------------


def test_the_section_list_shows_what_the_case_list_said_and_how_far_each_section_is(grace, audit) -> None:
    found = words(grace.get(page(audit)))

    assert f"Audit of {audit.ref}" in found
    assert f"Worker {audit.worker_name}" in found
    assert "0 of 5" in found


def test_who_may_not_write_reads_the_whole_instead(audit: Audit) -> None:
    assert signed_in(make.council().maya).get(page(audit)).url == page(audit, "read/")


def test_an_auditor_who_since_joined_the_team_is_told_and_shown_nothing_written(audit: Audit) -> None:
    here = make.council()
    make.finding(audit, "A thing that was found.")
    here.grace.posts.update(team=audit.team)

    found = words(signed_in(here.grace).get(page(audit)))

    assert "You may not audit this file: you are someone who is in the team that holds this case." in found
    assert "A thing that was found." not in found
    assert signed_in(here.grace).get(page(audit, "read/")).url == page(audit)


# --- a section ---------------------------------------------------------------------------------------------


def test_a_section_asks_its_questions_with_what_stands(grace, audit) -> None:
    text = first(audit, "narrative", "voice")
    saved(grace, audit, **{f"q-{text}": "She wants to stay.", f"seen-{text}": "0"})

    sent = form_in(grace.get(page(audit, "sections/voice/")))

    assert (sent[f"q-{text}"].strip(), sent[f"seen-{text}"]) == ("She wants to stay.", "1")


def test_what_somebody_wrote_is_words_and_never_markup(grace, audit) -> None:
    text = first(audit, "narrative", "voice")
    saved(grace, audit, **{f"q-{text}": "</textarea><script>alert(1)</script>\x00", f"seen-{text}": "0"})

    found = grace.get(page(audit, "sections/voice/")).content.decode()

    assert "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in found
    assert "<script>alert" not in found


def test_the_second_visit_draws_a_question_as_the_first_did(grace, audit) -> None:
    voice = page(audit, "sections/voice/")

    first_time, again = (form_in(grace.get(voice)) for _ in range(2))

    assert first_time | {"csrfmiddlewaretoken": ""} == again | {"csrfmiddlewaretoken": ""}


def test_two_audits_of_one_template_do_not_share_their_answers() -> None:
    one, other = make.audits(make.drawn_session(2))
    make.answered_audit(one, grade="outstanding")
    make.answered_audit(other, grade="inadequate")
    graded = first(one, "graded", "voice")

    sent = [form_in(signed_in(make.auditor_of(a)).get(page(a, "sections/voice/")))[f"q-{graded}"] for a in (one, other)]

    assert sent == ["outstanding", "inadequate"]


def test_sending_a_section_saves_it_and_goes_on(grace, audit) -> None:
    text = first(audit, "narrative", "record")

    answer = grace.post(page(audit, "sections/record/"), {f"q-{text}": "Kept.", f"seen-{text}": "0"})

    assert answer.url == page(audit, "sections/referral/")
    assert Answer.objects.get().value == "Kept."


@pytest.mark.parametrize(("section", "then"), [("overall", ""), ("record", "list")])
def test_after_the_last_section_or_on_request_comes_the_list(grace, audit, section: str, then: str) -> None:
    assert grace.post(page(audit, f"sections/{section}/"), {"then": then}).url == page(audit)


def test_an_answer_that_cannot_be_kept_is_told_with_a_link_and_nothing_typed_is_lost(grace, audit) -> None:
    day, text = "review_date", first(audit, "narrative", "plan")
    typed = {f"q-{day}": "31/2/2026", f"seen-{day}": "0", f"q-{text}": "Two\r\nlines.", f"seen-{text}": "0"}

    answer = grace.post(page(audit, "sections/plan/"), typed)

    assert (answer.status_code, len(faults(answer))) == (400, 1)
    assert "“31/2/2026” is not a date" in faults(answer)[0]
    assert f'<a href="#q-{day}">' in answer.content.decode()
    assert f'id="q-{day}"' in answer.content.decode()
    assert {name: form_in(answer)[name] for name in (f"q-{day}", f"seen-{text}")} == {
        f"q-{day}": "31/2/2026",
        f"seen-{text}": "0",
    }
    assert "Two\r\nlines." in answer.content.decode()
    assert Answer.objects.count() == 0


def test_after_a_refusal_the_page_still_knows_which_version_was_seen(grace, sunita, audit) -> None:
    day, text = "review_date", first(audit, "narrative", "plan")
    saved(sunita, audit, **{f"q-{text}": "Hers.", f"seen-{text}": "0"})

    refused = grace.post(
        page(audit, "sections/plan/"),
        {f"q-{day}": "soon", f"seen-{day}": "0", f"q-{text}": "Mine.", f"seen-{text}": "0"},
    )
    sent = form_in(refused) | {f"q-{day}": ""}
    grace.post(page(audit, "sections/plan/"), sent)

    answer = Answer.objects.get(question=text)
    assert (answer.value, [rival["value"].strip() for rival in answer.rivals.values()]) == ("Hers.", ["Mine."])


def test_words_sent_after_the_submission_stay_on_the_page(grace, audit) -> None:
    make.submitted_audit(audit)
    text = first(audit, "narrative", "record")

    answer = grace.post(page(audit, "sections/record/"), {f"q-{text}": "One thing more.", f"seen-{text}": "1"})

    assert (answer.status_code, faults(answer)) == (
        400,
        ["This audit is “submitted”, so there is nothing to write in."],
    )
    assert "One thing more." in answer.content.decode()


def test_a_section_that_does_not_apply_to_the_child_is_not_there(grace, audit) -> None:
    assert grace.get(page(audit, "sections/fostering/")).status_code == 404


# --- saved as typed ----------------------------------------------------------------------------------------


def test_a_save_says_what_was_kept_at_which_version(grace, audit) -> None:
    text = first(audit, "narrative", "record")

    assert saved(grace, audit, **{f"q-{text}": "Kept.", f"seen-{text}": "0"}) == {
        "saved": [{"question": text, "version": 1, "clash": False, "theirs": "", "by": ""}],
        "at": "2026-10-06T14:00:00+00:00",
    }


def test_a_save_beside_anothers_words_says_whose_and_gives_them(grace, sunita, audit) -> None:
    text = first(audit, "narrative", "record")
    saved(grace, audit, **{f"q-{text}": "Seen alone.", f"seen-{text}": "0"})

    told = saved(sunita, audit, **{f"q-{text}": "Not seen.", f"seen-{text}": "0"})["saved"]

    name = make.council().grace.name
    assert told == [{"question": text, "version": 1, "clash": True, "theirs": "Seen alone.", "by": name}]


def test_a_save_that_cannot_be_kept_says_which_and_why(grace, audit) -> None:
    day, text = "review_date", first(audit, "narrative", "plan")

    answer = grace.post(page(audit, "save/"), {f"q-{day}": "soon", f"q-{text}": "Kept."})

    assert answer.status_code == 409
    assert list(answer.json()["faults"]) == [day]


def test_a_save_of_somebody_signed_out_leads_to_the_sign_in(audit) -> None:
    answer = Client().post(page(audit, "save/"), {})

    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/sign-in/")


# --- two answers -------------------------------------------------------------------------------------------


@pytest.fixture
def clash(grace: Client, sunita: Client, audit: Audit) -> str:
    text = first(audit, "narrative", "record")
    saved(grace, audit, **{f"q-{text}": "Seen alone.", f"seen-{text}": "0"})
    saved(sunita, audit, **{f"q-{text}": "Not seen.", f"seen-{text}": "0"})
    return text


def test_both_answers_are_shown_with_who_wrote_them(grace, audit, clash: str) -> None:
    found = words(grace.get(page(audit, "sections/record/")))

    here = make.council()
    assert f"{here.grace.name} wrote Seen alone. Keep this {here.sunita.name} wrote Not seen. Keep this" in found


def test_choosing_settles_and_saves_whatever_else_was_typed(grace, audit, clash: str) -> None:
    day = "review_date"
    posted = {f"seen-{clash}": "1", "settle": f"{clash}:both", f"q-{day}": "1/9/2026", f"seen-{day}": "0"}

    answer = grace.post(page(audit, "settle/"), posted)

    assert answer.url == page(audit, "sections/record/")
    assert {each.question: each.value for each in Answer.objects.all()} == {
        clash: "Seen alone.\n\nNot seen.",
        day: "2026-09-01",
    }


@pytest.mark.parametrize("settle", ["", "nonsense", "no_such_question:both", ":", "{}:999"])
def test_a_choice_that_was_not_offered_is_refused_in_words(grace, audit, clash: str, settle: str) -> None:
    answer = grace.post(page(audit, "settle/"), {"settle": settle.format(clash), f"seen-{clash}": "1"})

    assert answer.status_code == 409
    assert Answer.objects.get().rivals != {}


def test_enter_in_a_field_presses_no_choice(grace, audit, clash: str) -> None:
    found = grace.get(page(audit, "sections/record/")).content.decode()

    assert found.index('aria-hidden="true">Save</button>') < found.index('name="settle"')


# --- the submission ----------------------------------------------------------------------------------------


def test_what_is_missing_is_listed_with_links_to_each(grace, audit) -> None:
    found = grace.get(page(audit, "submit/"))

    assert "43 questions still need an answer" in words(found)
    assert f'href="{page(audit, "sections/record/")}#q-' in found.content.decode()
    assert "After you submit" not in words(found)


def test_a_whole_audit_is_submitted_from_the_page(grace, audit) -> None:
    make.answered_audit(audit)

    answer = grace.post(page(audit, "submit/"), form_in(grace.get(page(audit, "submit/"))))

    audit.refresh_from_db()
    assert (answer.url, audit.state) == (page(audit, "read/"), "submitted")


def test_submitting_twice_does_nothing_twice(grace, audit) -> None:
    make.answered_audit(audit)
    form = form_in(grace.get(page(audit, "submit/")))
    answers = [grace.post(page(audit, "submit/"), form) for _ in range(2)]

    assert [answer.url for answer in answers] == [page(audit, "read/")] * 2
    assert Event.objects.filter(verb="submitted").count() == 1


def test_two_answers_that_differ_are_pointed_at_before_the_submission(grace, audit, clash: str) -> None:
    assert f"#q-{clash}-clash" in grace.get(page(audit, "submit/")).content.decode()


def test_an_audit_that_is_not_whole_is_refused_in_words(grace, audit) -> None:
    services.save_answers(
        by=make.council().grace, opened=make.opened(audit, make.council().grace),
        changes=[Change(first(audit, "narrative", "record"), "Kept.", 0)], now=make.NOW,
    )  # fmt: skip

    answer = grace.post(page(audit, "submit/"))

    assert (answer.status_code, "questions still need an answer." in words(answer)) == (409, True)


# --- what each page leaves and costs -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["", "sections/record/", "submit/", "read/", "blank/", "history/", "findings/record/add/"],
)
def test_each_opening_of_a_page_is_one_reading_on_record(grace, audit, name: str) -> None:
    before = reads()

    assert grace.get(page(audit, name)).status_code == 200
    assert reads() - before == 1


def test_no_address_holds_a_childs_reference(grace, audit) -> None:
    for name in ("", "sections/record/", "submit/", "read/", "blank/", "history/"):
        found = grace.get(page(audit, name)).content.decode()
        hrefs = [part.partition('"')[0] for part in found.split('href="')[1:] + found.split('action="')[1:]]
        assert [href for href in hrefs if audit.ref.lower() in href.lower()] == []


def sixty(audit: Audit) -> Audit:
    """The audit with every question of its template in one section, which has only one grade."""
    source = json.loads(audit.template.source)
    asked = [row for row in source["survey"] if row["type"] not in {"begin_group", "end_group"}]
    for row in asked:
        row.pop("relevant", None)
        if not row["name"].startswith("record_") and row.get("role", "").startswith("section"):
            row.pop("role")
    group = {"type": "begin_group", "name": "record", "label": "The whole file"}
    source["survey"] = [group, *asked, {"type": "end_group"}]
    made = TemplateVersion.objects.create(
        authority=audit.authority, key="sixty", version=1, title="Sixty", source=json.dumps(source), sha256="6" * 64,
        adopted_at=make.NOW, adopted_by=make.council().maya,
    )  # fmt: skip
    Audit.objects.filter(pk=audit.pk).update(template=made)
    audit.refresh_from_db()
    return audit


def test_opening_sixty_questions_takes_eight_statements(grace, audit) -> None:
    audit = make.answered_audit(sixty(audit))
    address = page(audit, "sections/record/")
    grace.get(address)

    assert statements(lambda: grace.get(address)) == 8


def test_opening_the_section_list_takes_eleven_statements(grace, audit) -> None:
    audit = make.answered_audit(audit)

    assert statements(lambda: grace.get(page(audit))) == 11


def test_saving_one_answer_takes_eight_statements(grace, audit) -> None:
    audit = make.answered_audit(audit)
    text = first(audit, "narrative", "record")

    assert statements(lambda: saved(grace, audit, **{f"q-{text}": "Other words.", f"seen-{text}": "1"})) == 8


def test_saving_a_whole_section_takes_no_more_than_one_answer(grace, audit) -> None:
    audit = make.answered_audit(audit)
    section = page(audit, "sections/voice/")
    sent = form_in(grace.get(section))
    texts = [name for name in sent if "Seen in the case notes." in sent[name]]

    assert len(texts) > 1
    assert statements(lambda: grace.post(section, sent | dict.fromkeys(texts, "Other words."))) == 8

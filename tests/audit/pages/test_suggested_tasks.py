"""What the answers suggest should be put right: shown, added by a person alone, and never suggested twice."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from goldenthread.audit import services
from goldenthread.audit.models import Audit, Finding
from goldenthread.audit.queries import written_in
from goldenthread.audit.queries.suggested import suggestions
from goldenthread.framework.models import TemplateVersion, digest
from tests import make
from tests.audit.counting import statements
from tests.browsing import form_in, signed_in, words

pytestmark = pytest.mark.django_db

UPDATE, TALK, WRITE = "Bring the record up to date.", "Talk it over in supervision.", "Write the chronology."


@pytest.fixture
def audit() -> Audit:
    return with_tasks()


def with_tasks(manager: str = "team_manager") -> Audit:
    """An audit whose every yes or no is answered yes, under rules that would rather have had it otherwise."""
    audit = make.audit()
    source = json.loads(audit.template.source)
    rules = {
        "record_current": ("yes", UPDATE, "practitioner"),
        "chronology": ("yes", TALK, manager),
        "sources_recorded": ("no", WRITE, "practitioner"),
    }
    for row in source["survey"]:
        if row.get("name") in rules:
            row["task_if"], row["task"], row["task_for"] = rules[row["name"]]
    made = TemplateVersion.objects.create(
        authority=audit.authority, key="with_tasks", version=1, title="With tasks", source=json.dumps(source),
        sha256=digest(json.dumps(source)), adopted_at=make.NOW, adopted_by=make.council().maya,
    )  # fmt: skip
    Audit.objects.filter(pk=audit.pk).update(template=made)
    audit.refresh_from_db()
    return make.answered_audit(audit)


@pytest.fixture
def auditor(audit: Audit) -> Client:
    return signed_in(make.auditor_of(audit))


def suggested(audit: Audit) -> list[str]:
    found = make.opened(audit)
    return [each.text for each in suggestions(found, written_in(found.part))]


def address(audit: Audit, question: str = "record_current", back: str = "list") -> str:
    return f"/audit/{audit.code}/findings/record/add/?suggested={question}&back={back}"


def taken_up(client: Client, audit: Audit, **changed: str) -> None:
    form = form_in(client.get(address(audit))) | {"theme": "planning"} | changed
    assert client.post(address(audit), form).status_code == 302


@pytest.mark.parametrize(("page", "back"), [("", "list"), ("submit/", "submit")])
def test_what_the_answers_suggest_is_shown_and_leads_to_the_form(auditor, audit, page: str, back: str) -> None:
    found = auditor.get(f"/audit/{audit.code}/{page}")

    assert (UPDATE in words(found), TALK in words(found), WRITE in words(found)) == (True, True, False)
    assert address(audit, back=back).replace("&", "&amp;") in found.content.decode()


def test_nothing_is_added_by_itself(auditor, audit) -> None:
    auditor.get(f"/audit/{audit.code}/")
    auditor.get(address(audit))

    assert Finding.objects.count() == 0


def test_the_form_stands_filled_in_and_waits_for_a_theme(auditor, audit) -> None:
    form = form_in(auditor.get(address(audit, "chronology")))

    assert {name: form[name].strip() for name in ("sort", "domain", "theme", "action", "action_for")} == {
        "sort": "improve", "domain": "practice", "theme": "", "action": TALK, "action_for": "team_manager",
    }  # fmt: skip
    assert form["text"].splitlines()[-1] == "Yes"


@pytest.mark.parametrize(("back", "page"), [("list", ""), ("submit", "submit/")])
def test_once_added_it_is_a_finding_and_the_page_it_came_from_is_there_again(auditor, audit, back, page) -> None:
    form = form_in(auditor.get(address(audit, back=back))) | {"theme": "planning"}

    assert auditor.post(address(audit, back=back), form).url == f"/audit/{audit.code}/{page}"
    assert [(each.action, each.action_for, each.section) for each in Finding.objects.all()] == [
        (UPDATE, "practitioner", "record")
    ]


def test_what_is_taken_up_is_not_suggested_again_whatever_was_made_of_its_words(auditor, audit) -> None:
    taken_up(auditor, audit, action="Write up June and July.", text="Two months are missing.")

    assert suggested(audit) == [TALK]


def test_what_somebody_asked_for_herself_in_the_same_words_is_not_suggested(audit) -> None:
    make.finding(audit, "It stops in May.", section="record", action=UPDATE)

    assert suggested(audit) == [TALK]


def test_a_suggestion_whose_finding_was_taken_out_is_there_again(auditor, audit) -> None:
    taken_up(auditor, audit, action="Write up June and July.")
    services.remove_finding(
        by=make.auditor_of(audit), opened=make.opened(audit), finding=Finding.objects.get(), now=make.NOW
    )

    assert suggested(audit) == [UPDATE, TALK]


@pytest.mark.parametrize("question", ["sources_recorded", "nothing", "<script>"])
def test_what_is_not_suggested_opens_an_empty_form(auditor, audit, question: str) -> None:
    form = form_in(auditor.get(address(audit, question)))

    assert (form["action"].strip(), form["text"].strip()) == ("", "")


def test_words_sent_for_what_somebody_else_took_up_meanwhile_are_kept(auditor, audit) -> None:
    form = form_in(auditor.get(address(audit))) | {"theme": "planning", "action": "Mine."}
    taken_up(auditor, audit, action="Hers.")
    auditor.post(address(audit), form)

    assert sorted(Finding.objects.values_list("action", flat=True)) == ["Hers.", "Mine."]


def test_who_only_reads_is_suggested_nothing(audit) -> None:
    make.submitted_audit(audit)

    assert UPDATE not in words(signed_in(make.council().maya).get(f"/audit/{audit.code}/read/"))


def test_a_post_that_is_asked_for_nothing_leaves_the_task_to_the_practitioner() -> None:
    found = make.opened(with_tasks("driver"))

    assert {each.whose for each in suggestions(found, written_in(found.part))} == {"The practitioner"}


def test_one_suggestion_or_two_take_one_statement(auditor, audit) -> None:
    page = f"/audit/{audit.code}/"
    auditor.get(page)
    two = statements(lambda: auditor.get(page))
    make.finding(audit, "It stops in May.", section="record", action=UPDATE)

    assert (statements(lambda: auditor.get(page)), two) == (12, 12)

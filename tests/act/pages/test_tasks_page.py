"""The list of tasks: narrowed by filters that survive, counted, taken along, and asked after many at once."""

from __future__ import annotations

import io
from datetime import date

import pytest
import time_machine
from django.test import Client
from python_calamine import CalamineWorkbook

from goldenthread.act.models import Task
from goldenthread.act.queries.returns import returns_visible_to
from goldenthread.act.queries.task_lists import TaskFilter, page_of_tasks
from goldenthread.act.queries.tasks import tasks_visible_to
from goldenthread.people.models import Person
from tests import make
from tests.act import duty
from tests.browsing import signed_in, statements, words

pytestmark = pytest.mark.django_db
PAGE = "/act/tasks/"
MIXED = {"Write it.": "practitioner", "Read it.": "team_manager"}


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


def texts(person: Person, narrowed: TaskFilter, today: date = make.DAY) -> list[str]:
    return sorted(task.text for task in page_of_tasks(person, narrowed, today).tasks)


def test_each_person_sees_the_tasks_of_the_returns_she_may_read() -> None:
    here = make.council()
    duty.returned(MIXED)

    for name in ("maya", "helena", "bridget", "rafiq", "ffion", "grace", "zofia", "mei"):
        person = getattr(here, name)
        seen = set(tasks_visible_to(person))
        assert seen == set(Task.objects.filter(returned__in=returns_visible_to(person))), name


def test_a_row_says_what_whose_and_how_it_stands() -> None:
    ref = duty.returned().audit.ref

    page = words(signed_in(make.council().rafiq).get(PAGE))

    assert "1 task, the soonest due first." in page
    assert (
        f"Write the chronology. Ffion Carrow · Case {ref}, Duty 2 · Standard To do, due in 14 days by 20 Oct 2026"
        in page
    )


def test_what_waits_is_shown_and_the_rest_when_asked_for() -> None:
    here, returned = make.council(), duty.returned(MIXED)
    duty.complete(returned, returned.tasks.get(text="Write it."))

    shown = {state: texts(here.maya, TaskFilter(state=state)) for state in ("", "to do", "done", "all")}

    assert shown == {"": ["Read it."], "to do": ["Read it."], "done": ["Write it."], "all": ["Read it.", "Write it."]}


def test_each_filter_narrows() -> None:
    here, returned = make.council(), duty.returned(MIXED)
    Task.objects.filter(text="Read it.").update(severity="urgent", scope="team", due_on=date(2026, 10, 1))
    urgent, both = ["Read it."], ["Read it.", "Write it."]

    found = {
        repr(narrowed): texts(here.maya, narrowed)
        for narrowed in (
            TaskFilter(due="late"), TaskFilter(severity="urgent"), TaskFilter(scope="team"),
            TaskFilter(owner="alderton"), TaskFilter(text="C00"), TaskFilter(text="Z"),
            TaskFilter(team=str(returned.team_id)), TaskFilter(service=str(returned.service_id)),
            TaskFilter(team="999999"),
        )
    }  # fmt: skip

    assert list(found.values()) == [urgent, urgent, urgent, urgent, both, [], both, both, []]
    assert texts(here.rafiq, TaskFilter(mine=True)) == urgent
    assert texts(here.maya, TaskFilter(due="soon"), date(2026, 10, 14)) == ["Write it."]


def test_filters_survive_until_one_link_clears_them() -> None:
    duty.returned(MIXED)
    client = signed_in(make.council().maya)
    client.get(PAGE + "?owner=ffion&state=")

    again = client.get(PAGE, follow=True)
    assert (again.redirect_chain, "1 task," in words(again)) == ([(PAGE + "?owner=ffion", 302)], True)

    cleared = client.get(PAGE + "?clear=1", follow=True)
    assert (cleared.redirect_chain, "2 tasks," in words(cleared)) == ([(PAGE, 302)], True)


def test_a_filter_that_makes_no_sense_is_left_out() -> None:
    duty.returned()

    page = words(signed_in(make.council().maya).get(PAGE + "?state=never&team=x&after=last.week"))

    assert "1 task," in page


def test_a_page_ends_where_the_next_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    here = make.council()
    duty.returned({f"Write part {place}.": "practitioner" for place in range(3)})
    monkeypatch.setattr("goldenthread.web.keyset.PAGE", 2)

    first = page_of_tasks(here.maya, TaskFilter(), make.DAY)
    second = page_of_tasks(here.maya, TaskFilter(), make.DAY, first.next)

    assert [task.text for task in (*first.tasks, *second.tasks)] == [f"Write part {place}." for place in range(3)]
    assert (first.count, second.count, second.next) == (3, 3, "")


def test_many_are_asked_after_at_once() -> None:
    duty.returned(MIXED)
    client = signed_in(make.council().maya)
    assert words(client.get(PAGE)).count("Choose task ") == 2

    sent = {"task": list(Task.objects.values_list("code", flat=True))}
    answer = client.post(PAGE + "chase/", sent, follow=True)

    assert "2 people are asked about 2 tasks, each in one message." in words(answer)
    assert (words(answer).count("asked after 6 Oct 2026"), words(answer).count("Choose task ")) == (2, 0)


def test_who_may_not_ask_after_them_is_offered_no_boxes_and_is_refused() -> None:
    returned = duty.returned()
    client = signed_in(make.council().ffion)

    assert "Choose" not in words(client.get(PAGE))
    answer = client.post(PAGE + "chase/", {"task": [returned.tasks.get().code]})
    assert (answer.status_code, "by those who manage the team" in words(answer)) == (409, True)


def test_nothing_chosen_is_one_sentence() -> None:
    answer = signed_in(make.council().maya).post(PAGE + "chase/", {})

    assert (answer.status_code, "Choose at least one task to ask after." in words(answer)) == (409, True)


def test_what_is_shown_is_taken_along_and_no_cell_is_a_formula() -> None:
    duty.returned({"=1+1": "practitioner", "Read it.": "team_manager"})
    client = signed_in(make.council().maya)

    lines = client.get(PAGE + "export/csv/?owner=ffion").content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[3] for line in lines] == ["Task", "'=1+1"]

    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(PAGE + "export/xlsx/").content))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[3] for row in rows] == ["Task", "=1+1", "Read it."]


def test_the_list_says_what_to_do_when_there_is_nothing() -> None:
    client = signed_in(make.council().maya)

    assert "No task waits. When an audit is returned to a team" in words(client.get(PAGE))
    assert "No task fits these filters." in words(client.get(PAGE + "?text=Z"))


def test_nobody_comes_in_without_signing_in() -> None:
    assert Client().get(PAGE).headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "expected"), [("maya", 6), ("rafiq", 6)])
def test_it_takes_the_same_statements_however_many_there_are(name: str, expected: int, number: int) -> None:
    duty.returned({f"Write part {place}.": "practitioner" for place in range(number)})

    assert statements(signed_in(getattr(make.council(), name)), PAGE) == expected

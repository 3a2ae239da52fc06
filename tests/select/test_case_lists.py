"""Uploading, checking, loading and discarding a case list."""

from __future__ import annotations

from datetime import date
from unittest import mock

import pytest
from django.db import DatabaseError, connection, transaction

from goldenthread.method.refusal import Refused
from goldenthread.select.formats.model import NamedBytes
from goldenthread.select.models import CaseLine, CaseList, Mapping
from goldenthread.select.queries.case_lists import lines_page, lists_before, plain_name
from goldenthread.select.services import case_lists as services
from goldenthread.trail.models import Event
from goldenthread.trail.queries import events_of
from tests import make
from tests.select.formats.test_returns import PLAN, STARTED, census, child
from tests.select.lists import AS_AT, HEADINGS, ROWS, loaded, table, uploaded

pytestmark = pytest.mark.django_db

ODD = ("C4", "Level 9", "Safeguarding 1", "Kwame Larkfield", "04/03/2026")


def given(data: bytes, as_at: date | None = None, **how) -> CaseList:
    files = [NamedBytes("cases.csv", data)]
    return services.upload_case_list(by=make.council().maya, files=files, as_at=as_at, now=make.NOW, **how)


def decide(case_list: CaseList, **meanings) -> CaseList:
    return services.decide_meanings(by=make.council().maya, case_list=case_list, meanings=meanings, now=make.NOW)


def test_an_uploaded_list_says_what_it_holds_and_has_no_line_yet() -> None:
    case_list = uploaded()

    assert (case_list.state, case_list.source, case_list.as_at) == ("checking", "extract", AS_AT)
    assert {status: count for status, count in case_list.summary["by_status"].items() if count} == {
        "looked_after": 1,
        "child_protection": 1,
        "child_in_need": 1,
    }
    assert case_list.summary["by_team"] == {"Duty 2": 1, "Safeguarding 1": 2}
    assert not CaseLine.objects.exists()


def test_neither_the_file_nor_a_birthday_in_it_is_kept() -> None:
    case_list = given(table([(*ROWS[0], "07/08/2015")], (*HEADINGS, "Date of Birth")), AS_AT)

    kept = repr(services.reading_of(case_list))
    assert ("C1" in kept, "2015" in kept) == (True, False)


def test_a_loaded_list_has_a_line_for_each_open_case_with_its_team_and_worker() -> None:
    here = make.council()

    case_list = loaded()

    fields = ("ref", "status", "team__name", "worker", "opened_on")
    assert list(case_list.lines.values_list(*fields)) == [
        ("C1", "looked_after", "Duty 2", here.ffion.pk, date(2026, 3, 1)),
        ("C2", "child_protection", "Safeguarding 1", here.kwame.pk, date(2026, 3, 2)),
        ("C3", "child_in_need", "Safeguarding 1", here.kwame.pk, date(2026, 3, 3)),
    ]
    assert (case_list.state, case_list.reading, case_list.loaded_by) == ("loaded", None, here.maya)
    assert case_list.lines.get(ref="C1").tags == ["looked_after"]


def test_a_worker_is_known_by_staff_number_too() -> None:
    here = make.council()

    case_list = loaded([("C1", "CLA", "Duty 2", here.joel.staff_number.lower(), "01/03/2026")])

    assert case_list.lines.get().worker == here.joel


def test_a_name_that_two_people_have_is_nobodys() -> None:
    make.person(name="Alex Fenn")
    make.person(name="Alex  Fenn")

    case_list = loaded([("C1", "CLA", "Duty 2", "Alex Fenn", "01/03/2026")])

    assert (case_list.lines.get().worker, case_list.lines.get().worker_name) == (None, "Alex Fenn")


def test_names_are_told_apart_from_how_they_are_written() -> None:
    assert [plain_name(name) for name in ("Poole, Dana", " dana  POOLE", "Duty 2")] == [
        "dana poole",
        "dana poole",
        "duty 2",
    ]


def test_a_word_is_explained_once_and_remembered_for_the_next_list() -> None:
    first = decide(uploaded([*ROWS, ODD]), status={"Level 9": "child_in_need"})

    second = uploaded([ODD, ("C5", " LEVEL 9 ", "", "", "")])

    assert (first.summary["undecided"], first.summary["by_status"]["child_in_need"]) == (0, 2)
    assert (second.summary["undecided"], second.summary["unmapped"], second.summary["cases"]) == (0, [], 2)


def test_until_a_word_is_explained_its_child_waits() -> None:
    case_list = uploaded([*ROWS, ODD])

    assert (case_list.summary["undecided"], case_list.summary["unmapped"]) == (
        1,
        [{"field": "status", "value": "Level 9", "count": 1}],
    )


def test_a_meaning_said_again_takes_the_place_of_the_first() -> None:
    case_list = decide(uploaded([ODD]), status={"Level 9": "child_in_need"})
    decide(case_list, status={"Level 9": "early_help"})

    assert list(Mapping.objects.values_list("field", "value", "meaning")) == [("status", "Level 9", "early_help")]


def test_a_team_by_another_name_is_the_team_it_was_said_to_be() -> None:
    case_list = uploaded([("C1", "CLA", "D&A Two", "", "01/03/2026")])
    assert case_list.summary["unknown_teams"] == [["D&A Two", 1]]

    decide(case_list, team={"D&A Two": "Duty 2"})
    services.load_case_list(by=make.council().maya, case_list=case_list, now=make.NOW)

    assert case_list.lines.get().team == make.team("Duty 2")


def test_a_heading_is_explained_once_and_remembered_for_the_next_list() -> None:
    headings = ("Unser Zeichen", "Case Status")

    with pytest.raises(Refused, match="is a child's reference"):
        given(table([("C1", "CLA")], headings), AS_AT)
    given(table([("C1", "CLA")], headings), AS_AT, columns={"Unser Zeichen": "ref"})

    assert given(table([("C2", "CLA")], headings), AS_AT).summary["cases"] == 1


def test_a_list_refused_leaves_nothing_not_even_its_headings() -> None:
    with pytest.raises(Refused):
        given(table([("C1", "CLA")], ("Something", "Case Status")), AS_AT, columns={"Unser Zeichen": "ref"})

    assert (CaseList.objects.count(), Mapping.objects.count()) == (0, 0)


@pytest.mark.parametrize(("place", "what"), [(2, "team"), (3, "worker")])
def test_a_name_longer_than_a_line_can_keep_is_refused_by_its_place(place: int, what: str) -> None:
    row = list(ROWS[0])
    row[place] = "N" * 201

    with pytest.raises(Refused, match=rf"^Row 2 of cases\.csv: the {what} “N{{40}}…” is longer than 200 characters\.$"):
        uploaded([row])


@pytest.mark.parametrize(
    ("heading", "what", "longest"),
    [("IRO", "reviewer", 200), ("Locality", "locality", 100), ("Family ID", "family", 60)],
)
def test_what_else_a_line_keeps_is_refused_too_where_it_is_too_long(heading: str, what: str, longest: int) -> None:
    with pytest.raises(Refused, match=rf"^Row 2 of cases\.csv: the {what} “N{{40}}…” is longer than {longest} "):
        uploaded([(*ROWS[0], "N" * (longest + 1))], headings=(*HEADINGS, heading))
    assert uploaded([(*ROWS[0], "N" * longest)], headings=(*HEADINGS, heading)).summary["cases"] == 1


def test_a_census_given_beside_a_list_is_held_against_it_and_the_first_references_are_kept(monkeypatch) -> None:
    monkeypatch.setattr(services, "REFS_KEPT", 1)
    files = [
        NamedBytes("cases.csv", table()),
        NamedBytes("census.xml", census(child("C3", PLAN), child("X1", STARTED), child("X2", STARTED))),
    ]

    case_list = services.upload_case_list(by=make.council().maya, files=files, as_at=AS_AT, now=make.NOW)

    case_list.refresh_from_db()
    assert case_list.summary["cross_checks"] == [
        {
            "source": "cin_census", "both": 1, "missing": 2, "extra": 2, "disagree": 1,
            "refs": {
                "missing": ["X1"], "extra": ["C1"], "disagree": [["C3", "child_in_need", "child_protection"]],
            },
        }
    ]  # fmt: skip


def test_a_list_without_a_date_is_asked_for_one() -> None:
    with pytest.raises(
        Refused, match=r"^The files hold no date that says how old this list is: give the day it was taken\.$"
    ):
        given(table([("C1", "CLA", "", "", "")]))


def test_a_list_with_dates_to_come_is_as_at_today() -> None:
    case_list = given(table([("C1", "CLA", "", "", "01/12/2026")]))

    assert (case_list.as_at, case_list.summary["as_at_from"]) == (
        make.NOW.date(),
        "today, because the files hold dates to come",
    )


def test_the_difference_to_the_last_list_is_counted() -> None:
    loaded()

    second = uploaded(
        [
            ("C1", "CLA", "Safeguarding 1", "Ffion Carrow", "01/03/2026"),
            ("C2", "CIN", "Safeguarding 1", "Joel Amory", "02/03/2026"),
            ("C9", "CIN", "Duty 2", "Ffion Carrow", "02/03/2026"),
        ],
        date(2026, 10, 5),
    )

    assert second.summary["difference"] == {
        "since": "2026-09-30", "opened": 1, "closed": 1, "status": 1, "team": 1, "worker": 1,
    }  # fmt: skip


def test_the_first_list_differs_from_nothing() -> None:
    assert uploaded().summary["difference"] is None


def test_a_list_of_another_kind_or_made_from_posts_is_nothing_to_differ_from() -> None:
    loaded()
    CaseList.objects.update(kind="carer_file")
    CaseList.objects.create(
        authority=make.council().authority, source="posts", kind="case_file", as_at=AS_AT, state="loaded",
        uploaded_at=make.NOW, uploaded_by=make.council().maya, loaded_at=make.NOW, loaded_by=make.council().maya,
    )  # fmt: skip

    assert uploaded().summary["difference"] is None


def test_of_two_lists_of_one_day_only_the_later_has_one_before_it() -> None:
    first, second = make.case_list(), make.case_list()

    assert (lists_before(first), lists_before(second)) == ([], [first])


def test_taking_the_changes_away_is_on_the_trail_and_the_units_to_do() -> None:
    here = make.council()
    older, newer = make.case_list(as_at=date(2026, 8, 1)), make.case_list()

    services.export_changes(by=here.maya, older=older, newer=newer, now=make.NOW)

    assert [(event.verb, event.now) for event in events_of(newer)] == [("exported", {"changes since": "2026-08-01"})]
    with pytest.raises(Refused, match=r"^Case lists are read by the Quality Assurance Unit\.$"):
        services.export_changes(by=here.helena, older=older, newer=newer, now=make.NOW)


def test_a_load_that_fails_halfway_leaves_nothing() -> None:
    case_list = uploaded()

    with mock.patch.object(services, "record", side_effect=RuntimeError), pytest.raises(RuntimeError):
        services.load_case_list(by=make.council().maya, case_list=case_list, now=make.NOW)

    case_list.refresh_from_db()
    assert (case_list.state, case_list.reading is None, CaseLine.objects.count()) == ("checking", False, 0)


def test_a_list_is_loaded_once() -> None:
    with pytest.raises(Refused, match=r"^This case list has been loaded already\.$"):
        services.load_case_list(by=make.council().maya, case_list=loaded(), now=make.NOW)


def test_a_list_without_an_open_case_is_not_loaded() -> None:
    case_list = uploaded([("C1", "Closed", "Duty 2", "Ffion Carrow", "01/03/2026")])

    with pytest.raises(Refused, match=r"^This list holds no open case, so there is nothing to load\."):
        services.load_case_list(by=make.council().maya, case_list=case_list, now=make.NOW)


def test_a_discarded_list_keeps_nothing_of_what_was_read() -> None:
    case_list = services.discard_case_list(by=make.council().maya, case_list=uploaded(), now=make.NOW)

    assert (case_list.state, case_list.reading, case_list.summary) == ("discarded", None, {})


def test_the_trail_says_who_loaded_what_and_names_no_child() -> None:
    case_list = loaded()

    told = [(event.verb, event.by_name) for event in events_of(case_list)]
    assert told == [("uploaded", "Maya Holt"), ("loaded", "Maya Holt")]
    assert "C1" not in str(list(Event.objects.values_list("was", "now")))


def test_only_the_unit_loads_lists() -> None:
    here = make.council()

    with pytest.raises(Refused, match=r"^Case lists are loaded by the Quality Assurance Unit\.$"):
        services.load_case_list(by=here.rafiq, case_list=uploaded(), now=make.NOW)


@pytest.mark.parametrize("change", [{"status": "early_help"}, {"team_name": "Elsewhere"}])
def test_the_database_holds_the_lines_of_a_loaded_list(change: dict[str, str]) -> None:
    case_list = loaded()

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        case_list.lines.update(**change)


def test_the_lines_of_a_loaded_list_are_not_deleted() -> None:
    case_list = loaded()

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        case_list.lines.all().delete()


def test_pages_of_lines_follow_and_lead_back() -> None:
    case_list = loaded([(f"C{n:03}", "CIN", "", "", "01/03/2026") for n in range(120)])

    first = lines_page(case_list)
    second = lines_page(case_list, after=first.after)
    third = lines_page(case_list, after=second.after)
    back = lines_page(case_list, before=third.before)

    assert [[page.lines[0].ref, page.lines[-1].ref] for page in (first, second, third, back)] == [
        ["C000", "C049"],
        ["C050", "C099"],
        ["C100", "C119"],
        ["C050", "C099"],
    ]
    assert (first.before, third.after) == (None, None)


def test_loading_takes_the_same_statements_for_three_cases_and_for_three_hundred(django_assert_num_queries) -> None:
    maya = make.council().maya
    assert maya.posts_held  # read once, as with every sign-in
    number = 10 if connection.vendor == "postgresql" else 9  # PostgreSQL locks the head of the trail
    for rows in (ROWS, [(f"C{n}", "CIN", "Duty 2", "", "01/03/2026") for n in range(300)]):
        case_list = uploaded(rows)
        with django_assert_num_queries(number):
            services.load_case_list(by=maya, case_list=case_list, now=make.NOW)
        CaseList.objects.filter(pk=case_list.pk).update(as_at=date(2020, 1, 1))

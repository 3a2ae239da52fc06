"""The list of audits, an audit read whole, the blank form, the history, and a session's files."""

from __future__ import annotations

import pytest
import time_machine

from goldenthread.audit import services
from goldenthread.audit.models import Audit
from goldenthread.audit.queries import PAGE, AuditFilter, page_of_audits
from goldenthread.select.queries.draws import cases_to_audit
from tests import make
from tests.audit.counting import statements
from tests.browsing import signed_in, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day():
    with time_machine.travel(make.NOW, tick=False):
        yield


# --- the list ----------------------------------------------------------------------------------------------


def test_an_empty_list_says_what_comes_first() -> None:
    assert "Files to audit will be listed here." in words(signed_in(make.council().maya).get("/audit/"))


def test_the_list_shows_each_audit_and_how_far_it_is() -> None:
    audit = make.answered_audit()

    found = words(signed_in(make.council().maya).get("/audit/"))

    assert f"{audit.ref} Child in need {audit.team_name}" in found
    assert f"{make.auditor_of(audit).name} In progress 45 of 45" in found


@pytest.mark.parametrize("files", [1, 3])
def test_the_list_takes_six_statements(files: int) -> None:
    make.audits(make.drawn_session(files))
    maya = signed_in(make.council().maya)

    assert statements(lambda: maya.get("/audit/")) == 6


@pytest.mark.parametrize(
    ("narrowed", "refs"),
    [
        ({"state": "in progress"}, {0}),
        ({"state": "allotted"}, {1, 2}),
        ({"status": "looked_after"}, set()),
        ({"team": "Duty 2"}, {0, 2}),
        ({"text": "c00"}, {0, 1, 2}),
        ({"text": "x"}, set()),
        ({"state": "nonsense", "team": "nonsense"}, {0, 1, 2}),
    ],
)
def test_the_list_is_narrowed(narrowed: dict[str, str], refs: set[int]) -> None:
    audits = make.audits(make.drawn_session(3, cases=make.lines(3)))
    make.answered_audit(audits[0])
    if narrowed.get("team") == "Duty 2":
        narrowed = {"team": str(make.team("Duty 2").pk)}

    found = words(signed_in(make.council().maya).get("/audit/", narrowed))

    assert {place for place, audit in enumerate(audits) if f"{audit.ref} Child" in found} == refs


def test_a_filter_that_nothing_fits_says_so() -> None:
    make.audit()

    assert "No audit fits these filters." in words(signed_in(make.council().maya).get("/audit/", {"text": "zzz"}))


@pytest.fixture
def many() -> list[int]:
    """The keys of 120 audits, newest first: withdrawn copies of one, which is allotted."""
    audit = make.audit()
    fields = {f.attname: getattr(audit, f.attname) for f in Audit._meta.concrete_fields if f.name not in {"id", "code"}}
    copies = [Audit(**fields | {"state": "withdrawn", "ref": f"C{place:03}"}) for place in range(119)]
    Audit.objects.bulk_create(copies)
    return list(Audit.objects.order_by("-pk").values_list("pk", flat=True))


def test_the_pages_lead_through_the_whole_list_and_back(many: list[int]) -> None:
    maya, everything = make.council().maya, AuditFilter()

    one = page_of_audits(maya, everything)
    two = page_of_audits(maya, everything, below=one.older)
    three = page_of_audits(maya, everything, below=two.older)
    back = page_of_audits(maya, everything, above=three.newer)
    start = page_of_audits(maya, everything, above=back.newer)

    pages = [[audit.pk for audit in page.audits] for page in (one, two, three)]
    assert pages == [many[:PAGE], many[PAGE : 2 * PAGE], many[2 * PAGE :]]
    assert [[audit.pk for audit in page.audits] for page in (back, start)] == [pages[1], pages[0]]
    assert (one.newer, three.older, start.newer) == (None, None, None)


def test_paging_keeps_the_filters(many: list[int]) -> None:
    found = signed_in(make.council().maya).get("/audit/", {"text": "C"}).content.decode()

    assert f"?text=C&amp;below={many[PAGE - 1]}" in found


@pytest.mark.parametrize("key", ["x", "-1", "9" * 30, "١"])
def test_a_place_that_makes_no_sense_is_the_first_page(many: list[int], key: str) -> None:
    answer = signed_in(make.council().maya).get("/audit/", {"below": key})

    assert answer.status_code == 200


# --- one audit, read ---------------------------------------------------------------------------------------


def test_a_submitted_audit_is_read_whole() -> None:
    audit = make.submitted_audit(actions=["Write the chronology."])

    found = words(signed_in(make.council().maya).get(f"/audit/{audit.code}/read/"))

    assert "It was frozen on 6 Oct 2026 at 3:00pm and can no longer be changed" in found
    assert found.count("Seen in the case notes.") > 5
    assert "To put right: Write the chronology. (The practitioner, standard)" in found


def test_reading_the_whole_takes_eleven_statements() -> None:
    audit = make.submitted_audit()
    maya = signed_in(make.council().maya)

    assert statements(lambda: maya.get(f"/audit/{audit.code}/read/")) == 11


def test_the_blank_form_has_the_questions_and_no_answers() -> None:
    audit = make.answered_audit()

    found = words(signed_in(make.auditor_of(audit)).get(f"/audit/{audit.code}/blank/"))

    assert ("Day ____ Month ____ Year ________" in found, "Seen in the case notes." in found) == (True, False)


def test_the_history_is_told_in_sentences_newest_first() -> None:
    here = make.council()
    audit = make.submitted_audit(actions=["Write the chronology."])

    found = words(signed_in(here.maya).get(f"/audit/{audit.code}/history/"))
    sentences = ["Submitted the audit, graded Good", "Added a finding", "Answered 45 questions", "Allotted the file"]
    places = [found.index(sentence) for sentence in sentences]

    assert places == sorted(places)
    assert f"by {make.auditor_of(audit).name}, {make.auditor_of(audit).capacity}" in found


def test_many_readings_in_a_row_are_told_as_one() -> None:
    audit, maya = make.audit(), signed_in(make.council().maya)
    for _ in range(3):
        maya.get(f"/audit/{audit.code}/read/")

    assert "Opened the audit 4 times" in words(maya.get(f"/audit/{audit.code}/history/"))


def test_the_history_takes_as_many_statements_however_long_it_is() -> None:
    audit, maya = make.audit(), signed_in(make.council().maya)

    counts = [statements(lambda: maya.get(f"/audit/{audit.code}/history/")) for _ in range(3)]

    assert counts == [8, 8, 8]


# --- a session's files -------------------------------------------------------------------------------------


@pytest.mark.parametrize("files", [1, 3])
def test_a_sessions_files_take_nine_statements(files: int) -> None:
    held = make.drawn_session(files)
    make.audits(held)
    maya = signed_in(make.council().maya)

    assert statements(lambda: maya.get(f"/audit/sessions/{held.code}/")) == 9


def test_the_unit_shares_out_from_the_page() -> None:
    held = make.drawn_session(2)
    maya = signed_in(make.council().maya)

    answer = maya.post(f"/audit/sessions/{held.code}/share-out/", follow=True)

    assert "2 files are shared out. Change any of them by hand below." in words(answer)
    assert Audit.objects.count() == 2


@pytest.mark.parametrize("who", ["grace", "rafiq", "helena"])
def test_nobody_else_shares_out(who: str) -> None:
    held = make.drawn_session(2)

    answer = signed_in(getattr(make.council(), who)).post(f"/audit/sessions/{held.code}/share-out/")

    assert (answer.status_code, Audit.objects.count()) == (409, 0)


def test_a_session_that_is_not_hers_is_not_there() -> None:
    held = make.drawn_session(1)
    ffion = signed_in(make.council().ffion)

    hers, nothing = ffion.get(f"/audit/sessions/{held.code}/"), ffion.get("/audit/sessions/nothinghere/")
    assert (hers.status_code, hers.content) == (404, nothing.content)


def test_a_file_is_allotted_from_the_page_with_the_reasons_beside() -> None:
    here = make.council()
    held = make.drawn_session(
        1, of=make.session(seats=(here.rafiq, here.grace)), cases=[make.Line("C900", team="Duty 2")]
    )
    address = f"/audit/cases/{cases_to_audit(held).get().code}/allot/"
    maya = signed_in(here.maya)

    assert f"{here.rafiq.name} manages the team that holds this case." in words(maya.get(address))
    assert maya.post(address, {"auditors": [here.grace.pk]}).url == f"/audit/sessions/{held.code}/"
    assert make.auditor_of(Audit.objects.get()) == here.grace


def test_choosing_nobody_or_somebody_barred_is_told_beside_the_field() -> None:
    here = make.council()
    held = make.drawn_session(
        1, of=make.session(seats=(here.rafiq, here.grace)), cases=[make.Line("C900", team="Duty 2")]
    )
    address = f"/audit/cases/{cases_to_audit(held).get().code}/allot/"
    maya = signed_in(here.maya)

    assert "Choose who audits this file." in words(maya.post(address, {"token": "one"}))
    assert "That person may not audit this file." in words(maya.post(address, {"auditors": [here.rafiq.pk]}))
    assert Audit.objects.count() == 0


@pytest.mark.parametrize("seated", [1, 3])
def test_the_page_to_allot_takes_as_many_statements_however_many_sit_there(seated: int) -> None:
    here = make.council()
    held = make.drawn_session(1, of=make.session(seats=(here.grace, here.sunita, here.zofia)[:seated]))
    maya, address = signed_in(here.maya), f"/audit/cases/{cases_to_audit(held).get().code}/allot/"

    assert statements(lambda: maya.get(address)) == 8


def test_an_audit_is_withdrawn_from_the_page_with_its_reason() -> None:
    audit, maya = make.audit(), signed_in(make.council().maya)
    address = f"/audit/{audit.code}/withdraw/"

    assert "Say why." in words(maya.post(address, {"because": ""}))
    assert maya.post(address, {"because": "Moved away."}).url == f"/audit/sessions/{audit.session.code}/"
    audit.refresh_from_db()
    assert audit.state == "withdrawn"


def test_the_grade_of_a_submitted_file_stands_in_the_list() -> None:
    audit = make.submitted_audit(grade="outstanding")

    assert "Outstanding" in words(signed_in(make.council().maya).get(f"/audit/sessions/{audit.session.code}/"))


def test_somebody_seated_with_no_file_is_told_what_to_wait_for() -> None:
    here = make.council()
    held = make.drawn_session(1)
    services.allot(by=here.maya, case=cases_to_audit(held).get(), auditors=[here.grace], now=make.NOW)

    assert "No file is allotted to you yet." in words(signed_in(here.sunita).get(f"/audit/sessions/{held.code}/"))

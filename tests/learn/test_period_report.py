"""What a report of a period says of made-up facts: the sentence it is read for, its trend, teams and protection."""

from __future__ import annotations

from datetime import date

import pytest

from goldenthread.learn.periodic.following import moderation_words, task_words
from goldenthread.learn.periodic.grades import headline
from goldenthread.learn.periodic.tables import FEW_FILES, Drafting, drafting
from goldenthread.learn.periodic.trend import trend_words
from goldenthread.learn.queries.period_facts import (
    Checked,
    Graded,
    Moved,
    PeriodFigures,
    Tasks,
    Themed,
    label_of,
)
from goldenthread.learn.rendering.model import Chart, Report, Table, Text
from goldenthread.learn.reports import quarterly
from goldenthread.method.disclosure import Released, attack
from goldenthread.method.periods import Period
from tests.learn.period_facts import GOOD, POOR, facts, files, open_cases, quarters

FORTY = (files(9, GOOD), files(31, POOR))


def composed(found: PeriodFigures) -> Report:
    return quarterly.compose(drafting(found), {})


def tables(report: Report) -> dict[str, Table]:
    blocks = [block for part in report.parts for block in part.blocks]
    found = [block.table if isinstance(block, Chart) else block for block in blocks]
    return {each.caption: each for each in found if isinstance(each, Table)}


def sentences(report: Report) -> str:
    blocks = [block for part in report.parts for block in part.blocks if isinstance(block, Text)]
    return " ".join(sentence for block in blocks for sentence in block.sentences)


# --- the sentence it is read for ---------------------------------------------------------------------------


def test_it_says_how_many_of_how_many_and_what_is_plausible_for_all_the_cases() -> None:
    assert headline(drafting(facts(FORTY))) == (
        "9 of 40 files were Good or better, 23%, and between 12% and 38% is plausible for all 2,263 open cases."
    )


def test_a_kind_read_more_than_its_share_is_weighed_by_how_many_cases_it_has() -> None:
    audited = (files(10, GOOD), files(10, POOR, status="Care leaver"))
    held = (open_cases(900), open_cases(100, "Care leaver"))

    assert headline(drafting(facts(audited, open=held))).startswith(
        "10 of 20 files were Good or better. Weighted by how many open cases of each kind there are that is 90%,"
    )


def test_a_kind_of_case_that_nobody_read_is_not_spoken_for() -> None:
    held = (open_cases(2263), open_cases(80, "Care leaver"))

    assert headline(drafting(facts(FORTY, open=held))).endswith(
        "all 2,263 open cases. No file was read of care leaver, so it does not speak for them."
    )


def test_files_chosen_for_a_reason_are_in_no_figure() -> None:
    chosen = files(30, GOOD, random=False)

    found = drafting(facts((*FORTY, chosen)))

    assert headline(found) == headline(drafting(facts(FORTY)))
    assert "30 further files were chosen for a reason" in sentences(composed(found.figures))


def test_nothing_is_said_of_other_cases_where_no_file_was_drawn_at_random() -> None:
    assert headline(drafting(facts((files(30, GOOD, random=False),)))) == (
        "No file of this period was drawn at random, so nothing can be said of other cases."
    )


# --- over time ---------------------------------------------------------------------------------------------


def trend(*counted: tuple[int, int]) -> Drafting:
    return drafting(facts(FORTY, readings=quarters(*counted)))


def trend_chart(found: Drafting) -> Chart | None:
    parts = {part.title: part.blocks for part in quarterly.compose(found, {}).parts}
    return next((block for block in parts["Over time"] if isinstance(block, Chart)), None)


def test_one_quarter_is_no_chart_and_no_trend() -> None:
    found = trend((9, 40))

    assert trend_words(found) == "One period says nothing of a trend: six are needed before anything can be said."
    assert trend_chart(found) is None


def test_five_quarters_are_shown_and_nothing_is_said_of_them() -> None:
    chart = trend_chart(trend(*[(9, 40)] * 5))

    assert chart is not None
    assert (chart.references, chart.upper) == ((), ())
    assert "too few to speak of a trend" in chart.alt


def test_from_six_quarters_there_is_a_median() -> None:
    chart = trend_chart(trend((8, 40), (10, 40), (12, 40), (14, 40), (16, 40), (18, 40)))

    assert chart is not None
    assert (chart.references, chart.upper) == ((("median", 32.5),), ())


def test_from_twelve_quarters_there_are_control_limits() -> None:
    chart = trend_chart(trend(*[(10, 40)] * 12))

    assert chart is not None
    assert chart.references == (("mean", 25.0),)
    assert [round(limit, 1) for limit in (chart.lower[0], chart.upper[-1])] == [4.5, 45.5]


def test_a_quarter_without_a_random_file_has_no_point() -> None:
    chart = trend_chart(trend((10, 40), (0, 0), (10, 40)))

    assert chart is not None
    assert chart.categories == ("January to March 2026", "July to September 2026")


# --- teams -------------------------------------------------------------------------------------------------


def test_teams_stand_in_the_order_of_the_alphabet_and_none_with_few_files_by_itself() -> None:
    audited = [
        files(10, GOOD, "Safeguarding 1"), files(12, POOR, "Duty 2"), files(4, POOR, "Alder"), files(5, GOOD, "Birch")
    ]  # fmt: skip

    found = tables(composed(facts(audited)))["Overall grades by team"]

    assert [row[0] for row in found.rows] == ["Duty 2", "Safeguarding 1", FEW_FILES]
    assert found.rows[-1][1:3] == ("5", "9")


@pytest.mark.parametrize(("detail", "shown"), [("team", 3), ("service", 2), ("council", 1)])
def test_an_edition_goes_as_far_as_its_body_s_detail(detail: str, shown: int) -> None:
    report = composed(facts([files(20, GOOD), files(20, POOR)], detail=detail))

    named = [title for title in tables(report) if title.startswith("Overall grades by")]
    assert len(named) == shown


# --- what leaves the service -------------------------------------------------------------------------------

OUTSIDE = {"circulated": True, "detail": "council", "audience": "The board"}


def test_outside_counts_are_rounded_and_the_interval_with_them() -> None:
    assert headline(drafting(facts(FORTY, **OUTSIDE))) == (
        "About 10 of about 40 files were Good or better, and between 10% and 40% is plausible for all about 2,265 "
        "open cases."
    )


def test_outside_a_small_number_is_told_nowhere() -> None:
    leavers = [files(12, GOOD, status="Care leaver"), files(15, POOR, status="Care leaver")]
    audited = [files(3, GOOD), files(37, POOR), *leavers]
    found = drafting(facts(audited, **OUTSIDE))

    assert found.status.cells[1][:2] == (None, None)
    assert attack(found.released, 6) == []


def test_outside_a_quarter_that_was_published_keeps_the_numbers_it_was_given() -> None:
    before = drafting(facts(FORTY, readings=quarters((9, 40)), **OUTSIDE)).released

    again = drafting(facts((files(20, GOOD), files(20, POOR)), readings=quarters((20, 40)), **OUTSIDE), before)

    assert again.trend.cells[0] == (10, 30, 40)


def test_outside_sections_and_themes_of_small_numbers_are_left_out() -> None:
    found = facts(
        FORTY,
        sections=(
            Graded("Plan", GOOD, 3), Graded("Plan", POOR, 37), Graded("Record", GOOD, 20), Graded("Record", POOR, 20),
            Graded("Voice", GOOD, 12), Graded("Voice", POOR, 28),
        ),
        themes=(Themed("practice", "improve", "Planning", 2), Themed("practice", "improve", "Voice", 18)),
        **OUTSIDE,
    )  # fmt: skip

    report = composed(found)

    assert [row[0] for row in tables(report)["Files that were Good or better, by section"].rows] == ["Record", "Voice"]
    assert "Planning" not in sentences(report)
    assert "“Voice” needs work in about 20 of about 40 files" in sentences(report)


def test_outside_neither_teams_nor_those_who_audit_are_named() -> None:
    report = composed(facts([files(20, GOOD), files(20, POOR)], **OUTSIDE))

    assert not {"Overall grades by team", "Records done against owed", "Audits by kind"} & set(tables(report))
    assert "Duty 2" not in sentences(report)


def test_too_few_files_do_not_leave_the_service() -> None:
    found = drafting(facts([files(3, GOOD), files(2, POOR)], **OUTSIDE))

    assert quarterly.lacking(found) == (
        "Only 5 files were drawn at random and audited in July to September 2026. An edition that leaves the service "
        "needs 6, so that none of them can be told from the others."
    )
    assert quarterly.lacking(drafting(facts(FORTY, **OUTSIDE))) == ""


def test_the_year_s_table_says_of_which_quarters_it_is_made() -> None:
    year = Period(date(2026, 4, 1), date(2027, 3, 31))
    found = drafting(facts(FORTY, period=year, year=year, readings=quarters((5, 20), (4, 20)), **OUTSIDE))

    assert isinstance(found.whole, Released)
    assert found.whole.parts == {"April 2026 to March 2027": ("April to June 2026", "July to September 2026")}


# --- what followed -----------------------------------------------------------------------------------------


def test_tasks_are_said_in_one_sentence() -> None:
    rows = (Tasks("Duty 2", "Assessment", 4, 1, 2, 3, 0, 1), Tasks("Alder", "Assessment", 0, 0, 1, 0, 1, 0))

    assert task_words(facts(FORTY, tasks=rows)) == "12 tasks were set: 5 are done and 3 are late."


def test_what_was_signed_off_and_not_done_has_its_interval() -> None:
    report = composed(facts(FORTY, checked=Checked(done=16, partly=3, not_done=1)))

    assert (
        "20 tasks that had been signed off were checked in the record: 16 truly done, 3 in part, 1 not. Between 8% and "
        "42% of all that is signed off may not be wholly done."
    ) in sentences(report)


def test_moderation_says_how_many_grades_moved_which_way() -> None:
    moved = (Moved(GOOD, GOOD, 6), Moved(GOOD, POOR, 3), Moved(POOR, GOOD, 1))

    assert moderation_words(facts(FORTY, moved=moved)) == (
        "10 files were moderated: 6 kept their grade, 1 went up and 3 went down."
    )


def test_a_period_that_is_no_whole_months_is_called_by_its_days() -> None:
    assert label_of(Period(date(2026, 9, 16), date(2026, 10, 27))) == "16 September 2026 to 27 October 2026"

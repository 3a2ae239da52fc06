"""The six-monthly briefing: one page, good first, in minutes; counts of how many; no words but the unit's."""

from __future__ import annotations

import json
from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from goldenthread.learn.queries.briefing_figures import briefing_figures, material
from goldenthread.learn.queries.editions import released_before
from goldenthread.learn.rendering.model import Report, plain
from goldenthread.learn.rendering.pdf import as_pdf
from goldenthread.learn.rendering.reading import minutes_to_read, words_in
from goldenthread.learn.rendering.slides import as_slides
from goldenthread.learn.rendering.word import as_word
from goldenthread.learn.reports import briefing as report
from goldenthread.method.disclosure import safe_to_publish
from goldenthread.method.effect import Count
from goldenthread.method.periods import Period
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Person
from tests import make
from tests.audit import moderating
from tests.learn.briefing_facts import facts
from tests.learn.opened_documents import (
    headings_of_word,
    pages_of_pdf,
    tags_of_pdf,
    words_of_pdf,
    words_of_word,
)

HALF_YEAR = Period(date(2026, 10, 1), date(2027, 3, 31))
WORDS = {
    "copy": "A worker drew a map of the house with a child and asked which rooms felt safe.\nAnother wrote "
    "the plan as a letter to the family.",
    "improve": "Write the chronology as you go, not before the conference.",
    "more": "The practice lead's clinic is every Tuesday.",
}


def composed(**words: str) -> Report:
    return report.compose(facts(), words)


def text_of(made: Report) -> str:
    return json.dumps(plain(made), ensure_ascii=False)


def audited(files: int) -> None:
    """So many random files, all with the same request in process and the first with praise."""
    for place, audit in enumerate(make.audits(make.drawn_session(files))):
        make.answered_audit(audit)
        make.finding(audit, f"Copy {place} of Tyler's card was lost.", domain="process", theme="recording",
                     section="record")  # fmt: skip
        if place == 0:
            make.finding(audit, "Ffion sat with Tyler.", sort="good")
        make.auditing.submit(by=make.auditor_of(audit), opened=make.opened(audit), now=make.NOW)


# --- what it says -------------------------------------------------------------------------------------------------


def test_good_comes_first_then_what_to_do_differently() -> None:
    made = report.compose(facts(), WORDS)

    assert [part.title for part in made.parts] == [
        "In short", "What is going well", "Good practice to copy", "What to do differently",
        "What changed since the last briefing", "Where to learn more", "About this report",
    ]  # fmt: skip


def test_each_count_has_its_denominator_and_a_small_one_is_not_shown() -> None:
    made = text_of(composed())

    assert "About 20 of 40 were Good or better." in made
    assert '"text": "Chronology", "count": "in about 10 of 40 files"' in made
    assert "Recording" not in made
    assert "A theme found in fewer than 6 files is not shown" in made


def test_it_is_compared_with_the_last_briefing_and_says_how_sure_that_is() -> None:
    made = text_of(composed())

    assert "Good or better: about 20 of 40 files now, 20 of 40 in October 2025 to March 2026." in made
    assert "That may be chance: anything from 21 points fewer to 21 points more is plausible." in made
    assert "Chronology: to be done better in about 10 of 40 files now, 20 of 40 then." in made
    assert "The child's voice: to be done better" not in made


def test_a_change_greater_than_chance_is_said_to_be_one() -> None:
    more = text_of(report.compose(facts(good=Count(35, 40), good_before=Count(10, 40)), {}))
    fewer = text_of(report.compose(facts(good=Count(10, 40), good_before=Count(35, 40)), {}))

    assert "That is more than chance would make: by " in more
    assert "That is fewer than chance would make: by " in fewer


def test_the_first_briefing_has_nothing_to_compare_with() -> None:
    made = text_of(report.compose(facts(of_before=None, good_before=None), {}))

    assert "There is nothing to compare with: too few files were audited in October 2025 to March 2026." in made


def test_a_half_year_with_nothing_and_with_one_file_is_composed_too() -> None:
    nothing = report.compose(facts(files=0, of=0, good=None, told=(), good_before=None, of_before=None), {})
    one = report.compose(facts(files=1, of=None, good=None, told=()), {})

    assert "No file was drawn at random and audited" in text_of(nothing)
    assert "Only 1 file was drawn at random and audited" in text_of(one)


@pytest.mark.parametrize(("files", "said"), [(6, ""), (5, "Only 5 files were drawn at random and audited in ")])
def test_too_few_files_are_not_briefed_on(files: int, said: str) -> None:
    assert report.lacking(facts(files=files)).startswith(said)
    assert bool(report.lacking(facts(files=files))) is bool(said)


def test_what_only_the_unit_can_say_is_not_there_until_it_says_it() -> None:
    assert "Good practice to copy" not in {part.title for part in composed().parts}
    assert "In the words" not in text_of(composed())


# --- how long it takes --------------------------------------------------------------------------------------------


def test_its_reading_time_is_said_and_is_within_seven_minutes() -> None:
    made = report.compose(facts(), WORDS)

    assert minutes_to_read(made) == 2
    assert "It takes about 2 minutes to read." in text_of(made)


def test_words_too_long_for_seven_minutes_are_warned_of() -> None:
    made = composed(improve="word " * 1500)

    assert minutes_to_read(made) == 9
    assert "It takes about 9 minutes to read. 7 are the aim: shorten your words." in text_of(made)


def test_every_word_a_reader_sees_counts_and_no_colour_or_key_does() -> None:
    before = words_in(composed())

    assert words_in(composed(more="Four words and more")) == before + 4 + len(["the", "Quality", "Assurance", "Unit"])


# --- what it is taken along as ------------------------------------------------------------------------------------


def test_it_is_one_page_and_its_tags_are_there() -> None:
    pdf = as_pdf(report.compose(facts(), WORDS))

    tags = tags_of_pdf(pdf)
    assert pages_of_pdf(pdf) == 1
    assert (tags["H1"], tags["H2"]) == (1, 7)
    assert tags["LI"] >= 5
    assert "in about 10 of 40 files" in words_of_pdf(pdf).replace("(", "").replace(")", "")


def test_its_slides_are_few_wide_and_tagged() -> None:
    pdf = as_slides(report.compose(facts(), WORDS))

    tags = tags_of_pdf(pdf)
    assert 6 <= pages_of_pdf(pdf) <= 8
    assert (tags["H1"], tags["H2"]) == (1, 7)
    assert "A worker drew a map of the house" in words_of_pdf(pdf)
    assert as_slides(report.compose(facts(), WORDS)) == pdf, "the same report gives the same bytes"


def test_its_word_document_reads_back() -> None:
    word = as_word(report.compose(facts(), WORDS))

    assert headings_of_word(word)[0] == "In short"
    assert "Write the chronology as you go" in words_of_word(word)


# --- how it is read -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("files", [1, 6])
def test_themes_are_counted_and_no_words_of_an_auditor_are_among_the_facts(
    files: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    audited(files)
    here = make.council()

    with django_assert_num_queries(24):
        found = briefing_figures(here.authority, HALF_YEAR, make.DAY)

    assert (found.files, found.of, found.of_before) == (files, None if files < 6 else 5, None)
    told = {(one.domain, one.sort): one.files for one in found.told}
    assert told == {("practice", "good"): None, ("process", "improve"): None}, "too few, or all of them alike"
    names = [person.name for person in Person.objects.all()]
    assert [name for name in (*names, "Tyler", "Duty 2", "C001") if name in text_of(report.compose(found, {}))] == []
    assert safe_to_publish(list(report.released(found)), [], 6) == ()
    assert released_before(here.authority.pk) == []


@pytest.mark.django_db
def test_a_half_year_with_no_audit_is_refused_in_a_sentence() -> None:
    with pytest.raises(Refused, match=r"^No audit was submitted in October 2026 to March 2027, so there is nothing"):
        briefing_figures(make.council().authority, HALF_YEAR, make.DAY)


@pytest.mark.django_db
def test_what_auditors_praised_is_material_for_the_unit_but_not_of_a_file_she_grades_blind() -> None:
    of = make.answered_audit(grade="inadequate")
    make.finding(of, "The plan is in the family's words.", sort="good")
    make.auditing.submit(by=make.auditor_of(of), opened=make.opened(of), now=make.NOW)
    moderator = moderating.allotted(of, moderating.who_reads_everything())

    assert [one.text for one in material(make.council().maya, HALF_YEAR)] == ["The plan is in the family's words."]
    assert list(material(moderator, HALF_YEAR)) == []


@pytest.mark.django_db
def test_the_half_years_to_brief_on_are_offered_the_one_that_ended_last_first() -> None:
    here = make.council()

    offered = report.subjects(here.authority, make.DAY)
    assert offered[0].key == "2026-04-01"
    assert report.subject(here.authority, "2026-04-01") == offered[0]
    assert report.subject(here.authority, "2026-05-01") is None
    assert report.subject(here.authority, "never") is None


def test_few_good_files_are_not_said_for_they_would_tell_of_the_others() -> None:
    assert "were Good or better" not in text_of(report.compose(facts(good=None), {}))
    assert facts().good == Count(20, 40)

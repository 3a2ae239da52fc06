"""Themes suggested from a finding's words: how often they are right, why they are said, when nothing is."""

from __future__ import annotations

import pytest

from goldenthread.framework.showing import shipped_framework
from goldenthread.home.demonstration.words import words
from goldenthread.method.framework import parse_framework
from goldenthread.method.theming import LEAST_EXAMPLES, MOST, learn, suggest

NAMES = {theme.key: theme.label for theme in parse_framework(shipped_framework()).themes}
BANK = [(one["text"], one["theme"]) for section in words("findings").values() for one in section]
TIMES = LEAST_EXAMPLES  # each sentence as often as a theme needs examples

CHRONOLOGY = "The chronology has gaps and stops in May."
FATHER = "The father was never spoken to."
TWO = {"recording": "Recording and chronology", "family": "Working with the family and fathers"}
EXAMPLES = [(CHRONOLOGY, "recording"), (FATHER, "family")] * TIMES


def test_a_sentence_it_has_never_seen_is_given_the_right_theme_far_more_often_than_chance_would() -> None:
    """Each sentence of the demonstration is held out with all its copies. There are few, so the floors are low: the
    first theme suggested is right in half the cases or more, one of them in two thirds; by chance the commonest theme
    is right in one of eight."""
    said = first = among = 0
    for place, (text, theme) in enumerate(BANK):
        others = [pair for at, pair in enumerate(BANK) if at != place and pair[0] != text]
        found = [each.theme for each in suggest(learn(others * TIMES, NAMES), text)]
        said, first, among = said + bool(found), first + (found[:1] == [theme]), among + (theme in found)

    assert said >= len(BANK) / 2
    assert first >= said / 2
    assert among >= said * 2 / 3


def test_it_says_why_in_words_of_the_text_itself_and_how_many_earlier_findings_have_the_first_of_them() -> None:
    [found] = suggest(learn(EXAMPLES, TWO), "Gaps again: no chronology since spring")

    assert (found.theme, found.like, set(found.words)) == ("recording", TIMES, {"chronology", "gaps"})


def test_a_word_that_only_the_themes_name_has_counts_and_is_said_to() -> None:
    [found] = suggest(learn(EXAMPLES, TWO), "Recording")

    assert (found.theme, found.like, found.words) == ("recording", 0, ("recording",))


@pytest.mark.parametrize("text", ["", "It is not.", "Zebras and quaggas", "12/06/2026"])
def test_of_words_that_say_nothing_no_theme_is_suggested(text: str) -> None:
    assert suggest(learn(EXAMPLES, TWO), text) == ()


def test_a_text_mostly_of_words_never_seen_is_not_near_enough() -> None:
    text = "Gaps among zebras quaggas okapis tapirs lemurs bonobos gibbons marmots voles stoats otters"

    assert suggest(learn(EXAMPLES, TWO), text) == ()


def test_a_theme_with_too_few_examples_or_that_is_not_named_is_never_suggested() -> None:
    few = [(CHRONOLOGY, "recording")] * (LEAST_EXAMPLES - 1) + [(FATHER, "family")] * TIMES

    assert suggest(learn(few, TWO), CHRONOLOGY) == ()
    assert suggest(learn(EXAMPLES, {"family": "Family"}), CHRONOLOGY) == ()


def test_there_are_at_most_so_many_the_nearest_first() -> None:
    alike = [("The plan is late and vague.", f"theme{number}") for number in range(9)] * TIMES
    found = suggest(learn(alike, {f"theme{number}": f"Theme {number}" for number in range(9)}), "A vague plan")

    assert len(found) == MOST
    assert [each.likeness for each in found] == sorted((each.likeness for each in found), reverse=True)


def test_nothing_learnt_suggests_nothing() -> None:
    assert suggest(learn([], NAMES), CHRONOLOGY) == ()

"""Which questions of an older version a newer one asks on: as decided, or by name, through the versions between."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from goldenthread.framework.models import Correspondence, TemplateVersion
from goldenthread.framework.queries import corresponding
from goldenthread.framework.services import adopt_template, decide_correspondence, keep_focus_template
from goldenthread.framework.showing import shipped_source
from goldenthread.method.refusal import Refused
from goldenthread.trail.models import Event
from tests import make

pytestmark = pytest.mark.django_db


def version(number: str, **names: str) -> TemplateVersion:
    """A version of the dip sample with some of its questions under other names."""
    source: dict[str, Any] = copy.deepcopy(shipped_source("dip_sample"))
    source["settings"][0]["version"] = number
    for row in source["survey"]:
        if row.get("name") in names:
            row["name"] = names[row["name"]]
    return adopt_template(by=make.council().maya, source=source, now=make.NOW)


def decide(older: TemplateVersion, newer: TemplateVersion, questions: dict[str, str]) -> Correspondence:
    return decide_correspondence(by=make.council().maya, older=older, newer=newer, questions=questions, now=make.NOW)


def test_what_kept_its_name_goes_on() -> None:
    first, second = version("1"), version("2", voice="childs_voice")

    going = corresponding(first, second)

    assert "voice" not in going
    assert going == {name: name for name in going}
    assert set(first.parsed.questions) - set(going) == {"voice"}


def test_what_was_decided_goes_on_and_nothing_else() -> None:
    first, second = version("1"), version("2", voice="childs_voice")
    decide(first, second, {"voice": "childs_voice"})

    assert corresponding(first, second) == {"voice": "childs_voice"}


def test_it_goes_on_through_the_versions_between() -> None:
    first, second, third = version("1"), version("2", voice="childs_voice"), version("3", voice="heard")
    decide(first, second, {"voice": "childs_voice", "seen_alone": "seen_alone"})
    decide(second, third, {"childs_voice": "heard", "seen_alone": "seen_alone", "safe_now": "safe_now"})

    assert corresponding(first, third) == {"voice": "heard", "seen_alone": "seen_alone"}


def test_a_decision_of_the_two_themselves_comes_before_the_steps_between() -> None:
    first, second, third = version("1"), version("2"), version("3")
    decide(first, second, {"voice": "voice"})
    decide(first, third, {"seen_alone": "seen_alone"})

    assert corresponding(first, third) == {"seen_alone": "seen_alone"}


def test_a_version_goes_on_in_itself() -> None:
    only = version("1")

    assert set(corresponding(only, only)) == {
        name for name, question in only.parsed.questions.items() if question.answerable
    }


def test_a_changed_map_is_one_map_with_both_decisions_on_the_trail() -> None:
    first, second = version("1"), version("2", voice="childs_voice")
    decide(first, second, {"voice": "childs_voice"})
    decide(first, second, {})

    assert Correspondence.objects.get().questions == {}
    assert [(event.was, event.now) for event in Event.objects.filter(verb="decided").order_by("pk")] == [
        (None, {"voice": "childs_voice"}), ({"voice": "childs_voice"}, {}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        ({"voice": "no_such"}, "in neither version"),
        ({"voice": "seen_alone", "safe_now": "seen_alone"}, "follow two earlier questions"),
        ({"voice": "last_seen"}, "is answered in another way"),
    ],
)
def test_a_map_that_cannot_be_is_refused_and_not_kept(questions: dict[str, str], said: str) -> None:
    first, second = version("1"), version("2")

    with pytest.raises(Refused, match=said):
        decide(first, second, questions)
    assert not Correspondence.objects.exists()


def test_a_template_with_a_focus_goes_on_from_the_one_without_by_name() -> None:
    first = version("1")
    focused = keep_focus_template(
        by=make.council().maya, template=first, code="abc", title="Neglect", questions=["Named?"], now=make.NOW
    )

    assert corresponding(first, focused) == corresponding(first, first)


def test_only_the_unit_decides_it() -> None:
    first, second = version("1"), version("2")

    with pytest.raises(Refused, match="Quality Assurance Unit"):
        decide_correspondence(by=make.council().rafiq, older=first, newer=second, questions={}, now=make.NOW)

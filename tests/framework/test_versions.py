"""A framework and a template are versions: adopting adds one, no old one changes, and past work keeps its own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from goldenthread.act.services import return_to_team
from goldenthread.framework.models import FrameworkVersion, TemplateVersion
from goldenthread.framework.queries import framework_in_force
from goldenthread.framework.services import adopt_framework, adopt_template
from goldenthread.framework.showing import shipped_source
from goldenthread.method.refusal import Refused
from tests import make

pytestmark = pytest.mark.django_db


def changed(text: str) -> str:
    """The same rules with twelve days for tasks instead of ten."""
    assert "days = 10\n" in text
    return text.replace("days = 10\n", "days = 12\n")


def test_a_changed_framework_is_the_next_version_from_its_day() -> None:
    maya = make.council().maya
    first = framework_in_force(maya.authority_id, make.DAY)
    second = adopt_framework(by=maya, text=changed(first.source), from_day=make.DAY + timedelta(days=7), now=make.NOW)

    assert second.version == first.version + 1
    assert framework_in_force(maya.authority_id, make.DAY) == first
    assert framework_in_force(maya.authority_id, make.DAY + timedelta(days=7)) == second
    assert (first.parsed.returns.days, second.parsed.returns.days) == (10, 12)


def test_an_audit_keeps_the_framework_it_was_drawn_under() -> None:
    audit = make.submitted_audit()
    maya = make.council().maya
    first = audit.framework
    adopt_framework(by=maya, text=changed(first.source), from_day=date(2026, 1, 1), now=make.NOW)

    returned = return_to_team(by=maya, audit=audit, now=make.NOW, today=make.DAY)
    assert (returned.due_on - make.DAY).days == 14  # ten working days from a Tuesday, not twelve


def test_the_same_words_are_not_adopted_twice() -> None:
    maya = make.council().maya
    text = framework_in_force(maya.authority_id, make.DAY).source
    with pytest.raises(Refused, match="word for word"):
        adopt_framework(by=maya, text=text, from_day=make.DAY, now=make.NOW)


def test_a_framework_with_a_fault_is_refused_and_nothing_is_kept() -> None:
    maya = make.council().maya
    text = framework_in_force(maya.authority_id, make.DAY).source.replace("days = 10\n", "days = -1\n")
    before = FrameworkVersion.objects.count()
    with pytest.raises(Refused, match="returns.days"):
        adopt_framework(by=maya, text=text, from_day=make.DAY, now=make.NOW)
    assert FrameworkVersion.objects.count() == before


@pytest.mark.parametrize("version", [FrameworkVersion, TemplateVersion])
def test_the_database_itself_refuses_to_change_or_delete_a_version(version: type) -> None:
    make.council()
    for act in (lambda: version.objects.update(title="Other"), lambda: version.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError, match="is never changed"), transaction.atomic():
            act()


def test_only_the_unit_adopts_a_template() -> None:
    with pytest.raises(Refused, match="Templates are adopted by the Quality Assurance Unit"):
        adopt_template(by=make.council().rafiq, source=shipped_source("dip_sample"), now=make.NOW)
    assert set(TemplateVersion.objects.values_list("key", flat=True)) == {"case_file"}


def with_task_for(*posts: str) -> dict[str, object]:
    """The shipped case file, each of whose suggested tasks is for one of these in turn."""
    source = shipped_source("case_file")
    rows = [row for row in source["survey"] if row.get("task")]
    for place, row in enumerate(rows):
        row["task_for"] = posts[place % len(posts)]
    return source


def test_a_suggested_task_for_somebody_who_is_no_post_of_the_framework_is_refused_fault_by_fault() -> None:
    with pytest.raises(Refused) as refused:
        adopt_template(by=make.council().maya, source=with_task_for("practitioner", "head_of_service"), now=make.NOW)

    assert len(refused.value.sentences) == 3
    assert refused.value.sentences[0].startswith(
        "The task that “Does the chronology show what happened and why it mattered to the child?” suggests is for "
        "“head_of_service”, which is no post of the framework. Give one of practitioner, "
    )
    assert TemplateVersion.objects.filter(key="case_file").count() == 1


def test_a_suggested_task_for_a_post_is_adopted() -> None:
    made = adopt_template(by=make.council().maya, source=with_task_for("service_manager"), now=make.NOW)

    assert {question.task_for for question in made.parsed.questions.values() if question.task} == {"service_manager"}

"""The sample of signed-off tasks: frozen first, then dice, then for ever."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from goldenthread.act.models import Task, TaskCheck, TaskSample
from goldenthread.act.queries.samples import signed_off_in
from goldenthread.act.services.sampling_tasks import cast_sample, export_sample, freeze_sample
from goldenthread.method.periods import Period
from goldenthread.method.refusal import Refused
from goldenthread.notices.models import Notice
from tests import make
from tests.act import assured, duty

pytestmark = pytest.mark.django_db


def test_the_list_is_the_codes_of_the_tasks_signed_off_in_the_quarter_with_their_service() -> None:
    assured.signed_off(files=2, each=2)

    sample = assured.frozen()

    codes = sorted(Task.objects.values_list("code", flat=True))
    assert sample.frame.splitlines() == ["ref,stratum", *(f"{code},Assessment and Duty Service" for code in codes)]
    assert sample.quotas == {
        "held": {"Assessment and Duty Service": 4}, "sought": {"Assessment and Duty Service": 4}
    }  # fmt: skip


def test_no_childs_reference_is_in_what_is_frozen() -> None:
    returned = assured.signed_off(files=2)

    sample = assured.frozen()

    assert [one.audit.ref for one in returned if one.audit.ref in sample.frame] == []


def test_a_task_that_is_only_done_is_not_on_the_list() -> None:
    make.completed_return(duty.returned())

    assert list(signed_off_in(make.council().authority.pk, assured.QUARTER)) == []


def test_what_another_quarter_signed_off_is_not_on_the_list() -> None:
    assured.signed_off(files=1)
    before = Period(assured.QUARTER.starts_on - timedelta(days=92), assured.QUARTER.starts_on - timedelta(days=1))

    assert list(signed_off_in(make.council().authority.pk, before)) == []


def test_at_least_the_frameworks_number_is_drawn_and_each_is_a_check_to_make() -> None:
    assured.signed_off(files=4, each=2)

    sample = assured.drawn()

    assert sample.quotas["sought"] == {"Assessment and Duty Service": 5}
    assert sorted(TaskCheck.objects.values_list("place", "outcome")) == [(place, "") for place in range(1, 6)]


def test_the_services_manager_hears_of_it_and_of_no_child() -> None:
    [returned] = assured.signed_off(files=1)

    assured.drawn()

    [notice] = Notice.objects.filter(kind="assurance")
    assert (notice.name, returned.audit.ref in notice.body) == ("Bridget Oakhanger", False)
    assert "2 signed-off tasks of your service were drawn at random" in notice.body


# --- refused -----------------------------------------------------------------------------------------------


def refused(act) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return str(refusal.value)


def test_a_quarter_without_a_signed_off_task_is_refused() -> None:
    make.council()

    assert refused(assured.frozen) == (
        "No task was signed off in October to December 2026, so there is nothing to check."
    )


def test_a_second_sample_of_a_quarter_is_refused() -> None:
    assured.signed_off()
    assured.frozen()

    assert refused(assured.frozen) == (
        "A sample of this quarter’s tasks is frozen or drawn already: one is drawn a quarter, and only once."
    )


def test_a_quarter_that_is_not_over_is_refused() -> None:
    assured.signed_off()
    maya = make.council().maya

    said = refused(lambda: freeze_sample(by=maya, period=assured.QUARTER, now=make.NOW))

    assert said == "October to December 2026 is not over yet: its tasks are sampled once it is."


def test_dice_before_one_witness_are_refused() -> None:
    assured.signed_off()

    said = refused(lambda: assured.drawn(["Police DI"]))

    assert said == "At least 2 different witnesses are needed: 1 given."


def test_a_sample_is_drawn_once() -> None:
    assured.signed_off()
    sample, maya = assured.drawn(), make.council().maya

    def again() -> None:
        cast_sample(by=maya, sample=sample, rolls=make.DICE, witnesses=make.WITNESSES, now=assured.LATER)

    assert refused(again) == "These tasks have been drawn already; a sample is drawn once."


@pytest.mark.parametrize("name", ["bridget", "helena", "rafiq"])
def test_nobody_but_the_unit_samples(name: str) -> None:
    assured.signed_off()
    person = getattr(make.council(), name)

    said = refused(lambda: freeze_sample(by=person, period=assured.QUARTER, now=assured.LATER))

    assert said == "Tasks are sampled by the Quality Assurance Unit."


def test_a_task_sent_back_since_the_freeze_is_drawn_all_the_same() -> None:
    [returned, *_] = assured.signed_off(files=1)
    sample, maya = assured.frozen(), make.council().maya
    returned.tasks.update(state="done")

    cast_sample(by=maya, sample=sample, rolls=make.DICE, witnesses=make.WITNESSES, now=assured.LATER)

    assert TaskCheck.objects.count() == 2


# --- checked by anybody ------------------------------------------------------------------------------------


def test_the_twenty_lines_that_verify_a_draw_verify_the_sample(tmp_path: Path) -> None:
    assured.signed_off(files=4)
    sample, maya = assured.drawn(), make.council().maya
    bundle = export_sample(by=maya, sample=sample, what="bundle.zip", now=assured.LATER)
    zipfile.ZipFile(io.BytesIO(bundle)).extractall(tmp_path)

    said = [_verified(tmp_path), _verified(_with_another_seed(tmp_path))]

    assert said == [
        "This record follows from this list and its source.",
        "This record does NOT follow from this list and its source.",
    ]


def _verified(folder: Path) -> str:
    command = [sys.executable, "verifier.py", "record.json", "list.csv"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout.strip()


def _with_another_seed(folder: Path) -> Path:
    record = json.loads((folder / "record.json").read_text())
    (folder / "record.json").write_text(json.dumps(record | {"source": "dice:1-1;witnesses:a,b"}))
    return folder


def test_the_record_names_exactly_the_tasks_that_are_checked() -> None:
    assured.signed_off(files=4)
    sample, maya = assured.drawn(), make.council().maya

    record = json.loads(export_sample(by=maya, sample=sample, what="record.json", now=assured.LATER))

    selected = [code for codes in record["selected"].values() for code in codes]
    assert sorted(selected) == sorted(TaskCheck.objects.values_list("task__code", flat=True))


def test_there_is_no_record_before_the_dice() -> None:
    assured.signed_off(files=1)
    sample, maya = assured.frozen(), make.council().maya

    said = refused(lambda: export_sample(by=maya, sample=sample, what="record.json", now=assured.LATER))

    assert said == "There is no record before the tasks are drawn."


def test_the_database_keeps_one_sample_a_quarter() -> None:
    assured.signed_off(files=1)
    sample = assured.frozen()
    sample.pk, sample.code, sample.draw_id = None, "other", "other"

    with pytest.raises(DatabaseError), transaction.atomic():
        sample.save()

    assert TaskSample.objects.count() == 1

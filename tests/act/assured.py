"""Tasks signed off in a quarter, as many as a test needs; on `LATER` the quarter is over, so it can be sampled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from goldenthread.act.models import Return, TaskCheck, TaskSample
from goldenthread.act.services.returning import return_session
from goldenthread.act.services.sampling_tasks import cast_sample, freeze_sample
from goldenthread.method.periods import Period
from tests import make
from tests.act import duty

QUARTER = Period(date(2026, 10, 1), date(2026, 12, 31))
LATER = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)


def signed_off(files: int = 3, each: int = 2) -> list[Return]:
    """So many returns, each with so many tasks, all signed off on `make.DAY`."""
    asked = {f"Thing {place} to put right.": "practitioner" for place in range(1, each + 1)}
    session = duty.submitted(asked, files=files).session
    returned = return_session(by=make.council().maya, session=session, now=make.NOW, today=make.DAY)
    return [make.signed_return(one) for one in returned]


def frozen() -> TaskSample:
    return freeze_sample(by=make.council().maya, period=QUARTER, now=LATER)


def drawn(witnesses: Sequence[str] = make.WITNESSES) -> TaskSample:
    return cast_sample(
        by=make.council().maya, sample=frozen(), rolls=make.DICE, witnesses=witnesses, now=LATER
    )  # fmt: skip


def a_check(place: int = 0) -> TaskCheck:
    """One of the tasks that a sample of six drew."""
    if not TaskSample.objects.exists():
        signed_off()
        drawn()
    return list(TaskCheck.objects.order_by("pk"))[place]

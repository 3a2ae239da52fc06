"""Take away evidence packs that are past their days, and give up those that nobody makes any more."""

from __future__ import annotations

from datetime import date, datetime

from goldenthread.learn.services import packs
from goldenthread.web.wording import plural

JOB = "Remove old evidence packs"


def run(*, now: datetime, today: date) -> str:
    removed, given_up = packs.remove_old_packs(now=now)
    return f"{plural(removed, 'pack')} removed, {given_up} given up."

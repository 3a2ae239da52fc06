"""What the queue keeps: that a pack wants making. The pack's own row decides whether it still does."""

from __future__ import annotations

from django_tasks import task

from goldenthread.learn.services.packing import made_in_background
from goldenthread.web import clock


@task
def make_pack(pack: int) -> str:
    """Make one pack, if it waits or its maker was lost; the state it is then in."""
    return made_in_background(pack, clock.now, clock.today())

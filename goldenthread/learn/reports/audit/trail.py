"""The trail of one audit: who did, and saw, what."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.learn.queries.whole_audit_facts import WholeAudit
from goldenthread.learn.rendering.model import Block, Table, Text
from goldenthread.web.wording import plural, when


def trail_blocks(figures: WholeAudit) -> Iterator[Block]:
    if not figures.trail:
        yield Text(("Nothing is on the trail of this audit.",))
        return
    rows = tuple(
        (when(one.at), f"{one.by}, {one.capacity}", f"{one.what}{f'. {one.because}' if one.because else ''}")
        for one in figures.trail
    )
    yield Text((f"{plural(len(rows), 'entry', 'entries')}, the earliest first.",))
    yield Table("The trail", ("When", "Who", "What"), rows)

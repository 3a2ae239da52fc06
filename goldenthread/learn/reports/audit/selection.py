"""The file, who audited it, and how it was chosen: with what anyone needs to check the draw."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.learn.queries.whole_audit_facts import WholeAudit
from goldenthread.learn.rendering.model import Block, Table, Text
from goldenthread.learn.rendering.model import day_in_words as day
from goldenthread.learn.reports.session.selection import in_groups
from goldenthread.web.wording import listed, when


def file_blocks(figures: WholeAudit) -> Iterator[Block]:
    rows = (
        ("File", figures.reference),
        ("Kind of audit", figures.kind),
        ("Status", figures.status),
        ("Also", ", ".join(figures.tags)),
        ("Age", figures.age_band),
        ("Read as well", ", ".join(figures.linked)),
        ("Team", figures.team),
        ("Service", figures.service),
        ("Practitioner", figures.practitioner),
        ("Audited by", listed(list(figures.auditors))),
        ("Allotted", when(figures.allotted_at)),
        ("Submitted", when(figures.submitted_at)),
    )
    yield Table("The file and its audit", ("What", "Which"), tuple(row for row in rows if row[1]))


def selection_blocks(figures: WholeAudit) -> Iterator[Block]:
    chosen = figures.selected
    sentences = [chosen.way]
    if chosen.instead_because:
        sentences.append(f"The file before it gave way because: {chosen.instead_because.rstrip('.')}.")
    yield Text(tuple(sentences))
    if not chosen.seed:
        return
    rows = (
        ("Draw", chosen.draw_id),
        ("List of", day(chosen.listed_on)),
        ("Stratum", chosen.stratum.replace("|", ", ")),
        ("Place in its stratum", f"{chosen.place}, of {chosen.held} cases of which {chosen.sought} were drawn"),
        ("Where the seed comes from", chosen.source.replace(";", "; ").replace(",", ", ")),
        ("Seed", in_groups(chosen.seed)),
        ("SHA-256 of the frozen list", in_groups(chosen.list_sha256)),
    )
    yield Table("What anyone needs to check the draw", ("What", "Which"), rows)

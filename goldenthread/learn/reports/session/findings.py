"""What was found: good and to be improved, in practice and in process, by theme."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.learn.queries.session_facts import Noted, SessionFigures
from goldenthread.learn.rendering.model import Block, Chart, Finding, Points, Series, Table, Text
from goldenthread.learn.reports.session.shield import Shield, in_words

EXAMPLES = 2  # of a theme
INK = "#1d70b8"
TITLES = {
    ("practice", "good"): "Good practice",
    ("practice", "improve"): "Practice that needs work",
    ("process", "good"): "Process that works",
    ("process", "improve"): "Process that needs work",
}


def finding_blocks(figures: SessionFigures, shield: Shield, domain: str) -> Iterator[Block]:
    """One of the two domains: its themes counted, then (within the unit only) what auditors wrote."""
    noted = [finding for finding in figures.findings if finding.domain == domain]
    if not noted:
        yield Text((f"No finding about {domain} was noted in this session.",))
        return
    yield from _themes(figures, shield, domain, noted)
    if shield.up:
        words = "What auditors wrote of single files stays within the Quality Assurance Unit."
        yield Text((words,))
        return
    for sort in ("good", "improve"):
        examples = _examples([finding for finding in noted if finding.sort == sort])
        if examples:
            yield Points(TITLES[domain, sort], examples)


def _themes(figures: SessionFigures, shield: Shield, domain: str, noted: list[Noted]) -> Iterator[Block]:
    """Files by theme: a file counts once for a theme, however often it is noted there."""
    of = len(figures.files)
    counted = {
        theme: (_files(noted, theme, "good"), _files(noted, theme, "improve"))
        for theme in {finding.theme for finding in noted}
    }
    shown = {
        theme: tuple(shield.number(count, of) for count in counted[theme])
        for theme in sorted(counted, key=lambda theme: (-counted[theme][1], -counted[theme][0], theme))
    }
    shown = {theme: counts for theme, counts in shown.items() if any(count is not None for count in counts)}
    if not shown:
        yield Text((f"No theme of {domain} was noted in files enough for its number to be shown.",))
        return
    yield Text((_said(domain, of, {theme: improve for theme, (_, improve) in shown.items() if improve}),))
    rows = tuple((theme, in_words(good), in_words(improve)) for theme, (good, improve) in shown.items())
    title = f"Themes in {domain}: files of {of}"
    table = Table(title, ("Theme", "Good", "Needs work"), rows, (1, 2), "A file counts once for each theme.")
    values = tuple(improve for _, improve in shown.values())
    if sum(bool(value) for value in values) < 2:
        yield table
        return
    yield Chart(
        "bar", f"Files in which {domain} needs work, by theme", f"Of {of} files audited; a file counts once a theme.",
        tuple(shown), (Series("Files", values, INK),), table,
    )  # fmt: skip


def _files(noted: list[Noted], theme: str, sort: str) -> int:
    return len({finding.file for finding in noted if (finding.theme, finding.sort) == (theme, sort)})


def _said(domain: str, of: int, improve: dict[str, int]) -> str:
    """The one or two themes that most files share."""
    if not improve:
        return f"No theme of {domain} stands out as needing work."
    (first, count), *rest = [*improve.items()][:2]
    also = f", and “{rest[0][0]}” in {rest[0][1]}" if rest else ""
    return f"“{first}” needs work in {count} of {of} files{also}."


def _examples(noted: list[Noted]) -> tuple[Finding, ...]:
    """The first few of each theme, the themes of most files first."""
    by_theme: dict[str, list[Noted]] = {}
    for finding in noted:
        by_theme.setdefault(finding.theme, []).append(finding)
    ranked = sorted(by_theme, key=lambda theme: (-len({finding.file for finding in by_theme[theme]}), theme))
    return tuple(
        Finding(finding.text, theme=theme) for theme in ranked for finding in by_theme[theme][:EXAMPLES]
    )  # fmt: skip

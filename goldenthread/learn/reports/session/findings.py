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


Themes = dict[str, tuple[int | None, int | None]]
"""By theme, in how many files it was found good and in how many it needs work; None where a number is hidden."""


def finding_blocks(figures: SessionFigures, shield: Shield, domain: str) -> Iterator[Block]:
    """One of the two domains: its themes counted, then (within the unit only) what auditors wrote."""
    noted = _noted(figures, domain)
    if not noted:
        yield Text((f"No finding about {domain} was noted in this session.",))
        return
    yield Text((theme_words(figures, shield, domain),))
    yield from _theme_blocks(themes(figures, shield, domain), len(figures.files), domain)
    if shield.up:
        yield Text(("What auditors wrote of single files stays within the Quality Assurance Unit.",))
        return
    for sort in ("good", "improve"):
        examples = _examples([finding for finding in noted if finding.sort == sort])
        if examples:
            yield Points(TITLES[domain, sort], examples)


def theme_words(figures: SessionFigures, shield: Shield, domain: str) -> str:
    """The one or two themes of this domain that need work in most files."""
    of = len(figures.files)
    needs = [(theme, improve) for theme, (_, improve) in themes(figures, shield, domain).items() if improve]
    if not needs:
        return f"No theme of {domain} stands out as needing work."
    (first, count), *rest = needs[:2]
    also = f", and “{rest[0][0]}” in {rest[0][1]}" if rest else ""
    return f"In {domain}, “{first}” needs work in {count} of {of} {'file' if of == 1 else 'files'}{also}."


def themes(figures: SessionFigures, shield: Shield, domain: str) -> Themes:
    """The themes of this domain, those that need work in most files first. A file counts once for a theme.

    A theme of which nothing may be shown is left out, as one that nobody noted would be.
    """
    noted, of = _noted(figures, domain), len(figures.files)
    counted = {
        theme: (_files(noted, theme, "good"), _files(noted, theme, "improve"))
        for theme in {finding.theme for finding in noted}
    }
    shown = {
        theme: (
            shield.number(f"{domain}, {theme}: good", good, of),
            shield.number(f"{domain}, {theme}: needs work", improve, of),
        )
        for theme, (good, improve) in sorted(counted.items(), key=lambda pair: (-pair[1][1], -pair[1][0], pair[0]))
    }
    return {theme: counts for theme, counts in shown.items() if any(counts)}


def _noted(figures: SessionFigures, domain: str) -> list[Noted]:
    return [finding for finding in figures.findings if finding.domain == domain]


def _theme_blocks(shown: Themes, of: int, domain: str) -> Iterator[Block]:
    if not shown:
        yield Text((f"No theme of {domain} was noted in files enough for its number to be shown.",))
        return
    rows = tuple((theme, in_words(good), in_words(improve)) for theme, (good, improve) in shown.items())
    title = f"Themes in {domain}: files of {of}"
    table = Table(title, ("Theme", "Good", "Needs work"), rows, (1, 2), "A file counts once for each theme.")
    needs = {theme: improve for theme, (_, improve) in shown.items() if improve}
    if len(needs) < 2:
        yield table
        return
    yield Chart(
        "bar", f"Files in which {domain} needs work, by theme", f"Of {of} files audited; a file counts once a theme.",
        tuple(needs), (Series("Files", tuple(needs.values()), INK),), table,
    )  # fmt: skip


def _files(noted: list[Noted], theme: str, sort: str) -> int:
    return len({finding.file for finding in noted if (finding.theme, finding.sort) == (theme, sort)})


def _examples(noted: list[Noted]) -> tuple[Finding, ...]:
    """The first few of each theme, the themes of most files first."""
    by_theme: dict[str, list[Noted]] = {}
    for finding in noted:
        by_theme.setdefault(finding.theme, []).append(finding)
    ranked = sorted(by_theme, key=lambda theme: (-len({finding.file for finding in by_theme[theme]}), theme))
    return tuple(
        Finding(finding.text, theme=theme) for theme in ranked for finding in by_theme[theme][:EXAMPLES]
    )  # fmt: skip

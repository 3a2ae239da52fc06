"""What files had in common, in practice and in process: the themes, counted."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.learn.periodic.tables import Drafting, as_shown, theme_name
from goldenthread.learn.periodic.wording import in_words, rounded, said
from goldenthread.learn.queries.period_facts import total
from goldenthread.learn.rendering.model import Block, Chart, Series, Table, Text

INK = "#1d70b8"
MOST = 12  # themes in a chart


def theme_blocks(drafted: Drafting, domain: str) -> Iterator[Block]:
    """The themes of one domain, those that need work in most files first."""
    figures = drafted.figures
    of = total(figures.random)
    counted = _counted(drafted, domain)
    if not counted:
        yield Text((f"No theme of {domain} was noted in files enough to be counted here.",))
        return
    yield Text((theme_words(drafted, domain),))
    rows = tuple((theme, in_words(good), in_words(needs)) for theme, (good, needs) in counted.items())
    title = f"Themes in {domain}: files of {in_words(rounded(figures, of))}"
    table = Table(title, ("Theme", "Good", "Needs work"), rows, (1, 2), "A file counts once for each theme.")
    needing = {theme: needs for theme, (_, needs) in counted.items() if needs}
    shown = dict(list(needing.items())[:MOST])
    if len(shown) < 2:
        yield table
        return
    alt = f"Of {said(figures, rounded(figures, of))} files drawn at random; a file counts once for a theme."
    yield Chart(
        "bar", f"Files in which {domain} needs work, by theme", alt, tuple(shown),
        (Series("Files", tuple(float(count) for count in shown.values()), INK),), table,
    )  # fmt: skip


def theme_words(drafted: Drafting, domain: str) -> str:
    """The two themes that need work in most files, and the one that is good in most."""
    figures = drafted.figures
    counted, of = _counted(drafted, domain), rounded(figures, total(figures.random))
    needs = [(theme, count) for theme, (_, count) in counted.items() if count]
    good = max(((count, theme) for theme, (count, _) in counted.items() if count), default=None)
    if not needs:
        start = f"No theme of {domain} stands out as needing work."
    else:
        (first, count), *rest = needs[:2]
        also = f", and “{rest[0][0]}” in {said(figures, rest[0][1])}" if rest else ""
        start = f"In {domain}, “{first}” needs work in {said(figures, count)} of {said(figures, of)} files{also}."
    return start + (f" “{good[1]}” was good in {said(figures, good[0])}." if good else "")


def _counted(drafted: Drafting, domain: str) -> dict[str, tuple[int | None, int | None]]:
    """By theme: in how many files good, in how many to improve; a theme of which nothing may be shown is left out."""
    figures = drafted.figures
    counts: dict[str, dict[str, int]] = {}
    for row in figures.themes:
        if row.domain == domain:
            counts.setdefault(row.theme, {})[row.sort] = row.files
    of = total(figures.random)
    found: dict[str, tuple[int | None, int | None]] = {}
    for theme, sorts in sorted(counts.items(), key=lambda each: (-each[1].get("improve", 0), each[0])):
        good, improve = (
            as_shown(drafted, theme_name(domain, sort, theme), sorts[sort], of)[0] if sort in sorts else 0
            for sort in ("good", "improve")
        )
        if good or improve:
            found[theme] = (good, improve)
    return found

"""How the files were chosen, so that anyone can check it, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator

from goldenthread.learn.queries.session_facts import Chosen, SessionFigures
from goldenthread.learn.rendering.model import Block, Table, Text, day_in_words
from goldenthread.learn.reports.session.shield import Shield


def audited_words(figures: SessionFigures) -> str:
    """How many of the files drawn were audited."""
    number = len(figures.files)
    if figures.chosen is None:
        return f"{_files(number)} audited in this session."
    return f"{number} of the {_plural(figures.chosen.drawn, 'file')} drawn for this session {_were(number)} audited."


def selection_blocks(figures: SessionFigures, shield: Shield) -> Iterator[Block]:
    yield Text(tuple(_sentences(figures, shield)))
    chosen = figures.chosen
    if chosen is None:
        return
    proof = (
        ("Draw", chosen.draw_id),
        ("Where the seed comes from", chosen.source.replace(";", "; ").replace(",", ", ")),
        ("Seed", in_groups(chosen.seed)),
        ("SHA-256 of the frozen list", in_groups(chosen.list_sha256)),
    )
    yield Table("What anyone needs to check the draw", ("What", "Which"), proof)
    if chosen.left_out and not shield.up:
        rows = tuple((reason.capitalize(), f"{count:,}") for reason, count in chosen.left_out)
        yield Table("Cases that could not be drawn", ("Why", "Cases"), rows, (1,))
    if chosen.replaced and not shield.up:
        rows = tuple((reason, f"{count:,}") for reason, count in chosen.replaced)
        yield Table("Files replaced by the next reserve", ("Why", "Files"), rows, (1,))


def _sentences(figures: SessionFigures, shield: Shield) -> Iterator[str]:
    chosen = figures.chosen
    if chosen is None:
        yield "No draw was made for this session, so its files are not a random sample."
        return
    yield (
        f"{_plural(chosen.drawn, 'file')} {_were(chosen.drawn)} drawn at random from {chosen.population:,} open cases "
        f"on the list of {day_in_words(chosen.listed_on)}, shared among"
        f" {_plural(chosen.strata, 'stratum', 'strata')} of status and team."
    )
    yield "The list was frozen before the seed was known."
    yield _replaced(chosen, shield)
    if figures.unfinished and not shield.up:
        yield (
            f"{_plural(figures.unfinished, 'audit')} {_were(figures.unfinished)} not finished and "
            f"{_were(figures.unfinished)} left out of every figure here."
        )
    if figures.withdrawn and not shield.up:
        yield f"{_plural(figures.withdrawn, 'audit')} {_were(figures.withdrawn)} withdrawn."
    if figures.beside and not shield.up:
        yield (
            f"{_plural(figures.beside, 'further file')} {_were(figures.beside)} chosen for a reason, not by chance, "
            f"and {_were(figures.beside)} left out of every figure here."
        )


def _replaced(chosen: Chosen, shield: Shield) -> str:
    if shield.up:
        return "A file that could not be audited gave way to the next reserve of its stratum."
    number = sum(count for _, count in chosen.replaced)
    if not number:
        return "No file was replaced."
    return f"{_plural(number, 'file')} could not be audited and gave way to the next reserve."


def in_groups(digest: str) -> str:
    """A digest in groups of eight, so that a line can break and an eye can compare.

    >>> in_groups("0123456789abcdef")
    '01234567 89abcdef'
    """
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def _files(count: int) -> str:
    return f"{_plural(count, 'file')} {_were(count)}"


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _plural(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"

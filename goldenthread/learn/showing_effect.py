"""What a page shows of an effect: the sentence, a small chart where there are files enough, and the table behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from goldenthread.learn.queries.effect import Measured
from goldenthread.learn.rendering.charts import Drawing, drawing
from goldenthread.learn.rendering.model import Chart, Series, Table
from goldenthread.method.effect import Count, Effect
from goldenthread.method.measures import FEW, proportion
from goldenthread.web.wording import NOTHING, percent

SHADE = "#1d70b8"
HEAD = ("Files", "Before", "Since", "Difference in points")
NOTE = (
    f"Only files drawn at random. Shares and differences are given from {FEW} files on each side; in brackets, what is "
    "plausible at 95 %."
)


@dataclass(frozen=True, slots=True)
class ShownEffect:
    """`chart` and its drawing are None where there are too few files for a percentage."""

    measured: Measured
    table: Table
    chart: Chart | None
    drawn: Drawing | None


def as_effect_context(measured: Measured) -> dict[str, Any]:
    """`effect`, for `learn/effect_shown.html`."""
    table = Table("Files before and since", HEAD, _rows(measured), numeric_columns=(1, 2, 3), note=NOTE)
    whole = measured.compared.whole
    chart = None
    if whole.difference:
        shares = tuple(round(100 * each.share, 1) for each in (whole.before, whole.after))
        chart = Chart(
            kind="bar", title="Files that show it",
            alt=f"{_count(whole.before)} before, {_count(whole.after)} since.",
            categories=(f"Before: {_count(whole.before)}", f"Since: {_count(whole.after)}"),
            series=(Series("Files that show it", shares, SHADE),), table=table, unit="%",
        )  # fmt: skip
    return {"effect": ShownEffect(measured, table, chart, drawing(chart) if chart else None)}


def _rows(measured: Measured) -> tuple[tuple[str, ...], ...]:
    labels = {item.name: item for item in measured.items}
    rows = [
        (f"{labels[name].number}. {labels[name].label} ({labels[name].hoped})", *_cells(found))
        for name, found in measured.compared.items
    ]
    whole = ("All of these that applied", *_cells(measured.compared.whole))
    return (whole, *rows) if len(rows) > 1 else tuple(rows)


def _cells(found: Effect) -> tuple[str, str, str]:
    if found.difference is None:
        return _count(found.before), _count(found.after), NOTHING
    each = found.difference
    points = f"{_signed(each.value)} ({_signed(each.low)} to {_signed(each.high)})"
    return _share(found.before), _share(found.after), points


def _share(count: Count) -> str:
    found = proportion(count.met, count.of)
    return f"{_count(count)}, {percent(count.share)} ({percent(found.low)} to {percent(found.high)})"


def _count(count: Count) -> str:
    return f"{count.met} of {count.of}" if count.of else "no file"


def _signed(share: float) -> str:
    points = int(abs(share) * 100 + 0.5)
    return f"{'+' if share > 0 else '−'}{points}" if points else "0"  # noqa: RUF001 - a minus sign

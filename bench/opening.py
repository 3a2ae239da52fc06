"""Opening a 60-question audit to write in it, against a bare Django and Jinja2 view of the same form from constants.

Ours is the page as it is served: session, sign-in, rights, CSRF, the answers read from the database and the reading
recorded in the trail, durably, before the page is sent. The floor does none of that; its form is the same, word for
word, which is held before anything is timed.
"""

from __future__ import annotations

import re
import statistics
from typing import Any

from bench import audits, product
from bench.measurement import Measurement, in_turns, seconds

NAME = "Opening a 60-question audit"
MOST_STATEMENTS = 8


def run() -> list[Measurement]:
    with audits.installed():
        from bench import floor

        audit = audits.answered()
        address, auditor, bare = audits.page_of(audit), audits.auditor(audit), floor.browser()
        floor.CONSTANTS["questions"] = constants(audit)

        def ours() -> bytes:
            return auditor.get(address)

        def plain() -> bytes:
            return bare.get("/questions")

        if form(ours()) != form(plain()):
            raise RuntimeError("The floor shows another form than the product.")
        taken, floored = in_turns(ours, plain, repeats=60)
        sent = product.statements(ours)
        times = [seconds(ours) for _ in range(200)]
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    return [
        Measurement(f"{NAME}, against a bare view of the same", taken, floored, at_most=2.5),
        Measurement(f"Statements to open it, against {MOST_STATEMENTS}", sent, MOST_STATEMENTS, at_most=1, unit=""),
        Measurement("Opening it 200 times: p95 against the median", p95, p50, at_most=2),
    ]


def form(page: bytes) -> str:
    """The questions of a page, without the blanks between tags."""
    begins, ends = '<div class="govuk-form-group gt-question"', '<div class="govuk-button-group">'
    _, _, rest = page.decode().partition(begins)
    return re.sub(r"\s*([<>])\s*", r"\1", " ".join(rest.partition(ends)[0].split()))


def constants(audit: Any) -> list[dict[str, Any]]:
    """Each question with its answer as the product shows them, laid out as plain values."""
    from goldenthread.audit.queries import written_in
    from goldenthread.audit.showing import asked_in
    from tests import make

    opened = make.opened(audit)
    return [
        {name: getattr(asked.question, name) for name in ("name", "kind", "number", "label", "hint", "guidance")}
        | {name: getattr(asked.question, name) for name in ("judged", "required")}
        | {"choices": asked.choices, "value": asked.typed, "version": asked.version, "state": asked.state}
        for asked in asked_in(opened, written_in(opened.part), audits.SECTION)
    ]

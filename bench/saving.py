"""Saving one answer, and sending sixty in one request, against bare views that write as many rows and a log row.

Ours are the requests a browser makes, as they are served: CSRF, session, sign-in, rights, the answer held against its
question and against what others wrote, the trail, one durable transaction. The floor's transaction is as durable, its
sixty rows are one statement, and it reads nothing and checks nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

from bench import audits
from bench.measurement import Measurement, in_turns

NAME = "Saving one answer, and submitting 60"
REPEATS = 40


def run() -> list[Measurement]:
    with audits.installed():
        from bench import floor

        floor.lay_tables()
        bare, parts = floor.browser(), count(1)
        one, sixty = {"chronology": "partly"}, {f"question-{number}": audits.WORDS for number in range(60)}
        saving = one_answer(audits.answered())
        taken, floored = in_turns(saving, lambda: bare.post(f"/save/{next(parts)}", one), repeats=REPEATS)
        blank = blank_audits(2 * (REPEATS + 1))
        sending, submitting = in_order(blank[::2], audits.page_of), in_order(blank[1::2], submission)
        sent, submitted, rows = in_turns(
            sending, submitting, lambda: bare.post(f"/save/{next(parts)}", sixty), repeats=REPEATS
        )
        hold(blank)
    return [
        Measurement("Saving one answer, against a bare view writing a row and a log row", taken, floored, at_most=3),
        Measurement("Saving 60 in one request, against one writing 60 rows and a log row", sent, rows, at_most=3),
        Measurement(
            "Submitting 60 in one request (kept, judged, frozen), against the same", submitted, rows, at_most=3
        ),
    ]


def one_answer(audit: Any) -> Callable[[], object]:
    """Change one answer, as the page's script does while it is typed; each time over the version last saved."""
    auditor, versions = audits.auditor(audit), count(1)

    def save() -> None:
        seen = next(versions)
        answer = {"q-chronology": "no" if seen % 2 else "partly", "seen-chronology": seen}
        auditor.post(f"/audit/{audit.code}/save/", answer)

    return save


def blank_audits(number: int) -> list[Any]:
    """So many audits, allotted and not begun."""
    from tests import make

    session = make.session(held_on=make.DAY + timedelta(days=1))
    return make.audits(make.drawn_session(number, of=session, cases=make.lines(number + 10)))


def submission(audit: Any) -> str:
    return f"/audit/{audit.code}/submit/"


def in_order(blank: list[Any], address: Callable[[Any], str]) -> Callable[[], object]:
    """Send the whole form of one audit after the other to this address."""
    requests = iter([(audits.auditor(audit), address(audit), audits.form(audit)) for audit in blank])

    def send() -> None:
        auditor, to, form = next(requests)
        auditor.post(to, form)

    return send


def hold(blank: list[Any]) -> None:
    """Every second one must be whole and in progress, the others submitted; else something else was timed."""
    for place, audit in enumerate(blank):
        audit.refresh_from_db()
        if (audit.answered, audit.state) != (audits.QUESTIONS, "submitted" if place % 2 else "in progress"):
            raise RuntimeError(f"An audit stands at {audit.answered} answers, {audit.state}.")

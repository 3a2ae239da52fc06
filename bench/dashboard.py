"""The overview of a council with ten years of audits, and what keeping its counts costs whoever submits one.

The page is asked for as a browser asks: session, sign-in, rights, its charts drawn. Its floor is a bare Django view
that reads the same ready counts in two statements through the ORM and lays the same tables, with no charts and nobody
signed in. What is submitted in between has to be seen on the page. A submission is held against the same without its
counts; a save of answers keeps none.
"""

from __future__ import annotations

from unittest.mock import patch

from bench import audits, filled, report_figures
from bench.measurement import Measurement, in_turns
from bench.requests import signed_in

NAME = "The overview of ten years of audits"
SCALE = True
ON_BOTH = True
REPEATS, STATEMENTS = 25, 12
OPEN_TASKS = 1_500  # the others were signed off long ago


def run() -> list[Measurement]:
    with audits.installed():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from bench import floor, saving
        from goldenthread.audit.services import submitting
        from goldenthread.audit.services.counting import count_again
        from tests import make

        report_figures.fill()
        council = make.council()
        sign_off_the_old()
        count_again(council.authority.pk)
        filled._settle()
        page, bare = signed_in(council.maya, "/learn/overview/"), floor.browser()
        with CaptureQueriesContext(connection) as sent:
            before = page.get("/learn/overview/")
        if len(sent) != STATEMENTS or b"random files audited this year" not in before:
            raise RuntimeError(f"The overview took {len(sent)} statements, or shows no files.")
        taken, floored = in_turns(
            lambda: page.get("/learn/overview/"), lambda: bare.get("/counts"), repeats=REPEATS
        )  # fmt: skip
        blank = saving.blank_audits(2 * (REPEATS + 1))
        with_counts, without = (saving.in_order(each, saving.submission) for each in (blank[::2], blank[1::2]))

        def not_counted() -> None:
            with patch.object(submitting, "count", lambda *_: None):
                without()

        counting, plain = in_turns(with_counts, not_counted, repeats=REPEATS)
        if {audit.state for audit in type(blank[0]).objects.filter(pk__in=[each.pk for each in blank])} != {
            "submitted"
        }:
            raise RuntimeError("Not every audit was submitted.")
        if page.get("/learn/overview/") == before:
            raise RuntimeError("The overview does not show what was submitted since.")
    return [
        Measurement("The overview, against a bare view of the same ready counts", taken, floored, at_most=3),
        Measurement(
            "Submitting an audit, against submitting it without keeping the counts", counting, plain, at_most=1.3
        ),
    ]


def sign_off_the_old() -> None:
    from django.db.models import F

    from goldenthread.act.models import Task
    from tests import make

    newest = Task.objects.order_by("-pk").values_list("pk", flat=True)[OPEN_TASKS]
    Task.objects.filter(pk__lte=newest).update(
        state="signed off", done_at=make.NOW, done_by=F("owner"), evidence="Dates set.", record="Case notes."
    )

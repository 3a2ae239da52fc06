"""The ledger of coverage for 12,000 open cases, 60 teams and ten years of audits, against bare SQL of the same rows.

The floor sums what the list holds and what was chosen in the year in two plain statements, and reads the rows. Ours
reads them through the product, with the sessions to come, and works out what is owed and by when.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench import audits
from bench.measurement import Measurement, in_turns

NAME = "The ledger of 12,000 cases, 60 teams and 10 years of audits"
CASES, TEAMS, WORKERS, YEARS, A_YEAR = 12_000, 60, 600, 10, 1_200
STATUSES = ("looked_after", "child_protection", "child_in_need", "open_assessment", "care_leaver", "early_help")
TODAY, NOW = date(2026, 10, 6), datetime(2026, 10, 6, 14, tzinfo=UTC)
STARTS, ENDS = date(2026, 4, 1), date(2027, 3, 31)
STATEMENTS = 7

HELD = """
    SELECT line.status, line.team_name, team.name, line.locality, line.worker_id, line.worker_name, COUNT(*)
    FROM select_caseline AS line LEFT JOIN people_team AS team ON team.id = line.team_id
    WHERE line.case_list_id = %s AND NOT line.restricted GROUP BY 1, 2, 3, 4, 5, 6
"""
CHOSEN = """
    SELECT line.status, COALESCE(team.name, line.team_name), line.locality, line.worker_id, line.worker_name, draw.way,
           drawn.audited_on IS NOT NULL, COUNT(*)
    FROM select_drawncase AS drawn JOIN select_caseline AS line ON line.id = drawn.line_id
    JOIN select_draw AS draw ON draw.id = drawn.draw_id LEFT JOIN people_team AS team ON team.id = line.team_id
    JOIN select_caselist AS list ON list.id = draw.case_list_id
    LEFT JOIN plan_session AS session ON session.id = draw.session_id
    WHERE drawn.authority_id = %s AND drawn.standing = 'selected' AND draw.state = 'drawn' AND draw.kind <> 'reaudit'
      AND list.kind = 'case_file' AND (drawn.audited_on BETWEEN %s AND %s OR (drawn.audited_on IS NULL
      AND session.held_on BETWEEN %s AND %s AND session.cancelled_at IS NULL))
    GROUP BY 1, 2, 3, 4, 5, 6, 7
"""


def run() -> list[Measurement]:
    with audits.installed():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from goldenthread.plan.services.years import open_year
        from goldenthread.select.queries.ledger import ledger
        from tests import make

        here, newest = make.council(), hold()
        for week in range(1, 20):
            for day, group in enumerate(("safeguarding", "duty", "looked_after")):
                make.session(group, TODAY + timedelta(weeks=week, days=day), seats=(here.grace,))
        year = open_year(
            by=here.maya, framework=here.framework, starts_on=STARTS, ends_on=ENDS, kinds={"case_file": A_YEAR}, now=NOW
        )

        def bare() -> int:
            with connection.cursor() as cursor:
                cursor.execute(HELD, [newest.pk])
                held = cursor.fetchall()
                cursor.execute(CHOSEN, [here.authority.pk, STARTS, ENDS, STARTS, ENDS])
                return len(held) + len(cursor.fetchall())

        with CaptureQueriesContext(connection) as sent:
            found = ledger(year, TODAY)
        if len(sent) != STATEMENTS or found is None or sum(each.what == "team" for each in found.lines) < TEAMS:
            raise RuntimeError(f"The ledger took {len(sent)} statements, or does not show {TEAMS} teams.")
        ours, floor = in_turns(lambda: ledger(year, TODAY), bare, repeats=30)
    return [Measurement("The ledger of a year, against the bare SQL that sums the same rows", ours, floor, 3.0)]


def hold() -> Any:
    """A list a year, each with its draw of cases that were audited; the newest holds every open case."""
    from goldenthread.select.models import CaseLine, DrawnCase
    from goldenthread.web.codes import new_code
    from tests import make

    here = make.council()
    teams = [make.team(f"Team {number:02}") for number in range(TEAMS)]
    newest = None
    for back in range(YEARS - 1, -1, -1):
        day = TODAY.replace(year=TODAY.year - back)
        held = make.drawn_session(2, of=make.session(held_on=day), cases=make.lines(4))
        draw = DrawnCase.objects.filter(draw__session=held).first().draw  # type: ignore[union-attr]
        newest = draw.case_list
        CaseLine.objects.bulk_create(
            (
                CaseLine(
                    authority=here.authority, case_list=newest, ref=f"N{number:05}",
                    status=STATUSES[number % len(STATUSES)], team=teams[number % TEAMS],
                    team_name=teams[number % TEAMS].name, worker_name=f"Worker {number % WORKERS}",
                )
                for number in range(CASES if back == 0 else A_YEAR)
            ),
            batch_size=2000,
        )  # fmt: skip
        lines = list(newest.lines.filter(ref__startswith="N").order_by("pk")[:A_YEAR])
        DrawnCase.objects.bulk_create(
            (
                DrawnCase(
                    authority=here.authority, draw=draw, line=line, ref=line.ref, code=new_code(), place=place,
                    stratum="all", sought=1, held=10, audited_on=day - timedelta(days=place % 180),
                )
                for place, line in enumerate(lines, start=3)
            ),
            batch_size=2000,
        )  # fmt: skip
    return newest

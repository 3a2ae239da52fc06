"""The tasks by team that the page of assurance counts, of 20,000 audits and 60,000 tasks, against the bare SQL.

The floor counts the same rows in one plain statement. Ours counts them through the product, for a service manager as
the scope of her services and for the unit, and leaves out what either is grading blind.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench import audits
from bench.filled import fill
from bench.measurement import Measurement, in_turns

NAME = "The tasks by team of 20,000 audits with 60,000 tasks"
ON_BOTH = True
AUDITS, TASKS, TEAMS = 20_000, 3, 40
TODAY, NOW = date(2026, 10, 6), datetime(2026, 10, 6, 14, tzinfo=UTC)
STATES = ("to do", "done", "signed off", "signed off", "signed off", "signed off", "challenged", "signed off")

COUNTED = """
    SELECT returned.team_id, team.name,
           COUNT(CASE WHEN task.state IN ('to do', 'challenged') THEN 1 END),
           COUNT(CASE WHEN task.state IN ('to do', 'challenged') AND task.due_on < %s THEN 1 END),
           COUNT(CASE WHEN task.state = 'challenged' THEN 1 END),
           COUNT(CASE WHEN task.state IN ('to do', 'challenged') AND task.due_on > task.first_due_on THEN 1 END),
           COUNT(CASE WHEN task.state = 'done' THEN 1 END),
           COUNT(CASE WHEN task.state = 'signed off' THEN 1 END)
    FROM act_task AS task JOIN act_return AS returned ON returned.id = task.returned_id
    LEFT JOIN people_team AS team ON team.id = returned.team_id
    WHERE task.authority_id = %s {only} GROUP BY 1, 2
"""


def run() -> list[Measurement]:
    with audits.installed():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from goldenthread.act.queries.assurance import tasks_by_team
        from tests import make

        hold()
        here = make.council()

        def bare(only: str, *values: Any) -> int:
            with connection.cursor() as cursor:
                cursor.execute(COUNTED.format(only=only), [TODAY, here.authority.pk, *values])
                return len(cursor.fetchall())

        from goldenthread.people.standing import standings

        services = sorted(here.bridget.services_managed)
        hers = f"AND returned.service_id IN ({', '.join(['%s'] * len(services))})"
        standings(here.maya)  # her posts are read once a request, before any page asks for its own
        with CaptureQueriesContext(connection) as sent:
            found = tasks_by_team(here.maya, TODAY)
        counted = sum(team.open + team.done + team.signed_off for team in found)
        if len(sent) != 1 or counted != AUDITS * TASKS:
            raise RuntimeError(f"The count took {len(sent)} statements, or counts {counted} tasks.")
        unit = in_turns(lambda: tasks_by_team(here.maya, TODAY), lambda: bare(""), repeats=15)
        manager = in_turns(lambda: tasks_by_team(here.bridget, TODAY), lambda: bare(hers, *services), repeats=15)
    said = "Tasks by team, against the bare SQL that counts the same rows"
    return [Measurement(f"{said}: all", *unit, 2.0), Measurement(f"{said}: one service", *manager, 2.0)]


def hold() -> None:
    """Every audit returned to one of forty teams, a quarter of them of Bridget's service, each with its tasks."""
    from goldenthread.act.models import Return, Task
    from goldenthread.web.codes import new_code
    from tests import make

    here, model = make.council(), make.audit()
    services = ("Assessment and Duty Service", "Safeguarding Service", "Looked After Service", "Leaving Service")
    teams = [make.team(f"Team {number:02}", services[number % len(services)]) for number in range(TEAMS)]
    made = fill(model, AUDITS, answers=False)
    returns = Return.objects.bulk_create(
        (
            Return(
                authority=here.authority, audit_id=audit.pk, team=teams[place % TEAMS],
                service_id=teams[place % TEAMS].parent_id, practitioner=here.ffion, due_on=TODAY,
                sign_off_due_on=TODAY, returned_at=NOW, returned_by=here.maya,
            )
            for place, audit in enumerate(made)
        ),
        batch_size=2000,
    )  # fmt: skip
    Task.objects.bulk_create(
        (
            _task(returned, place * TASKS + number, new_code())
            for place, returned in enumerate(returns)
            for number in range(TASKS)
        ),
        batch_size=2000,
    )  # fmt: skip


def _task(returned: Any, place: int, code: str) -> Any:
    from goldenthread.act.models import Task

    state, due_on = STATES[place % len(STATES)], TODAY + timedelta(days=place % 40 - 20)
    done = {"evidence": "Done.", "done_at": NOW, "done_by_id": returned.practitioner_id}
    challenged = {"challenge": "Not mine.", "challenged_at": NOW, "challenged_by_id": returned.practitioner_id}
    return Task(
        authority_id=returned.authority_id, returned=returned, code=code, text="Write it.",
        owner_id=returned.practitioner_id, first_due_on=due_on - timedelta(days=place % 2), due_on=due_on, state=state,
        **(done if state in {"done", "signed off"} else challenged if state == "challenged" else {}),
    )  # fmt: skip

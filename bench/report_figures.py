"""A quarter's figures with ten years of a large council held, against bare SQL that counts the same rows.

20,000 audits submitted evenly over ten years, with nine grades, two findings and three tasks each, 1.2 million answers
beside them, and a case list of 12,000. The floor counts the quarter's files, sections, themes, tasks, moved grades and
the trend's five years in plain statements, and reads who submitted what in the year, which the quotas rest on.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from bench import audits, filled
from bench.measurement import Measurement, in_turns

NAME = "A quarter's figures of ten years of audits"
SCALE = True
ON_BOTH = True
AUDITS, YEARS, CASES, SECTIONS, FINDINGS, TASKS = 20_000, 10, 12_000, 8, 2, 3
TODAY, STARTS, ENDS = date(2026, 10, 12), date(2026, 7, 1), date(2026, 9, 30)
GRADES = ("good", "requires_improvement", "good", "outstanding", "inadequate")
STATEMENTS = 21

RANDOM = "way IN ('simple_random', 'stratified')"
SUBMITTED = (
    "audit.authority_id = %s AND audit.state = 'submitted' AND audit.submitted_at >= %s AND audit.submitted_at < %s"
)
OF_IT = (
    "JOIN select_drawncase AS chosen ON chosen.id = audit.case_id JOIN select_draw AS draw ON draw.id = chosen.draw_id"
)
FLOOR = (
    f"""
    SELECT audit.kind, audit.status, audit.team_name, service.name, draw.{RANDOM}, judged.grade, COUNT(*)
    FROM audit_audit AS audit {OF_IT} LEFT JOIN people_team AS service ON service.id = audit.service_id
    LEFT JOIN audit_judgement AS judged ON judged.audit_id = audit.id AND judged.section = '' AND judged.stands
    WHERE {SUBMITTED} GROUP BY 1, 2, 3, 4, 5, 6
    """,
    f"""
    SELECT judged.section, judged.grade, COUNT(*) FROM audit_judgement AS judged
    JOIN audit_audit AS audit ON audit.id = judged.audit_id {OF_IT}
    WHERE {SUBMITTED} AND draw.{RANDOM} AND judged.section <> '' AND judged.stands GROUP BY 1, 2
    """,
    f"""
    SELECT found.domain, found.sort, found.theme, COUNT(DISTINCT part.audit_id) FROM audit_finding AS found
    JOIN audit_part AS part ON part.id = found.part_id JOIN audit_audit AS audit ON audit.id = part.audit_id {OF_IT}
    WHERE {SUBMITTED} AND draw.{RANDOM} AND NOT found.removed GROUP BY 1, 2, 3
    """,
    f"""
    SELECT audit.team_id, task.state, COUNT(*) FROM act_task AS task
    JOIN act_return AS returned ON returned.id = task.returned_id
    JOIN audit_audit AS audit ON audit.id = returned.audit_id WHERE {SUBMITTED} GROUP BY 1, 2
    """,
    f"""
    SELECT first.grade, COUNT(*) FROM audit_judgement AS first JOIN audit_audit AS audit ON audit.id = first.audit_id
    JOIN audit_moderation AS moderation ON moderation.audit_id = audit.id
    WHERE {SUBMITTED} AND first.stage = 'auditor' AND first.section = '' GROUP BY 1
    """,
)
TREND = f"""
    SELECT SUBSTR(CAST(audit.submitted_at AS VARCHAR(30)), 1, 7), judged.grade, COUNT(*) FROM audit_judgement AS judged
    JOIN audit_audit AS audit ON audit.id = judged.audit_id {OF_IT}
    WHERE {SUBMITTED} AND draw.{RANDOM} AND judged.section = '' AND judged.stands GROUP BY 1, 2
"""
SUBMISSIONS = f"""
    SELECT person.person_id, audit.submitted_at, session.held_on FROM audit_part_people AS person
    JOIN audit_part AS part ON part.id = person.part_id JOIN audit_audit AS audit ON audit.id = part.audit_id
    JOIN plan_session AS session ON session.id = audit.session_id WHERE {SUBMITTED} AND part.kind = 'auditor'
"""
HELD = "SELECT status, team_name, team_id, COUNT(*) FROM select_caseline WHERE case_list_id = %s GROUP BY 1, 2, 3"


def run() -> list[Measurement]:
    with audits.installed():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from goldenthread.learn.reports import quarterly
        from tests import make

        held = fill()
        authority = make.council().authority
        subject = quarterly.subject(authority, f"{STARTS}:dmm")
        if subject is None:
            raise RuntimeError("The divisional meeting has no edition of this quarter.")

        def bare() -> int:
            quarter = [authority.pk, moment(STARTS), moment(ENDS + timedelta(days=1))]
            years = [authority.pk, moment(date(2021, 10, 1)), moment(ENDS + timedelta(days=1))]
            year = [authority.pk, moment(date(2025, 11, 1)), moment(TODAY)]
            asked = [*((each, quarter) for each in FLOOR), (TREND, years), (SUBMISSIONS, year), (HELD, [held])]
            rows = 0
            with connection.cursor() as cursor:
                for sql, values in asked:
                    cursor.execute(sql, values)
                    rows += len(cursor.fetchall())
            return rows

        with CaptureQueriesContext(connection) as sent:
            found = quarterly.figures(subject, TODAY)
        if len(sent) != STATEMENTS or sum(row.files for row in found.figures.random) < AUDITS // YEARS // 5:
            raise RuntimeError(f"The figures took {len(sent)} statements, or count too few files.")
        ours, floor = in_turns(lambda: quarterly.figures(subject, TODAY), bare, repeats=15)
    return [Measurement(f"{NAME}, against the bare SQL that counts the same rows", ours, floor, 2)]


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def fill() -> int:
    """Ten years of audits, each submitted, graded, returned with its tasks; the key of the newest case list."""
    from django.db import connection

    from goldenthread.act.models import Return, Task
    from goldenthread.audit.models import Audit, Finding, Judgement
    from goldenthread.select.models import CaseLine
    from goldenthread.web.codes import new_code
    from tests import make

    model = audits.answered()
    made = filled.fill(model, AUDITS, answers=True)
    day = timedelta(days=YEARS * 365 / AUDITS)
    first = moment(TODAY) - timedelta(days=YEARS * 365)
    for place, audit in enumerate(made):
        audit.state, audit.submitted_at, audit.submitted_by_id = "submitted", first + place * day, model.allotted_by_id
    with connection.constraint_checks_disabled():
        Audit.objects.bulk_update(made, ["state", "submitted_at", "submitted_by"], batch_size=500)
        Judgement.objects.bulk_create(
            (
                Judgement(
                    authority_id=audit.authority_id, audit=audit, section=section, grade=GRADES[(place + step) % 5]
                )
                for place, audit in enumerate(made)
                for step, section in enumerate(["", *(f"section_{number}" for number in range(SECTIONS))])
            ),
            batch_size=2_000,
        )
        of_part = dict(Audit.objects.filter(parts__kind="auditor").values_list("pk", "parts"))
        Finding.objects.bulk_create(
            (
                Finding(
                    authority_id=audit.authority_id, part_id=of_part[audit.pk], section="whole", sort="improve",
                    domain=("practice", "process")[step], theme=("planning", "recording")[place % 2], text="Found.",
                    saved_at=model.allotted_at, saved_by_id=model.allotted_by_id, code=new_code(),
                )
                for place, audit in enumerate(made)
                for step in range(FINDINGS)
            ),
            batch_size=2_000,
        )  # fmt: skip
        returns = Return.objects.bulk_create(
            (
                Return(
                    authority_id=audit.authority_id, audit=audit, team_id=audit.team_id, service_id=audit.service_id,
                    due_on=TODAY, sign_off_due_on=TODAY, returned_at=model.allotted_at,
                    returned_by_id=model.allotted_by_id, code=new_code(),
                )
                for audit in made
            ),
            batch_size=2_000,
        )  # fmt: skip
        Task.objects.bulk_create(
            (
                Task(
                    authority_id=each.authority_id, returned=each, text="Set dates.", owner_id=model.allotted_by_id,
                    first_due_on=TODAY, due_on=TODAY, code=new_code(),
                )
                for each in returns
                for _ in range(TASKS)
            ),
            batch_size=2_000,
        )  # fmt: skip
        listed = model.case.line.case_list_id
        teams = [make.team(f"Team {number:02}") for number in range(60)]
        CaseLine.objects.bulk_create(
            (
                CaseLine(
                    authority_id=model.authority_id, case_list_id=listed, ref=f"N{number:05}", status=model.status,
                    team=teams[number % 60], team_name=teams[number % 60].name,
                )
                for number in range(CASES)
            ),
            batch_size=2_000,
        )  # fmt: skip
    filled._settle()
    return int(listed)

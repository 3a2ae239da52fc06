"""What lies ahead of the demonstration council today: a fresh case list, and the next cycle's sessions."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

from goldenthread.audit import services as auditing
from goldenthread.audit.models import Audit
from goldenthread.audit.queries import open_audit_or_none
from goldenthread.audit.services.answers import Change
from goldenthread.home.demonstration.chance import Chance
from goldenthread.home.demonstration.council import Council
from goldenthread.home.demonstration.sessions import coming_sessions
from goldenthread.home.demonstration.workbook import write_annex_a
from goldenthread.home.loading.council import Loaded
from goldenthread.home.loading.moments import at
from goldenthread.home.loading.past import WITNESSES, arranged, dice
from goldenthread.method.quotas import quotas_in_proportion
from goldenthread.people.models import Person
from goldenthread.plan.models import Session
from goldenthread.select.formats.model import NamedBytes
from goldenthread.select.models import CaseList
from goldenthread.select.queries.frames import draw_frame
from goldenthread.select.services import case_lists, draws

FILES = 14


def load_coming(loaded: Loaded, council: Council, *, today: date) -> None:
    """A workbook of the day before, read and loaded as a person would; then the sessions, one of them under way.

    It is the one where most of the cast sit, so that a visitor finds files to audit; the others wait to be drawn.
    """
    case_list = _fresh_list(loaded, council, today - timedelta(days=1))
    coming, cast = coming_sessions(council, today), {member.staff_id for member in council.cast}
    under_way = max(coming, key=lambda planned: len(cast.intersection(dict(planned.seats))))
    for planned in coming:
        session = arranged(loaded, planned)
        if planned is under_way:
            rolls = dice(Chance(council.seed, "coming"))
            draw_and_share(loaded, session, case_list, FILES, rolls, today)
            for audit in Audit.objects.filter(session=session).order_by("pk")[:4]:
                _begin(audit, loaded, today)


def _fresh_list(loaded: Loaded, council: Council, day: date) -> CaseList:
    unit = loaded.on(loaded.unit.staff_number, day)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annex-a.xlsx"
        write_annex_a(council, path, as_at=day)
        file = NamedBytes(path.name, path.read_bytes())
    case_list = case_lists.upload_case_list(by=unit, files=[file], as_at=day, now=at(day, 9))
    return case_lists.load_case_list(by=unit, case_list=case_list, now=at(day, 9, 12))


def draw_and_share(loaded: Loaded, session: Session, case_list: CaseList, files: int, rolls: str, today: date) -> None:
    """So many files for this session, drawn this morning and shared out among those who sit there."""
    unit = loaded.on(loaded.unit.staff_number, today)
    frame = draw_frame(case_list, session, loaded.framework.parsed)
    draw = draws.freeze(
        by=unit, case_list=case_list, session=session, framework=loaded.framework, cases=frame.cases,
        exclusions=frame.exclusions, quotas=quotas_in_proportion(frame.sizes, files), now=at(today, 7, 30),
    )  # fmt: skip
    draws.cast(by=unit, draw=draw, rolls=rolls, witnesses=WITNESSES, now=at(today, 7, 45))
    auditing.share_out(by=unit, session=session, now=at(today, 8))


def _begin(audit: Audit, loaded: Loaded, today: date) -> None:
    """The first section answered, so that a file in progress can be seen."""
    auditor = loaded.on(_first_auditor(audit).staff_number, today)
    opened = open_audit_or_none(auditor, audit.code)
    assert opened is not None
    section = opened.template.sections[0]
    answers = {
        "yes_no": "yes",
        "graded": "good",
        "narrative": "Clear, dated and in plain words the family could follow.",
    }
    changes = [Change(each.name, answers[each.kind], 0) for each in section.questions if each.kind in answers]
    auditing.save_answers(by=auditor, opened=opened, changes=changes, now=at(today, 8, 30))


def _first_auditor(audit: Audit) -> Person:
    return audit.parts.get(kind="auditor").people.all()[0]

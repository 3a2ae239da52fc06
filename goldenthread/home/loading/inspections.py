"""What the invented council's senior managers inspect of supervision notes: last quarter signed for, this one begun."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from goldenthread.audit.models import Inspection
from goldenthread.audit.queries.statements import statement_content
from goldenthread.audit.services import inspecting
from goldenthread.home.demonstration.chance import Chance
from goldenthread.home.demonstration.council import Council
from goldenthread.home.loading.council import Loaded
from goldenthread.home.loading.moments import at
from goldenthread.home.loading.past import WITNESSES, dice
from goldenthread.method.deadlines import due_date
from goldenthread.method.periods import Period
from goldenthread.method.quotas import quotas_spread
from goldenthread.select.queries.supervision import holders_of_cases, quarter_of, senior_managers
from goldenthread.select.services.draws import cast
from goldenthread.select.services.supervision import freeze_supervision_draw

EACH = 2  # sets of notes for each senior manager
DIRECTOR = "AM10010"
GOOD = (
    "Held every month; each child is spoken of, not only the tasks.",
    "Decisions are dated and carry their reasons.",
    "The worker's own learning is asked about each time.",
)
TO_IMPROVE = (
    "Two months are missing; say why when supervision is not held.",
    "Actions of the last meeting are not looked at again.",
    "",
)


def load_inspections(loaded: Loaded, council: Council, *, today: date) -> None:
    """The quarter before this one, inspected and signed for; then this one's, as far as it has come."""
    chance = Chance(council.seed, "inspections")
    this = quarter_of(loaded.framework.parsed, today)
    last = quarter_of(loaded.framework.parsed, this.starts_on - timedelta(days=1))
    _inspected(loaded, chance, last, until=last.ends_on, missed=1)
    _sign(loaded, last, due_date(last.ends_on, 6), today)
    _inspected(loaded, chance, this, until=today, missed=4)


def _inspected(loaded: Loaded, chance: Chance, quarter: Period, *, until: date, missed: int) -> None:
    """Notes drawn in the quarter's second week and shared out; all but so many of them inspected by then."""
    day = min(due_date(quarter.starts_on, 7), until)
    unit, framework = loaded.on(loaded.unit.staff_number, day), loaded.framework.parsed
    sizes = Counter(holder.stratum for holder in holders_of_cases(loaded.authority.pk, framework, day))
    managers = len(senior_managers(loaded.authority.pk, framework, day))
    quotas = quotas_spread(sizes, min(EACH * managers, sizes.total()), {})
    draw = freeze_supervision_draw(by=unit, period=quarter, as_at=day, quotas=quotas, now=at(day, 9))
    draw = cast(by=unit, draw=draw, rolls=dice(chance), witnesses=WITNESSES, now=at(day, 10))
    inspecting.share_out_inspections(by=unit, draw=draw, now=at(day, 11))
    allotted = list(Inspection.objects.filter(case__draw=draw).select_related("person", "case__draw").order_by("pk"))
    for inspection in allotted[: len(allotted) - missed]:
        done = min(due_date(day, chance.whole(3, 40)), until)
        by = loaded.on(inspection.person.staff_number, done)
        inspecting.record_inspection(
            by=by, inspection=inspection, inspected_on=done, good=chance.pick(GOOD),
            to_improve=chance.pick(TO_IMPROVE), now=at(done, 15),
        )  # fmt: skip


def _sign(loaded: Loaded, quarter: Period, day: date, today: date) -> None:
    """By the director, some days after the quarter was over, if that is not still to come."""
    if day > today:
        return
    director = loaded.on(DIRECTOR, day)
    content = statement_content(loaded.authority, loaded.framework.parsed, quarter, day)
    inspecting.sign_statement(
        by=director,
        quarter=quarter,
        shown=inspecting.digest_of(content),
        password="",
        now=at(day, 16),  # noqa: S106
    )

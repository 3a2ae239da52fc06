"""What the invented council's post-holders owe: excused before single records were drawn, then this month's round."""

from __future__ import annotations

from datetime import date

from goldenthread.audit.queries.owed import ledger, to_open
from goldenthread.home.demonstration.chance import Chance
from goldenthread.home.demonstration.council import Council
from goldenthread.home.demonstration.year import those_who_owe
from goldenthread.home.loading.coming import draw_and_share
from goldenthread.home.loading.council import Loaded
from goldenthread.home.loading.moments import at
from goldenthread.home.loading.past import dice, months_of_rounds
from goldenthread.method.periods import period_of
from goldenthread.plan.models import Excusal
from goldenthread.plan.services.rounds import open_round
from goldenthread.select.queries.case_lists import newest_loaded
from goldenthread.trail.services import record, step

IN_THEIR_STEAD = "Before single records were drawn, the sessions of the groups stood in their stead."
NOT_TRAINED = "Not trained to audit yet; a place on the training in the new year is booked."


@step
def excuse_what_was_not_asked(loaded: Loaded, council: Council, *, today: date) -> None:
    """Exempt everybody from what was short before there were rounds, and those who are not trained from all."""
    began = months_of_rounds(today)[0].starts_on
    trained = {loaded.people[post.person].pk for post in those_who_owe(council, today)}
    unit = loaded.unit
    rows = []
    for line in ledger(loaded.authority.pk, today).lines:
        account, holder = line.account, line.holder
        untrained = holder.person not in trained
        if account.to_do and (untrained or account.due.period.ends_on < began):
            granted = max(account.due.period.starts_on, loaded.framework.adopted_at.date())
            rows.append(
                Excusal(
                    authority=loaded.authority, person_id=holder.person, post=holder.post,
                    period_starts_on=account.due.period.starts_on, kind="exemption", records=len(account.to_do),
                    because=NOT_TRAINED if untrained else IN_THEIR_STEAD, granted_at=at(granted, 9), granted_by=unit,
                )
            )  # fmt: skip
    Excusal.objects.bulk_create(rows)
    told = {"exemptions": len(rows), "records": sum(row.records for row in rows)}
    record(by=unit, verb="excused", thing=loaded.authority, at=at(today, 7), now=told)


def open_this_month(loaded: Loaded, council: Council, *, today: date) -> None:
    """This month's single records: drawn and shared out, and still to be done."""
    month = period_of(today, "month", 1)
    unit = loaded.on(loaded.unit.staff_number, today)
    holders = to_open(loaded.authority.pk, month, today)
    session = open_round(by=unit, month=month, holders=holders, now=at(month.starts_on, 9))
    files = sum(len(line.account.to_do) for line in ledger(loaded.authority.pk, today).ending_in(month))
    case_list = newest_loaded(loaded.authority.pk)
    assert case_list is not None, "this week's list is loaded first"
    rolls = dice(Chance(council.seed, "this month's records"))
    draw_and_share(loaded, session, case_list, files, rolls, today)

"""The whole demonstration, in one transaction: it is there, or it is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction

from goldenthread.home.demonstration.council import SEED, invent_council
from goldenthread.home.loading.assured import assure
from goldenthread.home.loading.audited_again import arrange_some
from goldenthread.home.loading.briefed import brief, edit_themes
from goldenthread.home.loading.calibrated import calibrate_two
from goldenthread.home.loading.challenged import challenge_two
from goldenthread.home.loading.coming import load_coming
from goldenthread.home.loading.council import load_council
from goldenthread.home.loading.inspections import load_inspections
from goldenthread.home.loading.moderated import moderate_this_month, moderate_what_was_submitted
from goldenthread.home.loading.owed import excuse_what_was_not_asked, open_this_month
from goldenthread.home.loading.past import load_past
from goldenthread.home.loading.reported import publish_reports
from goldenthread.home.loading.rota import fall_ill, plan_the_rest
from goldenthread.home.loading.told import count_as_sent
from goldenthread.home.loading.worried import worry_about_two
from goldenthread.home.loading.year import join_groups, open_years
from goldenthread.method.refusal import Refused
from goldenthread.people.models import Authority


def load_demonstration(
    *, now: datetime, today: date, tell: Callable[[str], None], seed: int = SEED, scale: float = 1.0
) -> int:
    """Invent the council as it stands today and load it; how many past audits it has.

    Raises `Refused` where there is a council already: invented people never join real ones.
    """
    if Authority.objects.exists():
        raise Refused("There is a council in this database already, so the demonstration is not loaded beside it.")
    tell("Inventing a council")
    council = invent_council(seed, today=today, scale=scale)
    with transaction.atomic():
        tell("Its teams and people")
        loaded = load_council(council, now=now)
        year = open_years(loaded, today=today)
        tell("Two years of audits")
        number = load_past(loaded, council, today=today, tell=tell)
        tell("Second looks at their grades")
        moderate_what_was_submitted(loaded, today=today)
        challenge_two(loaded, today=today)
        calibrate_two(loaded, council, today=today)
        tell("What was checked, told and reported")
        assure(loaded, today=today)
        edit_themes(loaded, today=today)
        brief(loaded, today=today)
        publish_reports(loaded, today=today)
        tell("What its post-holders owe, and what its senior managers inspect")
        excuse_what_was_not_asked(loaded, council, today=today)
        load_inspections(loaded, council, today=today)
        tell("This week's case list and sessions")
        join_groups(loaded, year)
        load_coming(loaded, council, today=today)
        plan_the_rest(loaded, year, today=today)
        fall_ill(loaded, today=today)
        arrange_some(loaded, today=today)
        worry_about_two(loaded, today=today)
        open_this_month(loaded, council, today=today)
        moderate_this_month(loaded, council, today=today)
        count_as_sent(today=today)
    return number

"""Who may not audit a file: every tie with every switch of the framework, against a table said the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from goldenthread.method.framework import Independence
from goldenthread.method.independence import Auditor, File, places_under, ties, why_not_audit

HERS, ANOTHERS, HIS = 7, 8, 9  # people
DUTY, REVIEW = 2, 3  # teams
ASSESSMENT, PERMANENCE = 20, 30  # services
COUNCIL, POLICE = 50, 60  # agencies
DAY = date(2026, 10, 6)
FILE = File(worker=ANOTHERS, team=DUTY, service=ASSESSMENT, agency=COUNCIL, day=DAY)
HER = Auditor(HERS)
NOTHING = Independence(
    own_case=False, own_team=False, manages=False, held_within_months=0, line=False, own_reviewing_officer=False,
    audited_last_time="may", at_reaudit="may", declared=False, own_agency=False,
)  # fmt: skip
EVERYTHING = Independence(
    own_case=True, own_team=True, manages=True, held_within_months=12, audited_last_time="must_not", own_agency=True
)

# A tie: what makes it, the switch that forbids it, and what is said. In the order in which they are said.
TABLE = {
    "holds": ("holds this case", {"own_case": True}),
    "held": ("held this case within the last 12 months", {"held_within_months": 12}),
    "reviews": ("is this child’s own reviewing officer or conference chair", {"own_reviewing_officer": True}),
    "manages the team": ("manages the team that holds this case", {"manages": True}),
    "is in the team": ("is in the team that holds this case", {"own_team": True}),
    "manages the worker": ("manages the worker who holds this case", {"line": True}),
    "audited": ("audited this file last time", {"audited_last_time": "must_not"}),
    "declared": ("has declared a conflict of interest", {"declared": True}),
    "own agency": ("works for the agency whose file it is", {"own_agency": True}),
}
NOT_TOGETHER = {"holds", "manages the worker"}  # nobody is her own manager


def tied(names: frozenset[str]) -> tuple[Auditor, File]:
    """Somebody and a file with just these ties."""
    auditor, file = HER, FILE
    if "holds" in names:
        file = replace(file, worker=HERS)
    if "held" in names:
        file = replace(file, held={HERS: DAY})
    if "reviews" in names:
        file = replace(file, reviewer=HERS)
    if "manages the team" in names:
        auditor = replace(auditor, manages=auditor.manages | {DUTY})
    if "is in the team" in names:
        auditor = replace(auditor, teams=frozenset({DUTY}))
    if "manages the worker" in names:
        auditor, file = replace(auditor, manages=auditor.manages | {REVIEW}), replace(file, worker_under={REVIEW})
    if "audited" in names:
        file = replace(file, audited_by=frozenset({HERS, HIS}))
    if "declared" in names:
        file = replace(file, declared=frozenset({HERS}))
    if "own agency" in names:
        auditor = replace(auditor, agencies=frozenset({COUNCIL}))
    return auditor, file


def chosen(every: int) -> Iterator[frozenset[str]]:
    for bits in product((False, True), repeat=every):
        yield frozenset(name for name, there in zip(TABLE, bits, strict=True) if there)


def test_each_of_all_sets_of_ties_is_forbidden_as_each_of_all_sets_of_rules_says() -> None:
    wrong = []
    rules = {forbidden: ruled(forbidden) for forbidden in chosen(len(TABLE))}
    for there in chosen(len(TABLE)):
        if there >= NOT_TOGETHER:
            continue
        auditor, file = tied(there)
        for forbidden, rule in rules.items():
            expected = [TABLE[name][0] for name in TABLE if name in there & forbidden]
            if list(ties(auditor, file, rule)) != expected:
                wrong.append((there, forbidden))

    assert wrong == []


def ruled(forbidden: frozenset[str]) -> Independence:
    rule = NOTHING
    for name in forbidden:
        rule = replace(rule, **TABLE[name][1])  # type: ignore[arg-type]
    return rule


def test_the_nearest_tie_is_the_one_that_is_said() -> None:
    auditor, file = tied(frozenset({"declared", "held", "audited"}))

    assert why_not_audit(auditor, file, EVERYTHING) == "held this case within the last 12 months"


AGAIN = ("may", "must", "must_not")
LAST = {"nobody": frozenset[int](), "she": frozenset({HERS}), "another": frozenset({HIS})}
TOLD = {
    ("must_not", "she"): "audited this file last time",
    ("must", "another"): "did not audit this file last time, as whoever audits it again has to",
}


@pytest.mark.parametrize(("first", "again", "reaudit", "last"), list(product(AGAIN, AGAIN, (False, True), LAST)))
def test_who_audited_it_last_may_must_or_must_not_and_at_a_reaudit_that_rule_is_asked(
    first: str, again: str, reaudit: bool, last: str
) -> None:
    rule = replace(NOTHING, audited_last_time=first, at_reaudit=again)  # type: ignore[arg-type]
    file = replace(FILE, reaudit=reaudit, audited_by=LAST[last])

    assert why_not_audit(HER, file, rule) == TOLD.get((again if reaudit else first, last))


@pytest.mark.parametrize(
    ("last", "months", "sentence"),
    [
        (date(2025, 10, 6), 12, "held this case within the last 12 months"),
        (date(2025, 10, 5), 12, None),
        (date(2026, 9, 6), 1, "held this case within the last month"),
        (date(2026, 9, 5), 1, None),
        (date(2026, 10, 6), 0, None),
    ],
)
def test_how_long_ago_she_held_it(last: date, months: int, sentence: str | None) -> None:
    rule = replace(NOTHING, held_within_months=months)

    assert why_not_audit(HER, replace(FILE, held={HERS: last}), rule) == sentence


def test_the_last_day_of_a_month_has_a_month_before_it_even_where_that_is_shorter() -> None:
    file = replace(FILE, day=date(2026, 3, 31), held={HERS: date(2026, 2, 28)})

    assert why_not_audit(HER, file, replace(NOTHING, held_within_months=1)) == "held this case within the last month"


@pytest.mark.parametrize(
    ("manages", "sentence"),
    [
        ({DUTY}, "manages the team that holds this case"),
        ({ASSESSMENT}, "manages the service that holds this case"),
        ({PERMANENCE, REVIEW}, None),
    ],
)
def test_the_manager_of_the_team_or_of_its_service_may_not(manages: set[int], sentence: str | None) -> None:
    assert why_not_audit(replace(HER, manages=frozenset(manages)), FILE, EVERYTHING) == sentence


def test_whoever_the_worker_manages_may_not() -> None:
    file = replace(FILE, worker_manages=frozenset({REVIEW}))

    assert why_not_audit(replace(HER, under=frozenset({REVIEW})), file, EVERYTHING) == (
        "is managed by the worker who holds this case"
    )


def test_a_file_of_nobody_and_no_team_is_anybodys() -> None:
    her = Auditor(HERS, frozenset({DUTY}), frozenset({DUTY}), frozenset({DUTY}), frozenset({COUNCIL}))

    assert why_not_audit(her, File(None, None), EVERYTHING) is None


def test_another_agency_may() -> None:
    assert why_not_audit(replace(HER, agencies=frozenset({POLICE})), FILE, EVERYTHING) is None


@pytest.mark.parametrize(
    ("posts", "places"),
    [
        ([("", DUTY, ASSESSMENT)], {DUTY, ASSESSMENT}),
        ([("team", DUTY, ASSESSMENT)], {ASSESSMENT}),
        ([("service", ASSESSMENT, None)], set()),
        ([("authority", None, None)], set()),
        ([("authority", DUTY, ASSESSMENT)], set()),
        ([("team", DUTY, ASSESSMENT), ("", REVIEW, PERMANENCE)], {ASSESSMENT, REVIEW, PERMANENCE}),
        ([], set()),
    ],
)
def test_whose_managers_manage_somebody(posts: list[tuple[str, int | None, int | None]], places: set[int]) -> None:
    assert places_under(posts) == places

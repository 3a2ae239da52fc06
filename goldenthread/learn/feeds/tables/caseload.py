"""The caseload: how many open cases each list has, by team and status. What files are counted against."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from goldenthread.learn.feeds.model import Column, Table, team_columns
from goldenthread.select.models import CaseLine


def counted() -> QuerySet[Any]:
    lines = CaseLine.objects.filter(case_list__state="loaded", case_list__kind="case_file").order_by()
    groups = lines.values("case_list__code", "case_list__as_at", "team", "team__name", "team_name", "status")
    return groups.annotate(cases=Count("pk"), restricted_cases=Count("pk", filter=Q(restricted=True)))


TABLE = Table(
    "caseload",
    "Caseload",
    "One row for each team and status of each case list: the open cases, which are the denominators.",
    CaseLine,
    (
        Column("case_list_id", "key", "The case list.", ("case_list__code",)),
        Column("as_at", "date", "The day of the list.", ("case_list__as_at",)),
        *team_columns("team", "that holds them"),
        Column("listed_team", "text", "The team as the list names it.", ("team_name",)),
        Column("status", "text", "The children's status.", ("status",)),
        Column("cases", "whole", "Open cases, restricted ones among them.", ("cases",)),
        Column("restricted_cases", "whole", "Of these, restricted ones, which are never drawn.", ("restricted_cases",)),
    ),
    day="case_list__as_at",
    query=counted,
    worked_out={
        "cases": "select.CaseLine, counted",
        "restricted_cases": "select.CaseLine, counted where restricted",
    },
    order=("case_list__as_at", "case_list__code", "team_name", "team", "status"),
)

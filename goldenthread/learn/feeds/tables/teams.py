"""Teams and services."""

from __future__ import annotations

from goldenthread.learn.feeds.model import Column, Table
from goldenthread.people.models import Team

TABLE = Table(
    "teams",
    "Teams and services",
    "One row for each team, and each service, open or closed. Always whole.",
    Team,
    (
        Column("team_id", "id", "The team, or the service.", ("pk",), "public"),
        Column("team", "text", "Its name.", ("name",), "public"),
        Column(
            "service_id", "id", "The service it belongs to: another row; empty: it is a service.", ("parent",), "public"
        ),
        Column("service", "text", "That service's name.", ("parent__name",), "public"),
        Column("agency", "text", "The agency it belongs to.", ("agency__name",), "public"),
        Column("opened_on", "date", "Its first day.", ("opened_on",), "public"),
        Column("closed_on", "date", "Its last day, if it is over.", ("closed_on",), "public"),
    ),
)

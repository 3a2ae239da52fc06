"""Capacity: what a plan delivers against its target, what closes a gap, what stays uncovered, what files take."""

from goldenthread.method.capacity.changes import Change, cheapest_change, days_wanting, outcome
from goldenthread.method.capacity.covering import Duty, Shortfall, shortfalls, statuses_in_words, teams_in_words
from goldenthread.method.capacity.effort import Effort, Measured, PastFile, kind_of, measured
from goldenthread.method.capacity.files import Capacity, GroupFiles, GroupPlan, Plan, Quarter, capacity, with_sessions

__all__ = [
    "Capacity",
    "Change",
    "Duty",
    "Effort",
    "GroupFiles",
    "GroupPlan",
    "Measured",
    "PastFile",
    "Plan",
    "Quarter",
    "Shortfall",
    "capacity",
    "cheapest_change",
    "days_wanting",
    "kind_of",
    "measured",
    "outcome",
    "shortfalls",
    "statuses_in_words",
    "teams_in_words",
    "with_sessions",
]

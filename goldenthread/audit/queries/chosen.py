"""How the file of an audit was chosen, as its pages say it for ever."""

from __future__ import annotations

from goldenthread.audit.models import Audit
from goldenthread.method.framework import Framework
from goldenthread.select.models import DrawnCase
from goldenthread.select.queries.chosen import HowChosen, how_chosen

# What is as long as the case list itself.
LEFT = ("draw__frame", "draw__exclusions", "draw__case_list__reading", "draw__case_list__counted",
        "draw__case_list__summary")  # fmt: skip


def how_it_was_chosen(audit: Audit, framework: Framework) -> HowChosen:
    """By chance and with which, or why, in one statement. `framework`: the one it was drawn under."""
    cases = DrawnCase.objects.select_related("draw__case_list").defer(*LEFT)
    return how_chosen(cases.get(pk=audit.case_id), framework)

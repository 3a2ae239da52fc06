"""The draw that chose an audit's file, without the list it was made from, which is long and seldom asked for."""

from __future__ import annotations

from goldenthread.audit.models import Audit
from goldenthread.select.models import Draw, DrawnCase

LONG = ("case__draw__frame", "case__draw__exclusions")  # what of an audit's draw is left unread


def draw_of(audit: Audit) -> Draw:
    """One statement, or none where it was read with the audit."""
    if not Audit.case.is_cached(audit):
        cases = DrawnCase.objects.select_related("draw").defer("draw__frame", "draw__exclusions")
        audit.case = cases.get(pk=audit.case_id)
    return audit.case.draw

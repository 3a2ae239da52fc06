"""A grade from the template's scale."""

from __future__ import annotations

from goldenthread.audit.questions.choosing import read_choice as read
from goldenthread.audit.questions.choosing import shown_choice as shown

__all__ = ["EXAMPLES", "KEY", "REFUSED", "TEMPLATE", "read", "shown"]

KEY = "graded"
TEMPLATE = "audit/questions/graded.html"
EXAMPLES = (
    ("good", "good", "Good"),
    (" Requires improvement to be good ", "requires_improvement", "Requires improvement to be good"),
)
REFUSED = ("excellent", "good, mostly", "3")

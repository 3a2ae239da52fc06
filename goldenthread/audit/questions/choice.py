"""One answer from a list of the template's own."""

from __future__ import annotations

from goldenthread.audit.questions.choosing import read_choice as read
from goldenthread.audit.questions.choosing import shown_choice as shown

__all__ = ["EXAMPLES", "KEY", "REFUSED", "TEMPLATE", "read", "shown"]

KEY = "choice"
TEMPLATE = "audit/questions/choice.html"
EXAMPLES = (("health", "health", "Health"), (" the POLICE ", "police", "The police"), ("1", "1", "Nobody else"))
REFUSED = ("school", "health police", "health,")

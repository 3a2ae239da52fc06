"""Yes, partly, no or not applicable."""

from __future__ import annotations

from goldenthread.audit.questions.choosing import read_choice as read
from goldenthread.audit.questions.choosing import shown_choice as shown

__all__ = ["EXAMPLES", "KEY", "REFUSED", "TEMPLATE", "read", "shown"]

KEY = "yes_no"
TEMPLATE = "audit/questions/yes_no.html"
EXAMPLES = (("yes", "yes", "Yes"), ("NOT APPLICABLE", "not_applicable", "Not applicable"))
REFUSED = ("maybe", "1", "yes no")

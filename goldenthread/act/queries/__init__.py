"""Reading returns and tasks: who may see which, what is late, what waits for whom."""

from goldenthread.act.queries.answerable import Managers, managers_on, whose_signature
from goldenthread.act.queries.lists import (
    UNDONE,
    ReturnFilter,
    ReturnPage,
    late_on,
    late_returns,
    page_of_returns,
    returns_to_accept,
    returns_to_sign_off,
    teams_to_choose,
)
from goldenthread.act.queries.returning import actions_in, audits_to_return, sessions_to_return
from goldenthread.act.queries.returns import (
    OpenReturn,
    audit_of,
    events_of_return,
    open_return,
    open_return_or_none,
    returns_visible_to,
    standings_of,
    task_or_none,
)
from goldenthread.act.queries.tasks import as_signed, signed_content, tasks_to_do

__all__ = [
    "UNDONE",
    "Managers",
    "OpenReturn",
    "ReturnFilter",
    "ReturnPage",
    "actions_in",
    "as_signed",
    "audit_of",
    "audits_to_return",
    "events_of_return",
    "late_on",
    "late_returns",
    "managers_on",
    "open_return",
    "open_return_or_none",
    "page_of_returns",
    "returns_to_accept",
    "returns_to_sign_off",
    "returns_visible_to",
    "sessions_to_return",
    "signed_content",
    "standings_of",
    "task_or_none",
    "tasks_to_do",
    "teams_to_choose",
    "whose_signature",
]

"""What comes in from the audit's pages, as the values the services take."""

from goldenthread.audit.forms.audits import (
    AllotForm,
    AuditFilterForm,
    Choice,
    FindingForm,
    ReasonForm,
    changes_in,
    choice_in,
)
from goldenthread.audit.forms.inspections import InspectionForm, StatementForm

__all__ = [
    "AllotForm",
    "AuditFilterForm",
    "Choice",
    "FindingForm",
    "InspectionForm",
    "ReasonForm",
    "StatementForm",
    "changes_in",
    "choice_in",
]

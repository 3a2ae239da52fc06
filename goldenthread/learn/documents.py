"""A report as a file to keep: its bytes, its type, and a name that says nothing of a child."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from goldenthread.learn.rendering.model import Report
from goldenthread.learn.rendering.pdf import as_pdf
from goldenthread.learn.rendering.word import as_word
from goldenthread.plan.models import Session

FORMS: dict[str, tuple[Callable[..., bytes], str]] = {
    "pdf": (as_pdf, "application/pdf"),
    "docx": (as_word, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    content_type: str
    content: bytes

    @property
    def headers(self) -> dict[str, str]:
        return {"Content-Disposition": f'attachment; filename="{self.name}"', "Cache-Control": "no-store"}


def document(report: Report, form: str, *, session: Session | None, which: str, colour: str) -> Document:
    """The report of a session as "pdf" or "docx". `which` ends its name: "edition-1", "draft"."""
    make, content_type = FORMS[form]
    day = f"{session.held_on.isoformat()}-" if session else ""
    return Document(f"session-report-{day}{which}.{form}", content_type, make(report, colour=colour))

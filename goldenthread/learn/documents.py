"""A report as a file to keep: its bytes, its type, and a name that says nothing of a child."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from goldenthread.learn.rendering.model import Report
from goldenthread.learn.rendering.pdf import as_pdf
from goldenthread.learn.rendering.word import as_word

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


def document(report: Report, form: str, *, held_on: date, which: str, colour: str) -> Document:
    """The report as "pdf" or "docx". `which` ends its name: "edition-1", "draft"."""
    make, content_type = FORMS[form]
    name = f"session-report-{held_on.isoformat()}-{which}.{form}"
    return Document(name, content_type, make(report, colour=colour))

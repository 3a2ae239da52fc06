"""A report as a file to keep: its bytes, its type, and a name that says nothing of a child."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from goldenthread.learn.rendering.model import Report
from goldenthread.learn.rendering.pdf import as_pdf
from goldenthread.learn.rendering.slides import as_slides
from goldenthread.learn.rendering.tables import as_csv_tables
from goldenthread.learn.rendering.word import as_word
from goldenthread.learn.rendering.workbook import as_workbook
from goldenthread.learn.subjects import Subject

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Form:
    """One form a report can be taken along in: what people call it, how its name ends, who makes it."""

    words: str
    ending: str
    content_type: str
    make: Callable[..., bytes]
    only: tuple[str, ...] = ()  # the kinds of report that come in it; none: all


FORMS: dict[str, Form] = {
    "pdf": Form("PDF", "pdf", "application/pdf", as_pdf),
    "docx": Form("Word", "docx", f"{OFFICE}.wordprocessingml.document", as_word),
    "xlsx": Form("Excel", "xlsx", f"{OFFICE}.spreadsheetml.sheet", as_workbook),
    "csv": Form("tables as CSV", "zip", "application/zip", as_csv_tables),
    "slides": Form("Slides", "slides.pdf", "application/pdf", as_slides, only=("briefing",)),
}


def forms_of(report: str) -> dict[str, Form]:
    """The forms that a kind of report can be taken along in, by key."""
    return {key: form for key, form in FORMS.items() if not form.only or report in form.only}


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    content_type: str
    content: bytes

    @property
    def headers(self) -> dict[str, str]:
        return {"Content-Disposition": f'attachment; filename="{self.name}"', "Cache-Control": "no-store"}


def document(report: Report, form: str, *, kind: str, subject: Subject, which: str, colour: str) -> Document:
    """A report in one of the `FORMS`. `which` ends its name: "edition-1", "draft"."""
    made = FORMS[form]
    name = "-".join(part for part in (f"{kind}-report", _day(subject), _word(subject.body), which) if part)
    return Document(f"{name}.{made.ending}", made.content_type, made.make(report, colour=colour))


def _day(subject: Subject) -> str:
    day = subject.session.held_on if subject.session else subject.period.starts_on if subject.period else None
    return day.isoformat() if day else ""


def _word(key: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-")

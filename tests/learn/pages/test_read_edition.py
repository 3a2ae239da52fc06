"""Reading and keeping an edition: as page, PDF and Word, each as it was published, each download on record."""

from __future__ import annotations

import io
import re

import docx
import pikepdf
import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.trail.queries import events_of
from tests import make
from tests.learn.published import edition, six_files

pytestmark = pytest.mark.django_db

HEADLINE = "6 of 6"
WORDS = "Children were met with warmth."


@pytest.fixture
def unit(client: Client) -> Client:
    client.force_login(make.council().maya)
    return client


def words_of(pdf: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages))


def test_it_stands_as_it_was_published_whatever_happens_afterwards(unit: Client) -> None:
    session = make.drawn_session(2)
    audits = make.audits(session)
    make.submitted_audit(audits[0])
    kept = edition(session, summary=WORDS)
    make.submitted_audit(audits[1], grade="inadequate")

    shown = unit.get(reverse("read_edition", args=[kept.code])).content.decode()

    assert "1 of 2" in shown
    assert WORDS in shown


def test_the_pdf_opens_again_tagged_and_in_words(unit: Client) -> None:
    kept = edition(six_files(), summary=WORDS)

    response = unit.get(reverse("download_edition", args=[kept.code, "pdf"]))

    assert response.headers["Content-Disposition"] == 'attachment; filename="session-report-2026-10-06-edition-1.pdf"'
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
    text = words_of(response.content)
    assert HEADLINE in text
    assert WORDS in text


def test_the_word_document_opens_again_with_its_headings_tables_and_words(unit: Client) -> None:
    kept = edition(six_files(), summary=WORDS)

    response = unit.get(reverse("download_edition", args=[kept.code, "docx"]))

    paper = docx.Document(io.BytesIO(response.content))
    assert response.headers["Content-Disposition"].endswith('"session-report-2026-10-06-edition-1.docx"')
    assert {"Summary", "Grades", "Practice", "Process", "Tasks"} <= {paragraph.text for paragraph in paper.paragraphs}
    assert WORDS in {paragraph.text for paragraph in paper.paragraphs}
    assert "Duty 2" in {cell.text for table in paper.tables for row in table.rows for cell in row.cells}


def test_the_circulated_documents_hold_no_team_of_few_files_and_no_childs_reference(client: Client) -> None:
    session = six_files()
    kept = edition(session, circulated=True)
    client.force_login(make.council().rafiq)

    text = words_of(client.get(reverse("download_edition", args=[kept.code, "pdf"])).content)

    assert "Duty 2" not in text
    assert "Safeguarding 1" not in text
    assert [audit.ref for audit in make.audits(session) if audit.ref in text] == []


def test_each_download_is_on_record(unit: Client) -> None:
    kept = edition()
    unit.get(reverse("download_edition", args=[kept.code, "pdf"]))

    last = events_of(kept).last()

    assert last is not None
    assert (last.by_name, last.verb, last.now) == ("Maya Holt", "downloaded", {"form": "pdf"})


def test_a_draft_can_be_taken_along_too_and_is_on_record(unit: Client) -> None:
    session = make.submitted_audit().session

    response = unit.get(reverse("download_preview", args=["session", f"session:{session.code}", "docx"]))

    assert "session-report-2026-10-06-draft.docx" in response.headers["Content-Disposition"]
    assert [event.verb for event in events_of(session)][-1] == "downloaded"


@pytest.mark.parametrize("name", ["read_edition", "download_edition"])
@pytest.mark.parametrize("who", ["rafiq", "ffion"])
def test_an_edition_of_the_unit_is_not_found_by_others(client: Client, name: str, who: str) -> None:
    kept = edition()
    client.force_login(getattr(make.council(), who))
    form = ["pdf"] if name == "download_edition" else []

    assert client.get(reverse(name, args=[kept.code, *form])).status_code == 404


def test_a_form_there_is_none_of_is_not_found(unit: Client) -> None:
    assert unit.get(reverse("download_edition", args=[edition().code, "exe"])).status_code == 404

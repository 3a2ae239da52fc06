"""A quarterly edition from its address to its five forms: written, looked at, published, read, taken along."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.learn.models import Edition
from tests import make
from tests.learn.published import six_files
from tests.learn.test_outside_editions import published, quarter, released_before

pytestmark = pytest.mark.django_db

INSIDE, OUTSIDE = "2026-10-01:dmt", "2026-10-01:board_working_group"


@pytest.fixture
def unit(client: Client) -> Client:
    six_files()
    client.force_login(make.council().maya)
    return client


def at(name: str, key: str = INSIDE) -> str:
    return reverse(name, args=["quarterly", key])


@pytest.mark.parametrize(
    ("key", "readers"), [(INSIDE, "Directors and service managers"), (OUTSIDE, "Managers, directors and others")]
)
def test_it_is_written_and_published_for_its_body_without_asking_who_reads_it(
    unit: Client, key: str, readers: str
) -> None:
    unit.post(at("write_report", key), {"words-seen": "1", "words-summary": "Steady work.", "then": "preview"})
    shown = unit.get(at("publish_report", key)).content.decode()
    digest = re.search(r'name="shown" value="([0-9a-f]{64})"', shown)
    assert digest is not None
    assert readers in shown

    response = unit.post(at("publish_report", key), {"shown": digest[1]})

    kept = Edition.objects.get()
    assert (kept.state, response.headers["Location"]) == ("published", reverse("read_edition", args=[kept.code]))
    assert "Steady work." in unit.get(response.headers["Location"]).content.decode()


def test_there_is_no_button_while_the_attacker_finds_something(unit: Client) -> None:
    unit.post(at("write_report", OUTSIDE), {"words-seen": "1"})
    released_before((40, 40, 80), (40, 40, 80))

    shown = unit.get(at("publish_report", OUTSIDE)).content.decode()

    assert "This edition cannot be published yet" in shown
    assert "Publish edition" not in shown.partition("</form>")[0].partition("govuk-button-group")[2]


def test_a_quarter_without_audits_is_one_sentence(unit: Client) -> None:
    response = unit.get(at("write_report", "2027-01-01:dmt"))

    assert response.status_code == 403
    assert (
        "No audit was submitted in January to March 2027, so there is nothing to report." in response.content.decode()
    )


def test_the_workbook_and_the_tables_open_again(unit: Client) -> None:
    edition = published(quarter("dmt"))
    book, tables = (unit.get(reverse("download_edition", args=[edition.code, form])) for form in ("xlsx", "csv"))

    assert (
        book.headers["Content-Disposition"] == 'attachment; filename="quarterly-report-2026-10-01-dmt-edition-1.xlsx"'
    )
    opened = openpyxl.load_workbook(io.BytesIO(book.content))
    assert opened.sheetnames[0] == "Contents"
    kinds = next(sheet for sheet in opened if "grades by kind" in sheet.title)
    assert [cell.value for cell in kinds[2]] == ["Child in need", 6, 0, 6]
    assert tables.headers["Content-Disposition"].endswith('-edition-1.zip"')
    with zipfile.ZipFile(io.BytesIO(tables.content)) as packed:
        assert packed.testzip() is None
        assert packed.namelist()[0] == "contents.csv"


@pytest.mark.parametrize("who", ["rafiq", "grace"])
def test_an_edition_within_the_service_is_not_found_by_others(client: Client, unit: Client, who: str) -> None:
    edition = published(quarter("dmt"))
    client.force_login(getattr(make.council(), who))

    assert client.get(reverse("read_edition", args=[edition.code])).status_code == 404


@pytest.mark.parametrize("name", ["write_report", "preview_report", "publish_report", "compare_report"])
def test_only_the_unit_writes(client: Client, unit: Client, name: str) -> None:
    client.force_login(make.council().helena)

    assert client.get(at(name)).status_code == 403


@pytest.mark.parametrize("key", ["2026-10-02:dmt", "2026-10-01:nobody", "nonsense"])
def test_what_is_no_quarter_of_a_body_is_not_found(unit: Client, key: str) -> None:
    assert unit.get(at("write_report", key)).status_code == 404

"""The pages of the data: the tables, a download, what every column means."""

from __future__ import annotations

import io

import pyarrow.parquet
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from goldenthread.trail.models import Event
from tests import make

pytestmark = pytest.mark.django_db


def test_a_table_is_downloaded_and_the_download_recorded(client: Client) -> None:
    audit = make.submitted_audit()
    client.force_login(make.council().helena)
    response = client.post(reverse("data"), {"table": "audits", "form": "parquet"})
    found = pyarrow.parquet.read_table(io.BytesIO(b"".join(response.streaming_content))).to_pylist()

    assert [row["audit_id"] for row in found] == [audit.code]
    assert response["Content-Disposition"] == 'attachment; filename="audits.parquet"'
    assert Event.objects.latest("seq").verb == "downloaded data"


def test_all_tables_come_as_one_zip(client: Client) -> None:
    client.force_login(make.council().maya)
    response = client.post(reverse("data"), {"table": "every", "form": "csv"})

    assert b"".join(response.streaming_content)[:2] == b"PK"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"table": "nonsense", "form": "csv"}, "Table: “nonsense” is not one of the answers."),
        ({"table": "audits"}, "Format: nothing was given."),
        ({"table": "audits", "form": "csv", "protected": "on"}, "Say why the protected columns are needed"),
    ],
)
def test_what_cannot_be_given_is_said_in_a_sentence(client: Client, sent: dict[str, str], sentence: str) -> None:
    client.force_login(make.council().maya)

    assert sentence in client.post(reverse("data"), sent).content.decode()


def test_only_the_unit_and_directors_open_the_data(client: Client) -> None:
    client.force_login(make.council().rafiq)

    assert client.get(reverse("data")).status_code == 403
    assert client.get(reverse("data_dictionary")).status_code == 403


def test_a_director_is_offered_no_protected_columns_and_cannot_send_for_them(client: Client) -> None:
    make.submitted_audit()
    client.force_login(make.council().helena)
    shown = client.get(reverse("data")).content.decode()
    sent = {"table": "audits", "form": "csv", "protected": "on", "because": "For the board"}
    response = client.post(reverse("data"), sent)

    assert "protected" not in shown
    assert "case_reference" not in b"".join(response.streaming_content).decode()


def test_the_dictionary_describes_what_she_may_take(client: Client) -> None:
    client.force_login(make.council().helena)
    hers = client.get(reverse("data_dictionary")).content.decode()
    client.force_login(make.council().maya)
    units = client.get(reverse("data_dictionary")).content.decode()

    assert "audit.Audit.code" in hers
    assert "case_reference" not in hers
    assert "case_reference" in units


def test_the_pages_read_no_table(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client.force_login(make.council().maya)
    client.get(reverse("data"))
    for name in ("data", "data_dictionary"):
        with django_assert_num_queries(2):
            client.get(reverse(name))

"""What a page of the product is measured against: bare Django, no sign-in, no rights, no trail.

`Bare()` is a client whose requests meet no middleware and lead to the views below, in the same process and on the same
database as the product, so that both feel the same machine. The database is as durable for the floor as for us.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.client import ClientHandler
from django.test.utils import override_settings
from django.urls import path


class BareHandler(ClientHandler):
    def load_middleware(self, is_async: bool = False) -> None:
        with override_settings(MIDDLEWARE=[]):
            super().load_middleware(is_async)

    def get_response(self, request: HttpRequest) -> Any:
        request.urlconf = __name__  # type: ignore[attr-defined]
        return super().get_response(request)


class Bare(Client):
    def __init__(self) -> None:
        super().__init__()
        self.handler = BareHandler()


TABLES = (
    "CREATE TABLE bench_answer (part integer, question varchar(60), value text, PRIMARY KEY (part, question))",
    "CREATE TABLE bench_log (id integer PRIMARY KEY, said text)",
)
_lines = iter(range(1, 1_000_000_000))


def lay_tables() -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(table)


def save(request: HttpRequest) -> HttpResponse:
    """One row and one log row, in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        keep(cursor, request.POST["question"], request.POST["value"])
    return HttpResponse(status=204)


def submit(request: HttpRequest) -> HttpResponse:
    """Every answer of a form, and a log row for each, in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        for question, value in request.POST.items():
            keep(cursor, question, value)
    return HttpResponse(status=204)


def keep(cursor: Any, question: str, value: str) -> None:
    cursor.execute(
        "INSERT INTO bench_answer (part, question, value) VALUES (1, %s, %s) "
        "ON CONFLICT (part, question) DO UPDATE SET value = excluded.value",
        [question, value],
    )
    cursor.execute("INSERT INTO bench_log (id, said) VALUES (%s, %s)", [next(_lines), value])


urlpatterns = [path("save", save), path("submit", submit)]

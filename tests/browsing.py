"""Pages as somebody opens them, without a browser: signed in, and read as the words on them."""

from __future__ import annotations

import html
import re
from typing import Any

import lxml.html
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goldenthread.people.models import Person

BACKEND = "goldenthread.people.sign_in.PersonBackend"


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def words(response: Any) -> str:
    """The words between `<main>` and `</main>`, as one line."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def faults(response: Any) -> list[str]:
    """The sentences of the error summary."""
    found = re.search(
        r'<ul class="govuk-list govuk-error-summary__list">(.*?)</ul>', response.content.decode(), re.DOTALL
    )
    items = re.findall(r"<li>(.*?)</li>", found[1], re.DOTALL) if found else []
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", item)).split()) for item in items]


def form_in(response: Any) -> dict[str, str]:
    """What the first form of the page's main part would send as it stands, without the button pressed."""
    form = lxml.html.document_fromstring(response.content).find(".//main//form")
    return {name: value or "" for name, value in form.form_values()}


def statements(client: Client, path: str) -> int:
    """How many statements opening this page sends to the database."""
    client.get(path)  # the first visit also loads what is kept between pages
    with CaptureQueriesContext(connection) as sent:
        assert client.get(path).status_code == 200
    return len(sent)

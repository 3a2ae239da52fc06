"""What is said when something went wrong, and what every answer tells the browser."""

from __future__ import annotations

import pytest
from django.test import Client

from goldenthread.web import faults

pytestmark = pytest.mark.urls("tests.web.catalogue")


def test_a_page_that_is_not_there_is_the_same_bytes_whatever_was_asked() -> None:
    one, other = Client().get("/audit/bcdfghjkmnpq/"), Client().get("/audit/zzzzzzzzzzzz/?child=10457")

    assert (one.status_code, other.status_code, one.content == other.content) == (404, 404, True)


def test_a_failure_says_nothing_of_what_failed() -> None:
    response = Client(raise_request_exception=False).get("/breaks/")

    assert response.status_code == 500
    assert b"everything you were told was saved is kept" in response.content
    assert b"10457" not in response.content


@pytest.mark.parametrize("fault", [faults.unreadable, faults.forbidden, faults.not_found, faults.failed])
def test_a_fault_needs_neither_the_request_nor_the_database(fault) -> None:
    assert b"<h1" in fault(None).content


def test_more_than_the_page_takes_is_413(settings) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    response = Client(raise_request_exception=False).post(
        "/catalogue/", "reference=10457&reason=x", content_type="application/x-www-form-urlencoded"
    )

    assert response.status_code == 413
    assert b"larger than this page takes" in response.content


def test_a_stale_form_says_that_the_work_is_safe() -> None:
    response = Client(enforce_csrf_checks=True).post("/catalogue/", {"reference": "10457"})

    assert response.status_code == 403
    assert b"Your work is safe" in response.content


def test_every_page_carries_the_headers() -> None:
    headers = Client().get("/about/").headers

    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    assert {name: headers[name] for name in ("Cache-Control", "Cross-Origin-Opener-Policy", "Referrer-Policy")} == {
        "Cache-Control": "no-store",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
    }
    assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")


def test_faults_carry_them_too() -> None:
    assert Client().get("/nothing/").headers["Cache-Control"] == "no-store"


def test_the_service_colour_is_a_stylesheet(settings) -> None:
    settings.SERVICE_COLOUR = "#123456"
    response = Client().get("/look.css")

    assert (response.headers["Content-Type"], response.content) == ("text/css", b":root{--service-colour:#123456}\n")

"""Where mail goes is one line of the environment, and a wrong one is said without its password."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from goldenthread.config.mail import from_address


@pytest.mark.parametrize(
    ("address", "host", "port", "ssl", "tls"),
    [
        ("smtp://relay.example.gov.uk", "relay.example.gov.uk", 25, False, False),
        ("smtps://u:p@mail.example.gov.uk", "mail.example.gov.uk", 465, True, False),
        ("smtp+starttls://u:p@mail.example.gov.uk:2525", "mail.example.gov.uk", 2525, False, True),
        ("smtp://[::1]:1025", "::1", 1025, False, False),
    ],
)
def test_an_address_says_how_the_server_is_reached(address: str, host: str, port: int, ssl: bool, tls: bool) -> None:
    found = from_address(address)

    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == (host, port)
    assert (found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (ssl, tls)


def test_user_and_password_may_hold_any_character() -> None:
    found = from_address("smtps://maya%40council:a%2Fb%3Ac@mail.example.gov.uk")

    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("maya@council", "a/b:c")


@pytest.mark.parametrize(
    "address",
    ["mail.example.gov.uk", "http://x.example", "smtp://", "smtp://u:secret@x:port", "smtp://u:secret@x/path"],
)
def test_any_other_is_refused_without_saying_the_password(address: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        from_address(address)

    assert "smtp+starttls" in str(refusal.value)
    assert "secret" not in str(refusal.value)

"""A browser that costs nothing: requests as a server hands them to an application, and nothing else timed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.test import Client, RequestFactory

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]
FORM = "application/x-www-form-urlencoded"  # as a browser sends a form without files
EXPECTED = frozenset({200, 204, 302})


@dataclass(frozen=True, slots=True)
class Browser:
    """Somebody at a WSGI application, with her cookies; `token` is the CSRF token her forms carry."""

    application: Application
    cookies: str = ""
    token: str = ""

    def get(self, address: str) -> bytes:
        return self._sent(RequestFactory(SERVER_NAME="localhost").get(address).environ)

    def post(self, address: str, fields: Mapping[str, Any]) -> bytes:
        body = urlencode({"csrfmiddlewaretoken": self.token, **fields})
        return self._sent(RequestFactory(SERVER_NAME="localhost").post(address, body, FORM).environ)

    def _sent(self, environ: dict[str, Any]) -> bytes:
        statuses: list[int] = []
        answer = self.application(
            environ | {"HTTP_COOKIE": self.cookies}, lambda status, *_: statuses.append(int(status[:3]))
        )
        content = b"".join(answer)
        answer.close()
        if statuses[0] not in EXPECTED:
            raise RuntimeError(f"{environ['PATH_INFO']} answered {statuses[0]}: {content[:2000].decode()}")
        return content


def signed_in(person: Any, page: str) -> Browser:
    """The person at the product as it is served, having opened this page; its form, if it has one, gives the token."""
    from goldenthread.config.wsgi import application

    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    client.get(page)
    cookies = "; ".join(f"{name}={each.value}" for name, each in client.cookies.items())
    return Browser(application, cookies, client.cookies["csrf"].value if "csrf" in client.cookies else "")

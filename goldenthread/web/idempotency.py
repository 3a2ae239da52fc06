"""A form acts once. Every rendered form carries a token; the same token again gets the first answer, and no more.

Threat 9 of the threat model: a double click, or a retry after a timeout whose first try was in fact kept.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from goldenthread.web import clock
from goldenthread.web.models import Submission

TOKEN = "token"  # noqa: S105 - the name of the hidden field, not a secret
LONGEST = 64

View = Callable[..., HttpResponse]


def fresh_token() -> str:
    return secrets.token_urlsafe(16)


def once(view: View) -> View:
    """A view whose POST acts once per rendered form and answers with a redirect; written beneath `@page`.

    The token is taken and the view's work done in one transaction, so they are kept together or not at all. An
    answer that is no redirect (the form again, with its errors) gives the token back. A refusal rolls back both.
    """

    @wraps(view)
    def acted_once(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        token = request.POST.get(TOKEN, "") if request.method == "POST" else ""
        if not token:
            return view(request, *args, **kwargs)
        if len(token) > LONGEST:
            raise BadRequest("The form's token is too long.")
        with transaction.atomic():
            return _first_or_again(request, token, lambda: view(request, *args, **kwargs))

    return acted_once


def _first_or_again(request: HttpRequest, token: str, act: Callable[[], HttpResponse]) -> HttpResponse:
    mine = {"person_id": request.user.pk, "path": request.path[:500]}
    try:
        with transaction.atomic():  # a savepoint: the row waits here for a twin in flight, then fails
            taken = Submission.objects.create(token=token, response_location="", at=clock.now(), **mine)
    except IntegrityError:
        earlier = Submission.objects.filter(token=token, **mine).first()
        if earlier is None:
            raise BadRequest("The form's token belongs to another form.") from None
        return HttpResponseRedirect(earlier.response_location)
    response = act()
    if isinstance(response, HttpResponseRedirect):
        Submission.objects.filter(pk=taken.pk).update(response_location=response.url)
    else:
        taken.delete()
    return response


def forget_submissions(*, before: datetime) -> int:
    """Drop the tokens of forms sent before then; how many were dropped. The nightly job calls it."""
    return Submission.objects.filter(at__lt=before).delete()[0]

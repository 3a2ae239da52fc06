"""The council's themes, a page of Settings: it stands here because only this stage knows which findings have which."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from goldenthread.audit.forms.themes import DOMAINS, SORTS, ThemeForm
from goldenthread.audit.queries.themes import findings_by_theme, findings_on
from goldenthread.audit.services.themes import delete_theme as delete
from goldenthread.framework import services
from goldenthread.framework.queries import theme_or_none, themes_of
from goldenthread.method.refusal import Refused
from goldenthread.people.requests import PersonRequest
from goldenthread.web import clock
from goldenthread.web.idempotency import once
from goldenthread.web.page import found, page


@page(may="edit the themes")
def themes(request: PersonRequest) -> HttpResponse:
    """The list in its order, with how many findings have each; those retired below it."""
    listed, used = list(themes_of(request.user.authority_id)), findings_by_theme(request.user.authority_id)
    context = {
        "offered": [theme for theme in listed if not theme.retired_at],
        "retired": [theme for theme in listed if theme.retired_at],
        "used": used,
        "domains": dict(DOMAINS),
        "sorts": dict(SORTS),
    }
    return render(request, "audit/themes.html", context)


@page(may="edit the themes", methods=("GET", "POST"))
@once
def add_theme(request: PersonRequest) -> HttpResponse:
    """One more theme."""
    form = ThemeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            theme = services.add_theme(by=request.user, said=form.said, now=clock.now())
        except Refused as refusal:
            form.refuse(refusal, "label")
        else:
            messages.success(request, f"“{theme.label}” is in the list.")
            return redirect("themes")
    return render(request, "audit/theme.html", {"form": form, "theme": None}, status=400 if form.errors else 200)


@page(may="edit the themes", methods=("GET", "POST"))
@once
def change_theme(request: PersonRequest, key: int) -> HttpResponse:
    """Other words, or other findings that it is for."""
    theme = found(theme_or_none(request.user.authority_id, key))
    form = ThemeForm(request.POST or None, initial=ThemeForm.initial_of(theme))
    if request.method == "POST" and form.is_valid():
        try:
            changed = services.change_theme(by=request.user, theme=theme, said=form.said, now=clock.now())
        except Refused as refusal:
            form.refuse(refusal, "label")
        else:
            messages.success(request, f"The theme is now “{changed.label}”.")
            return redirect("themes")
    context = {"form": form, "theme": theme, "used": findings_on(theme)}
    return render(request, "audit/theme.html", context, status=400 if form.errors else 200)


@page(may="edit the themes", methods=("POST",))
@once
def move_theme(request: PersonRequest, key: int) -> HttpResponse:
    """One place up, or down."""
    theme = found(theme_or_none(request.user.authority_id, key))
    up = request.POST.get("to") == "up"
    services.move_theme(by=request.user, theme=theme, up=up, now=clock.now())
    messages.success(request, f"“{theme.label}” is one place further {'up' if up else 'down'}.")
    return redirect("themes")


@page(may="edit the themes", methods=("POST",))
@once
def retire_theme(request: PersonRequest, key: int) -> HttpResponse:
    """No new finding is given it; past ones keep it."""
    theme = found(theme_or_none(request.user.authority_id, key))
    services.retire_theme(by=request.user, theme=theme, now=clock.now())
    messages.success(request, f"“{theme.label}” is retired. The findings that have it keep it.")
    return redirect("themes")


@page(may="edit the themes", methods=("POST",))
@once
def take_up_theme(request: PersonRequest, key: int) -> HttpResponse:
    """Offer it again."""
    theme = found(theme_or_none(request.user.authority_id, key))
    services.take_up_theme(by=request.user, theme=theme, now=clock.now())
    messages.success(request, f"“{theme.label}” is in the list again.")
    return redirect("themes")


@page(may="edit the themes", methods=("POST",))
@once
def delete_theme(request: PersonRequest, key: int) -> HttpResponse:
    """One that no finding ever had; of any other it is said how many have it, with the way to retire it."""
    theme = found(theme_or_none(request.user.authority_id, key))
    try:
        delete(by=request.user, theme=theme, now=clock.now())
    except Refused as refusal:
        form = ThemeForm(initial=ThemeForm.initial_of(theme))
        context = {"form": form, "theme": theme, "used": findings_on(theme), "refused": refusal.sentences}
        return render(request, "audit/theme.html", context, status=409)
    messages.success(request, f"“{theme.label}” is deleted. No finding ever had it.")
    return redirect("themes")

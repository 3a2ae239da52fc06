"""Every piece of the look on one page, to be seen while building and walked through by the tests.

`DJANGO_SETTINGS_MODULE=tests.web.catalogue_settings .venv/bin/python -m django runserver` shows it at /catalogue/.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

from allauth.account import views as account
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import include, path

from goldenthread.method.refusal import Refused
from goldenthread.web.fields import DayField
from goldenthread.web.forms import Form
from goldenthread.web.idempotency import once
from goldenthread.web.page import page

GRADES = [("o", "Outstanding"), ("g", "Good"), ("r", "Requires improvement to be good"), ("i", "Inadequate")]


class EveryField(Form):
    """One field of each kind the product asks with."""

    reference = forms.CharField(label="Case reference", max_length=20, help_text="As the case system shows it")
    reason = forms.CharField(label="Reason", widget=forms.Textarea)
    held_on = DayField(label="Date of the session")
    score = forms.IntegerField(label="Score", min_value=0, max_value=10)
    grade = forms.ChoiceField(label="Overall grade", choices=GRADES, widget=forms.RadioSelect)
    themes = forms.MultipleChoiceField(
        label="Themes", choices=[("v", "The child’s voice"), ("s", "Supervision")], widget=forms.CheckboxSelectMultiple
    )
    team = forms.ChoiceField(label="Team", choices=[("", "Choose a team"), ("d1", "Duty 1"), ("d2", "Duty 2")])
    file = forms.FileField(label="Case list")
    witnessed = forms.BooleanField(label="The dice were witnessed")


class Filter(Form):
    grade = forms.MultipleChoiceField(
        label="Grade", choices=GRADES, widget=forms.CheckboxSelectMultiple, required=False
    )
    case = forms.CharField(label="Case reference", required=False)


def _event(title: str, hour: int, by: str = "", text: str = "") -> dict[str, object]:
    return {"title": title, "by": by, "at": datetime(2026, 8, 3, hour, 5, tzinfo=UTC), "text": text}


EVENTS = [
    _event("Returned to the team", 13, "Ines Calder", "Three tasks, due 17 August 2026."),
    _event("Audit submitted", 11, "Oren Blythe", "Graded Good."),
    _event("Case drawn", 9),
]

TASKS = [
    {"title": "The child’s record and chronology", "href": "#", "status": "Complete", "colour": "", "hint": ""},
    {
        "title": "Assessment",
        "href": "#",
        "status": "5 of 8",
        "colour": "blue",
        "hint": "Two answers have no reason yet",
    },
    {"title": "Fostering file", "href": "", "status": "Does not apply", "colour": "", "hint": "Not looked after"},
]


@dataclass(frozen=True)
class Somebody:
    """As much of a person as a page asks for."""

    name: str = "Maren Holt"
    capacity: str = "Service Manager, Quality Assurance"
    is_authenticated: bool = True
    is_quality_assurance: bool = True
    is_director: bool = False
    posts_held: tuple[str, ...] = ("qa_service_manager",)
    pk: int = 1

    @property
    def authority(self) -> SimpleNamespace:
        return SimpleNamespace(name="Ambermere Council")


@page(may="anyone", methods=("GET", "POST"))
def catalogue(request: HttpRequest) -> HttpResponse:
    request.user = Somebody()  # type: ignore[assignment]
    form = EveryField(request.POST, request.FILES) if request.method == "POST" else EveryField()
    if form.is_bound:
        form.is_valid()
    else:
        messages.success(
            request, "The audit of case 10457 went back to Duty 2. Their three tasks are due on 17 August."
        )
    context = {"form": form, "filter": Filter(auto_id="filter-%s"), "events": EVENTS, "tasks": TASKS}
    return HttpResponse(_template().render(context, request))


def _template():
    return engines["jinja2"].from_string((Path(__file__).parent / "catalogue.html").read_text())


@page(may="signed in")
def private(request: HttpRequest) -> HttpResponse:
    return HttpResponse("private")


@page(may="arrange sessions")
def for_quality_assurance(request: HttpRequest) -> HttpResponse:
    return HttpResponse("arranged")


@page(may="anyone", methods=("GET", "POST"))
def refuses(request: HttpRequest) -> HttpResponse:
    raise Refused("You cannot sign off your own work.", "Your service manager can.")


ACTED: list[str] = []


@page(may="anyone", methods=("POST",))
@once
def acts(request: HttpRequest) -> HttpResponse:
    if request.POST.get("refuse"):
        raise Refused("Not today.")
    if request.POST.get("wrong"):
        return HttpResponse("the form again")
    ACTED.append(request.POST.get("what", ""))
    return HttpResponseRedirect(f"/catalogue/?done={len(ACTED)}")


@page(may="anyone")
def breaks(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("case 10457 of Ada Example")


urlpatterns = [
    path("catalogue/", catalogue, name="catalogue"),
    path("private/", private),
    path("arranged/", for_quality_assurance),
    path("refuses/", refuses),
    path("acts/", acts),
    path("breaks/", breaks),
    path("accounts/login/", account.login, name="account_login"),
    path("accounts/logout/", account.logout, name="account_logout"),
    path("accounts/password/change/", account.password_change, name="account_change_password"),
    path("", include("goldenthread.web.urls")),
]
handler400 = "goldenthread.web.faults.unreadable"
handler403 = "goldenthread.web.faults.forbidden"
handler404 = "goldenthread.web.faults.not_found"
handler500 = "goldenthread.web.faults.failed"

"""What a page of the product is measured against: bare Django, no sign-in, no rights, no trail.

`browser()` makes requests that meet no middleware and lead to the views below, in the same process and on the same
database as the product, so that both feel the same machine. The database is as durable for the floor as for us.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.template.backends.jinja2 import Jinja2
from django.test.utils import override_settings
from django.urls import path

from bench.requests import Browser

FIRST, LAST = date(2027, 4, 1), date(2028, 3, 31)  # the year that the calendar shows
FIRST_COUNTED = date(2024, 1, 1)
CONSTANTS: dict[str, Any] = {}  # what the pages below render: laid here once, before the clock runs
JINJA = Jinja2({"NAME": "floor", "DIRS": [Path(__file__).parent / "templates"], "APP_DIRS": False, "OPTIONS": {}})


class Bare(WSGIHandler):
    def load_middleware(self, is_async: bool = False) -> None:
        with override_settings(MIDDLEWARE=[]):
            super().load_middleware(is_async)

    def get_response(self, request: HttpRequest) -> Any:
        request.urlconf = __name__  # type: ignore[attr-defined]
        return super().get_response(request)


def browser() -> Browser:
    return Browser(Bare())


TABLES = (
    "CREATE TABLE bench_answer (part integer, question varchar(60), value text, PRIMARY KEY (part, question))",
    "CREATE TABLE bench_log (id integer PRIMARY KEY, said text)",
)
ANSWER = (
    "INSERT INTO bench_answer (part, question, value) VALUES {} "
    "ON CONFLICT (part, question) DO UPDATE SET value = excluded.value"
)
_lines = iter(range(1, 1_000_000_000))


def lay_tables() -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(table)


def save(request: HttpRequest, part: int) -> HttpResponse:
    """Each answer of a form a row, all in one statement, and one log row, in one transaction."""
    rows = [(part, question, value) for question, value in request.POST.items()]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ANSWER.format(", ".join(["(%s, %s, %s)"] * len(rows))), [cell for row in rows for cell in row])
        cursor.execute("INSERT INTO bench_log (id, said) VALUES (%s, %s)", [next(_lines), f"{len(rows)} answers"])
    return HttpResponse(status=204)


def questions(request: HttpRequest) -> HttpResponse:
    """Sixty questions and their answers, from constants."""
    return HttpResponse(JINJA.get_template("questions.html").render(CONSTANTS, request))


def listing(request: HttpRequest) -> HttpResponse:
    """Fifty audits with their sessions, groups and auditors, as Django's models give them in one joined statement."""
    from goldenthread.audit.models import Part

    allotted = Part.people.through.objects.filter(part__kind="auditor").order_by("-part__audit_id")
    rows = allotted.select_related("part__audit__session__group", "person")[:50]
    return HttpResponse(JINJA.get_template("listing.html").render({"rows": rows}, request))


def owed(request: HttpRequest) -> HttpResponse:
    """The holders of posts with what each submitted in each of twelve months, counted by post, team and month."""
    from goldenthread.audit.models import Part
    from goldenthread.people.models import Post

    posts = Post.objects.filter(ended_on=None, quality_assurance=False).select_related("person", "team")
    came = Part.people.through.objects.filter(part__kind="auditor", part__audit__state="submitted")
    counts: Counter[tuple[object, ...]] = Counter()
    held = {post.person_id: post for post in posts.order_by("person__name")}
    for person, moment in came.values_list("person", "part__audit__submitted_at"):
        if post := held.get(person):
            month = f"{moment:%Y-%m}"
            counts.update([(person, month), (post.kind, month), (post.team_id, month), (month,)])
    teams = {post.team_id: post.team for post in held.values()}
    context = {"held": held.values(), "teams": teams.values(), "kinds": {post.kind for post in held.values()}}
    months = sorted({key[0] for key in counts if len(key) == 1})
    shown = {"counts": counts, "months": months, "month": months[-1]}
    return HttpResponse(JINJA.get_template("owed.html").render(context | shown, request))


def counts(request: HttpRequest) -> HttpResponse:
    """The counts of files that are kept, by mark and quarter, and open tasks by service: added up and laid out."""
    from goldenthread.act.models import Task
    from goldenthread.audit.models import FileCount

    rows = FileCount.objects.filter(month__gte=FIRST_COUNTED, random=True).values_list("month", "measure", "value")
    summed: dict[str, Counter[tuple[str, str]]] = {}
    for month, measure, value, files in rows.annotate(Sum("files")):
        quarter = f"{month.year}, quarter {(month.month + 2) // 3}"
        summed.setdefault(measure, Counter())[quarter, value] += files
    tasks = Task.objects.exclude(state="signed off").values_list("returned__service__name").annotate(Count("pk"))
    context = {"measures": summed, "tasks": list(tasks)}
    return HttpResponse(JINJA.get_template("counts.html").render(context, request))


def calendar(request: HttpRequest) -> HttpResponse:
    """A year of sessions with their groups and seats, in one statement, laid into weeks."""
    from goldenthread.plan.models import Session

    found = Session.objects.filter(held_on__gte=FIRST, held_on__lte=LAST).select_related("group")
    by_day: dict[date, list[Any]] = {}
    for session in found.annotate(seated=Count("seats")).order_by("held_on", "group__name"):
        by_day.setdefault(session.held_on, []).append(session)
    months: dict[str, dict[date, list[Any]]] = {}
    day = FIRST
    while day <= LAST:
        if day.weekday() < 5:
            week = day - timedelta(days=day.weekday())
            months.setdefault(f"{day:%B %Y}", {}).setdefault(week, []).append((day, by_day.get(day, ())))
        day += timedelta(days=1)
    shown = [{"name": name, "weeks": list(weeks.values())} for name, weeks in months.items()]
    return HttpResponse(JINJA.get_template("calendar.html").render({"months": shown}, request))


urlpatterns = [
    path("save/<int:part>", save),
    path("questions", questions),
    path("listing", listing),
    path("calendar", calendar),
    path("owed", owed),
    path("counts", counts),
]

"""What submitted files count under, read from their judgements and findings: what the kept counts are sums of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from goldenthread.audit.models import Audit, Finding, Judgement
from goldenthread.audit.queries.drawn import LONG, draw_of
from goldenthread.method.marks import Judged, Mark, marks
from goldenthread.method.selecting import RANDOM
from goldenthread.web.wording import LONDON

KEY = ("month", "place", "service_id", "team_id", "kind", "random")
Key = tuple[Any, ...]  # the columns of a count: those of KEY, then measure and value


def marks_of(audit: Audit) -> Counter[Mark]:
    """What this audit counts under as its judgements stand now; nothing while it is not submitted. Two statements."""
    return _marks([audit])[audit.pk] if audit.submitted_at else Counter()


def counted_in(audits: QuerySet[Audit]) -> Counter[Key]:
    """Files by every column of a count; three statements, or one where there is no such audit."""
    found: Counter[Key] = Counter()
    rows = audits.select_related("case__draw", "framework").defer("framework__source", *LONG)
    some = list(rows)
    of_each = _marks(some) if some else {}
    for audit in some:
        key = key_of(audit)
        for mark, files in of_each[audit.pk].items():
            found[*key, *mark] += files
    return found


def key_of(audit: Audit) -> Key:
    """The values of KEY for this audit."""
    assert audit.submitted_at is not None
    day = audit.submitted_at.astimezone(LONDON).date()
    place = f"{audit.service_id or 0}.{audit.team_id or 0}"
    way = draw_of(audit).way
    return date(day.year, day.month, 1), place, audit.service_id, audit.team_id, audit.kind, way in RANDOM


def _marks(audits: Iterable[Audit]) -> dict[int, Counter[Mark]]:
    """The marks of each of these audits, by its id; two statements for all of them."""
    found = {audit.pk: audit for audit in audits}
    judged: dict[int, list[Judged]] = defaultdict(list)
    rows = Judgement.objects.filter(audit__in=list(found)).order_by("pk")
    for audit, section, stage, grade, stands in rows.values_list("audit_id", "section", "stage", "grade", "stands"):
        judged[audit].append(Judged(section, stage, grade, stands))
    themes: dict[int, set[tuple[str, str, str]]] = defaultdict(set)
    findings = Finding.objects.filter(part__audit__in=list(found), removed=False).order_by()
    for audit, sort, domain, theme in findings.values_list("part__audit_id", "sort", "domain", "theme").distinct():
        themes[audit].add((sort, domain, theme))
    scales = {audit.framework_id: [g.key for g in audit.framework.parsed.grades] for audit in found.values()}
    return {pk: marks(judged[pk], themes[pk], scales[audit.framework_id]) for pk, audit in found.items()}

"""Keeping the counts of files by mark, in the same transaction as the judgement that they follow from.

Whoever counts holds the trail's lock already (`record` takes it), so two who submit at once never wait for each other
in a circle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from goldenthread.audit.models import Audit, FileCount
from goldenthread.audit.queries.counting import KEY, Key, counted_in, key_of, marks_of
from goldenthread.method.marks import Mark

SOME = 2_000  # audits whose marks are in memory at once


def count(audit: Audit, before: Counter[Mark]) -> None:
    """Bring the counts from what this audit counted under before to what it counts under now. After `record`."""
    now = marks_of(audit)
    change = {mark: now[mark] - before[mark] for mark in now | before if now[mark] != before[mark]}
    if not change:
        return
    key = key_of(audit)
    rows = [_row(audit.authority_id, (*key, *mark), 0) for mark in sorted(change)]
    FileCount.objects.bulk_create(rows, ignore_conflicts=True)
    of_mark = [(Q(measure=measure, value=value), by) for (measure, value), by in sorted(change.items())]
    wanted = Q()
    for mark, _ in of_mark:
        wanted |= mark
    of_key = dict(zip(KEY, key, strict=True))
    here = FileCount.objects.filter(
        wanted, authority=audit.authority_id, **{name: of_key[name] for name in ("month", "place", "kind", "random")}
    )
    added = Case(*(When(mark, then=Value(by)) for mark, by in of_mark), default=Value(0), output_field=IntegerField())
    here.update(files=F("files") + added)


def count_again(authority_id: int) -> int:
    """Count a council's files from the beginning; how many counts were not as they had been kept."""
    with transaction.atomic():
        kept = FileCount.objects.select_for_update().filter(authority=authority_id)
        columns = ("pk", *KEY, "measure", "value", "files")
        held = {tuple(row[1:-1]): (row[0], row[-1]) for row in kept.values_list(*columns)}
        found = _counted(authority_id)
        for cell, (pk, files) in held.items():
            if found[cell] != files:
                FileCount.objects.filter(pk=pk).update(files=found[cell])
        new = [cell for cell in found if cell not in held]
        FileCount.objects.bulk_create(_row(authority_id, cell, found[cell]) for cell in new)
        return len(new) + sum(found[cell] != files for cell, (_, files) in held.items())


def _row(authority_id: int, cell: Key, files: int) -> FileCount:
    *key, measure, value = cell
    named = dict(zip(KEY, key, strict=True))
    return FileCount(authority_id=authority_id, measure=measure, value=value, files=files, **named)


def _counted(authority_id: int) -> Counter[Key]:
    """Every count of the council; some thousand audits at a time."""
    found: Counter[Key] = Counter()
    for audits in _some_at_a_time(authority_id):
        found.update(counted_in(audits))
    return found


def _some_at_a_time(authority_id: int) -> Iterator[QuerySet[Audit]]:
    audits = Audit.objects.filter(authority=authority_id, state="submitted").order_by("pk")
    first = 0
    while keys := list(audits.filter(pk__gt=first).values_list("pk", flat=True)[:SOME]):
        yield audits.filter(pk__gt=first, pk__lte=keys[-1])
        first = keys[-1]

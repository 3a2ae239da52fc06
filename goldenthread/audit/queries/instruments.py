"""Reading what past audits answered to questions that a template no longer asks."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Q

from goldenthread.audit.models import Answer


def audits_that_answered(authority_id: int, key: str, questions: Collection[str]) -> dict[str, int]:
    """Question → how many audits hold an answer to it under any version of this template, with a focus or without.

    One statement; a question that nobody answered is not there.
    """
    own = Q(part__template__key=key)
    of_the_audit = Q(part__template__isnull=True) & (
        Q(part__audit__template__key=key) | Q(part__audit__template__key__startswith=f"{key}.")
    )
    answers = Answer.objects.filter(own | of_the_audit, authority=authority_id, question__in=list(questions))
    counted = answers.exclude(value="").values("question").annotate(audits=Count("part__audit", distinct=True))
    return dict(counted.order_by().values_list("question", "audits"))

"""What the council learns, as it was published."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from goldenthread.web.codes import new_code


class Edition(models.Model):
    """One report about one thing: a draft with the QAU's words, then published, figures and all, and never changed."""

    STATES = [("draft", "draft"), ("published", "published")]

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    report = models.CharField(max_length=60)
    session = models.ForeignKey("plan.Session", models.PROTECT, null=True, blank=True, related_name="+")
    number = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=STATES, default="draft")
    words = models.JSONField(default=dict)  # the QAU's own words, by the part of the report that they belong to
    version = models.PositiveIntegerField(default=1)
    content = models.JSONField(null=True)  # the report as published
    sha256 = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "session", "number"], name="one_edition_of_a_number"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True, published_by__isnull=True)
                | Q(state="published", published_at__isnull=False, published_by__isnull=False, content__isnull=False),
                name="edition_published_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, edition {self.number}"

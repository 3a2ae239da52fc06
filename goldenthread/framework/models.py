"""A council's framework and its audit templates: versions, adopted on a day by somebody, never changed after."""

from __future__ import annotations

import hashlib
import json

from django.db import models
from django.db.models import Q

from goldenthread.method.framework import Framework, parse_framework
from goldenthread.method.template import Template, template_from_source


class FrameworkVersion(models.Model):
    """One version of a council's rules, as the text that was adopted. Draws, audits and tasks point at it."""

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    source = models.TextField()
    sha256 = models.CharField(max_length=64)
    in_force_from = models.DateField()
    adopted_at = models.DateTimeField()
    adopted_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-in_force_from", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "key", "version"], name="one_framework_of_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    @property
    def parsed(self) -> Framework:
        """Parsed once for each different text, whichever row holds it; the text itself need not have been read."""
        if self.sha256 not in _frameworks:
            _frameworks[self.sha256] = parse_framework(self.source, self.key)
        return _frameworks[self.sha256]


class TemplateVersion(models.Model):
    """One version of an audit template, as its XLSForm rows. Past audits keep theirs."""

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    source = models.TextField()  # JSON of the rows under XLSForm's column names
    sha256 = models.CharField(max_length=64)
    adopted_at = models.DateTimeField()
    adopted_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["key", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "key", "version"], name="one_template_of_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    @property
    def parsed(self) -> Template:
        """Parsed once for each different text, as the framework is."""
        if self.sha256 not in _templates:
            _templates[self.sha256] = template_from_source(json.loads(self.source))
        return _templates[self.sha256]


class Correspondence(models.Model):
    """Which questions of an older version a newer one asks again, so that answers can be followed across both."""

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    older = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="+")
    newer = models.ForeignKey(TemplateVersion, models.PROTECT, related_name="+")
    questions = models.JSONField(default=dict)  # name in the older version → name in the newer one
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["older", "newer"], name="one_correspondence_of_two_versions")]

    def __str__(self) -> str:
        return f"{self.older} to {self.newer}"


class Theme(models.Model):
    """What findings are about: the council's own list. It begins with the framework's, and the unit edits it.

    `domain`: only findings of practice, or of process, have it; `sort`: only good ones, or those to improve. One that
    was used is never deleted: it is retired, and past findings keep it.
    """

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=120)
    domain = models.CharField(max_length=10, blank=True)
    sort = models.CharField(max_length=10, blank=True)
    place = models.PositiveIntegerField(default=0)  # in the list
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "key"], name="one_theme_of_a_key"),
            models.UniqueConstraint(
                fields=["authority", "label"], condition=Q(retired_at__isnull=True), name="one_theme_in_use_of_a_label"
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True, retired_by__isnull=True)
                | Q(retired_at__isnull=False, retired_by__isnull=False),
                name="theme_retired_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.label


_frameworks: dict[str, Framework] = {}
_templates: dict[str, Template] = {}


def digest(source: str) -> str:
    """SHA-256 of a version's text."""
    return hashlib.sha256(source.encode()).hexdigest()

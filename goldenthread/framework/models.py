"""A council's framework and its audit templates: versions, adopted on a day by somebody, never changed after."""

from __future__ import annotations

import hashlib
import json

from django.db import models

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


_frameworks: dict[str, Framework] = {}
_templates: dict[str, Template] = {}


def digest(source: str) -> str:
    """SHA-256 of a version's text."""
    return hashlib.sha256(source.encode()).hexdigest()

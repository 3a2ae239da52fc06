"""Senior managers' inspections of supervision notes, and the statement a director signs."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from goldenthread.web.codes import new_code


class Inspection(models.Model):
    """Supervision notes that a senior manager inspects within a quarter, drawn at random (Laming 2003, rec. 30).

    Her case files need no row here: they are the audits she submitted of cases that were drawn.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    case = models.OneToOneField("select.DrawnCase", models.PROTECT, related_name="+")
    period_starts_on = models.DateField()  # of the quarter it is for
    good = models.TextField(blank=True)
    to_improve = models.TextField(blank=True)
    inspected_on = models.DateField(null=True, blank=True)
    allotted_at = models.DateTimeField()
    allotted_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    inspected_at = models.DateTimeField(null=True, blank=True)
    inspected_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["authority", "period_starts_on"], name="inspections_by_period")]
        constraints = [
            models.CheckConstraint(
                condition=Q(inspected_at__isnull=True, inspected_by__isnull=True, inspected_on__isnull=True)
                | Q(inspected_at__isnull=False, inspected_by__isnull=False, inspected_on__isnull=False),
                name="inspection_recorded_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"Inspection {self.code}"


class Statement(models.Model):
    """What senior managers inspected in a quarter, as the director signed it. Never changed."""

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    period_starts_on = models.DateField()
    period_ends_on = models.DateField()
    content = models.JSONField()  # the register's lines as they were shown
    sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=200)

    class Meta:
        ordering = ["-period_starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "period_starts_on"], name="one_statement_a_quarter")
        ]

    def __str__(self) -> str:
        return f"Statement for the quarter from {self.period_starts_on:%d/%m/%Y}"

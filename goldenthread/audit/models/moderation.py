"""Grades looked at again: moderation, challenge, calibration."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from goldenthread.audit.models.audits import Audit, Part
from goldenthread.web.codes import new_code


class Moderation(models.Model):
    """A second look at an audit's grades, at one stage of the framework's moderation: by whom, and what came of it.

    `reason` is the rule that sent it there; `quality` grades the audit itself, apart from the practice.
    """

    STATES = [
        ("waiting", "waiting for a moderator"),
        ("grading", "being graded"),
        ("to agree", "grades to be agreed"),
        ("agreed", "agreed"),
        ("challenged", "challenged"),
        ("decided", "decided"),
    ]

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    audit = models.ForeignKey(Audit, models.PROTECT, related_name="moderations")
    stage = models.CharField(max_length=40)
    reason = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=STATES, default="waiting")
    part = models.OneToOneField(Part, models.PROTECT, null=True, blank=True, related_name="moderation")
    due_on = models.DateField()
    quality = models.CharField(max_length=30, blank=True)
    quality_because = models.TextField(blank=True)
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    agreed_because = models.TextField(blank=True)
    challenge_due_on = models.DateField(null=True, blank=True)
    challenged_at = models.DateTimeField(null=True, blank=True)
    challenged_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    challenge = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.TextField(blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["authority", "state", "due_on"], name="moderations_by_state"),
            models.Index(fields=["state", "part"], name="moderations_being_graded"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["audit", "stage"], name="moderated_once_a_stage"),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="moderation_agreed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(challenged_at__isnull=True, challenged_by__isnull=True)
                | Q(challenged_at__isnull=False, challenged_by__isnull=False) & ~Q(challenge=""),
                name="moderation_challenged_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(decision=""),
                name="moderation_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Moderation {self.code}"


class Calibration(models.Model):
    """One file that everyone grades by herself; what each said is then held against the agreed answer."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    audit = models.ForeignKey(Audit, models.PROTECT, related_name="+")  # the file, and the template it is graded by
    title = models.CharField(max_length=200)
    people = models.ManyToManyField("people.Person", related_name="+")  # who are asked to grade it
    closes_on = models.DateField()
    agreed = models.JSONField(default=dict)  # section ("": overall) → the grade agreed on
    agreed_because = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="calibration_agreed_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"Calibration {self.code}"


class Rating(models.Model):
    """The grade one person gave in a calibration. Never changed."""

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    calibration = models.ForeignKey(Calibration, models.PROTECT, related_name="ratings")
    section = models.CharField(max_length=60, blank=True)
    grade = models.CharField(max_length=30)
    because = models.TextField(blank=True)
    rated_at = models.DateTimeField()
    rated_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["calibration", "rated_by", "section"], name="one_rating_a_person_and_section"
            )
        ]

    def __str__(self) -> str:
        return f"{self.section or 'overall'}: {self.grade}"

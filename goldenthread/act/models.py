"""What follows an audit: its return to the team, the tasks, and the sign-off that brings it back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from goldenthread.web.codes import new_code


class Return(models.Model):
    """A submitted audit given back to the practitioner, her team manager and her service manager."""

    STATES = [("with the team", "with the team"), ("signed off", "signed off"), ("accepted", "accepted")]

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    audit = models.OneToOneField("audit.Audit", models.PROTECT, related_name="+")
    state = models.CharField(max_length=14, choices=STATES, default="with the team")
    team = models.ForeignKey("people.Team", models.PROTECT, null=True, blank=True, related_name="+")
    service = models.ForeignKey("people.Team", models.PROTECT, null=True, blank=True, related_name="+")
    practitioner = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField()
    sign_off_due_on = models.DateField()
    returned_at = models.DateTimeField()
    returned_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["authority", "state", "sign_off_due_on"], name="returns_by_date")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="accepted", accepted_at__isnull=False, accepted_by__isnull=False)
                | (~Q(state="accepted") & Q(accepted_at__isnull=True, accepted_by__isnull=True)),
                name="return_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["with the team", "signed off", "accepted"]), name="return_states"
            ),
        ]

    def __str__(self) -> str:
        return f"Return {self.code}"


class Task(models.Model):
    """One thing to be put right, by one owner, by one day."""

    STATES = [("to do", "to do"), ("done", "done"), ("signed off", "signed off")]

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    returned = models.ForeignKey(Return, models.PROTECT, related_name="tasks")
    finding = models.ForeignKey("audit.Finding", models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField()
    owner = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=STATES, default="to do")
    evidence = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["owner", "state", "due_on"], name="tasks_by_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="to do", done_at__isnull=True, done_by__isnull=True)
                | (Q(state__in=["done", "signed off"], done_at__isnull=False, done_by__isnull=False) & ~Q(evidence="")),
                name="task_done_by_somebody_with_evidence",
            )
        ]

    def __str__(self) -> str:
        return f"Task {self.code}"


class SignOff(models.Model):
    """The "tasks completed" section, signed: by whom, in which post, when, meaning what, and exactly which content."""

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    returned = models.ForeignKey(Return, models.PROTECT, related_name="sign_offs")
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=200)
    meaning = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    content = models.JSONField()  # the tasks as they were shown
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Sign-off of {self.returned_id}"

"""Auditing groups and their sessions: who sits together, on which day, where, looking at what."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from goldenthread.web.codes import new_code


class Group(models.Model):
    """An auditing group with its theme. A fourth is added by a person, not a programmer."""

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    statuses = models.JSONField(default=list)  # the statuses whose files it audits; none: every status

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["authority", "key"], name="one_group_of_a_key")]

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """One day on which a group audits files together."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, related_name="sessions")
    held_on = models.DateField()
    venue = models.CharField(max_length=200, blank=True)
    focus = models.CharField(max_length=300, blank=True)
    arranged_at = models.DateTimeField()
    arranged_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["authority", "held_on"], name="sessions_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="session_cancelled_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["group", "held_on"], condition=Q(cancelled_at__isnull=True), name="one_session_of_a_group_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group.name}, {self.held_on:%-d %B %Y}"


class Seat(models.Model):
    """A place at a session, taken by a person in a post."""

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, related_name="seats")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    post = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="one_seat_a_person")]

    def __str__(self) -> str:
        return f"{self.person} at {self.session}"

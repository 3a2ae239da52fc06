"""The outbox, and when each nightly job last ran. Ids are plain numbers: every stage above may write a notice.

No child's data stands in any notice: it names a day, a group, a number of records, and leads to a page.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """One e-mail to one person. `key` says what it tells of: the same thing is told once, however often it is said."""

    STATES = [("waiting", "waiting"), ("sent", "sent"), ("stuck", "stuck"), ("withdrawn", "withdrawn")]

    key = models.CharField(max_length=200, unique=True)
    authority_id = models.BigIntegerField()
    person_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=200)
    address = models.EmailField()
    kind = models.CharField(max_length=40)  # invitation, cancellation, reminder, escalation …
    subject = models.CharField(max_length=200)
    body = models.TextField()
    calendar = models.TextField(blank=True)  # an iCalendar object that goes along (RFC 5545)
    calendar_method = models.CharField(max_length=10, blank=True)  # REQUEST or CANCEL (RFC 5546)
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=STATES, default="waiting")
    written = models.DateTimeField()
    due = models.DateTimeField()  # not before; moves on with each failed try
    leased_until = models.DateTimeField(null=True, blank=True)  # a worker has it in hand
    tries = models.PositiveSmallIntegerField(default=0)
    unanswered = models.PositiveSmallIntegerField(default=0)  # handed to the mail server, and no answer kept
    fault = models.CharField(max_length=300, blank=True)  # what the mail server said last
    sent = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["state", "due"], name="notices_to_send"),
            models.Index(fields=["authority_id", "state"], name="notices_of_a_council"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent__isnull=False) | (~Q(state="sent") & Q(sent__isnull=True)),
                name="notice_sent_has_its_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Run(models.Model):
    """A job's run for one day. Whoever makes the row does the job; nobody else that day does."""

    job = models.CharField(max_length=60)
    day = models.DateField()
    began = models.DateTimeField()
    ended = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True)

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [models.UniqueConstraint(fields=["job", "day"], name="one_run_a_day")]

    def __str__(self) -> str:
        return f"{self.job} on {self.day:%d/%m/%Y}"

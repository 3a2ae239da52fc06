"""The audit year, its groups and sessions: who sits together, on which day, where, looking at what; who is away."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from goldenthread.web.codes import new_code


class Year(models.Model):
    """A year of auditing under one version of the framework. A council that begins in November has a part of one."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    framework = models.ForeignKey("framework.FrameworkVersion", models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    kinds = models.JSONField(default=dict)  # kind of audit → files planned in the year
    effort = models.JSONField(default=dict)  # what past audits took, as measured: see method/capacity.py
    uncovered = models.JSONField(default=list)  # what the coverage ledger warns of, a sentence each, as last counted
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "starts_on"], name="one_year_of_a_start"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="year_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        last = f"{self.ends_on.year}" if self.ends_on.year != self.starts_on.year else ""
        return f"{self.starts_on.year} to {last}" if last else f"{self.starts_on.year}"

    @property
    def target(self) -> int:
        """Files to be audited in the year, of every kind together."""
        return sum(self.kinds.values())


class Blackout(models.Model):
    """Days of a year on which no session is held: August, Christmas week, a practice week."""

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    year = models.ForeignKey(Year, models.CASCADE, related_name="blackouts")
    from_on = models.DateField()
    to_on = models.DateField()
    why = models.CharField(max_length=200)

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="blackout_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return f"{self.why}, {self.from_on:%d/%m/%Y} to {self.to_on:%d/%m/%Y}"


class Focus(models.Model):
    """What sessions look at with most care for a time, and the questions asked beside the template's."""

    KINDS = [
        ("theme", "Theme"),
        ("priority", "Divisional priority"),
        ("learning", "Learning from a review"),
        ("procedure", "New procedure to be checked"),
    ]

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    year = models.ForeignKey(Year, models.PROTECT, related_name="focuses")
    kind = models.CharField(max_length=10, choices=KINDS)
    title = models.CharField(max_length=200)
    questions = models.JSONField(default=list)  # what to ask, a sentence each
    from_on = models.DateField()
    to_on = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="focus_ends_after_it_starts")]

    def __str__(self) -> str:
        return self.title


class Group(models.Model):
    """An auditing group with its theme. A fourth is added by a person, not a programmer.

    A group that does not meet is a round of single records: its members audit each by herself, within the month.
    """

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    statuses = models.JSONField(default=list)  # the statuses whose files it audits; none: every status
    meets = models.BooleanField(default=True)
    seats = models.JSONField(default=list)  # [{"posts": [...], "number": n}]; none: the framework's
    quorum = models.PositiveSmallIntegerField(default=0)  # fewest who must sit; 0: the framework's

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["authority", "key"], name="one_group_of_a_key")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Somebody who belongs to a group for a time: at every session, as its linked director or a co-opted partner."""

    STANDINGS = [("core", "Core member"), ("director", "Linked director"), ("partner", "Co-opted partner")]

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, related_name="memberships")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    standing = models.CharField(max_length=10, choices=STANDINGS)
    post = models.CharField(max_length=60, blank=True)  # the post she sits in; a partner has none
    agency = models.CharField(max_length=120, blank=True)  # a partner's: Health, Education
    chairs = models.BooleanField(default=False)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name="membership_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(to_on__isnull=True), name="one_lasting_membership_of_a_group"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.group}"

    @staticmethod
    def on(day: date, prefix: str = "") -> Q:
        """Holding on this day."""
        began: Any = {f"{prefix}from_on__lte": day}
        lasting: Any = {f"{prefix}to_on__isnull": True}
        later: Any = {f"{prefix}to_on__gte": day}
        return Q(**began) & (Q(**lasting) | Q(**later))


class Session(models.Model):
    """One day on which a group audits files together. Until it is published its seats are a proposal of the unit's.

    For a group that does not meet, `held_on` is the day by which its single records are due.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, related_name="sessions")
    year = models.ForeignKey(Year, models.PROTECT, null=True, blank=True, related_name="sessions")
    held_on = models.DateField()
    venue = models.CharField(max_length=200, blank=True)
    focus = models.CharField(max_length=300, blank=True)
    set_focus = models.ForeignKey(Focus, models.PROTECT, null=True, blank=True, related_name="sessions")
    sequence = models.PositiveIntegerField(default=0)  # how often its invitation was revised (RFC 5545, 3.8.7.4)
    arranged_at = models.DateTimeField()
    arranged_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
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
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="session_published_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["group", "held_on"], condition=Q(cancelled_at__isnull=True), name="one_session_of_a_group_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group.name}, {self.held_on:%-d %B %Y}"


class Seat(models.Model):
    """A place at a session, taken by a person in a post. `fixed`: given by hand, so the rota leaves it."""

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, models.CASCADE, related_name="seats")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    post = models.CharField(max_length=60)
    standing = models.CharField(
        max_length=10, choices=[("seat", "seat"), *Membership.STANDINGS], default="seat"
    )  # beside the seats by post: a linked director, a co-opted partner
    fixed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="one_seat_a_person")]

    def __str__(self) -> str:
        return f"{self.person} at {self.session}"


class Absence(models.Model):
    """Days on which somebody cannot audit. What for is nobody's business here: only whether it was foreseen."""

    KINDS = [("planned", "Planned"), ("unplanned", "Unplanned")]

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField()
    kind = models.CharField(max_length=10, choices=KINDS, default="planned")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["from_on", "pk"]
        indexes = [models.Index(fields=["authority", "from_on"], name="absences_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(to_on__gte=F("from_on")), name="absence_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="absence_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} away from {self.from_on:%d/%m/%Y}"


class Excusal(models.Model):
    """Records of a quota that somebody need not submit, or may submit later: who allowed it, and why."""

    KINDS = [("extension", "Extension"), ("exemption", "Exemption")]

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    post = models.CharField(max_length=60)
    period_starts_on = models.DateField()  # the first day of the month, quarter … that the quota is for
    kind = models.CharField(max_length=10, choices=KINDS)
    records = models.PositiveSmallIntegerField()  # how many records it is about
    until_on = models.DateField(null=True, blank=True)  # an extension's new day
    because = models.TextField()
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["period_starts_on", "pk"]
        indexes = [models.Index(fields=["authority", "period_starts_on"], name="excusals_by_period")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="extension", until_on__isnull=False) | Q(kind="exemption", until_on__isnull=True),
                name="an_extension_has_its_day",
            ),
            models.CheckConstraint(condition=Q(records__gt=0) & ~Q(because=""), name="excusal_says_what_and_why"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="excusal_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.records} for {self.person}"


class CalendarFeed(models.Model):
    """The private address of somebody's calendar; a new `version` makes the old address lead nowhere."""

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    person = models.OneToOneField("people.Person", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Calendar of {self.person}"

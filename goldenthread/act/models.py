"""What follows an audit: its return to the team, the tasks, and the sign-off that brings it back."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

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
    """One thing to be put right, by one owner, by one day. `scope` says how far it reaches.

    `evidence` says what was done, `record` where the council's own record shows it: the document itself is never here.
    """

    STATES = [
        ("to do", "to do"),
        ("challenged", "challenged"),
        ("done", "done"),
        ("signed off", "signed off"),
        ("dropped", "not needed"),
    ]
    SCOPES = [
        ("child", "this child"),
        ("worker", "the worker"),
        ("team", "the team"),
        ("service", "the service"),
        ("agency", "another agency"),
    ]

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    returned = models.ForeignKey(Return, models.PROTECT, related_name="tasks")
    finding = models.ForeignKey("audit.Finding", models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField()
    scope = models.CharField(max_length=10, choices=SCOPES, default="child")
    agency = models.CharField(max_length=200, blank=True)  # whose task it is to bring about, where another agency's
    severity = models.CharField(max_length=40, default="standard")  # a key of the framework's severities
    owner = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    first_due_on = models.DateField()  # before any extension
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=STATES, default="to do")
    agreed_at = models.DateTimeField(null=True, blank=True)  # by its owner: she takes it on
    agreed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    challenge = models.TextField(blank=True)  # why its owner says it is not hers, or not needed
    challenged_at = models.DateTimeField(null=True, blank=True)
    challenged_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    evidence = models.TextField(blank=True)
    record = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    chased_on = models.DateField(null=True, blank=True)  # last, by hand
    chases = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["owner", "state", "due_on"], name="tasks_by_owner"),
            models.Index(fields=["authority", "state", "due_on"], name="tasks_by_date"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["to do", "challenged", "dropped"], done_at__isnull=True, done_by__isnull=True)
                | (Q(state__in=["done", "signed off"], done_at__isnull=False, done_by__isnull=False) & ~Q(evidence="")),
                name="task_done_by_somebody_with_evidence",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="task_agreed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(challenged_at__isnull=True, challenged_by__isnull=True) & ~Q(state="challenged")
                | Q(challenged_at__isnull=False, challenged_by__isnull=False) & ~Q(challenge=""),
                name="task_challenged_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True) & ~Q(state="dropped")
                | Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(decision=""),
                name="task_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Task {self.code}"


class Extension(models.Model):
    """More time for a task: from which day to which, why, and who allowed it. Never changed."""

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, models.PROTECT, related_name="extensions")
    was_due_on = models.DateField()
    due_on = models.DateField()
    because = models.TextField()
    asked_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    allowed_at = models.DateTimeField()
    allowed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(due_on__gt=F("was_due_on")), name="extension_gives_time")]

    def __str__(self) -> str:
        return f"Extension of {self.task_id} to {self.due_on:%d/%m/%Y}"


class SignOff(models.Model):
    """The "tasks completed" section, signed: by whom, in which post, when, meaning what, and exactly which content."""

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    returned = models.ForeignKey(Return, models.PROTECT, related_name="sign_offs")
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    authenticated = models.DateTimeField(null=True, blank=True)  # unknown for signatures before this was asked
    capacity = models.CharField(max_length=200)
    meaning = models.CharField(max_length=300)
    note = models.TextField(blank=True)
    content = models.JSONField()  # the tasks as they were shown
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Sign-off of {self.returned_id}"


class TaskSample(models.Model):
    """A random sample of a period's signed-off tasks, to be checked: frozen, then seeded from outside, as a draw is."""

    STATES = [("frozen", "frozen"), ("drawn", "drawn")]

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    framework = models.ForeignKey("framework.FrameworkVersion", models.PROTECT, related_name="+")
    period_starts_on = models.DateField()
    period_ends_on = models.DateField()
    state = models.CharField(max_length=10, choices=STATES, default="frozen")
    draw_id = models.CharField(max_length=80)
    frame = models.TextField()  # canonical CSV: the tasks' codes and their services
    frame_sha256 = models.CharField(max_length=64)
    quotas = models.JSONField()
    source = models.TextField(blank=True)
    seed = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(null=True, blank=True)
    drawn_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-period_starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "period_starts_on"], name="one_task_sample_a_period"),
            models.UniqueConstraint(fields=["authority", "draw_id"], name="one_task_sample_of_an_id"),
            models.CheckConstraint(
                condition=Q(state="frozen", drawn_at__isnull=True, drawn_by__isnull=True)
                | Q(state="drawn", drawn_at__isnull=False, drawn_by__isnull=False) & ~Q(seed=""),
                name="task_sample_drawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.draw_id


class TaskCheck(models.Model):
    """One signed-off task of a sample, looked at in the record: truly done, partly, or not."""

    OUTCOMES = [("done", "truly done"), ("partly", "partly done"), ("not", "not done")]

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    sample = models.ForeignKey(TaskSample, models.PROTECT, related_name="checks")
    task = models.OneToOneField(Task, models.PROTECT, related_name="+")
    stratum = models.CharField(max_length=200)
    place = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=OUTCOMES, blank=True)
    note = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", checked_at__isnull=True, checked_by__isnull=True)
                | Q(outcome__in=["done", "partly", "not"], checked_at__isnull=False, checked_by__isnull=False),
                name="task_checked_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"Check {self.code}"


class Reaudit(models.Model):
    """A file to be audited again: why, what of it, by when; then the audit that did, by somebody else.

    `sections`: names of the sections to look at; none: the whole file.
    """

    REASONS = [("grade", "for its grade"), ("random", "at random"), ("asked", "asked for")]
    STATES = [("owed", "owed"), ("arranged", "arranged"), ("done", "done"), ("excused", "excused")]

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    audit = models.ForeignKey("audit.Audit", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=REASONS)
    because = models.TextField(blank=True)  # where it was asked for, or is excused
    sections = models.JSONField(default=list)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=STATES, default="owed")
    again = models.OneToOneField("audit.Audit", models.PROTECT, null=True, blank=True, related_name="+")
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["authority", "state", "due_on"], name="reaudits_by_date")]
        constraints = [
            models.UniqueConstraint(fields=["audit"], condition=~Q(state="excused"), name="reaudited_once"),
            models.CheckConstraint(
                condition=Q(state__in=["owed", "excused"], again__isnull=True)
                | Q(state__in=["arranged", "done"], again__isnull=False),
                name="reaudit_arranged_has_its_audit",
            ),
        ]

    def __str__(self) -> str:
        return f"Re-audit {self.code}"


class Concern(models.Model):
    """A child may be unsafe now: raised from an audit however far it is, answered by the posts that were told."""

    STATES = [("raised", "raised"), ("acknowledged", "acknowledged"), ("closed", "closed")]

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    audit = models.ForeignKey("audit.Audit", models.PROTECT, related_name="+")
    state = models.CharField(max_length=14, choices=STATES, default="raised")
    text = models.TextField()
    told = models.ManyToManyField("people.Person", related_name="+")
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    answer_by = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    escalated = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["authority", "state", "answer_by"], name="concerns_by_hour")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="raised", acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(state__in=["acknowledged", "closed"], acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="concern_acknowledged_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["raised", "acknowledged"], closed_at__isnull=True, closed_by__isnull=True)
                | Q(state="closed", closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome=""),
                name="concern_closed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Concern {self.code}"

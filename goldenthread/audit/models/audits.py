"""Audits, their parts, what is written in them, and the judgement that stands."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from goldenthread.method.template import Template
from goldenthread.web.codes import new_code


class Audit(models.Model):
    """One child's file, audited once. What the case list said on the day is copied in, and stays as it was."""

    STATES = [
        ("allotted", "not started"),
        ("in progress", "in progress"),
        ("submitted", "submitted"),
        ("withdrawn", "withdrawn"),
    ]

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    session = models.ForeignKey("plan.Session", models.PROTECT, related_name="+")
    case = models.ForeignKey("select.DrawnCase", models.PROTECT, related_name="+")
    framework = models.ForeignKey("framework.FrameworkVersion", models.PROTECT, related_name="+")
    template = models.ForeignKey("framework.TemplateVersion", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, default="case_file")
    sections = models.JSONField(default=list)  # of a re-audit: the names of those that are looked at; none: all
    state = models.CharField(max_length=12, choices=STATES, default="allotted")
    ref = models.CharField(max_length=60)
    status = models.CharField(max_length=20)
    tags = models.JSONField(default=list)
    age_band = models.CharField(max_length=20, blank=True)
    linked = models.JSONField(default=list)
    opened_on = models.DateField(null=True, blank=True)
    listed_as_at = models.DateField()
    team = models.ForeignKey("people.Team", models.PROTECT, null=True, blank=True, related_name="+")
    team_name = models.CharField(max_length=200, blank=True)
    service = models.ForeignKey("people.Team", models.PROTECT, null=True, blank=True, related_name="+")
    worker = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    worker_name = models.CharField(max_length=200, blank=True)
    answered = models.PositiveIntegerField(default=0)  # kept with each save, so that lists need not count
    asked = models.PositiveIntegerField(default=0)
    allotted_at = models.DateTimeField()
    allotted_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["authority", "-id"], name="audits_newest_first"),
            models.Index(fields=["authority", "ref"], name="audits_by_ref"),
            models.Index(fields=["authority", "submitted_at"], name="audits_by_submission"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=~Q(state="withdrawn"), name="one_audit_a_drawn_case"),
            models.CheckConstraint(
                condition=Q(state="submitted", submitted_at__isnull=False, submitted_by__isnull=False)
                | (~Q(state="submitted") & Q(submitted_at__isnull=True, submitted_by__isnull=True)),
                name="audit_submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["allotted", "in progress", "submitted", "withdrawn"]), name="audit_states"
            ),
        ]

    def __str__(self) -> str:
        return f"Audit {self.code}"

    @property
    def form(self) -> Template:
        """What this audit asks: its template, or of a re-audit only the sections that are looked at again."""
        return self.template.parsed.only(self.sections)

    @property
    def facts(self) -> dict[str, str]:
        """What the template's conditions may ask about the case."""
        return {"status": self.status, "tags": " ".join(self.tags), "age_band": self.age_band}


class Part(models.Model):
    """One contribution to an audit. Who writes and sees which, and when, is one table: method/parts.py.

    `template` is the questions of a part that has its own (none: the audit's). A moderator's part names its `stage`.
    """

    KINDS = [
        ("auditor", "auditor"),
        ("co_auditor", "second auditor"),
        ("moderator", "moderator"),
        ("practitioner", "practitioner"),
        ("reply", "practitioner's reply"),
        ("family", "family"),
        ("discussion", "group's discussion"),
    ]

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    audit = models.ForeignKey(Audit, models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=20, choices=KINDS, default="auditor")
    stage = models.CharField(max_length=40, blank=True)  # of moderation, a key of the framework
    template = models.ForeignKey("framework.TemplateVersion", models.PROTECT, null=True, blank=True, related_name="+")
    people = models.ManyToManyField("people.Person", related_name="+")
    due_on = models.DateField(null=True, blank=True)
    frozen = models.BooleanField(default=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["audit", "kind", "stage"], name="one_part_of_a_kind_and_stage"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False, frozen=True),
                name="part_submitted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}'s part of {self.audit}"


class Answer(models.Model):
    """One question's answer within a part. `version` counts its changes: who writes says which version she saw.

    `rivals` holds what somebody else wrote at the same time, by her person's id, until the two are settled.
    """

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, models.PROTECT, related_name="answers")
    question = models.CharField(max_length=60)
    value = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    rivals = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "question"], name="one_answer_a_question")]

    def __str__(self) -> str:
        return f"{self.question} in {self.part_id}"


class Finding(models.Model):
    """Something worth saying of this file: good, or to be improved; of practice, or of process; on a theme."""

    SORTS = [("good", "good practice"), ("improve", "for improvement")]
    DOMAINS = [("practice", "practice"), ("process", "process")]

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, models.PROTECT, related_name="findings")
    section = models.CharField(max_length=60)
    sort = models.CharField(max_length=10, choices=SORTS)
    domain = models.CharField(max_length=10, choices=DOMAINS)
    theme = models.CharField(max_length=60)
    text = models.TextField()
    action = models.TextField(blank=True)  # what must be put right; becomes a task when the audit is returned
    action_for = models.CharField(max_length=60, blank=True)  # the post whose task it will be
    severity = models.CharField(max_length=40, blank=True)  # of the task, a key of the framework; blank: its last
    scope = models.CharField(max_length=10, blank=True)  # how far the task reaches; blank: this child
    agency = models.CharField(max_length=200, blank=True)  # where it reaches another agency
    version = models.PositiveIntegerField(default=1)
    removed = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sort="improve") | Q(action="", action_for=""), name="only_what_needs_work_has_an_action"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sort}: {self.theme}"


class Judgement(models.Model):
    """A grade given to one section or (with no section) to the whole file, and by whom: the auditors, a stage of
    moderation, the decider of a challenge. Each is kept; the last of them `stands`."""

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    audit = models.ForeignKey(Audit, models.PROTECT, related_name="judgements")
    section = models.CharField(max_length=60, blank=True)
    stage = models.CharField(max_length=40, default="auditor")  # or a stage of moderation, or "decided"
    grade = models.CharField(max_length=30)
    rationale = models.TextField(blank=True)
    stands = models.BooleanField(default=True)
    made_at = models.DateTimeField(null=True, blank=True)  # unknown for grades given before this was kept
    made_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "section"], condition=Q(stands=True), name="one_judgement_stands_a_section"
            ),
            models.UniqueConstraint(fields=["audit", "section", "stage"], name="one_judgement_a_section_and_stage"),
            models.CheckConstraint(
                condition=Q(made_at__isnull=True, made_by__isnull=True)
                | Q(made_at__isnull=False, made_by__isnull=False),
                name="judgement_made_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section or 'overall'}: {self.grade}"

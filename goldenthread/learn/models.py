"""What the council learns, as it was published."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from goldenthread.web.codes import new_code


class Edition(models.Model):
    """One report about one thing: a draft with the QAU's words, then published, figures and all, and never changed.

    `subject` says of what it is, in a stable word that its kind of report makes ("session:4f…", "2026-07-01:dmt"); the
    fields after it are the same as keys, so that lists can be narrowed. `released` holds the tables of an edition that
    left the service, as numbers, so that later ones can be checked against it.
    """

    STATES = [("draft", "draft"), ("published", "published")]

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    report = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    session = models.ForeignKey("plan.Session", models.PROTECT, null=True, blank=True, related_name="+")
    period_starts_on = models.DateField(null=True, blank=True)
    period_ends_on = models.DateField(null=True, blank=True)
    body = models.CharField(max_length=60, blank=True)  # whose edition it is, a key of the framework's bodies
    team = models.ForeignKey("people.Team", models.PROTECT, null=True, blank=True, related_name="+")
    audit = models.ForeignKey("audit.Audit", models.PROTECT, null=True, blank=True, related_name="+")
    number = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=STATES, default="draft")
    words = models.JSONField(default=dict)  # the QAU's own words, by the part of the report that they belong to
    version = models.PositiveIntegerField(default=1)
    content = models.JSONField(null=True)  # the report as published
    released = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["authority", "report", "-period_starts_on"], name="editions_by_period")]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "report", "subject", "number"], name="one_edition_of_a_number"
            ),
            models.UniqueConstraint(
                fields=["authority", "report", "subject"], condition=Q(state="draft"), name="one_draft_of_a_subject"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True, published_by__isnull=True)
                | Q(state="published", published_at__isnull=False, published_by__isnull=False, content__isnull=False),
                name="edition_published_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, edition {self.number}"


class Briefing(models.Model):
    """What practitioners are told of what audits found: its themes, and the questions in which a change is looked for.

    `questions`: names of the template's questions it is about; `edition`: the briefing report that is handed out.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    period_starts_on = models.DateField()  # the audits it draws on
    period_ends_on = models.DateField()
    themes = models.ManyToManyField("framework.Theme", through="BriefingTheme", related_name="+")
    questions = models.JSONField(default=list)
    message = models.TextField(blank=True)  # what is hoped to change, in a sentence
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-period_ends_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class BriefingTheme(models.Model):
    """A theme that a briefing takes up, and that is not deleted for as long as it does."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="+")
    theme = models.ForeignKey("framework.Theme", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["briefing", "theme"], name="one_theme_once_a_briefing")]

    def __str__(self) -> str:
        return f"{self.theme} in {self.briefing}"


class BriefingSession(models.Model):
    """One time a briefing is given: in a team's meeting, or once for all."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="sessions")
    held_on = models.DateField()
    way = models.CharField(max_length=100)  # one of the framework's ways
    team = models.ForeignKey("people.Team", models.PROTECT, null=True, blank=True, related_name="+")  # none: for all
    led_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="briefing_session_cancelled_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.briefing_id}, {self.held_on:%d/%m/%Y}"


class Attendance(models.Model):
    """Somebody was briefed: a person marks it, and may take the mark away again."""

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    session = models.ForeignKey(BriefingSession, models.PROTECT, related_name="attendances")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="briefed_once_a_session")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.session_id}"


class Pack(models.Model):
    """An evidence pack: asked for by somebody, made in the background, kept as a file until it is fetched or old.

    `scope` and `about` say of what; `left_out` says, in sentences, what its maker may not see; `named`: real references
    in place of pseudonyms, for the stated `because`.
    """

    SCOPES = [("audit", "one audit"), ("team", "one team"), ("period", "a period"), ("year", "a year")]
    STATES = [
        ("asked", "waiting"),
        ("making", "being made"),
        ("ready", "ready"),
        ("failed", "failed"),
        ("gone", "gone"),
    ]

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    scope = models.CharField(max_length=10, choices=SCOPES)
    audit = models.ForeignKey("audit.Audit", models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey("people.Team", models.PROTECT, null=True, blank=True, related_name="+")
    period_starts_on = models.DateField(null=True, blank=True)
    period_ends_on = models.DateField(null=True, blank=True)
    named = models.BooleanField(default=False)
    because = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=STATES, default="asked")
    done = models.PositiveIntegerField(default=0)  # of `total` things, for its progress
    total = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=list)
    fault = models.CharField(max_length=300, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    finished = models.DateTimeField(null=True, blank=True)
    heard = models.DateTimeField(null=True, blank=True)  # when its maker last said how far it is
    masked = models.JSONField(default=dict)  # what was masked in words somebody wrote → how often
    cleared = models.JSONField(default=list)  # of these, what a person said is no name and no reference

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(state="ready") | ~Q(sha256=""), name="pack_ready_has_its_hash"),
            models.CheckConstraint(condition=Q(named=False) | ~Q(because=""), name="pack_named_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"Pack {self.code}"

"""Case lists as they were loaded, the draws made from them, and each case drawn."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from goldenthread.web.codes import new_code


class CaseList(models.Model):
    """A dated list of a council's open cases. While it is being checked it keeps the reading; loaded, its lines.

    A list of supervision files has a line for each practitioner who holds cases, by her staff number.
    """

    STATES = [("checking", "being checked"), ("loaded", "loaded"), ("discarded", "discarded")]
    KINDS = [
        ("case_file", "case files"),
        ("supervision_file", "supervision files"),
        ("carer_file", "carers' files"),
    ]

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    source = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, choices=KINDS, default="case_file")
    as_at = models.DateField()
    state = models.CharField(max_length=10, choices=STATES, default="checking")
    reading = models.BinaryField(null=True)  # what was read, until it is loaded or discarded; never the file itself
    counted = models.BinaryField(null=True)  # its open cases as they were counted and shown; kept as long
    summary = models.JSONField(default=dict)  # counts and faults, as shown
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField(null=True, blank=True)
    loaded_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-as_at", "-pk"]
        indexes = [models.Index(fields=["authority", "state", "as_at"], name="case_lists_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(loaded_at__isnull=True, loaded_by__isnull=True)
                | Q(loaded_at__isnull=False, loaded_by__isnull=False),
                name="case_list_loaded_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="loaded") | Q(loaded_at__isnull=False), name="case_list_loaded_has_its_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{NAMED[self.kind]} of {self.as_at:%-d %B %Y}"


NAMED = {
    "case_file": "Case list",
    "supervision_file": "List of supervision notes",
    "carer_file": "List of carers' files",
}


class CaseLine(models.Model):
    """One child's open case on one list: a reference, and what a frame needs. No name, address or date of birth."""

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    case_list = models.ForeignKey(CaseList, models.CASCADE, related_name="lines")
    ref = models.CharField(max_length=60)
    status = models.CharField(max_length=20)
    tags = models.JSONField(default=list)
    team_name = models.CharField(max_length=200, blank=True)
    team = models.ForeignKey("people.Team", models.PROTECT, null=True, blank=True, related_name="+")
    worker_name = models.CharField(max_length=200, blank=True)
    worker = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    opened_on = models.DateField(null=True, blank=True)
    age_band = models.CharField(max_length=20, blank=True)
    reviewer_name = models.CharField(max_length=200, blank=True)  # the child's own reviewing officer or chair
    reviewer = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    locality = models.CharField(max_length=100, blank=True)
    family = models.CharField(max_length=60, blank=True)  # the same for brothers and sisters
    linked = models.JSONField(default=list)
    restricted = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case_list", "ref"], name="one_line_a_child")]

    def __str__(self) -> str:
        return self.ref


class Mapping(models.Model):
    """What a value in a council's files means, said once by a person and kept."""

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    source = models.CharField(max_length=20)
    field = models.CharField(max_length=20)
    value = models.CharField(max_length=200)
    meaning = models.CharField(max_length=200)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "source", "field", "value"], name="one_meaning_a_value")
        ]

    def __str__(self) -> str:
        return f"{self.field} “{self.value}” means {self.meaning}"


class Draw(models.Model):
    """A random selection from one list for one purpose: frozen, then seeded from outside, then for ever."""

    STATES = [("frozen", "frozen"), ("drawn", "drawn"), ("abandoned", "abandoned")]
    WAYS = [
        ("simple_random", "simple random"),
        ("stratified", "stratified random"),
        ("event", "every case of an event"),
        ("rule", "targeted by a rule"),
        ("hand", "by hand"),
    ]
    SEED_KINDS = [
        ("dice", "dice before witnesses"),
        ("shares", "numbers committed to and revealed"),
        ("beacon", "a public beacon"),
        ("none", "no seed: not random"),
    ]

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    case_list = models.ForeignKey(CaseList, models.PROTECT, related_name="draws")
    session = models.ForeignKey("plan.Session", models.PROTECT, null=True, blank=True, related_name="+")
    period_starts_on = models.DateField(null=True, blank=True)  # of the quarter it is for, where it is for no session
    framework = models.ForeignKey("framework.FrameworkVersion", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, default="case_file")  # of audit, a key of the framework's kinds
    focus = models.ForeignKey("plan.Focus", models.PROTECT, null=True, blank=True, related_name="+")
    way = models.CharField(max_length=15, choices=WAYS, default="stratified")
    rule = models.TextField(blank=True)  # the rule that targets, as an expression; or the event that selects
    because = models.TextField(blank=True)  # why these, where no chance chose them
    seed_kind = models.CharField(max_length=10, choices=SEED_KINDS, default="dice")
    beacon_round = models.PositiveBigIntegerField(null=True, blank=True)  # the drand round named in advance
    purpose = models.CharField(max_length=200)
    draw_id = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=STATES, default="frozen")
    frame = models.TextField()  # canonical CSV: ref,stratum
    frame_sha256 = models.CharField(max_length=64)
    quotas = models.JSONField()
    exclusions = models.JSONField(default=list)  # [{"ref", "reason"}]
    source = models.TextField(blank=True)
    seed = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(null=True, blank=True)
    drawn_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-frozen_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["case_list", "purpose"], condition=~Q(state="abandoned"), name="one_draw_a_list_and_purpose"
            ),
            models.UniqueConstraint(
                fields=["authority", "period_starts_on", "purpose"],
                condition=~Q(state="abandoned"),
                name="one_draw_a_period_and_purpose",
            ),
            models.UniqueConstraint(fields=["authority", "draw_id"], name="one_draw_of_an_id"),
            models.CheckConstraint(
                condition=Q(drawn_at__isnull=True, drawn_by__isnull=True)
                | Q(drawn_at__isnull=False, drawn_by__isnull=False),
                name="draw_drawn_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="drawn") | (Q(drawn_at__isnull=False) & (~Q(seed="") | Q(seed_kind="none"))),
                name="drawn_draw_has_its_seed",
            ),
            models.CheckConstraint(
                condition=Q(way__in=["simple_random", "stratified"]) & ~Q(seed_kind="none")
                | Q(way__in=["event", "rule", "hand"], seed_kind="none"),
                name="random_draw_has_a_source_of_its_seed",
            ),
            models.CheckConstraint(condition=~Q(way="hand") | ~Q(because=""), name="picked_by_hand_for_a_reason"),
        ]

    def __str__(self) -> str:
        return self.draw_id


class SeedShare(models.Model):
    """One person's secret number for a draw: committed to before any is revealed, then revealed."""

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="shares")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)  # of the number, with the draw's id: the commitment
    secret = models.CharField(max_length=100, blank=True)
    committed_at = models.DateTimeField()
    committed_by = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    revealed_at = models.DateTimeField(null=True, blank=True)
    revealed_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["draw", "person"], name="one_share_a_person"),
            models.CheckConstraint(
                condition=Q(revealed_at__isnull=True, revealed_by__isnull=True, secret="")
                | Q(revealed_at__isnull=False, revealed_by__isnull=False) & ~Q(secret=""),
                name="share_revealed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Share of the seed of {self.draw}"


class DrawnCase(models.Model):
    """A case that a draw selected, or that took the place of one; how it was chosen is known for ever."""

    STANDINGS = [("selected", "selected"), ("replaced", "replaced")]

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    draw = models.ForeignKey(Draw, models.PROTECT, related_name="cases")
    line = models.ForeignKey(CaseLine, models.PROTECT, related_name="+")
    ref = models.CharField(max_length=60)
    stratum = models.CharField(max_length=250)
    place = models.PositiveIntegerField()  # in the order of tickets within the stratum, from 1
    sought = models.PositiveIntegerField(null=True, blank=True)  # files drawn of its stratum, where chance chose it
    held = models.PositiveIntegerField(null=True, blank=True)  # cases its stratum held when the list was frozen
    because = models.TextField(blank=True)  # why this one, where no chance chose it
    audited_on = models.DateField(null=True, blank=True)  # the day its audit was submitted
    standing = models.CharField(max_length=10, choices=STANDINGS, default="selected")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_with")
    replaced_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    replaced_because = models.TextField(blank=True)

    class Meta:
        ordering = ["stratum", "place"]
        indexes = [models.Index(fields=["authority", "ref"], name="drawn_cases_by_ref")]
        constraints = [
            models.UniqueConstraint(fields=["draw", "ref"], name="drawn_once_a_draw"),
            models.CheckConstraint(
                condition=Q(standing="selected", replaced_at__isnull=True, replaced_by__isnull=True)
                | Q(standing="replaced", replaced_at__isnull=False, replaced_by__isnull=False)
                & ~Q(replaced_because=""),
                name="case_replaced_by_somebody_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(sought__isnull=True, held__isnull=True) | Q(sought__gt=0, held__gte=F("sought")),
                name="chance_of_a_drawn_case_is_at_most_one",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def probability(self) -> float | None:
        """The chance its stratum's cases each had of being drawn; None where no chance chose it."""
        return self.sought / self.held if self.sought and self.held else None

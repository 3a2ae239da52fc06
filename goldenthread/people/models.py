"""Authorities, agencies, teams, people and the posts they hold over time.

Line management runs by post, up the tree of teams: whoever holds the managing post of a team manages those in it, on
that day. Reorganisations close teams and open others; nothing is rewritten.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from goldenthread.web import clock
from goldenthread.web.codes import new_code


class Authority(models.Model):
    """A council with duties to children. One installation may serve one, a region of five, or all."""

    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=60)
    demonstration = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "authorities"

    def __str__(self) -> str:
        return self.name


class Agency(models.Model):
    """Whoever employs people who audit: the council itself, the police, health, education, another council."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="agencies")
    name = models.CharField(max_length=200)

    class Meta:
        verbose_name_plural = "agencies"
        constraints = [models.UniqueConstraint(fields=["authority", "name"], name="one_agency_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team that holds cases, or (with no parent) a service made of teams."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="teams")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="teams")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "name"], name="one_team_of_a_name"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="team_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A post as it is held today."""

    kind: str
    title: str
    team_id: int | None
    team_name: str
    service_id: int | None
    oversees: str
    quality_assurance: bool
    agency_id: int | None = None

    @property
    def words(self) -> str:
        """The capacity someone acts in: "Team Manager, Duty 2"."""
        return f"{self.title}, {self.team_name}" if self.team_name else self.title


class People(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(username__iexact=username or "")


class Person(AbstractBaseUser):
    """Somebody who works for, or audits with, the council. Never a child, never a family."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    authority = models.ForeignKey(Authority, models.PROTECT, related_name="people")
    username = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    staff_number = models.CharField(max_length=40, blank=True)
    about = models.CharField(max_length=300, blank=True)
    is_active = models.BooleanField(default=True)

    objects = People()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name_plural = "people"
        indexes = [
            models.Index(fields=["authority", "name"], name="people_by_name"),
            models.Index(fields=["authority", "staff_number"], name="people_by_staff_number"),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def posts_held(self) -> tuple[PostHeld, ...]:
        """The posts held today, in the order they were taken up; the sign-in sets them with the person, in one read."""
        return tuple(held(post) for post in self.posts.filter(Post.on(clock.today())).select_related("team"))

    @property
    def has_password(self) -> bool:
        """Whether she can come in by one; somebody let in without has none until one is given."""
        return bool(self.password) and self.has_usable_password()

    @property
    def capacity(self) -> str:
        return self.posts_held[0].words if self.posts_held else "no post"

    @property
    def is_quality_assurance(self) -> bool:
        return any(post.quality_assurance for post in self.posts_held)

    @property
    def is_director(self) -> bool:
        return any(post.oversees == "authority" for post in self.posts_held)

    @property
    def teams(self) -> frozenset[int]:
        """The teams she is in."""
        return frozenset(post.team_id for post in self.posts_held if post.team_id)

    @property
    def teams_managed(self) -> frozenset[int]:
        return frozenset(post.team_id for post in self.posts_held if post.oversees == "team" and post.team_id)

    @property
    def services_managed(self) -> frozenset[int]:
        return frozenset(post.team_id for post in self.posts_held if post.oversees == "service" and post.team_id)


OVERSEES = [("", "nobody"), ("team", "a team"), ("service", "a service"), ("authority", "the authority")]


class Post(models.Model):
    """A post held by a person between two days. `kind` is a post of the council's framework, `title` its words."""

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="posts")
    oversees = models.CharField(max_length=10, choices=OVERSEES, blank=True, default="")
    quality_assurance = models.BooleanField(default=False)
    share = models.DecimalField(max_digits=3, decimal_places=2, default=1)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["started_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")), name="post_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(share__gt=0) & Q(share__lte=1), name="post_share_is_a_part_of_one"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.started_on:%d/%m/%Y})"

    @staticmethod
    def on(day: date, prefix: str = "") -> Q:
        """Held on this day."""
        started: Any = {f"{prefix}started_on__lte": day}
        never: Any = {f"{prefix}ended_on__isnull": True}
        later: Any = {f"{prefix}ended_on__gte": day}
        return Q(**started) & (Q(**never) | Q(**later))


def held(post: Post) -> PostHeld:
    return PostHeld(
        kind=post.kind,
        title=post.title,
        team_id=post.team_id,
        team_name=post.team.name if post.team else "",
        service_id=post.team.parent_id if post.team else None,
        oversees=post.oversees,
        quality_assurance=post.quality_assurance,
        agency_id=post.team.agency_id if post.team else None,
    )


class Conflict(models.Model):
    """A tie somebody declared: she is not given files of this child, this worker or this team while it lasts."""

    SORTS = [("relative", "a relative or close friend"), ("other", "another conflict of interest")]

    authority = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="conflicts")
    sort = models.CharField(max_length=10, choices=SORTS)
    ref = models.CharField(max_length=60, blank=True)  # the case, where it is with the child or the family
    worker = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["authority", "person"], name="conflicts_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="conflict_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=(~Q(ref="") & Q(worker__isnull=True, team__isnull=True))
                | (Q(ref="") & Q(worker__isnull=False, team__isnull=True))
                | (Q(ref="") & Q(worker__isnull=True, team__isnull=False)),
                name="conflict_with_one_child_worker_or_team",
            ),
        ]

    def __str__(self) -> str:
        return f"Conflict {self.pk}"

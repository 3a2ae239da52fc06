"""How many files carry which mark, kept with each judgement, so that an overview reads few rows and counts none."""

from __future__ import annotations

from django.db import models


class FileCount(models.Model):
    """The submitted files of one month, team, kind and way of choosing that carry one mark.

    `measure` and `value` are the mark: a grade of the whole file or of a section, a theme found, how far moderation
    moved a grade (method/marks.py). `month` is its first day. `place` holds service and team as one key, so that a file
    of no team has its row too. A row may come down to none; it stays.
    """

    authority = models.ForeignKey("people.Authority", models.PROTECT, related_name="+")
    month = models.DateField()
    place = models.CharField(max_length=40)
    service = models.ForeignKey("people.Team", models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey("people.Team", models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20)
    random = models.BooleanField()
    measure = models.CharField(max_length=80)
    value = models.CharField(max_length=80)
    files = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "month", "place", "kind", "random", "measure", "value"], name="one_count_a_mark"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.value}: {self.files}"

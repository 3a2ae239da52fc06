"""What was submitted once already, so that a second click or a retry after a timeout does nothing twice."""

from __future__ import annotations

from django.db import models


class Submission(models.Model):
    """One form sent and acted on, and where its sender was led afterwards."""

    token = models.CharField(max_length=64, unique=True)
    person_id = models.BigIntegerField(null=True)  # the person is a later stage's table: kept as a number
    path = models.CharField(max_length=500)
    response_location = models.CharField(max_length=2000)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.path} at {self.at:%d/%m/%Y %H:%M}"

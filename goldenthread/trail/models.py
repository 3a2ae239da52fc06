"""The trail: who did, and saw, what, in which capacity, when and why. Rows are added and never changed.

Names are copied in, and ids are plain numbers: the trail outlives the rows that it speaks of.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import models

FIRST = "0" * 64  # what the first event follows from


class Event(models.Model):
    """One thing done or seen. `hash` covers the row and the hash before it, so that no row can be changed unseen."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    authority_id = models.BigIntegerField(null=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    capacity = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)
    thing = models.CharField(max_length=40)
    thing_id = models.BigIntegerField()
    was = models.JSONField(null=True)
    now = models.JSONField(null=True)
    because = models.TextField(blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["thing", "thing_id", "seq"], name="trail_by_thing"),
            models.Index(fields=["by_id", "seq"], name="trail_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.by_name} ({self.capacity}) {self.verb} {self.thing} {self.thing_id}"

    def content(self) -> dict[str, Any]:
        """What the hash covers, beside the hash before."""
        return {
            "seq": self.seq,
            "at": self.at.isoformat(timespec="microseconds"),
            "authority": self.authority_id,
            "by": self.by_id,
            "name": self.by_name,
            "as": self.capacity,
            "verb": self.verb,
            "thing": self.thing,
            "id": self.thing_id,
            "was": self.was,
            "now": self.now,
            "because": self.because,
        }

    def digest(self) -> str:
        """SHA-256 of 0x00, the hash before and the row as canonical JSON (as RFC 9162 marks a leaf)."""
        row = json.dumps(self.content(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(b"\x00" + self.previous.encode() + row.encode()).hexdigest()

"""Sign-offs: the "tasks completed" section, signed."""

from __future__ import annotations

from goldenthread.act.models import SignOff
from goldenthread.learn.feeds.model import Column, Table, known

TABLE = Table(
    "sign_offs",
    "Sign-offs",
    "One row for each signature under the tasks of a returned audit.",
    SignOff,
    (
        Column("sign_off_id", "id", "The sign-off.", ("pk",)),
        Column("return_id", "key", "The return it is of: a row of returns.", ("returned__code",)),
        Column("signed_at", "moment", "When it was signed.", ("signed_at",)),
        Column(
            "is_authenticated",
            "yes_no",
            "Whether the signer gave her password again for it.",
            ("authenticated",),
            make=known,
        ),
        Column("signed_as", "text", "The post it was signed in.", ("capacity",)),
        Column("meaning", "text", "What the signature says.", ("meaning",)),
        Column("sha256", "text", "The fingerprint of exactly what was signed.", ("sha256",)),
        Column("note", "text", "What the signer added.", ("note",), "sensitive"),
        Column("signed_by", "text", "Who signed.", ("signed_by__name",), "staff"),
    ),
    audit="returned__audit",
    day="signed_at",
    at=True,
)

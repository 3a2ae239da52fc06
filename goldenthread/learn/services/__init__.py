"""Learning: reports written and published, and what leaves the product."""

from goldenthread.learn.services.publishing import (
    content_of,
    digest_of,
    note_download,
    note_reading,
    prepared,
    publish_edition,
    report_of,
    subject_of,
)
from goldenthread.learn.services.writing import BLIND, LONGEST, draft_edition, save_words, seeing

__all__ = [
    "BLIND",
    "LONGEST",
    "content_of",
    "digest_of",
    "draft_edition",
    "note_download",
    "note_reading",
    "prepared",
    "publish_edition",
    "report_of",
    "save_words",
    "seeing",
    "subject_of",
]

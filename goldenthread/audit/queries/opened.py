"""What writing needs of a part that somebody has open, be it the auditors' (`OpenAudit`) or any other (`OpenPart`)."""

from __future__ import annotations

from typing import Protocol

from goldenthread.audit.models import Audit, Part
from goldenthread.method.framework import Framework
from goldenthread.method.template import Template


class Opened(Protocol):
    """A part as one person sees it: the rows, its questions, the rules, and whether she may write in it."""

    @property
    def audit(self) -> Audit: ...

    @property
    def part(self) -> Part: ...

    @property
    def template(self) -> Template: ...

    @property
    def framework(self) -> Framework: ...

    @property
    def may_write(self) -> bool: ...

    def begin(self, part: Part) -> str:
        """The state of the audit once she writes in this part, which is locked. Raises `Refused` where she may not."""
        ...

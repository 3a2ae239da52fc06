"""What the method says when it cannot go on: sentences for the person who asked, never a traceback."""

from __future__ import annotations


class Refused(Exception):
    """The thing asked for may not be done; each sentence says why, in words for the person who asked.

    >>> str(Refused("You cannot sign off your own work."))
    'You cannot sign off your own work.'
    """

    def __init__(self, *sentences: str) -> None:
        self.sentences: tuple[str, ...] = sentences
        super().__init__("\n".join(sentences))

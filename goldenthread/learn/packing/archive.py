"""The zip of a pack, written entry by entry; each file's size and SHA-256 go to the manifest as it is written.

Names in it are ours: numbers, never a reference and never anybody's name. The same content gives the same entries.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

LONG_AGO = (1980, 1, 1, 0, 0, 0)
AT_ONCE = 65_536
STORED = (".zip", ".pdf", ".parquet", ".xlsx")  # compressed already


class Hashed:
    """A file that knows its size and SHA-256."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._digest, self.size = file, hashlib.sha256(), 0

    def write(self, data: Any) -> int:
        self._file.write(data)
        self._digest.update(data)
        self.size += len(data)
        return len(data)

    def text(self, parts: Iterable[str]) -> None:
        for part in parts:
            self.write(part.encode())

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def flush(self) -> None:
        self._file.flush()

    def readable(self) -> bool:
        return False

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    closed = False  # what writes through it closes nothing: the entry does


class Archive:
    """A zip beside its place, moved there when it is whole; until then, and if it fails, nothing is there."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._fresh = place.with_name(f".{place.name}.part")

    def __enter__(self) -> Archive:
        self.place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self._fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file: BinaryIO = os.fdopen(handle, "wb")
        self._zip = ZipFile(self._file, "w", ZIP_DEFLATED)
        self._listed = tempfile.TemporaryFile("w+", encoding="utf-8")  # the manifest's lines, not held in memory
        self.files = 0
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._listed.close()
        try:
            self._zip.close()
            if kind is None:
                self._file.flush()
                os.fsync(self._file.fileno())
        finally:
            self._file.close()
        if kind is None:
            self._fresh.replace(self.place)
        else:
            self._fresh.unlink(missing_ok=True)

    @contextmanager
    def entry(self, name: str) -> Iterator[Hashed]:
        """One file of the pack, to be written a part at a time."""
        about = ZipInfo(name, LONG_AGO)
        about.external_attr, about.create_system = 0o644 << 16, 3
        about.compress_type = ZIP_STORED if name.endswith(STORED) else ZIP_DEFLATED
        with self._zip.open(about, "w", force_zip64=True) as opened:
            hashed = Hashed(opened)
            yield hashed
        line = {"name": name, "bytes": hashed.size, "sha256": hashed.sha256}
        self._listed.write(f"{',' if self.files else ''}\n{json.dumps(line)}")
        self.files += 1

    def add(self, name: str, content: str | bytes) -> None:
        with self.entry(name) as file:
            file.write(content.encode() if isinstance(content, str) else content)

    def finish(self, about: Mapping[str, Any]) -> None:
        """The manifest: about the pack, and every file but itself."""
        head = json.dumps(dict(about), ensure_ascii=False)[:-1]
        opened = self._zip.open(ZipInfo("manifest.json", LONG_AGO), "w")
        with opened:
            opened.write(f'{head}, "files": ['.encode())
            self._listed.seek(0)
            while part := self._listed.read(AT_ONCE):
                opened.write(part.encode())
            opened.write(b"\n]}\n")


def digest_of(path: Path) -> tuple[str, int]:
    """The SHA-256 of a file and its size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size

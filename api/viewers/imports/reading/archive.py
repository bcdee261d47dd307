"""The files of an export: one by itself, or those in a zip, read no further than they may be."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO
from zipfile import ZipFile, ZipInfo, is_zipfile

from api.platform.damaged_archives import DAMAGED_ARCHIVE
from api.platform.errors import UnusableImport
from api.platform.sizes import in_words

MOST_UNPACKED_BYTES = 512 * 1024 * 1024
MOST_FILE_BYTES = 64 * 1024 * 1024  # of one file: it is read whole
_MOST_FILES = 5000
_PIECE = 1024 * 1024
_ENCRYPTED = 0x1
_GZIP = b"\x1f\x8b"
# An upload is in memory or a file that was just written: what fails here is what was sent.
_DAMAGED: tuple[type[Exception], ...] = (*DAMAGED_ARCHIVE, OSError)
# What people send in place of text, by how it begins, and what it has to become.
_OF_PROGRAMS = (
    (b"%PDF", "a PDF", "save the table it was made of as CSV"),
    (b"Rar!", "a RAR archive", "unpack it, put the files into a zip"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it, put the files into a zip"),
    (b"SQLi", "a database of SQLite", "make an export with the program that keeps it"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "save it as CSV"),
)
_WORKBOOKS = {"xl/workbook.xml": "an Excel workbook", "content.xml": "a spreadsheet"}
_READ = {".csv", ".json", ".jsonl", ".ndjson", ".xml", ".tsv", ".txt", ".nfo"}
# Letterboxd keeps there what was deleted; the last is what a Mac adds to a zip.
_IGNORED = {"deleted", "orphaned", "__macosx"}


@dataclass(frozen=True, slots=True)
class File:
    """One file of an export."""

    path: str
    content: bytes


def open_export(stream: BinaryIO, name: str) -> Iterator[File]:
    """Every file worth reading; raises UnusableImport for what cannot be or must not be read."""
    stream.seek(0)
    start = stream.read(4)
    stream.seek(0)
    if not start:
        raise UnusableImport("The file is empty.")
    for beginning, what, instead in _OF_PROGRAMS:
        if start == beginning:
            raise UnusableImport(f"{name} is {what}; {instead} and send that.")
    if start.startswith(b"PK"):
        yield from _of_zip(stream, _Room(MOST_UNPACKED_BYTES))
    elif start.startswith(_GZIP):
        yield File(name.removesuffix(".gz"), _unpacked(stream))
    else:
        yield File(name, _bounded(stream.read(MOST_FILE_BYTES + 1), name))


@dataclass(slots=True)
class _Room:
    """How many bytes may still be unpacked, of a zip and of those within it together."""

    left: int


def _of_zip_within(path: str, content: bytes, room: _Room) -> Iterator[File]:
    """A zip that somebody packed once more; one within it is left alone."""
    for file in _of_zip(BytesIO(content), room, is_outer=False):
        yield File(f"{path}/{file.path}", file.content)


def _is_zip(path: str) -> bool:
    return path.casefold().endswith(".zip") and not path.casefold().startswith("__macosx/")


def _of_zip(stream: BinaryIO, room: _Room, *, is_outer: bool = True) -> Iterator[File]:
    if not is_zipfile(stream):
        raise UnusableImport("The zip is cut short or damaged; download it again.")
    try:
        with ZipFile(stream) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            for entry in entries:  # some tools for Windows write its separators
                entry.filename = entry.filename.replace("\\", "/")
            _refuse_unsafe(entries)
            for entry in entries:
                if is_outer and entry.filename in _WORKBOOKS:
                    what = _WORKBOOKS[entry.filename]
                    raise UnusableImport(f"It is {what}; save it as CSV and send that.")
            for entry in entries:
                if _is_read(entry.filename) or (is_outer and _is_zip(entry.filename)):
                    content = _entry(archive, entry, min(room.left, MOST_FILE_BYTES))
                    room.left -= len(content)
                    if _is_zip(entry.filename):
                        yield from _of_zip_within(entry.filename, content, room)
                    else:
                        yield File(entry.filename, content)
    except _DAMAGED as error:
        raise UnusableImport("The zip is cut short or damaged; download it again.") from error


def _refuse_unsafe(entries: list[ZipInfo]) -> None:
    if len(entries) > _MOST_FILES:
        raise UnusableImport(f"The zip has more than {_MOST_FILES} files.")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
        raise UnusableImport(_too_large())
    for entry in entries:
        path = PurePosixPath(entry.filename)
        if path.is_absolute() or ".." in path.parts or ":" in "".join(path.parts[:1]):
            raise UnusableImport("The zip has a path that leads out of it.")
        is_wanted = _is_read(entry.filename) or _is_zip(entry.filename)
        if entry.flag_bits & _ENCRYPTED and is_wanted:
            raise UnusableImport("The zip has a password; unpack it and send the files in it.")


def _is_read(path: str) -> bool:
    parts = PurePosixPath(path.casefold())
    return (
        parts.suffix in _READ
        and not parts.name.startswith(".")
        and _IGNORED.isdisjoint(parts.parts[:-1])
    )


def _entry(archive: ZipFile, entry: ZipInfo, most: int) -> bytes:
    """What a zip states of its sizes is not believed: it is counted as it is unpacked."""
    pieces, size = [], 0
    with archive.open(entry) as opened:
        while piece := opened.read(_PIECE):
            size += len(piece)
            if size > most:
                raise UnusableImport(_too_large())
            pieces.append(piece)
    return b"".join(pieces)


def _unpacked(stream: BinaryIO) -> bytes:
    try:
        with gzip.open(stream) as opened:
            return _bounded(opened.read(MOST_FILE_BYTES + 1), "it")
    except _DAMAGED as error:
        raise UnusableImport("The file is cut short or damaged; download it again.") from error


def _bounded(content: bytes, name: str) -> bytes:
    if len(content) > MOST_FILE_BYTES:
        raise UnusableImport(f"{name} unpacks to more than {in_words(MOST_FILE_BYTES)}.")
    return content


def _too_large() -> str:
    return f"The zip unpacks to more than {in_words(MOST_UNPACKED_BYTES)}."

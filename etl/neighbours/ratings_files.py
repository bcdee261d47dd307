"""The tables of a ratings set where they lie: in a folder, gzipped or not, or in a zip archive.

They are read as streams of bounded length. Nothing is unpacked to the disk, and no path that an
archive names is followed.
"""

import gzip
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from api.platform.damaged_archives import DAMAGED_ARCHIVE
from api.platform.errors import UnusableRatings

EXPECTED = (
    "A ratings set in MovieLens format is a folder or a zip archive with ratings.csv "
    "(userId, movieId, rating, timestamp) and links.csv (movieId, imdbId, tmdbId)."
)
_BLOCK_CHARACTERS = 2**22
_LONGEST_LINE = 2**16  # characters; far beyond any row of numbers
_DAMAGE: tuple[type[Exception], ...] = (*DAMAGED_ARCHIVE, gzip.BadGzipFile)


def line_blocks(path: Path, table: str, *, most_characters: int) -> Iterator[list[str]]:
    """The lines of one table in blocks of some megabytes, without their ends; the header first.

    A byte order mark and every kind of line end are taken off. Raises UnusableRatings, possibly
    after some blocks, when the table is missing, damaged or longer than `most_characters`.
    """
    try:
        with _opened(_holder_of(path), table) as stream:
            text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace")
            yield from _lines_of(text, f"{table} of {path.name}", most_characters)
    except _DAMAGE as error:
        raise UnusableRatings(
            f"{path.name} is damaged or cut off: {table} cannot be read to its end."
        ) from error
    except OSError as error:
        raise UnusableRatings(f"{path} cannot be read: {error.strerror or error}.") from error


def _lines_of(text: IO[str], name: str, most_characters: int) -> Iterator[list[str]]:
    rest, length = "", 0
    while block := text.read(_BLOCK_CHARACTERS):
        length += len(block)
        if length > most_characters:
            raise UnusableRatings(f"{name} is longer than {most_characters:,} characters.")
        *lines, rest = (rest + block).split("\n")
        if len(rest) > _LONGEST_LINE:
            raise UnusableRatings(f"{name} has a line of more than {_LONGEST_LINE:,} characters.")
        yield lines
    if rest:
        yield [rest]


def _holder_of(path: Path) -> Path:
    """The folder or archive that holds the tables; a folder may hold the archive instead."""
    if not path.exists():
        raise UnusableRatings(f"There is no {path}. {EXPECTED}")
    if not path.is_dir() or (path / "ratings.csv").exists() or (path / "ratings.csv.gz").exists():
        return path
    archives = sorted(one for one in path.iterdir() if one.suffix.lower() == ".zip")
    return archives[0] if len(archives) == 1 else path


@contextmanager
def _opened(holder: Path, table: str) -> Iterator[IO[bytes]]:
    if holder.is_dir():
        with _opened_in_folder(holder, table) as stream:
            yield stream
        return
    if not holder.is_file() or not _begins_like_a_zip(holder):
        raise UnusableRatings(f"{holder.name} is neither a folder nor a zip archive. {EXPECTED}")
    with zipfile.ZipFile(holder) as archive:
        try:
            stream = archive.open(_member(archive, table, holder))
        except (NotImplementedError, RuntimeError) as error:  # how it kept the member, a password
            raise UnusableRatings(f"{table} of {holder.name} cannot be opened: {error}.") from error
        with stream:
            yield stream


@contextmanager
def _opened_in_folder(folder: Path, table: str) -> Iterator[IO[bytes]]:
    plain, zipped = folder / table, folder / f"{table}.gz"
    if plain.is_file():
        with plain.open("rb") as stream:
            yield stream
    elif zipped.is_file():
        with gzip.open(zipped) as unzipped:
            yield io.BufferedReader(unzipped)
    else:
        raise UnusableRatings(f"{folder.name or folder} holds no {table}. {EXPECTED}")


def _begins_like_a_zip(path: Path) -> bool:
    # Of an archive that is cut off only the beginning is left to know it by.
    with path.open("rb") as file:
        return file.read(2) == b"PK"


def _member(archive: zipfile.ZipFile, table: str, holder: Path) -> zipfile.ZipInfo:
    found = [
        member
        for member in archive.infolist()
        if not member.is_dir() and PurePosixPath(member.filename).name == table
    ]
    if not found:
        raise UnusableRatings(f"{holder.name} holds no {table}. {EXPECTED}")
    if len(found) > 1:
        raise UnusableRatings(f"{holder.name} holds {len(found)} files named {table}.")
    return found[0]

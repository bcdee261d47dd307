"""A public ratings set, fetched from GroupLens: whole and as published, or not at all."""

import hashlib
import os
import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import mkstemp

from api.platform.counted import counted
from api.platform.damaged_archives import DAMAGED_ARCHIVE
from api.platform.errors import UnusableRatings, UpstreamUnavailable
from etl.http_source import HttpSource

LICENCE = """\
The {name} set ({about}) is MovieLens data of GroupLens, University of Minnesota.
Its licence, in short; the whole of it is at {url}/{name}-README.html:
- for research, and for no commercial or revenue-bearing purpose without their permission;
- neither state nor imply that they endorse what you do; name the set in what you publish about it;
- pass it on, changed or not, only under the same conditions;
- no warranty of any kind, and no liability for any damage.
"""
_TABLES = {"ratings.csv", "links.csv"}
_MOST_MEMBERS = 100
_DIGEST = re.compile(rb"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_LONGEST_DIGEST_FILE = 4096  # bytes
_BLOCK = 2**20


@dataclass(frozen=True, slots=True)
class PublicSet:
    """A set that GroupLens publishes, and bounds that it has to keep."""

    name: str
    about: str
    most_packed: int  # bytes
    most_unpacked: int  # bytes

    def licence(self, url: str) -> str:
        """The terms, in lines that a person can read before agreeing; ends with a line end."""
        return LICENCE.format(name=self.name, about=self.about, url=url)


PUBLIC_SETS = {
    one.name: one
    for one in (
        PublicSet("ml-latest-small", "100,000 ratings, 1 MB", 2**24, 2**27),
        PublicSet("ml-32m", "32 million ratings, 240 MB", 2**30, 2**33),
    )
}


def fetch(wanted: PublicSet, source: HttpSource, folder: Path) -> Path:
    """The archive in `folder`, in place of an older one.

    Raises UpstreamUnavailable where it cannot be had or is not what its digest says, and
    UnusableRatings where it is too large or no ratings set; nothing is left behind then.
    """
    digest = _published_digest(wanted, source)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{wanted.name}.zip"
    number, name = mkstemp(dir=folder, prefix=f".{wanted.name}.")
    part = Path(name)
    with os.fdopen(number, "w+b") as file:
        try:
            if not source.download(path.name, file, most_bytes=wanted.most_packed):
                raise UpstreamUnavailable(f"GroupLens has no {path.name} any more.")
            file.flush()
            _refuse_other_content(part, digest, path.name)
            _refuse_unfit_archive(part, wanted)
            os.fsync(file.fileno())
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return path


def _published_digest(wanted: PublicSet, source: HttpSource) -> str:
    """MD5, as GroupLens publishes it: against damage; TLS tells who sent it."""
    digests = BytesIO()
    name = f"{wanted.name}.zip.md5"
    is_there = source.download(name, digests, most_bytes=_LONGEST_DIGEST_FILE)
    found = _DIGEST.findall(digests.getvalue().lower()) if is_there else []
    if len(found) != 1:
        raise UpstreamUnavailable(f"GroupLens publishes no digest as {name}; nothing was fetched.")
    return str(found[0], "ascii")


def _refuse_other_content(part: Path, digest: str, name: str) -> None:
    found = hashlib.md5(usedforsecurity=False)
    with part.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    if found.hexdigest() != digest:
        raise UpstreamUnavailable(
            f"{name} came with another digest than GroupLens publishes, so it was thrown away; "
            "try again."
        )


def _refuse_unfit_archive(part: Path, wanted: PublicSet) -> None:
    """By what the archive says of itself; nothing is unpacked, and no more than that is read."""
    try:
        with zipfile.ZipFile(part) as archive:
            members = archive.infolist()
    except DAMAGED_ARCHIVE as error:
        raise UnusableRatings(f"{wanted.name}.zip is no zip archive.") from error
    unpacked = sum(member.file_size for member in members)
    if len(members) > _MOST_MEMBERS or unpacked > wanted.most_unpacked:
        raise UnusableRatings(
            f"{wanted.name}.zip holds {counted(len(members), 'file')} of "
            f"{counted(unpacked, 'byte')}: more than that set ever did."
        )
    if lacking := _TABLES - {PurePosixPath(member.filename).name for member in members}:
        raise UnusableRatings(f"{wanted.name}.zip holds no {min(lacking)}.")

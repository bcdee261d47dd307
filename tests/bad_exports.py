"""Files that cannot be an export, each with what its refusal says."""

import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

_NETFLIX = 'Title,Date\n"Heat","1/31/25"\n'
_DIARY = "Date,Name,Year,Letterboxd URI\n2025-01-01,Heat,1995,https://boxd.it/1\n"
_ENTRY = b"PK\x01\x02"  # of the directory at a zip's end


def bad_exports() -> dict[str, tuple[bytes, str]]:
    """By what is wrong with it: the bytes, and a part of the sentence."""
    packed = _zip({"a.csv": _NETFLIX * 50})
    columns = ",".join(f"c{number}" for number in range(300))
    return {
        "empty": (b"", "The file is empty."),
        "cut short": (packed[:-30], "cut short or damaged"),
        "a password": (_with_a_password(packed), "has a password"),
        "a bomb": (_stating_five_gigabytes(packed), "unpacks to more than 512 MB"),
        "a bomb within": (_zip({"a.zip": _stating_five_gigabytes(packed)}), "unpacks to more"),
        "a way out": (_zip({"../a.csv": _NETFLIX}), "leads out of it"),
        "a web page": (b"<!DOCTYPE html><html>Sign in</html>", "a web page saved as a file"),
        "two encodings": (
            b'Title,Date\n"Am\xc3\xa9lie","1/31/25"\n"Am\xe9lie","1/30/25"\n',
            "in two encodings",
        ),
        "an open quote": (b'Title,Date\n"Heat,1/31/25\n', "a quote that never closes"),
        "a long row": (b"Title,Date\n" + b"x" * 1_000_000 + b",1/31/25\n", "more than 128 KB"),
        "300 columns": (f"title,{columns}\n".encode(), "has 301 columns"),
        "two sources": (
            _zip({"diary.csv": _DIARY, "NetflixViewingHistory.csv": _NETFLIX}),
            "files of Letterboxd and of Netflix",
        ),
        "unknown": (b"alpha,beta\n1,2\n", "is of no source that is known here"),
        "no text": (b"Title,Date\n\0\0", "is not text"),
        "a picture in a zip": (_zip({"a.jpg": b"\xff\xd8"}), "no file that could be an export"),
    }


def _zip(files: dict[str, str | bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return packed.getvalue()


def _with_a_password(packed: bytes) -> bytes:
    changed, entry = bytearray(packed), packed.index(_ENTRY)
    changed[6:8] = changed[entry + 8 : entry + 10] = struct.pack("<H", 1)
    return bytes(changed)


def _stating_five_gigabytes(packed: bytes) -> bytes:
    """As near as a size of 32 bits comes."""
    changed, entry = bytearray(packed), packed.index(_ENTRY)
    changed[entry + 24 : entry + 28] = struct.pack("<I", 0xFFFFFFFE)
    return bytes(changed)

"""The text of a file: its encoding found from the bytes, and what is no text refused."""

import re
import unicodedata

from api.platform.errors import UnusableImport

_HTML = re.compile(r"\s*<(!doctype\s+html|html)\b", re.IGNORECASE)
_TELLING_BYTES = 8
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_FEWEST = 8  # bytes beyond ASCII that tell whether accents or letters of another script stand there


def decode(content: bytes, path: str) -> str:
    """The text, its lines ended by "\\n" alone; raises UnusableImport for what is none."""
    if encoding := _utf16(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            raise UnusableImport(f"{path} is not text.") from error
    else:
        text = _of_bytes(content, path)
    if "\0" in text:
        raise UnusableImport(f"{path} is not text.")
    if _HTML.match(text):
        raise UnusableImport(f"{path} is a web page saved as a file, not an export.")
    # A Mac may part letters from their accents, in names of columns too.
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")


def _utf16(content: bytes) -> str | None:
    """By its mark, else by the zeros that every second byte of a Latin beginning is."""
    if content.startswith(_UTF16):
        return "utf-16"
    start = content[:_TELLING_BYTES]
    first, second = start[::2], start[1::2]
    if len(start) < _TELLING_BYTES:
        return None
    if not any(second) and all(first):
        return "utf-16-le"
    return "utf-16-be" if not any(first) and all(second) else None


def _of_bytes(content: bytes, path: str) -> str:
    """UTF-8, else Windows-1252, which spreadsheets write; a mixture would read wrongly."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if any(_is_utf8_beyond_ascii(line) for line in content.split(b"\n")):
            raise UnusableImport(
                f"{path} is in two encodings, UTF-8 and Windows-1252; save it in one."
            ) from None
        if _is_of_another_script(content):
            raise UnusableImport(
                f"{path} is in an encoding that is not read here; save it as UTF-8 and send that."
            ) from None
        return content.decode("cp1252", errors="replace")


def _is_of_another_script(content: bytes) -> bool:
    """Whether it is no Windows-1252, where bytes beyond ASCII are accents and stand alone.

    Cyrillic, Greek, Hebrew, Japanese, Korean and Chinese have whole words of them, in encodings
    that look alike: as Windows-1252 every title would be garbled, and none found.
    """
    lengths = [len(found) for found in _BEYOND_ASCII.findall(content)]
    in_a_row = sum(length for length in lengths if length > 1)
    return sum(lengths) >= _FEWEST and 2 * in_a_row > sum(lengths)


def _is_utf8_beyond_ascii(line: bytes) -> bool:
    if line.isascii():
        return False
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True

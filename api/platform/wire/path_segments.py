"""Ids in paths: each is one segment of the path as it was written, decoded after it was matched.

Decoded before, `/users/dana%2Fconsent` would be the consent of dana, and a line break at the end
would be lost on the router's `$`. So every parameter of a path is `{name:segment}`; a test walks
the routes. A slash within an id is `%2F`.
"""

import re
from unicodedata import category
from urllib.parse import quote, unquote

from starlette.convertors import Convertor, register_url_convertor

from api.platform.errors import InvalidInput

_BROKEN_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})")


class Segment(Convertor[str]):
    """The text of one raw segment."""

    regex = "[^/]+"

    def convert(self, value: str) -> str:
        """The decoded text; raises InvalidInput for what no id can be."""
        try:
            text = unquote(value, errors="strict")
        except UnicodeDecodeError as error:
            raise InvalidInput("The path is not percent-encoded UTF-8.") from error
        if _BROKEN_ESCAPE.search(value):
            raise InvalidInput("The path is not percent-encoded: % needs two hexadecimal digits.")
        if has_control_characters(text):
            raise InvalidInput("An id in a path must not contain control characters.")
        return text

    def to_string(self, value: str) -> str:
        """The segment of a text."""
        return quote(value, safe="")


def has_control_characters(text: str) -> bool:
    """Whether any is one of C0, DEL or C1: invisible, and so two ids look like one."""
    return any(category(character) == "Cc" for character in text)


register_url_convertor("segment", Segment())

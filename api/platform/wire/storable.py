"""Viewers: what may be the id of a user or the name of a profile."""

from typing import Any, TypeGuard

from api.platform.wire.path_segments import has_control_characters

LONGEST_NAME = 200
# Segments of a path that clients and proxies take for steps, however they are written: "%2E%2E".
DOT_SEGMENTS = frozenset({".", ".."})
UNNAMED = "~"  # the profile without a name, where a name is needed


def is_user_id(value: Any) -> TypeGuard[str]:
    """Whether it is 1 to 200 characters of any script, none of them a control character, and no
    step in a path."""
    if not isinstance(value, str) or not 1 <= len(value) <= LONGEST_NAME:
        return False
    if value in DOT_SEGMENTS:
        return False
    return is_storable(value) and not has_control_characters(value)


def is_storable(text: str) -> bool:
    """Whether Postgres can keep the text: no NUL, no half of a surrogate pair."""
    if "\x00" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

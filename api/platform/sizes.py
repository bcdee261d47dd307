"""Sizes in sentences that people read."""

_UNITS = ((1 << 20, "MB"), (1 << 10, "KB"))


def in_words(size: int) -> str:
    """Whole megabytes or kilobytes of 1,024, rounded down; bytes below one kilobyte."""
    for unit, name in _UNITS:
        if size >= unit:
            return f"{size // unit} {name}"
    return f"{size} bytes"

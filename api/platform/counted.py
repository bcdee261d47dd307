"""Counts with their nouns, as sentences for people have them."""


def counted(number: int, one: str, several: str | None = None) -> str:
    """The number, with commas at the thousands, before the noun in the form that goes with it.

    >>> counted(1, "title"), counted(0, "title"), counted(1200, "entry", "entries")
    ('1 title', '0 titles', '1,200 entries')
    """
    return f"{number:,} {_form(number, one, several)}"


def counted_of(part: int, whole: int, one: str, several: str | None = None) -> str:
    """The part of what is somebody's own, as it stands behind "like".

    >>> counted_of(7, 8, "title"), counted_of(7, 7, "title"), counted_of(1, 1, "title")
    ('7 of your 8 titles', 'all 7 of your titles', 'your 1 title')
    """
    if part < whole:
        return f"{part:,} of your {counted(whole, one, several)}"
    noun = _form(whole, one, several)
    return f"all {whole:,} of your {noun}" if whole > 1 else f"your {whole} {noun}"


def _form(number: int, one: str, several: str | None) -> str:
    return one if number == 1 else several or f"{one}s"

"""Counts with their nouns, as sentences for people have them."""


def counted(number: int, one: str, several: str | None = None) -> str:
    """The number, with commas at the thousands, before the noun in the form that goes with it.

    >>> counted(1, "title"), counted(0, "title"), counted(1200, "entry", "entries")
    ('1 title', '0 titles', '1,200 entries')
    """
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"

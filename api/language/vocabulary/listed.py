"""Lists of phrases, written as prose is: separated by commas."""


def listed(phrases: str) -> tuple[str, ...]:
    """The phrases in their order, without the spaces around them.

    >>> listed("tv show, series")
    ('tv show', 'series')
    """
    return tuple(phrase.strip() for phrase in phrases.split(","))

"""What one word or phrase of the closed vocabulary means."""

from dataclasses import dataclass

from api.domain.items import MediaType
from api.language.vocabulary.listed import listed


@dataclass(frozen=True, slots=True)
class Sense:
    """Everything a phrase asks for at once: "anime" is animation, and Japanese.

    `is_weak` words are as often part of a story as a wish ("a crime in the family"): they count
    beside other words of the vocabulary, not among words of a plot.
    """

    genres: tuple[int, ...] = ()  # all of; the first is what a negation excludes
    media: MediaType | None = None
    languages: tuple[str, ...] = ()  # any of
    country: str | None = None
    label: str | None = None  # of the language or the country
    keyword: str | None = None  # what a negation refuses in place of the whole genre
    is_weak: bool = False


def spread(senses: dict[str, Sense], phrases: str, sense: Sense) -> None:
    """Enters comma-separated folded phrases under one sense."""
    senses |= dict.fromkeys(listed(phrases), sense)

"""What stands above a row: a sentence of its claim, whose every word the evidence has."""

from collections.abc import Mapping

from api.language.meanings import language_name
from api.recommend.lists.slate import ListRow

_SENTENCES: Mapping[str, str] = {
    "for_you": "For you",
    "co_liked": "Viewers who liked {title} also liked these",
    "similar_to_liked": "Because you liked {title}",
    "with_person": "More with {person}",
    "genre": "{genre}",
    "decade": "From the {decade}s",
    "language": "Original language: {language}",
    "series": "Series",
    "little_known": "Little known",
    "on_watchlist": "On your watchlist",
}


def titled(row: ListRow) -> str:
    """The title of a row."""
    facts = row.evidence
    if row.code == "language":
        facts = facts | {"language": language_name(facts["language"])}
    return _SENTENCES[row.code].format(**facts)

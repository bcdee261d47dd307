"""What stands above a row: a sentence of its claim, whose every word the evidence has."""

from collections.abc import Mapping

from api.domain.countries import COUNTRIES
from api.language.vocabulary.meanings import language_name
from api.recommend.constraints.constraint import listed
from api.recommend.lists.slate import ListRow

_SENTENCES: Mapping[str, str] = {
    "for_you": "For you",
    "co_liked": "Viewers who liked {title} also liked these",
    "similar_to_liked": "Because you liked {title}",
    "with_person": "More from {person}",
    "genre": "{genre}",
    "decade": "From the {decade}s",
    "language": "Original language: {language}",
    "series": "Series",
    "little_known": "Little known",
    "on_watchlist": "On your watchlist",
    "service": "On {service}",
    "region": "{name}",
    "country": "From {country}",
    "new": "New",
    "surprise": "Something different: no {without_genres}",
}


def titled(row: ListRow) -> str:
    """The title of a row."""
    facts = row.evidence
    match row.code:
        case "language":
            facts = facts | {"language": language_name(facts["language"])}
        case "country":
            facts = facts | {"country": COUNTRIES[facts["country"]].name}
        case "surprise":
            facts = {"without_genres": listed(facts["without_genres"], "or")}
    return _SENTENCES[row.code].format(**facts)

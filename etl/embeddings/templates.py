"""The text that stands for a title in an embedding space; one function per EMBED_TEMPLATE.

What is unknown is left out, so no text holds a placeholder; figures that move from day to day are
not part of any, so a title is embedded again only when its description changed.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from api.catalogue.embeddings.described_titles import DescribedTitle

TemplateName = Literal["basic", "structured", "natural", "emphasized", "story"]

_KINDS = {"movie": "film", "tv": "series"}
_VERBS = {"movie": "directed", "tv": "created"}


def basic(title: DescribedTitle) -> str:
    """Title, year and overview."""
    return _joined([f"{_named(title)}.", title.overview])


def structured(title: DescribedTitle) -> str:
    """A line per field."""
    fields = {
        "Title": _named(title),
        "Type": _KINDS[title.media_type],
        "Genres": ", ".join(title.genres),
        "Keywords": ", ".join(title.keywords),
        "Director" if title.media_type == "movie" else "Creator": ", ".join(title.makers),
        "Cast": ", ".join(title.actors),
        "Overview": title.overview,
    }
    return "\n".join(f"{name}: {value}" for name, value in fields.items() if value)


def natural(title: DescribedTitle) -> str:
    """Sentences, as a person would write them."""
    genres = _listed([genre.lower() for genre in title.genres])
    year = f" of {title.year}" if title.year else ""
    people = f", {_VERBS[title.media_type]} by {_listed(title.makers)}" if title.makers else ""
    cast = f", with {_listed(title.actors)}" if title.actors else ""
    what = " ".join(part for part in (genres, _KINDS[title.media_type]) if part)
    return _joined(
        [
            f"{title.title}: {what}{year}{people}{cast}.",
            title.overview,
            f"About {', '.join(title.keywords)}." if title.keywords else "",
        ]
    )


def emphasized(title: DescribedTitle) -> str:
    """Genres and keywords first and last, for a space that leans on theme."""
    genres = f"{', '.join(title.genres)}." if title.genres else ""
    keywords = f"{', '.join(title.keywords)}." if title.keywords else ""
    return _joined([genres, keywords, f"{_named(title)}.", title.overview, genres, keywords])


def story(title: DescribedTitle) -> str:
    """What happens and what it is about, without a name: the nearest to a plot as viewers put it.

    Names, genres and years draw titles together whose stories have nothing in common. A title of
    which nothing else is known has the text of `natural`.
    """
    about = f"About {', '.join(title.keywords)}." if title.keywords else ""
    return _joined([title.overview, about]) or natural(title)


TEMPLATES: Mapping[TemplateName, Callable[[DescribedTitle], str]] = {
    "basic": basic,
    "structured": structured,
    "natural": natural,
    "emphasized": emphasized,
    "story": story,
}


def hash_of(text: str) -> bytes:
    """16 bytes that show whether a text changed."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _named(title: DescribedTitle) -> str:
    return f"{title.title} ({title.year})" if title.year else title.title


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _joined(parts: Sequence[str]) -> str:
    return " ".join(part for part in parts if part)

"""Kinds of shows that TMDB has no genre for: what tells them.

It gives Horror, Thriller, Romance, History and Music to films alone, and whoever asks for "horror
series" would get any. They go by genres that such shows have, genres that they have not, and by a
story of the kind, as a mood does.
"""

from collections.abc import Mapping

from api.domain.genres import genre_id
from api.language.vocabulary.moods import Mood, mood_of

_NO_STORIES = "Reality, Talk, News"

OF_FILMS_ALONE: Mapping[int, Mood] = {
    genre: mood_of(name, f"{name}, {wanted}", unwanted, story)
    for name, wanted, unwanted, story in (
        (
            "Horror",
            "Mystery, Science Fiction, Fantasy",
            f"{_NO_STORIES}, Comedy, Family, Documentary, Soap",
            "A terrifying horror story of ghosts, monsters, killers and evil.",
        ),
        (
            "Thriller",
            "Crime, Mystery",
            f"{_NO_STORIES}, Comedy, Family, Animation, Science Fiction, Documentary, Soap",
            "A tense thriller of danger, conspiracy, secrets and pursuit.",
        ),
        (
            "Romance",
            "Drama, Soap",
            f"{_NO_STORIES}, Crime, War, Action, Mystery, Science Fiction, Documentary, Animation",
            "A romantic drama of two people who fall in love, of passion, heartbreak and marriage.",
        ),
        (
            "History",
            "War, Drama, Documentary",
            f"{_NO_STORIES}, Science Fiction, Fantasy, Animation, Comedy, Mystery",
            "A historical drama of kings, queens, battles and court intrigue in a past century.",
        ),
        (
            "Music",
            "Comedy, Drama, Documentary, Reality",
            "Crime, War, Action, Science Fiction, Mystery, News",
            "A story of musicians, singers and bands, of songs, concerts and fame.",
        ),
    )
    if (genre := genre_id(name)) is not None
}

# Keywords that say of films what shows are told by as above: few shows have keywords at all, and
# whoever asks for "period drama series" would get any drama.
OF_KEYWORDS: Mapping[str, int] = {
    keyword: genre
    for name, keywords in (
        (
            "History",
            "period drama, costume drama, period piece, historical drama, historical fiction",
        ),
    )
    if (genre := genre_id(name)) is not None
    for keyword in keywords.split(", ")
}

SITCOM = mood_of(
    "Sitcom",
    "Comedy",
    f"{_NO_STORIES}, Animation, Action, Crime, Mystery, Science Fiction, War, Documentary",
    "A funny comedy about friends, family and colleagues and their everyday life.",
)

"""What moods and occasions mean: the genres they go with and against, and a story of their kind.

"Cosy for a rainy Sunday" names no genre and no plot; its words in a title or a synopsis are chance.
The story is compared with titles in place of the words, so that what is near in tone is found.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from api.domain.genres import GENRES, genre_id


@dataclass(frozen=True, slots=True)
class Mood:
    """Genres of which a title of the mood has one, genres of which it has none, and its story.

    What is for viewers above the `oldest` age goes against it: no satire for adults is light.
    """

    label: str
    wanted: frozenset[int]
    unwanted: frozenset[int]
    story: str
    oldest: int | None = None

    @property
    def goes_by(self) -> str:
        """What titles are judged by, for who asks."""
        names = ", ".join(sorted(GENRES[genre] for genre in self.wanted))
        ages = "" if self.oldest is None else f", by certificates up to {self.oldest}"
        return f"Goes by genres ({names}){ages} and by stories of the kind."


def _genres(names: str) -> frozenset[int]:
    return frozenset(found for name in names.split(", ") if (found := genre_id(name)) is not None)


def mood_of(label: str, wanted: str, unwanted: str, story: str, oldest: int | None = None) -> Mood:
    """Of genres by their names, joined by commas."""
    return Mood(label, _genres(wanted), _genres(unwanted), story, oldest)


_HARSH = "Horror, War, Thriller, Crime"
_ABOUT_THE_DAY = "News, Talk"
_MILD = 16  # of certificates: R and TV-MA are from 17
_MOODS: tuple[tuple[str, str, str, str, str, int | None], ...] = (
    (
        "cosy",
        "Cosy",
        "Comedy, Family, Romance, Animation",
        f"{_HARSH}, {_ABOUT_THE_DAY}",
        "A warm and gentle story of friendship, family and kindness in a small town.",
        _MILD,
    ),
    (
        "light",
        "Light",
        "Comedy, Family, Animation",
        f"{_HARSH}, {_ABOUT_THE_DAY}, Drama",
        "A light-hearted, amusing and cheerful comedy about love and friends.",
        _MILD,
    ),
    (
        "feel good",
        "Feel-good",
        "Comedy, Family, Music",
        _HARSH,
        "A heartwarming, uplifting and inspiring story of friends and dreams with a happy end.",
        None,
    ),
    (
        "sad",
        "Sad",
        "Drama",
        "Horror, Action, Thriller, Mystery",
        "A heartbreaking, moving drama of love, illness, grief and loss.",
        None,
    ),
    (
        "dark",
        "Dark",
        "Thriller, Crime, Horror, Mystery",
        "Family, Comedy",
        "A bleak and disturbing story of evil, guilt and despair.",
        None,
    ),
    (
        "mind bending",
        "Mind-bending",
        "Science Fiction, Mystery, Thriller",
        "Family",
        "Reality, dreams, memory and time are not what they seem, and nothing can be trusted.",
        None,
    ),
    (
        "slow burn",
        "Slow burn",
        "Drama, Mystery, Thriller",
        "Action, Animation, Comedy",
        "A quiet, atmospheric story in which suspicion and tension slowly grow.",
        None,
    ),
    (
        "date night",
        "Date night",
        "Romance, Comedy",
        _HARSH,
        "A charming romantic comedy about two people who fall in love.",
        None,
    ),
    (
        "background",
        "Background",
        "Comedy, Animation, Reality, Family",
        _HARSH,
        "An easy, familiar and funny comedy about friends and their everyday life.",
        None,
    ),
    (
        "family night",
        "Family night",
        "Family, Animation, Adventure",
        _HARSH,
        "A fun adventure for the whole family with children, animals and magic.",
        _MILD,
    ),
    (
        "calm",
        "Calm",
        "Family, Documentary, Animation, Romance, Comedy, Music",
        f"{_HARSH}, {_ABOUT_THE_DAY}, Action, Science Fiction",
        "A calm, quiet and gentle story of nature, craft, friendship and everyday life.",
        _MILD,
    ),
    (
        "exciting",
        "Exciting",
        "Thriller, Action, Adventure, Mystery",
        f"{_ABOUT_THE_DAY}, Documentary",
        "A gripping story of danger, pursuit and suspense, with a twist at every turn.",
        None,
    ),
    (
        "love",
        "Love",
        "Romance",
        "Horror, War",
        "A story of two people who meet and fall in love.",
        None,
    ),
    (
        "clever",
        "Clever",
        "Mystery, Science Fiction, Crime, Thriller, Documentary",
        "Family, Reality",
        "An intelligent, original and surprising story that makes you think.",
        None,
    ),
)
# What "no violence" leaves out; no words ask for it.
VIOLENT = mood_of("Violent", "Action, War", "", "A violent story of fights, killings and war.")
MOODS: Mapping[str, Mood] = {
    name: mood_of(label, wanted, unwanted, story, oldest)
    for name, label, wanted, unwanted, story, oldest in _MOODS
}

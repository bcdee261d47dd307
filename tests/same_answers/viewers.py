"""Sixty viewers of invented tastes, the same for the same catalogue."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from tests.same_answers.service import MOMENT, Json
from tests.same_answers.titles import Title, Titles

_VIEWERS = 60
_SIZES = (0, 1, 3, 10, 40, 250)
_YEARS = 4  # back to the first evening
_LIVE = 3  # every third viewer tells their history while it is recorded

_STATEMENTS = (
    ("genre", "Comedy", "prefer"),
    ("genre", "Horror", "never"),
    ("genre", "Animation", "avoid"),
    ("genre", "Science Fiction", "prefer"),
    ("genre", "Romance", "avoid"),
    ("language", "en", "avoid"),
    ("language", "fr", "prefer"),
    ("language", "ko", "prefer"),
    ("decade", "1990s", "prefer"),
    ("decade", "1970s", "avoid"),
    ("decade", "2010s", "prefer"),
    ("media_type", "tv", "avoid"),
    ("media_type", "tv", "never"),
    ("maturity", "18", "never"),
)


@dataclass(frozen=True)
class Viewer:
    """What one of them says of themselves."""

    number: int
    profile: str | None
    events: Sequence[Json]  # of POST /user/history
    statements: Sequence[Json]  # of PUT /users/{user_id}/preferences
    shares_taste: bool | None  # None: never asked

    @property
    def user_id(self) -> str:
        """The user they are a profile of."""
        return f"same-{self.number:02}"

    @property
    def who(self) -> Json:
        """The parameters that name them."""
        named = {"user_id": self.user_id}
        return named | {"profile": self.profile} if self.profile else named

    @property
    def is_live(self) -> bool:
        """Whether their history is told while it is recorded, not before."""
        return self.number % _LIVE == 0


def viewers(titles: Titles) -> list[Viewer]:
    """Every size of history with every kind of taste."""
    return [_viewer(number, titles) for number in range(_VIEWERS)]


def _viewer(number: int, titles: Titles) -> Viewer:
    chance = random.Random(1000 + number)
    size = _SIZES[number % len(_SIZES)]
    # A round of sizes per way of choosing and telling.
    round_ = number // len(_SIZES)
    chosen = _chosen(size, round_, titles, chance)
    days = sorted(chance.uniform(0.1, _YEARS * 365) for _ in chosen)
    events = [_event(title, day, round_, chance) for title, day in zip(chosen, days, strict=True)]
    statements = chance.sample(_STATEMENTS, 3) if round_ in {4, 7, 9} else []
    by_subject = {statement[:2]: statement for statement in statements}
    return Viewer(
        number,
        profile="kitchen" if round_ == 8 else None,
        events=events,
        statements=[
            {"kind": kind, "value": value, "stance": stance}
            for kind, value, stance in by_subject.values()
        ],
        shares_taste={5: False, 6: True}.get(round_),
    )


def _chosen(size: int, round_: int, titles: Titles, chance: random.Random) -> list[Title]:
    if round_ == 3:
        known = titles.shows
    elif round_ in {0, 4, 6}:
        known = titles.famous
    elif round_ in {1, 7}:
        known = titles.all
    else:  # half of each
        known = [*titles.famous, *chance.sample(list(titles.all), len(titles.famous))]
    known = list(dict.fromkeys(known))
    if len(known) < size:
        known = list(dict.fromkeys([*known, *titles.all[: 2 * size]]))
    return chance.sample(known, size)


def _event(title: Title, days: float, round_: int, chance: random.Random) -> Json:
    event: Json = {
        "item": title.reference,
        "watched_at": (MOMENT - timedelta(days=days)).isoformat(),
    }
    kind = _kind(round_, chance)
    if kind == "rated":
        event["rating"] = chance.choice((2, 4, 5.5, 6, 7, 7.5, 8, 9, 10))
    return event | {"event_type": kind}


def _kind(round_: int, chance: random.Random) -> str:
    if round_ in {0, 3}:
        return "liked"
    if round_ == 1:
        return "watched"
    if round_ == 2:
        return "rated"
    mixed = ("liked", "liked", "watched", "rated", "rated", "disliked", "not_interested", "not_now")
    return chance.choice(mixed)

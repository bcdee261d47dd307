"""One row of somebody's export, whatever it came from: what it is about, and what it says of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from api.domain.items import MediaType
from api.platform.counted import counted

Kind = Literal["watched", "rated", "liked", "disliked", "watchlist", "owned"]
When = date | datetime  # a day, or a moment with its zone


_FEWEST_MINUTES = 5.0  # of a sitting: less is a look, not a viewing


@dataclass(frozen=True, slots=True)
class Ids:
    """What names a title elsewhere. Those of an episode are kept out: they name no title."""

    imdb: str | None = None
    tmdb: int | None = None  # of the row's media type; without one it could be of either
    tvdb: int | None = None  # likewise
    mal: int | None = None  # MyAnimeList's

    @property
    def elsewhere(self) -> tuple[tuple[str, str], ...]:
        """The ids that are kept beside a title's own: which source, and its id there."""
        found = (("tvdb", self.tvdb), ("mal", self.mal))
        return tuple((source, str(one)) for source, one in found if one is not None)

    def written(self) -> str:
        """The first of them, with its source where it is not TMDB's; "" for none."""
        elsewhere = next((f"{source}:{one}" for source, one in self.elsewhere), "")
        return str(self.tmdb or self.imdb or elsewhere)

    @classmethod
    def read(cls, written: str) -> "Ids":
        """What `written` wrote."""
        source, _, one = written.partition(":")
        if source == "tvdb" and one.isdecimal():
            return cls(tvdb=int(one))
        if source == "mal" and one.isdecimal():
            return cls(mal=int(one))
        return cls(tmdb=int(written)) if written.isdecimal() else cls(imdb=written or None)


NO_IDS = Ids()


@dataclass(frozen=True, slots=True)
class Name:
    """One way to read what a row calls its title."""

    title: str
    media_type: MediaType | None = None
    # Whether the row itself says that this is the title. A beginning that only might be a show's
    # name counts when other rows begin with it too.
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A row, with `skipped` saying why where it is not a viewing, an opinion or a wish."""

    number: int  # from 1, the header not counted; of the entry in JSON and XML
    file: str  # its path within the export
    kind: Kind = "watched"
    title: str = ""  # as written
    names: tuple[Name, ...] = ()  # the likeliest first
    media_type: MediaType | None = None
    year: int | None = None
    ids: Ids = NO_IDS
    watched_at: When | None = None
    logged_at: When | None = None  # when it was written down there, which is no viewing
    rating: float | None = None  # from 0 to 10, in halves
    scale: float | None = None  # the top of the scale that it came on
    season: int | None = None
    episode: str | None = None  # its number or name: what tells it from others of the show
    episodes: int | None = None  # how many were seen, of a row that is about the whole show
    runtime: int | None = None  # minutes
    people: tuple[str, ...] = ()  # who made it or plays in it, where the source tells
    reached: float | None = None  # minutes into it, where the source tells sittings
    is_owned: bool = False  # in a library that is listed, whatever else it says of the title
    account: str | None = None  # of several in one file
    skipped: str | None = None

    @property
    def says(self) -> str:
        """What it is about, in one line: its id where that is all that there is."""
        year = f" ({self.year})" if self.year else ""
        if self.episode and self.episode in self.title:
            return self.title
        season = f" season {self.season}" if self.season is not None else ""
        episode = f", {self.episode}" if self.episode else ""
        if self.episode and self.episode.isdecimal():
            episode = f" episode {self.episode}"
        elif self.episodes:
            episode = f", {counted(self.episodes, 'episode')}"
        return f"{self.title or self.ids.written()}{year}{season}{episode}".strip()

    @property
    def is_of_a_part(self) -> bool:
        """Whether it is about an episode or a season rather than a title."""
        return self.season is not None or self.episode is not None


def only_looked_at(minutes: float | None) -> str | None:
    """Why a sitting of so many minutes is no viewing; None where it is one, or nobody says."""
    if minutes is None or minutes >= _FEWEST_MINUTES:
        return None
    return f"no viewing: left after {counted(round(minutes), 'minute')}"

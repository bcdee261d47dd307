"""Which title of the catalogue a row means, how surely, and which others it could.

Ids come first, each with its type. Then names: a title of the same name and year is meant, or of
the year before or after where it is the only one, as festivals and countries date films apart. A
title that came out after it was watched is another one. What could be several is for the viewer to
choose: the most popular is never taken silently.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from api.domain.items import MediaType
from api.viewers.imports.matching.known_titles import KnownTitle, KnownTitles
from api.viewers.imports.matching.title_keys import exact_key
from api.viewers.imports.row import Name, Row

Status = Literal["matched", "uncertain", "unmatched", "skipped"]

_MOST_CANDIDATES = 5
_EARLY = timedelta(days=60)  # before the release that the catalogue knows: festivals, previews
_NEARLY_SEEN = 0.7  # of a film's minutes
_RUNTIME_SLACK = 3  # minutes
_FEWEST_VOTES = 20  # for a name without a year: a title that nobody knows is a namesake
_SHORTEST_ALONE = 6  # letters that a local name needs to tell a title by itself
_OVERSHADOWED = 50  # times the votes of every namesake
_CALLED = {"tvdb": "the TVDB", "mal": "MyAnimeList"}
_CERTAIN = 1.0
_NAME_AND_YEAR = 0.98
_NAME_AND_PEOPLE = 0.95
_NAMED_ALIKE = 0.9
_NEXT_YEAR = 0.9
_NAME_ALONE = 0.8
_BEST_KNOWN = 0.75
_UNSURE = 0.4


@dataclass(frozen=True, slots=True)
class Match:
    """What became of a row. `certainty` is from 0 to 1; candidates have the likeliest first."""

    status: Status
    item: KnownTitle | None = None
    certainty: float = 0.0
    candidates: tuple[KnownTitle, ...] = ()
    reason: str | None = None
    is_part: bool = False  # an episode or season of the title, not the title


def match(row: Row, known: KnownTitles) -> Match:
    """Never raises; a row that was passed over stays so."""
    if row.skipped is not None:
        return Match("skipped", reason=row.skipped)
    found = _by_id(row, known) or _by_names(row, known)
    return _left_early(row, found) or found


def _by_id(row: Row, known: KnownTitles) -> Match | None:
    by_imdb = known.by_imdb.get(row.ids.imdb or "")
    if by_imdb is not None:
        return _meant(by_imdb, _CERTAIN, "its id at IMDb", row)
    return _by_id_at_tmdb(row, known) or _by_id_elsewhere(row, known)


def _by_id_elsewhere(row: Row, known: KnownTitles) -> Match | None:
    """Ids of the TVDB and of MyAnimeList, which number films and shows apart."""
    either: tuple[MediaType, ...] = ("movie", "tv")
    for source, one in row.ids.elsewhere:
        types = (row.media_type,) if row.media_type else either
        titles = [known.by_id_elsewhere.get((source, one, media_type)) for media_type in types]
        found = [title for title in titles if title is not None]
        if len(found) == 1:
            return _meant(found[0], _CERTAIN, f"its id at {_CALLED[source]}", row)
    return None


def _by_id_at_tmdb(row: Row, known: KnownTitles) -> Match | None:
    if row.ids.tmdb is None:
        return None
    either: tuple[MediaType, ...] = ("movie", "tv")
    types = (row.media_type,) if row.media_type else either
    titles = [title for one in types if (title := known.by_tmdb.get((one, row.ids.tmdb)))]
    if row.media_type is None:  # the same number is a film's and a show's
        titles = [title for title in titles if _is_called(title, row)]
    if len(titles) == 1:
        return _meant(titles[0], _CERTAIN, "its id at TMDB", row)
    return None


def _is_called(title: KnownTitle, row: Row) -> bool:
    keys = {exact_key(name.title) for name in row.names}
    return not keys or exact_key(title.title) in keys


def _by_names(row: Row, known: KnownTitles) -> Match:
    candidates: list[KnownTitle] = []
    for name in row.names:
        wanted = name.media_type
        exact = _possible(known.named(name.title), wanted, row)
        found = _of_one_name(row, name, exact, known) or _of_alike(row, name, known)
        if found is not None and name.is_certain:
            return found
        if found is not None and found.item is not None:
            candidates.append(found.item)
        candidates += exact
        candidates += _possible(known.named_alike(name.title), wanted, row)
    if not candidates:
        # Should somebody choose a show, it is a part of it.
        return Match("unmatched", reason=_why_unknown(row, known), is_part=row.is_of_a_part)
    return _unsure(row, candidates)


def _why_unknown(row: Row, known: KnownTitles) -> str:
    """Catalogues know titles by their original and their English names, others by chance.

    Within limits the same is said of what there is not and of what is above them.
    """
    where = "that this profile may be shown" if known.limits.hide_titles else "of the catalogue"
    why = f"no title {where} is called that"
    letters = [one for name in row.names for one in name.title if one.isalpha()]
    latin = sum(unicodedata.name(one, "").startswith("LATIN") for one in letters)
    if latin * 2 < len(letters):
        return f"{why}; an export in English is understood better"
    return why


def _unsure(row: Row, candidates: Sequence[KnownTitle]) -> Match:
    ordered = sorted(
        dict.fromkeys(candidates), key=lambda title: (_years_off(title, row), -title.votes)
    )
    reason = "the name fits, the year does not"
    if row.year is None or any(_years_off(title, row) == 0 for title in ordered):
        reason = "more than one title could be meant" if len(ordered) > 1 else "the name alone fits"
    chosen = tuple(ordered[:_MOST_CANDIDATES])
    return Match("uncertain", None, _UNSURE, chosen, reason, is_part=row.is_of_a_part)


def _possible(
    titles: Sequence[KnownTitle], media_type: MediaType | None, row: Row
) -> list[KnownTitle]:
    """Those of the medium that were out when it was watched."""
    return [
        title
        for title in titles
        if (media_type is None or title.media_type == media_type) and _was_out(title, row)
    ]


def _was_out(title: KnownTitle, row: Row) -> bool:
    if row.watched_at is None or title.released is None:
        return True
    seen = row.watched_at
    day: date = seen.date() if isinstance(seen, datetime) else seen
    return title.released <= day + _EARLY


def _of_one_name(
    row: Row, name: Name, titles: Sequence[KnownTitle], known: KnownTitles
) -> Match | None:
    if row.year is None:
        return _by_people(row, name, titles, known) or _without_year(row, name, titles)
    of_year = [title for title in titles if title.year == row.year]
    if of_year:
        by_people = _by_people(row, name, of_year, known)
        return by_people or _one_of(row, name, of_year, _NAME_AND_YEAR, "its name and year")
    near = [title for title in titles if _years_off(title, row) == 1]
    if len(near) == 1:
        return _meant(near[0], _NEXT_YEAR, "its name, a year apart", row, name)
    return _by_people(row, name, near, known)


def _by_people(
    row: Row, name: Name, titles: Sequence[KnownTitle], known: KnownTitles
) -> Match | None:
    """Of namesakes, the one with somebody whom the row names."""
    if not row.people or len(titles) < 2:
        return None
    named = {exact_key(person) for person in row.people}
    of_them = [title for title in titles if known.people.get(title.id, set()) & named]
    if len(of_them) != 1:
        return None
    return _meant(of_them[0], _NAME_AND_PEOPLE, "its name and people", row, name)


def _of_alike(row: Row, name: Name, known: KnownTitles) -> Match | None:
    """A name that is put another way needs the very year."""
    if row.year is None:
        return None
    alike = _possible(known.named_alike(name.title), name.media_type, row)
    of_year = [title for title in alike if title.year == row.year]
    if len(of_year) == 1:
        return _meant(of_year[0], _NAMED_ALIKE, "its name, put another way, and year", row, name)
    return None


def _without_year(row: Row, name: Name, titles: Sequence[KnownTitle]) -> Match | None:
    if not titles:
        return None
    if len(titles) > 1:
        return _one_of(row, name, titles, _NAME_ALONE, "its name")
    (title,) = titles
    is_main = exact_key(title.title) == exact_key(name.title)
    tells = is_main or len(exact_key(name.title)) >= _SHORTEST_ALONE
    if title.votes >= _FEWEST_VOTES and tells:
        return _meant(title, _NAME_ALONE, "its name, which no other has", row, name)
    return None


def _one_of(
    row: Row, name: Name, titles: Sequence[KnownTitle], certainty: float, by: str
) -> Match | None:
    """Of several, the one of the runtime told, or beside which nobody knows the others."""
    if len(titles) == 1:
        return _meant(titles[0], certainty, by, row, name)
    if row.runtime:
        near = [title for title in titles if _is_as_long(title, row.runtime)]
        if len(near) == 1:
            return _meant(near[0], certainty, f"{by} and runtime", row, name)
    best, second = sorted(titles, key=lambda title: -title.votes)[:2]
    if best.votes >= _OVERSHADOWED * max(second.votes, 1):
        found = _meant(best, _BEST_KNOWN, f"{by}, which others have that few know", row, name)
        return Match(
            *(found.status, found.item, found.certainty),
            tuple(titles[:_MOST_CANDIDATES]),
            found.reason,
            is_part=found.is_part,
        )
    return None


def _is_as_long(title: KnownTitle, minutes: int) -> bool:
    return title.runtime is not None and abs(title.runtime - minutes) <= _RUNTIME_SLACK


def _years_off(title: KnownTitle, row: Row) -> int:
    if row.year is None or title.year is None:
        return 2
    return abs(title.year - row.year)


def _meant(
    title: KnownTitle, certainty: float, by: str, row: Row, name: Name | None = None
) -> Match:
    # A whole that turns out to be a film's title is not an episode of it.
    is_part = row.is_of_a_part and title.media_type == "tv"
    if name is not None and name.title == row.title and row.season is None:
        is_part = is_part and name.media_type == "tv"
    return Match("matched", title, certainty, reason=f"by {by}", is_part=is_part)


def _left_early(row: Row, found: Match) -> Match | None:
    film = found.item
    reason = left_early(row.reached, film.media_type, film.runtime) if film else None
    return Match("skipped", film, found.certainty, reason=reason) if reason else None


def left_early(reached: float | None, media_type: MediaType, runtime: int | None) -> str | None:
    """Why a sitting that ended long before the film did is no viewing; None where it is one."""
    if media_type != "movie" or reached is None or not runtime or reached >= runtime * _NEARLY_SEEN:
        return None
    return f"no viewing: left after {reached:.0f} of {runtime} minutes"

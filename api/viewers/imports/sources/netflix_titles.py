"""What Netflix means by "Show: Season 1: Episode", in the languages of its accounts.

Colons stand in shows, seasons, episodes and films alike. So the whole is tried as a title first,
then what stands before the word for a season; a beginning before any other colon only might be a
show, and counts when more rows begin with it. So is the show of "Show: : ", an episode that was
withdrawn: it is offered, and taken where other rows name it.
"""

import re
from dataclasses import dataclass

from api.domain.folding import fold
from api.viewers.imports.row import Name

_COLON = re.compile(r"\s*(?::(?:\s+|$)|：\s*)")
_SPACES = re.compile(r"\s+")
_WORDS = """
    season temporada saison staffel stagione kausi sezon sezona seizoen säsong sæson sesong évad
    řada serie series série serija сезон עונה الموسم musim mùa part parte partie teil osa del deel
    część cast book libro livre buch kirja boek volume volumen vol band svazek chapter capítulo
    chapitre kapitel luku nivel collection colección sezonul sezóna κύκλος ฤดูกาล ซีซัน tomo tome
"""
# What is called so is a season, with an episode behind it or not; "Part 2" could be a film.
_SEASONS = """
    season temporada saison staffel stagione kausi sezon sezona seizoen säsong sæson sesong évad
    řada sezonul сезон עונה musim mùa
"""
_NUMBER = r"(?:\d+|[ivx]+|one|two|three|four|five|six|seven|eight|nine|ten)"
_WORD = "|".join(sorted((fold(word) for word in _WORDS.split()), key=len, reverse=True))
_SEASON = re.compile(
    rf"(?:{_WORD})\s*({_NUMBER})(?:\s+(?:{_WORD})\s*{_NUMBER})?|(\d+)\s*(?:{_WORD})"
)
_NOTE = re.compile(r"\s*\([^()]*\)$")  # "Season 1 (English Dub)"
_SEASON_WORD = "|".join(sorted(map(fold, _SEASONS.split()), key=len, reverse=True))
_ONLY_SEASON = re.compile(rf"(?:{_SEASON_WORD})\s*(\d+)|(\d+)\s*(?:{_SEASON_WORD})")
# As written: folding takes the marks of kana away.
_EAST_ASIAN = re.compile(
    r"第\s*(\d+)\s*(?:シリーズ|シーズン|期|季|部)|(?:シーズン|パート|シリーズ|시즌|파트)\s*(\d+)"
)
# A series of one season.
_LIMITED = re.compile(
    r"limited series|mini ?series?|mini ?serie|minisarja|serie limitada|limitierte serie|"
    r"serie limitee|minisserie|miniserial|serial limitowany|mini dizi|minisorozat|mini serija|"
    r"мини сериал|ограниченныи сериал|міні серіал|迷你剧|迷你劇|限定剧|限定劇"
)
_EPISODE_WORD = re.compile(
    r"(?:episode|episodio|epizoda|epizod|jakso|folge|afsnit|avsnitt|aflevering|odcinek|bolum)\s*\d+"
)


@dataclass(frozen=True, slots=True)
class ReadTitle:
    """What a title may mean. No names: it was withdrawn and nothing of it is left."""

    names: tuple[Name, ...]
    season: int | None = None
    episode: str | None = None


def read_title(written: str) -> ReadTitle:
    """Never fails: what has no colon is a title."""
    title = _SPACES.sub(" ", written).strip()
    parts = _COLON.split(title)
    if not fold(parts[0]):
        return ReadTitle(())
    if len(parts) > 1 and not any(map(fold, parts[1:])):
        return ReadTitle((Name(parts[0], "tv", is_certain=False),), None, "")
    season = _season_place(parts)
    if season is not None:
        show = ": ".join(parts[:season])
        found = _named_season(parts[season])
        numbers = [int(one) for one in (found.groups() if found else ()) if one and one.isdigit()]
        episode = ": ".join(parts[season + 1 :])
        return ReadTitle((Name(show, "tv"),), numbers[0] if numbers else None, episode)
    if len(parts) > 1 and _EPISODE_WORD.fullmatch(fold(parts[-1])):
        return ReadTitle((Name(": ".join(parts[:-1]), "tv"),), None, parts[-1])
    whole = Name(title)
    if len(parts) == 1:
        return ReadTitle((whole,))
    beginnings = tuple(
        Name(": ".join(parts[:end]), "tv", is_certain=False) for end in range(len(parts) - 1, 0, -1)
    )
    return ReadTitle((whole, *beginnings), None, parts[-1])


def _season_place(parts: list[str]) -> int | None:
    """Which part names the season: one with an episode behind it, or it would be a film's."""
    show = fold(parts[0])
    for place in range(1, len(parts) - 1):
        part = fold(parts[place])
        is_show_and_number = part.startswith(f"{show} ") and part[len(show) :].strip().isdigit()
        is_show = part == show or is_show_and_number
        if _named_season(parts[place]) or _LIMITED.fullmatch(part) or is_show:
            return place
    last = len(parts) - 1
    return last if last and _ONLY_SEASON.fullmatch(fold(parts[last])) else None


def _named_season(part: str) -> re.Match[str] | None:
    part = _NOTE.sub("", part)
    return _SEASON.fullmatch(fold(part)) or _EAST_ASIAN.fullmatch(part)

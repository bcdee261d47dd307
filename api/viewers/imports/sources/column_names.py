"""What the columns of a table of one's own mean, by what their headings say.

A heading may say whose it is ("Meine Note", "la mia valutazione") and on which scale ratings are
("Rating /5", "Score (1-10)"): that is read and taken off, and what is left is the column's name. A
column of somebody's own goes before one that does not say whose it is.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.viewers.imports.reading.table import UNNAMED

# By what they are called, in the languages that people keep lists in; the first that is there.
_NAMES: dict[str, tuple[str, ...]] = {
    "title": (
        *("title", "name", "movie", "film", "show", "movie title", "film title", "titel"),
        *("título", "titulo", "titre", "titolo", "название", "שם", "タイトル", "primary title"),
        *("filmtitel", "nom", "nom du film", "titre du film", "nombre", "película", "filme"),
        *("tytuł", "název", "cím", "titlu", "naslov", "otsikko", "nimi", "elokuva", "film adı"),
        *("фильм", "作品名", "제목", "标题", "片名", "serie", "série", "series"),
    ),
    "other": ("original title", "originaltitel", "título original", "titre original"),
    "year": (
        *("year", "release year", "jahr", "año", "année", "anno", "ano", "год", "released"),
        *("erscheinungsjahr", "année de sortie", "jaar", "år", "rok", "vuosi", "év", "yıl", "an"),
        *("年", "연도", "年份"),
    ),
    "type": ("type", "media type", "kind", "typ", "tipo"),
    "imdb": ("imdb", "imdb id", "imdbid", "const", "tconst", "imdb url", "imdb link", "imdb page"),
    "tmdb": ("tmdb", "tmdb id", "tmdbid", "themoviedb id", "tmdb url", "tmdb link"),
    "tvdb": ("tvdb", "tvdb id", "tvdbid", "thetvdb id"),
    "mal": ("mal", "mal id", "myanimelist id"),
    "people": (
        *("director", "directors", "directed by", "regie", "regisseur", "réalisateur"),
        *("réalisation", "director(es)", "dirección", "regia", "regista", "direção", "режиссёр"),
    ),
    "watched": (
        *("watched", "watched date", "date watched", "watcheddate", "watched at", "watched on"),
        *("date seen", "watch date", "viewed", "viewed on", "viewing date"),
        *("date", "seen", "seen on", "gesehen", "gesehen am", "datum", "fecha", "visto", "vu le"),
        *("date de visionnage", "vu", "fecha de visionado", "visto el", "visto il", "data"),
        *("data di visione", "assistido em", "bekeken", "bekeken op", "gezien", "gezien op"),
        *("sedd", "sett", "data obejrzenia", "katsottu", "dátum", "tarih", "дата"),
        *("дата просмотра", "視聴日", "日付", "시청일", "观看日期"),
    ),
    "rating": (
        *("rating", "score", "stars", "bewertung", "note", "nota"),
        *("user rating", "points"),
        *(
            "grade",
            "punteggio",
            "valutazione",
            "classificação",
            "puntaje",
            "zensur",
            "puntuación",
            "оценка",
            "sterne",
            "wertung",
        ),
        *("punkte", "évaluation", "calificación", "valoración"),
        *("voto", "avaliação", "cijfer", "beoordeling", "betyg", "ocena", "arvosana"),
        *("hodnocení", "értékelés", "puan", "評価", "평점", "评分"),
    ),
    "season": ("season", "season number", "staffel", "saison", "temporada", "stagione", "seizoen"),
    "episode": ("episode", "episode number", "folge", "épisode", "episodio", "aflevering"),
    "state": ("status", "state", "stand", "estado", "statut", "stato", "watch status", "shelf"),
    "wish": ("watchlist", "on watchlist", "to watch", "merkliste", "à voir", "por ver"),
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Whose it is, before the name; some stand behind it too: "nota mia", "note perso".
_POSSESSIVES = _words(
    """
    my our your mein meine meinen unser unsere dein deine ihr ihre euer eure mon ma mes
    notre nos ton ta tes votre vos mi mis tu tus su sus nuestra nuestro mio mia miei mie
    tuo tua suo sua nostro nostra meu minha meus minhas teu seu nosso nossa
    """
)
_PERSONAL = _words(
    """
    own personal eigene eigener eigenes personliche personlicher persoenliche personnel
    personnelle perso propia propio personale propria proprio pessoal mine mia mio
    """
)
_ARTICLES = _words(
    """
    the der die das le la les l el los las il lo i gli o a os as
    """
)
_RANGE = (
    r"(?:\b(?:from|between|von|zwischen|de|entre|da|tra)\s+)?"
    r"\d{1,3}\s*(?:-|–|—|\.{2,3}|to|bis|a|al|ate|and|und|et|y|e)\s*(?P<to>\d{1,3})(?!\d)"
)
_OUT_OF = r"(?:\b(?:out of|of|von|auf|sur|sobre|su|de|em|max\.?)|/)\s*(?P<of>\d{1,3})(?!\d)"
_COUNTED = (
    r"(?<!\d)(?P<count>\d{1,3})[\s-]*(?:stars?|sternen?|etoiles?|estrellas?|stelle|estrelas?"
    r"|points?|punkten?|puntos|punti|pontos)"
)
_BRACKETED = r"[(\[]\s*(?P<alone>\d{1,3})\s*[)\]]"
_PERCENT = (
    r"(?:\b(?:in|en|em)\s+)?"
    r"(?P<percent>%|\b(?:per ?cent|prozent|pour ?cent|por ?ciento|per ?cento|por ?cento)\b)"
)
_GLUED = r"(?<=[a-z])(?P<glued>5|10|100)$"  # rating10
_SCALE = re.compile("|".join((_RANGE, _OUT_OF, _COUNTED, _BRACKETED, _PERCENT, _GLUED)))
_LEAST_TOP, _LARGEST_TOP = 3, 100  # "Rating (2)" is a spreadsheet's second column of that name
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]?")
_BETWEEN = re.compile(r"[\s:;*#.'’\"!?-]+")
_PERCENTS = 100.0
_LONGEST = 200  # letters of a heading that are looked at: a cell may have 128 KiB


@dataclass(frozen=True, slots=True)
class Meanings:
    """Which column says what, which say nothing that is read, and the top of the scale that the
    heading of the ratings states."""

    columns: dict[str, str]  # the column for each meaning that one was found for
    left: tuple[str, ...]  # those with a name that mean nothing here
    stated_scale: float | None


@dataclass(frozen=True, slots=True)
class _Heading:
    column: str
    name: str
    is_own: bool
    scale: float | None

    @classmethod
    def of(cls, column: str) -> "_Heading":
        plain = _without_marks(column)
        if (named := _named(plain)).name in _MEANING_OF:
            return cls(column, named.name, named.is_own, stated_scale(column))
        # What states a scale is a rating, if anything: "Part 1 to 5" is no part.
        rated = _named(_SCALE.sub(_stated_or_kept, plain))
        is_rating = _MEANING_OF.get(rated.name) == "rating"
        kept = rated if is_rating else named
        return cls(column, kept.name, kept.is_own, stated_scale(column) if is_rating else None)


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    is_own: bool


def meanings(columns: Sequence[str]) -> Meanings:
    """What the columns of a table mean, by their folded names; the first that fits best."""
    headings = [_Heading.of(column) for column in columns]
    found: dict[str, _Heading] = {}
    for meaning in _NAMES:
        of_it = [one for one in headings if _MEANING_OF.get(one.name) == meaning]
        if of_it:
            found[meaning] = min(of_it, key=lambda one: (not one.is_own, _ORDER[one.name]))
    taken = {meaning: one.column for meaning, one in found.items()}
    left = tuple(
        one for one in columns if one not in taken.values() and not one.startswith(UNNAMED)
    )
    return Meanings(taken, left, found["rating"].scale if "rating" in found else None)


def stated_scale(heading: str) -> float | None:
    """The top of the scale that a heading states: 5 of "Rating /5"; None where it states none."""
    return next(_tops(_without_marks(heading)), None)


def _tops(plain: str) -> Iterator[float]:
    for found in _SCALE.finditer(plain):
        if (top := _top(found)) is not None:
            yield top


def _top(found: re.Match[str]) -> float | None:
    if found["percent"]:
        return _PERCENTS
    top = int(next(one for name, one in found.groupdict().items() if one and name != "percent"))
    return float(top) if _LEAST_TOP <= top <= _LARGEST_TOP else None


def _stated_or_kept(found: re.Match[str]) -> str:
    return found[0] if _top(found) is None else " "


def _named(plain: str) -> _Named:
    """The name without brackets, articles and whose it is."""
    words = [word for word in _BETWEEN.split(_BRACKETS.sub(" ", plain)) if word not in ("", "/")]
    is_own = False
    while len(words) > 1 and words[0] in _POSSESSIVES | _PERSONAL | _ARTICLES:
        is_own = is_own or words[0] not in _ARTICLES
        words = words[1:]
    while len(words) > 1 and words[-1] in _PERSONAL:
        is_own, words = True, words[:-1]
    return _Named(" ".join(words), is_own)


def _without_marks(column: str) -> str:
    """Without accents, which not every keyboard has."""
    letters = unicodedata.normalize("NFD", column[:_LONGEST])
    return "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")


_NAMED = [
    (_named(_without_marks(name)).name, meaning)
    for meaning, names in _NAMES.items()
    for name in names
]
_MEANING_OF = dict(reversed(_NAMED))
_ORDER = {name: place for place, (name, _) in reversed(list(enumerate(_NAMED)))}

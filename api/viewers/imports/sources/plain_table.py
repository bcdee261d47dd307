"""A table of one's own: which column says what is guessed from their names, and shown."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from api.viewers.imports.reading.document import Document
from api.viewers.imports.reading.ratings import number_of
from api.viewers.imports.reading.table import Record, Table
from api.viewers.imports.row import Row
from api.viewers.imports.sources.records import GIVEN_UP, Columns, read_records
from api.viewers.imports.sources.source import Source

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
        *("date", "seen", "seen on", "gesehen", "gesehen am", "datum", "fecha", "visto", "vu le"),
        *("date de visionnage", "vu", "fecha de visionado", "visto el", "visto il", "data"),
        *("data di visione", "assistido em", "bekeken", "bekeken op", "gezien", "gezien op"),
        *("sedd", "sett", "data obejrzenia", "katsottu", "dátum", "tarih", "дата"),
        *("дата просмотра", "視聴日", "日付", "시청일", "观看日期"),
    ),
    "rating": (
        *("rating", "my rating", "your rating", "score", "stars", "bewertung", "note", "nota"),
        *("my score", "user rating", "rating10", "deine bewertung", "ihre bewertung", "my stars"),
        *("grade", "punteggio", "puntuación", "оценка", "sterne", "wertung"),
        *("punkte", "meine bewertung", "ma note", "évaluation", "calificación", "valoración"),
        *("voto", "avaliação", "cijfer", "beoordeling", "betyg", "ocena", "arvosana"),
        *("hodnocení", "értékelés", "puan", "評価", "평점", "评分"),
    ),
    "season": ("season", "season number", "staffel", "saison", "temporada", "stagione", "seizoen"),
    "episode": ("episode", "episode number", "folge", "épisode", "episodio", "aflevering"),
    "state": ("status", "state", "stand", "estado", "statut", "stato", "watch status", "shelf"),
    "wish": ("watchlist", "on watchlist", "to watch", "merkliste", "à voir", "por ver"),
}
_SCALES = (5.0, 10.0, 100.0)
_BRACKET = re.compile(r"\s*\(.*\)\s*$")  # "rating (out of 10)"
_OUT_OF = re.compile(r"(?:out of|von|sur|de|/)\s*(\d+)\)|rating(10)$")
_WANTED = """
    plan to watch, planned, planning, want to watch, to watch, watchlist, wishlist, wish, unwatched,
    not watched, not seen, unseen, backlog, queue, queued, geplant, merkliste, à voir, por ver,
    da vedere, plantowatch
"""
_STATES: dict[str, str] = {
    **{word.strip(): "watchlist" for word in _WANTED.split(",")},
    **dict.fromkeys(("dropped", "abandoned", "abgebrochen"), GIVEN_UP),
}
_YES = {"yes", "true", "1", "x", "ja", "sí", "oui", "sì", "sim", "tak", "да"}


def guess(table: Table) -> dict[str, str]:
    """The column for each meaning that one was found for."""
    found = {}
    columns = {_plain(column): column for column in reversed(table.columns)}
    for meaning, names in _NAMES.items():
        name = next((name for name in map(_plain, names) if name in columns), None)
        if name is not None:
            found[meaning] = columns[name]
    return found


def _plain(column: str) -> str:
    """Without what stands in brackets, and without accents, which not every keyboard has."""
    letters = unicodedata.normalize("NFD", _BRACKET.sub("", column))
    return "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")


def _knows(document: Document) -> bool:
    if document.table is None:
        return False
    guessed = guess(document.table)
    if "imdb" in guessed or "tmdb" in guessed:
        return True
    return "title" in guessed and (len(guessed) > 1 or len(document.table.columns) == 1)


def _read(documents: Sequence[Document]) -> Iterator[Row]:
    for document in documents:
        table = document.table
        assert table is not None  # noqa: S101 - `_knows` asked for it
        yield from read_records(table, _columns(table, guess(table)))


def _columns(table: Table, guessed: dict[str, str]) -> Columns:
    def kind(record: Record) -> str:
        wished = record.get(guessed.get("wish", "\0"), "").casefold() in _YES
        state = record.get(guessed.get("state", "\0"), "").casefold().replace("_", " ")
        return "watchlist" if wished else _STATES.get(state, "watched")

    return Columns(
        title=guessed.get("title", ""),
        other_title=guessed.get("other", ""),
        year=guessed.get("year", ""),
        media_type=guessed.get("type", ""),
        imdb=guessed.get("imdb", ""),
        tmdb=guessed.get("tmdb", ""),
        tvdb=guessed.get("tvdb", ""),
        mal=guessed.get("mal", ""),
        people=guessed.get("people", ""),
        watched=guessed.get("watched", ""),
        rating=guessed.get("rating", ""),
        season=guessed.get("season", ""),
        episode=guessed.get("episode", ""),
        scale=_scale(table, guessed.get("rating")),
        year_in_title="year" not in guessed,
        zone_is_utc=False,
        kind=kind,
    )


def _scale(table: Table, column: str | None) -> float:
    """What the column says, else the smallest usual scale that holds every rating of the file.

    A row with more cells than the header has its rating elsewhere, and tells nothing.
    """
    if stated := _OUT_OF.search(column or ""):
        return float(stated[1] or stated[2])
    whole = (record for _, record in table if "" not in record)
    written = (number_of(record.get(column or "", "")) for record in whole if column)
    highest = max((one for one in written if one is not None), default=0.0)
    return next((top for top in _SCALES if highest <= top), _SCALES[-1])


PLAIN = Source("csv", "a table of your own", _knows, _read)

"""The other sources: what each says, and which of its rows say nothing."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from api.viewers.imports.row import Ids, Kind, Row
from tests.unit.viewers.imports.exports import export_of, rows_of, zip_of

_FILM = {"title": "Heat", "year": 1995, "ids": {"trakt": 1, "imdb": "tt0113277", "tmdb": 949}}
_SHOW = {"title": "Lost", "year": 2004, "ids": {"trakt": 2, "imdb": "tt0411008", "tmdb": 4607}}
_EPISODE = {"season": 1, "number": 2, "title": "Pilot", "ids": {"tmdb": 333924, "imdb": None}}
_WATCHED = "2024-03-01T20:00:00.000Z"


def _json(value: Any) -> str:
    return json.dumps(value)


def test_the_history_of_trakt_names_shows_by_their_own_ids() -> None:
    history = [
        {"id": 1, "watched_at": _WATCHED, "type": "movie", "movie": _FILM},
        {
            "id": 2,
            "watched_at": _WATCHED,
            "type": "episode",
            "episode": _EPISODE,
            "show": _SHOW,
        },
        {"id": 3, "watched_at": "1970-01-01T00:00:00Z", "type": "movie", "movie": _FILM},
    ]
    film, episode, undated = rows_of(_json(history), "watched-history-1.json")
    assert film.watched_at == datetime(2024, 3, 1, 20, tzinfo=UTC)
    assert (film.ids, film.media_type) == (Ids("tt0113277", 949), "movie")
    assert (episode.ids, episode.season, episode.episode) == (Ids("tt0411008", 4607), 1, "2")
    assert undated.watched_at is None


def test_the_counters_of_trakt_count_only_without_a_history() -> None:
    counted = _json([{"plays": 1, "last_watched_at": _WATCHED, "movie": _FILM}])
    history = _json([{"id": 1, "watched_at": _WATCHED, "type": "movie", "movie": _FILM}])
    (alone,) = rows_of(zip_of({"watched-movies.json": counted}))
    assert alone.skipped is None
    both = rows_of(
        zip_of({"watched-movies.json": counted, "watched-history-1.json": history, "a.json": "[]"})
    )
    assert sorted(row.skipped or "" for row in both) == ["", "counted in the history already"]


def test_what_trakt_rates_of_a_part_is_not_the_shows_rating() -> None:
    rated = [
        {"rated_at": _WATCHED, "rating": 8, "type": "show", "show": _SHOW},
        {
            "rated_at": _WATCHED,
            "rating": 3,
            "type": "season",
            "season": {"number": 1},
            "show": _SHOW,
        },
        {"rated_at": _WATCHED, "rating": 2, "type": "episode", "episode": _EPISODE, "show": _SHOW},
    ]
    rows = rows_of(_json(rated), "ratings.json")
    assert [(row.kind, row.rating) for row in rows] == [
        ("rated", 8.0),
        ("watched", None),
        ("watched", None),
    ]


@pytest.mark.parametrize(
    ("path", "kind"), [("lists-watchlist.json", "watchlist"), ("lists-favorites.json", "liked")]
)
def test_the_lists_of_trakt_that_say_something(path: str, kind: str) -> None:
    listed = _json([{"id": 1, "listed_at": _WATCHED, "type": "movie", "movie": _FILM}])
    (row,) = rows_of(listed, path)
    assert (row.kind, row.skipped) == (kind, None)
    (row,) = rows_of(listed, "lists-list-1-noir.json")
    assert row.skipped is not None


def test_simkl_as_json_and_as_a_table_with_semicolons() -> None:
    held = {
        "movies": [
            {
                "status": "completed",
                "last_watched_at": _WATCHED,
                "user_rating": 8,
                "movie": {"title": "Heat", "year": 1995, "ids": {"simkl": 1, "tmdb": "949"}},
            },
            {"status": "dropped", "movie": {"title": "Cats", "ids": {}}},
        ]
    }
    heat, cats = rows_of(_json(held), "simkl.json")
    assert (heat.kind, heat.rating, heat.ids.tmdb) == ("rated", 8.0, 949)
    assert cats.skipped is not None
    table = (
        "SIMKL_ID;Title;Type;Year;Watchlist;LastEpWatched;WatchedDate;Rating;Memo;TVDB;TMDB;IMDB\n"
        "1;Heat;movie;1995;completed;;13/11/2023 01:48;9;;;949;tt0113277\n"
        "2;Dune;movie;2026;plantowatch;;;;;;1;\n"
    )
    heat, dune = rows_of(table)
    assert (heat.watched_at, heat.rating, heat.ids) == (
        *(date(2023, 11, 13), 9.0),
        Ids("tt0113277", 949),
    )
    assert dune.kind == "watchlist"


def test_tv_time_whatever_the_order_of_its_columns() -> None:
    text = (
        "ep_no,key,series_name,created_at,s_no,user_id\n"
        "5,watch-episode-1-2,Treason,2024-11-02 11:53:58,1,0\n"
        ",tracking-stats,,2021-11-12 17:11:33,,0\n"
    )
    seen, counted = rows_of(text, "tracking-prod-records-v2.csv")
    assert (seen.title, seen.season, seen.episode) == ("Treason", 1, "5")
    assert seen.watched_at == datetime(2024, 11, 2, 11, 53, 58, tzinfo=UTC)
    assert counted.skipped is not None


def test_a_film_of_tv_time_is_named_by_its_slug_too() -> None:
    text = (
        "type,type-uuid-n,movie_name,entity_type,release_date,alpha_range_key,"
        "watch_date_range_key,created_at\n"
        "watch,watch-1,승리호,movie,2021-02-05 00:00:00,watch-alpha-space-sweepers,"
        "watch-date-1612900800,2021-02-09 20:00:00\n"
    )
    (row,) = rows_of(text)
    assert [name.title for name in row.names] == ["승리호", "space sweepers"]
    assert (row.year, row.watched_at) == (2021, datetime(2021, 2, 9, 20, tzinfo=UTC))


def test_a_library_of_plex_is_owned_seen_or_rated_and_has_two_names() -> None:
    text = (
        '<?xml version="1.0"?><MediaContainer size="3">'
        '<Video type="movie" title="Der Pate" originalTitle="The Godfather" year="1972"/>'
        '<Video type="movie" title="Heat" year="1995" viewCount="1" lastViewedAt="1709329560"/>'
        '<Video type="movie" title="Ran" year="1985" userRating="9"/></MediaContainer>'
    )
    owned, seen, rated = rows_of(text, "library.xml")
    assert [row.kind for row in (owned, seen, rated)] == ["owned", "watched", "rated"]
    assert [name.title for name in owned.names] == ["Der Pate", "The Godfather"]
    assert seen.watched_at == datetime(2024, 3, 1, 21, 46, tzinfo=UTC)


def test_the_ids_of_an_episode_at_plex_are_not_its_shows() -> None:
    body = {
        "event": "media.scrobble",
        "Account": {"title": "dana"},
        "Metadata": {
            "type": "episode",
            "title": "Ozymandias",
            "grandparentTitle": "Breaking Bad",
            "parentIndex": 5,
            "index": 14,
            "lastViewedAt": 1709329560,
            "Guid": [{"id": "tmdb://62161"}],
        },
    }
    (row,) = rows_of(_json(body))
    assert (row.title, row.ids, row.season, row.episode) == ("Breaking Bad", Ids(), 5, "14")
    (row,) = rows_of(_json(body | {"event": "media.stop"}))
    assert row.skipped == "stopped before its end"


def test_tautulli_counts_what_was_seen_to_its_end() -> None:
    entry = {"media_type": "movie", "title": "Heat", "year": 1995, "stopped": 1709329560}
    listed = [entry | {"watched_status": 1}, entry | {"watched_status": 0.5}]
    rows = rows_of(_json({"response": {"data": {"data": listed}}}))
    assert [row.skipped for row in rows] == [None, "stopped before its end"]


def test_playback_reporting_of_jellyfin_has_no_header_and_every_sitting() -> None:
    lines = [
        "2024-03-01 20:01:12.1234567\tu1\ti1\tMovie\tHeat\tDirect\tWeb\tTV\t9912",
        "2024-03-02 21:00:00.0000000\tu1\ti2\tEpisode\tLost - s01e02 - A\tDirect\tWeb\tTV\t2810",
        "2024-03-02 21:50:00.0000000\tu1\ti3\tEpisode\tLost - s01e03 - B\tDirect\tWeb\tTV\t60",
    ]
    film, episode, glance = rows_of("\n".join(lines), "backup.tsv")
    assert (film.title, film.watched_at) == ("Heat", date(2024, 3, 1))
    assert (episode.title, episode.season, episode.episode) == ("Lost", 1, "2")
    assert glance.skipped == "no viewing: left after 1 minute"


@pytest.mark.parametrize("finished", [True, "True", "true"])
def test_jellyfin_writes_truth_as_it_likes(finished: object) -> None:
    body = {
        "NotificationType": "PlaybackStop",
        "ItemType": "Movie",
        "Name": "Heat",
        "Provider_tmdb": "949",
        "UtcTimestamp": "2024-03-01T21:46:10.1234567Z",
        "PlayedToCompletion": finished,
    }
    (row,) = rows_of(_json(body))
    assert (row.skipped, row.ids.tmdb) == (None, 949)
    (row,) = rows_of(_json(body | {"PlayedToCompletion": "False"}))
    assert row.skipped == "stopped before its end"


def test_emby_writes_the_keys_of_ids_in_any_case() -> None:
    item = {"Type": "Movie", "Name": "Heat", "ProviderIds": {"TMDB": "949"}}
    body = {"Event": "item.markplayed", "Item": item, "Date": _WATCHED}
    (row,) = rows_of(_json(body))
    assert (row.ids.tmdb, row.skipped) == (949, None)


def test_kodi_writes_zero_for_no_rating() -> None:
    text = (
        "<movie><title>Heat</title><userrating>0</userrating><playcount>1</playcount>"
        '<lastplayed>2023-12-26 22:10:31</lastplayed><uniqueid type="tmdb">949</uniqueid></movie>'
    )
    (row,) = rows_of(text, "movie.nfo")
    assert (row.kind, row.rating, row.watched_at) == ("watched", None, date(2023, 12, 26))


def test_radarr_and_sonarr_say_what_is_owned_and_never_what_was_seen() -> None:
    films = [
        {"title": "Heat", "tmdbId": 949, "hasFile": True},
        {"title": "Ran", "tmdbId": 11645, "hasFile": False},
    ]
    rows = rows_of(_json(films))
    assert [(row.kind, row.skipped is None) for row in rows] == [("owned", True), ("owned", False)]
    season = {"seasonNumber": 1, "statistics": {"episodeFileCount": 8}}
    (row,) = rows_of(_json([{"title": "Lost", "tvdbId": 1, "seasons": [season]}]))
    assert (row.kind, row.media_type, row.skipped) == ("owned", "tv", None)


def test_myanimelist_writes_zeros_for_unknown() -> None:
    text = (
        "<myanimelist><anime><series_title><![CDATA[Mushishi]]></series_title>"
        "<series_type>TV</series_type><my_watched_episodes>26</my_watched_episodes>"
        "<my_finish_date>0000-00-00</my_finish_date><my_score>0</my_score>"
        "<my_status>Completed</my_status></anime></myanimelist>"
    )
    (row,) = rows_of(text, "list.xml")
    assert (row.kind, row.watched_at, row.rating) == ("watched", None, None)


def test_zero_is_a_rating_at_criticker_whose_scale_is_the_viewers() -> None:
    def film(rating: int) -> str:
        return f"<film><filmname>Cats (2019)</filmname><rating>{rating}</rating></film>"

    rows = rows_of(f"<recentratings>{film(0)}{film(85)}</recentratings>", "ratings.xml")
    assert [(row.title, row.year, row.rating) for row in rows] == [
        ("Cats", 2019, 0.0),
        ("Cats", 2019, 8.5),
    ]
    rows = rows_of(f"<recentratings>{film(7)}</recentratings>", "ratings.xml")
    assert rows[0].rating == 7.0


def test_the_day_something_was_added_to_watcharr_is_no_viewing() -> None:
    content = {"tmdbId": 949, "title": "Heat", "type": "movie", "release_date": "1995-12-15"}
    entry = {"status": "FINISHED", "rating": 0, "createdAt": _WATCHED, "content": content}
    (row,) = rows_of(_json([entry | {"activity": []}]))
    assert (row.kind, row.watched_at, row.rating, row.ids.tmdb) == ("watched", None, None, 949)


def test_ryot_tells_each_viewing_and_an_opinion_of_a_hundred() -> None:
    seen = {"state": "completed", "ended_on": "2024-03-01"}
    media = {
        "lot": "movie",
        "source": "tmdb",
        "identifier": "949",
        "source_id": "Heat",
        "seen_history": [seen, {"state": "in_progress", "ended_on": None}, {"state": "completed"}],
        "reviews": [{"rating": "85"}],
    }
    rows = rows_of(_json({"media": [media]}))
    assert [(row.kind, row.watched_at, row.rating) for row in rows] == [
        ("watched", date(2024, 3, 1), None),
        ("watched", None, None),
        ("rated", None, 8.5),
    ]


def test_ryots_opinion_of_an_episode_is_not_the_shows_and_the_newest_of_the_show_counts() -> None:
    part = {"show_season_number": 5, "show_episode_number": 14}
    media = {
        "lot": "show",
        "source": "tmdb",
        "identifier": "1396",
        "source_id": "Breaking Bad",
        "seen_history": [{"state": "completed", "ended_on": "2024-03-01"} | part],
        "reviews": [
            {"rating": "100"} | part,
            {"rating": "90", "show_season_number": 5, "show_episode_number": 16},
            {"rating": "60", "review": {"date": "2024-03-02T10:00:00Z"}},
            {"rating": "85", "review": {"date": "2024-05-02T10:00:00Z"}},
            {"rating": "70", "review": None},
        ],
    }
    rows = rows_of(_json({"media": [media]}))
    assert [(row.kind, row.season, row.episode, row.rating) for row in rows] == [
        ("watched", 5, "14", None),
        ("watched", 5, "16", None),
        ("rated", None, None, 8.5),
    ]


def test_amazon_joins_what_commas_took_apart() -> None:
    text = (
        "Playback Hour,Video Type,Title\n"
        "12/14/2016 19:00:00,Feature,The Holy Trinity-The Grand Tour - Season 1\n"
        "12/15/2016 11:00:00,Feature,Opera, Art and Donuts-The Grand Tour - Season 1\n"
    )
    first, second = rows_of(text)
    assert (first.names[0].title, first.season) == ("The Grand Tour", 1)
    assert (second.names[0].title, second.episode) == ("The Grand Tour", "Opera, Art and Donuts")
    assert second.watched_at == date(2016, 12, 15)


def test_the_id_of_an_episodes_row_at_tmdb_is_the_episodes() -> None:
    text = (
        "TMDb ID,IMDb ID,Type,Name,Release Date,Season Number,Episode Number,Rating,Your Rating,"
        "Date Rated\n85987,tt0583459,tv,Friends S1E1,1994-09-22T00:00:00Z,1,1,7,8,2023-01-07\n"
        "949,tt0113277,movie,Heat,1995-12-15T00:00:00Z,,,8,9,2023-01-07\n"
    )
    episode, film = rows_of(text)
    assert (episode.title, episode.ids, episode.rating) == ("Friends", Ids(), None)
    assert (film.ids, film.rating, film.kind) == (Ids("tt0113277", 949), 9.0, "rated")


def test_movielens_has_ids_without_letters_and_years_in_titles() -> None:
    text = "movie_id,imdb_id,tmdb_id,rating,average_rating,title\r\n1,0113277,949,4.5,4,Heat (1995)"
    (row,) = rows_of(text)
    assert (row.ids, row.rating, row.title, row.year) == (Ids("tt0113277", 949), 9.0, "Heat", 1995)


def test_the_columns_of_a_table_of_ones_own_are_guessed_and_shown() -> None:
    export = export_of("Titel;Jahr;Bewertung;Gesehen am;Ort\nHeat;1995;4,5;31.12.2024;Kino\n")
    assert export.source.name == "csv"
    assert export.guessed.columns == {
        "title": "titel",
        "year": "jahr",
        "watched": "gesehen am",
        "rating": "bewertung",
    }
    assert (export.guessed.left, export.guessed.scale) == (("ort",), 5.0)
    (row,) = export.rows
    assert (row.title, row.year, row.rating, row.watched_at) == (
        *("Heat", 1995),
        *(9.0, date(2024, 12, 31)),
    )


def test_the_rows_of_youtube_are_all_passed_over() -> None:
    (row,) = rows_of(_json([{"header": "YouTube", "title": "Watched a", "titleUrl": "https://y"}]))
    assert row.skipped == "a video of YouTube's"


def test_a_userscript_of_amazons_is_known_in_any_language() -> None:
    text = (
        '"Angesehen am","Typ","Titel","Folgentitel","Kennung"\n'
        '"1736456347817","Serie","Fallout - Staffel 1","Das Ende","amzn1.dv.gti.1"\n'
        '"2025-01-09 20:59:07.000","Film","Heat","","amzn1.dv.gti.2"\n'
    )
    export = export_of(text)
    assert export.source.name == "amazon"
    episode, film = export.rows
    assert (episode.names[0].title, episode.season, episode.episode) == ("Fallout", 1, "Das Ende")
    assert episode.watched_at == datetime(2025, 1, 9, 20, 59, 7, tzinfo=UTC)
    assert (film.names[0].title, film.episode) == ("Heat", None)


def test_disney_tells_how_long_a_sitting_was() -> None:
    head = "Profile ID;Program Title;Season Title;Create Date;Create Time;End Date;End Time\n"
    text = (
        "p1;Soul;;13/01/2026;23:00:00;14/01/2026;00:40:00\n"
        "p1;Bluff;Prison Break;01/02/2026;15:00:00;01/02/2026;15:03:00\n"
    )
    film, glance = rows_of(head + text)
    assert (film.title, film.reached, film.skipped) == ("Soul", 100.0, None)
    assert (glance.title, glance.skipped) == ("Prison Break", "no viewing: left after 3 minutes")


def test_ids_of_the_tvdb_are_those_of_titles_alone() -> None:
    episodes = (
        "series_tvdb_id,title,season,episode,tvdb_id,is_watched\n346328,Elite,1,1,6671792,true\n"
    )
    (episode,) = rows_of(episodes)
    assert episode.ids == Ids(tvdb=346328)
    tracked = (
        "created_at,key,s_id,s_no,ep_no,ep_id,series_name\n"
        "2021-11-12 17:11:33,watch-episode-1,346328,1,2,6671792,\n"
    )
    (nameless,) = rows_of(tracked)
    assert (nameless.ids, nameless.skipped) == (Ids(tvdb=346328), None)
    series = [{"title": "Elite", "tvdbId": 346328, "seasons": [], "episodeFileCount": 3}]
    assert [row.ids for row in rows_of(_json(series))] == [Ids(tvdb=346328)]
    old = (
        '<MediaContainer><Video type="episode" title="Two" grandparentTitle="Elite" index="2"'
        ' parentIndex="1" viewCount="1" guid="com.plexapp.agents.thetvdb://346328/1/2?lang=en">'
        '<Guid id="tvdb://6671792"/></Video><Video type="show" title="Elite" viewCount="1">'
        '<Guid id="tvdb://346328"/></Video></MediaContainer>'
    )
    assert [row.ids for row in rows_of(old)] == [Ids(tvdb=346328)] * 2


def test_myanimelist_and_simkl_tell_myanimelists_ids() -> None:
    anime = (
        "<myanimelist><anime><series_animedb_id>52034</series_animedb_id>"
        "<series_title>Oshi</series_title><series_type>TV</series_type><my_score>8</my_score>"
        "<my_watched_episodes>11</my_watched_episodes></anime></myanimelist>"
    )
    assert [row.ids for row in rows_of(anime)] == [Ids(mal=52034)]
    kept = {"status": "completed", "show": {"title": "Oshi", "ids": {"mal": "52034", "tvdb": "1"}}}
    assert [row.ids for row in rows_of(_json({"anime": [kept]}))] == [Ids(tvdb=1, mal=52034)]


@pytest.mark.parametrize(
    "header",
    [
        "Film;Erscheinungsjahr;Gesehen am;Wertung;Regie",
        "Nom;Année;Date de visionnage;Note;Réalisateur",
        "Título;Año;Fecha;Puntuación;Dirección",
        "Titolo;Anno;Visto il;Voto;Regia",
        "Tytuł;Rok;Data obejrzenia;Ocena;Directors",
        "タイトル;年;視聴日;評価;Director",
    ],
)
def test_a_table_of_ones_own_may_be_in_another_language(header: str) -> None:
    table = f"{header}\nHeat;1995;31.03.2024;8,5;Michael Mann\nRan;1985;05.03.2024;10;\n"
    heat, ran = rows_of(table)
    assert (heat.title, heat.year, heat.watched_at, heat.rating, heat.people) == (
        *("Heat", 1995, date(2024, 3, 31), 8.5),
        ("Michael Mann",),
    )
    assert (ran.watched_at, ran.rating) == (date(2024, 3, 5), 10)


def test_a_rating_beside_the_episodes_seen_is_one_of_the_show() -> None:
    anime = (
        "<myanimelist><anime><series_title>Mushishi</series_title><series_type>TV</series_type>"
        "<my_status>Completed</my_status><my_watched_episodes>26</my_watched_episodes>"
        "<my_score>{score}</my_score></anime></myanimelist>"
    )
    (rated,), (seen,) = (rows_of(anime.format(score=score)) for score in (9, 0))
    assert _told(rated) == ("rated", 9.0, 26)
    assert _told(seen) == ("watched", None, 26)
    show = {"status": "completed", "watched_episodes_count": 26, "show": {"title": "Mushishi"}}
    (told,) = rows_of(_json({"anime": [show | {"user_rating": 9}]}))
    assert _told(told) == ("rated", 9.0, 26)
    table = (
        "SIMKL_ID;Title;Type;Year;Watchlist;LastEpWatched;WatchedDate;Rating;Memo;TVDB;TMDB;IMDB\n"
        "1;Mushishi;anime;2005;completed;s1e26;2024-05-01;9;;1;2;tt1\n"
        "2;Dark;tv;2017;watching;s1e2;2024-05-01;;;3;4;tt2\n"
        "3;Fargo;tv;2014;watching;s3e2;2024-05-01;8;;5;6;tt3\n"
    )
    rated, seen, beyond = rows_of(table, "SimklBackup.csv")
    assert _told(rated) == ("rated", 9.0, 26)
    assert _told(seen) == ("watched", None, 2)
    assert _told(beyond) == ("rated", 8.0, None)


def _told(row: Row) -> tuple[Kind, float | None, int | None]:
    assert not row.is_of_a_part
    return row.kind, row.rating, row.episodes

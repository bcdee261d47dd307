"""The job `map`: every title is reached from every other, whatever the catalogue has."""

from scipy.sparse.csgraph import connected_components

from api.catalogue.title_map.resident_links import TitleLinks, read_links
from api.platform.database import Database
from etl.title_map.build import BuildMap, LaysOut
from tests.builders import rows_of
from tests.doubles.jobs import Outcome, run
from tests.doubles.layouts import lay_out_as_begun
from tests.doubles.titles import film, show, store

_CRIME, _COMEDY, _HORROR = 80, 35, 27


def build(
    database: Database, lay_out: LaysOut | None = lay_out_as_begun, **options: bool
) -> Outcome:
    return run(database, BuildMap(lay_out), job="map", **options)


def links(database: Database) -> TitleLinks:
    ((map_id,),) = rows_of(database, "SELECT id FROM title_maps")
    database.open_pool()
    return read_links(database, map_id)


def test_titles_of_islands_are_reached_too(database: Database) -> None:
    crime = [film(one, genre_ids=(_CRIME,), original_language="en") for one in range(1, 41)]
    comedy = [show(one, genre_ids=(_COMEDY,), original_language="ko") for one in range(1, 41)]
    store(database, *crime, *comedy, film(99), film(100, genre_ids=(_HORROR,)))
    outcome = build(database)
    assert outcome.status == 0
    assert "82 titles" in outcome.out
    found = links(database)
    assert len(found.ids) == 82
    assert connected_components(found.strengths, directed=False)[0] == 1
    assert (found.strengths != found.strengths.T).nnz == 0
    assert found.strengths.data.min() > 0
    assert found.strengths.data.max() <= 1


def test_a_new_map_takes_the_place_of_the_one_before(database: Database) -> None:
    store(database, film(1), film(2))
    build(database)
    store(database, film(3))
    build(database)
    assert rows_of(database, "SELECT titles FROM title_maps") == [(3,)]
    assert len(rows_of(database, "SELECT 1 FROM map_titles")) == 3


def test_a_dry_run_and_an_empty_catalogue_leave_no_map(database: Database) -> None:
    outcome = build(database)
    assert outcome.status == 0
    assert "nothing to link" in outcome.out
    store(database, film(1), film(2))
    build(database, dry_run=True)
    assert rows_of(database, "SELECT 1 FROM title_maps") == []


def test_more_titles_than_a_refresh_has_time_for_are_left_to_the_command(
    database: Database,
) -> None:
    store(database, *(film(one) for one in range(1, 4)))
    outcome = run(database, BuildMap(lay_out_as_begun, most=2), job="map")
    assert outcome.status == 1
    assert "3 titles take long; `make map` maps more than 2." in outcome.err
    assert rows_of(database, "SELECT 1 FROM title_maps") == []
    assert run(database, BuildMap(lay_out_as_begun, most=3), job="map").status == 0


def test_titles_keep_their_places_when_others_come(database: Database) -> None:
    films = [film(one, genre_ids=((_CRIME, _COMEDY)[one % 2],)) for one in range(1, 101)]
    store(database, *films)
    assert build(database).status == 0
    places = dict(rows_of(database, "SELECT item_id, ARRAY[x, y] FROM map_titles"))
    store(database, film(200, genre_ids=(_CRIME,)))
    assert build(database).status == 0
    after = dict(rows_of(database, "SELECT item_id, ARRAY[x, y] FROM map_titles"))
    assert len(after) == len(places) + 1
    assert {item_id: after[item_id] for item_id in places} == places


def test_without_the_library_titles_are_linked_and_it_says_so(database: Database) -> None:
    store(database, *(film(one, genre_ids=(_CRIME,)) for one in range(1, 61)))
    outcome = build(database, None)
    assert outcome.status == 0
    assert "openTSNE" in outcome.out
    assert rows_of(database, "SELECT count(*), count(x) FROM map_titles") == [(60, 0)]
    assert rows_of(database, "SELECT regions FROM title_maps") == [(None,)]

"""What is read of a viewer: exclusions, events, people, neighbours, vectors and versions."""

from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import insert, update

from api.catalogue.embeddings.embedding_spaces import open_space, switch_to, write_vectors
from api.catalogue.embeddings.read_embeddings import decode_halfvecs, read_embeddings
from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.facts.load_facts import load_facts
from api.domain.limits import NO_LIMITS
from api.platform import tables
from api.platform.database import Database
from api.viewers.account.statements import set_consent
from api.viewers.events import ProfileKey
from api.viewers.taste.evidence_of_taste import (
    events_of,
    exclusions_of,
    items_of_people,
    people_of,
    related_to,
)
from api.viewers.taste.taste_numbers import TasteNumbers
from api.viewers.taste.viewers import Viewers
from api.viewers.versions import read_versions
from tests.builders import (
    NOON,
    add_event,
    add_item,
    add_items,
    add_model,
    add_person,
    add_profile,
    add_related,
    ints,
)
from tests.facts_builder import RANKING


def _facts(database: Database) -> CatalogueFacts:
    return load_facts(database, NOON, trend=RANKING.trend)


def add_credits(database: Database, *parts: tuple[int, int, str, int]) -> None:
    """(item, person, role, position) each."""
    columns = ("item_id", "person_id", "role", "position")
    with database.engine.begin() as connection:
        connection.execute(
            insert(tables.credits),
            [dict(zip(columns, part, strict=True)) for part in parts],
        )


@pytest.mark.parametrize(
    "event_type", ["watched", "liked", "rated", "not_interested", "disliked", "not_now"]
)
def test_every_event_excludes_its_title(database: Database, event_type: str) -> None:
    (item,) = add_items(database, 1)
    profile = add_profile(database)
    add_event(database, profile, item, event_type)
    excluded, next_end = database.read(exclusions_of(profile, NOON))
    assert excluded.tolist() == [item]
    assert next_end is None


def test_a_snooze_excludes_until_it_ends(database: Database) -> None:
    ended, soon, later, seen = add_items(database, 4)
    profile = add_profile(database)
    hour = timedelta(hours=1)
    add_event(database, profile, ended, "not_now", snoozed_until=NOON - hour)
    add_event(database, profile, later, "not_now", snoozed_until=NOON + 2 * hour)
    add_event(database, profile, soon, "not_now", snoozed_until=NOON + hour)
    add_event(database, profile, seen, "not_now", snoozed_until=NOON - hour)
    add_event(database, profile, seen, "watched")
    excluded, next_end = database.read(exclusions_of(profile, NOON))
    assert excluded.tolist() == [soon, later, seen]
    assert next_end == NOON + hour
    excluded, next_end = database.read(exclusions_of(profile, NOON + hour))
    assert excluded.tolist() == [later, seen]
    assert next_end == NOON + 2 * hour


def test_exclusions_are_of_one_profile_ascending_and_distinct(database: Database) -> None:
    items = add_items(database, 4)
    own, other = add_profile(database), add_profile(database, profile="kids")
    for item in reversed(items[:3]):
        add_event(database, own, item)
        add_event(database, own, item, "liked")
    add_event(database, other, items[3])
    assert database.read(exclusions_of(own, NOON))[0].tolist() == items[:3]
    assert database.read(exclusions_of(other, NOON))[0].tolist() == items[3:]


def test_events_come_newest_first_without_snoozes_and_bounded(database: Database) -> None:
    items = add_items(database, 4)
    profile = add_profile(database)
    for day, item in enumerate(items):
        add_event(database, profile, item, occurred_at=NOON + timedelta(days=day))
    add_event(database, profile, items[0], "not_now", occurred_at=NOON + timedelta(days=9))
    add_event(database, profile, items[0], "rated", rating=7.5, occurred_at=NOON)
    events = database.read(events_of(profile, 3, limits=NO_LIMITS))
    assert [event.item_id for event in events] == items[:0:-1]
    assert database.read(events_of(profile, 100, limits=NO_LIMITS))[-2].rating == 7.5


def test_two_hundred_episodes_push_no_film_out(database: Database) -> None:
    show, *films = add_items(database, 4)
    profile = add_profile(database)
    for day, item in enumerate(films):
        add_event(database, profile, item, occurred_at=NOON + timedelta(days=day))
    for hour in range(200):
        at = NOON + timedelta(days=9, hours=hour, minutes=7)
        add_event(database, profile, show, watched_at=at, occurred_at=at)
    add_event(database, profile, show, "liked", occurred_at=NOON + timedelta(days=1))
    events = database.read(events_of(profile, 4, limits=NO_LIMITS))
    told = [(event.item_id, event.event_type, event.episodes) for event in events]
    third, second, first = [(item, "watched", 0) for item in reversed(films)]
    assert told == [(show, "watched", 200), third, (show, "liked", 0), second, first]
    assert [event.item_id for event in database.read(events_of(profile, 2, limits=NO_LIMITS))] == [
        show,
        films[2],
        show,
    ]


def test_a_viewing_that_two_sources_tell_is_one(database: Database) -> None:
    told_twice, told_of, seen_once = add_items(database, 3)
    profile = add_profile(database)
    for day in range(3):
        midnight = NOON.replace(hour=0) + timedelta(days=day)
        for at in (midnight, midnight + timedelta(hours=21, seconds=7)):
            add_event(database, profile, told_twice, watched_at=at, occurred_at=at)
    add_event(database, profile, told_twice, occurred_at=NOON + timedelta(days=8))
    add_event(database, profile, told_of, episodes=2, occurred_at=NOON)
    for at in (NOON.replace(hour=0), NOON):
        add_event(database, profile, seen_once, watched_at=at, occurred_at=at)
    add_event(database, profile, seen_once, occurred_at=NOON)
    episodes = {
        event.item_id: event.episodes
        for event in database.read(events_of(profile, 9, limits=NO_LIMITS))
    }
    assert episodes == {told_twice: 3, told_of: 2, seen_once: 0}


def test_listed_titles_are_of_the_same_medium_and_may_be_recommended(database: Database) -> None:
    first, second, third = add_items(database, 3)
    add_item(database, "Namesake", tmdb_id=2, media_type="tv")
    add_item(database, "Gone", tmdb_id=4, retired_at=NOON)
    add_related(database, first, recommended=[4, 3, 99, 2], similar=[3])
    add_related(database, second, recommended=[1])
    add_related(database, third, recommended=[1])
    columns = database.read(related_to(_facts(database), ints([first, second, first, 12345])))
    assert sorted(zip(*(column.tolist() for column in columns), strict=True)) == [
        (first, second, 4, True),
        (first, third, 1, False),
        (first, third, 2, True),
        (second, first, 1, True),
    ]


@pytest.mark.parametrize("ids", [[], [12345]])
def test_titles_without_lists_have_nothing_beside_them(database: Database, ids: list[int]) -> None:
    assert [len(column) for column in database.read(related_to(_facts(database), ints(ids)))] == [
        0,
        0,
        0,
        0,
    ]


def test_people_count_from_two_titles_on_and_directors_at_once(database: Database) -> None:
    first, second, third = add_items(database, 3)
    star = add_person(database, "Star")
    director = add_person(database, "Director")
    extra = add_person(database, "Extra")
    once = add_person(database, "Once")
    writer = add_person(database, "Writer")
    add_credits(
        database,
        (first, star, "cast", 0),
        (second, star, "cast", 4),
        (first, director, "director", 0),
        (first, extra, "cast", 5),
        (second, extra, "cast", 6),
        (first, once, "cast", 1),
        (first, writer, "writer", 0),
        (second, writer, "writer", 0),
        (third, once, "cast", 0),
    )
    people = database.read(people_of(ints([first, second]), 2))
    assert people == [(star, "Star", 2, 1.0, False), (director, "Director", 1, 1.0, True)]
    assert database.read(people_of(ints([third]), 2)) == []


def test_who_directed_and_played_in_a_title_counts_it_once(database: Database) -> None:
    (item,) = add_items(database, 1)
    both = add_person(database, "Both")
    add_credits(database, (item, both, "director", 0), (item, both, "cast", 0))
    assert database.read(people_of(ints([item]), 2)) == [(both, "Both", 1, 1.5, False)]
    assert database.read(items_of_people([both])).tolist() == [[item, both, True, False]]


def test_items_of_people_are_those_they_made_or_lead(database: Database) -> None:
    made, lead, crowd = add_items(database, 3)
    person = add_person(database)
    add_credits(
        database,
        (made, person, "creator", 0),
        (lead, person, "cast", 7),
        (crowd, person, "cast", 8),
    )
    found = sorted(database.read(items_of_people([person])).tolist())
    assert found == [[made, person, True, True], [lead, person, False, False]]
    assert database.read(items_of_people([])).shape == (0, 4)


def test_embeddings_come_from_one_space(database: Database) -> None:
    first, second = add_items(database, 2)
    with database.engine.begin() as connection:
        old, new = (
            open_space(connection, model="m", version=version, template="basic", dimension=2)
            for version in ("1", "2")
        )
    for space, vectors in ((old, [[1, 0], [0, 1]]), (new, [[0.6, 0.8], [0.8, -0.6]])):
        with database.engine.begin() as connection:
            write_vectors(
                connection, space, [first, second], np.array(vectors, np.float32), [b"", b""]
            )
    ids, rows = read_embeddings(database, new.id, ints([second, 99]))
    assert ids.tolist() == [second]
    assert rows[0] == pytest.approx([0.8, -0.6], abs=1e-3)
    assert rows.dtype == np.float32
    ids, rows = read_embeddings(database, new.id, ints([]))
    assert (len(ids), rows.shape) == (0, (0, 0))


def test_no_halfvecs_are_an_empty_matrix() -> None:
    assert decode_halfvecs([]).shape == (0, 0)


def test_the_stamp_moves_with_everything_an_answer_depends_on(database: Database) -> None:
    stamps = [read_versions(database, "dana", None)]
    assert (stamps[0].profile_id, stamps[0].space_id, stamps[0].model_id) == (None, None, None)
    add_profile(database)
    stamps.append(read_versions(database, "dana", None))
    with database.autocommit() as cursor:
        set_consent(cursor, ProfileKey("dana"), collaborative=False, llm=None)
    stamps.append(read_versions(database, "dana", None))
    for llm in (True, False):
        with database.autocommit() as cursor:
            set_consent(cursor, ProfileKey("dana"), collaborative=None, llm=llm)
        stamps.append(read_versions(database, "dana", None))
        assert stamps[-1].shares_taste == llm
    with database.engine.begin() as connection:
        space = open_space(connection, model="m", version="1", template="basic", dimension=2)
        switch_to(connection, space)
    stamps.append(read_versions(database, "dana", None))
    assert stamps[-1].space_model == "m"
    model = add_model(database)
    with database.engine.begin() as connection:
        models = tables.collaborative_models
        connection.execute(update(models).where(models.c.id == model).values(active=True))
    stamps.append(read_versions(database, "dana", None))
    assert len(set(stamps)) == len(stamps)
    assert read_versions(database, "dana", None) == stamps[-1]


def test_the_stamp_is_of_one_profile(database: Database) -> None:
    add_profile(database, "a", "a::b")
    named, bare, joined = (
        read_versions(database, *viewer) for viewer in (("a", "a::b"), ("a", None), ("a::a", "b"))
    )
    assert named.profile_id is not None
    assert bare.profile_id is None
    assert joined.profile_id is None


def test_who_made_a_liked_title_is_not_looked_for_among_the_players_of_others(
    database: Database,
) -> None:
    liked, made, voiced, led = add_items(database, 4)
    director, star = add_person(database, "Director"), add_person(database, "Both")
    add_credits(
        database,
        (liked, director, "director", 0),
        (made, director, "director", 0),
        (voiced, director, "cast", 3),
        (liked, star, "director", 0),
        (liked, star, "cast", 0),
        (led, star, "cast", 0),
    )
    add_event(database, add_profile(database), liked, "liked", occurred_at=NOON)
    facts = load_facts(database, NOON, trend=RANKING.trend)
    versions = read_versions(database, "dana", None)
    taste = Viewers(database, TasteNumbers.of(RANKING)).of(versions, facts, NOON).taste
    people = dict(
        zip(taste.of_people.items.tolist(), taste.of_people.because.tolist(), strict=True)
    )
    assert people == {liked: people[liked], made: director, led: star}
    assert taste.made_by_people.tolist() == [made]

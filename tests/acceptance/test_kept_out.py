"""Generated requests for lists: what was seen, refused or forbidden is on none of them."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from api.commands.list_maker import open_list_maker
from api.platform.database import Database
from config.settings import Settings
from tests.acceptance.conftest import ServiceFactory
from tests.attack.kept_out import (
    COUNTRY,
    Asked,
    Found,
    Household,
    Rules,
    Said,
    Title,
    ask,
    attack,
    breaches,
    read_titles,
    set_up,
)
from tests.attack.limits import read_catalogue
from tests.attack.titles_asked_for import Catalogue

# Its preparation alone takes half a minute, and many times that beside other work.
pytestmark = pytest.mark.timeout(900)

_FILE = "GET /recommend/batches/{batch}/lists"
_RULES = Rules(genres=frozenset({"War"}), min_votes=100, min_year=1970)


def test_generated_requests_are_answered_with_nothing_that_was_kept_out(
    start_sample: ServiceFactory, tmp_path: Path, data_dir: Path
) -> None:
    rules = tmp_path / "rules.json"
    rules.write_bytes(_RULES.to_json())
    service = start_sample(BUSINESS_RULES_PATH=str(rules))
    home = _household(service.database)
    set_up(service.http, home)
    found = Found()
    attack(service.http, home, requests=150, found=found)
    _make_lists(service.database, data_dir, rules)
    for asked in home.orders:
        ask(service.http, home, _FILE, asked, found)
    assert (found.breaches, found.broken) == ([], [])
    assert found.shown[_FILE] > 0
    assert found.is_sound, str(found)


def _make_lists(database: Database, data_dir: Path, rules: Path) -> None:
    settings = Settings.load({"DATA_DIR": str(data_dir), "BUSINESS_RULES_PATH": str(rules)})
    with open_list_maker(settings, database) as maker:
        assert all(maker.make())


def _household(database: Database) -> Household:
    catalogue = read_catalogue(database)
    return Household(random.Random(1), catalogue, read_titles(database, catalogue), _RULES)


_TITLE = Title("movie", frozenset({"Drama"}), 1995, 100, "en", 500, 12)


@pytest.mark.parametrize(
    ("title", "said", "asked"),
    [
        (replace(_TITLE, genres=frozenset({"War"})), Said(), {}),
        (replace(_TITLE, votes=99), Said(), {}),
        (replace(_TITLE, year=0), Said(), {}),
        (_TITLE, Said(max_age=11), {}),
        (replace(_TITLE, age=None), Said(max_age=11), {}),
        (_TITLE, Said(never=[("genre", "Drama")]), {}),
        (_TITLE, Said(never=[("decade", "1990s")]), {}),
        (_TITLE, Said(never=[("language", "en")]), {}),
        (_TITLE, Said(events={1: "watched"}), {}),
        (_TITLE, Said(refused={1}), {}),
        (_TITLE, Said(), {"genres": "Comedy"}),
        (_TITLE, Said(), {"exclude_genres": "Comedy,Drama"}),
        (_TITLE, Said(), {"year_max": 1994}),
        (_TITLE, Said(), {"runtime_max": 99}),
        (_TITLE, Said(), {"languages": "fr,de"}),
        (_TITLE, Said(), {"max_age": 11}),
        (replace(_TITLE, age=None), Said(), {"max_age": 18}),
        (_TITLE, Said(), {"media_type": "tv"}),
        (_TITLE, Said(), {"exclude_ids": "2,1"}),
    ],
)
def test_every_kind_of_breach_is_seen(title: Title, said: Said, asked: dict[str, object]) -> None:
    catalogue = Catalogue({1: ("movie:1", "Heat")}, {}, [])
    home = Household(random.Random(1), catalogue, {1: _TITLE}, _RULES)
    request = Asked("GET", "/recommend", {"country": COUNTRY}, (None,))
    assert not list(breaches(home, request, [1]))
    home = replace(home, titles={1: title})
    home.said[None] = said
    assert list(breaches(home, replace(request, parameters=asked), [1]))


def test_a_file_must_respect_what_held_from_its_order_on() -> None:
    home = Household(random.Random(1), Catalogue({1: ("movie:1", "Heat")}, {}, []), {1: _TITLE})
    by_then: dict[str | None, Said] = {None: Said(events={1: "watched"})}
    file = Asked("GET", "/recommend/batches/1/lists", {}, (None,), ordered=by_then)
    assert list(breaches(home, file, [1]))
    home.said[None] = Said(lifted={1})
    assert not list(breaches(home, file, [1]))
    home.said[None] = Said(events={1: "watched"})
    assert not list(breaches(home, replace(file, ordered={None: Said()}), [1]))

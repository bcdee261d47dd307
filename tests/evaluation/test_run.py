"""A whole run on an invented ratings set: files, reproducibility, bad input."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import psycopg
import pytest
from sqlalchemy import make_url

from api.platform.database import Database
from config.settings import Settings
from tests.conftest import DatabaseFactory, opened
from tests.evaluation.comparison import Plan
from tests.evaluation.database import EvaluationRefused, copy_of_catalogue
from tests.evaluation.planted import World, planted_world, write_ratings, write_world
from tests.evaluation.run import Evaluation, evaluate

# Hundreds of lists of what other tests cover, which takes half as long again when it is counted.
pytestmark = pytest.mark.no_cover

_ONLY = frozenset({"popularity", "EASE", "ours, diversify"})


@pytest.fixture(scope="module")
def world() -> World:
    return planted_world(2)


@pytest.fixture(scope="module")
def catalogue(
    clone: DatabaseFactory, migrated_template: str, data_dir: Path, world: World
) -> Iterator[tuple[Database, Settings]]:
    """An evaluation database, and settings that name it."""
    with opened(clone(migrated_template)) as database:
        write_world(database, world)
        yield (
            database,
            Settings.load({"DATABASE_URL": database.libpq_url, "DATA_DIR": data_dir}),
        )


@pytest.fixture
def evaluation(world: World, tmp_path: Path) -> Evaluation:
    """Twelve strangers by protocol 2, and EASE and the chart beside the service."""
    ratings = tmp_path / "ratings.zip"
    write_ratings(world.ratings, ratings)
    plan = Plan("held-out", only=_ONLY, tuned=tmp_path / "tuned.json", viewers=12)
    return Evaluation(ratings, [plan], frozenset(), tmp_path / "out")


def results(evaluation: Evaluation) -> list[dict[str, Any]]:
    """What was kept, without what the clock says."""
    kept: list[dict[str, Any]] = orjson.loads((evaluation.out / "results.json").read_bytes())
    for one in kept:
        for name in ("seconds", "cost", "training"):
            del one[name]
    return kept


def test_a_run_with_one_seed_is_the_same_to_the_last_digit(
    catalogue: tuple[Database, Settings], evaluation: Evaluation
) -> None:
    report, breaches = evaluate(evaluation, *catalogue)
    assert breaches == 0
    assert report == (evaluation.out / "report.md").read_text(encoding="utf-8")
    first = results(evaluation)
    assert [group["name"] for group in first[0]["groups"]] == [
        "1 liked",
        "3 liked",
        "5 liked",
        "10 liked",
        "20 liked",
    ]
    assert set(first[0]["groups"][0]["figures"]) == _ONLY
    # The settings that were chosen are read from their file, and lead to the same figures.
    evaluate(evaluation, *catalogue)
    assert results(evaluation) == first


def test_titles_that_nobody_rated_find_those_who_like_them_better_than_chance(
    catalogue: tuple[Database, Settings], evaluation: Evaluation
) -> None:
    plan = Plan("per-viewer", only=frozenset({"ours"}), viewers=12)
    report, breaches = evaluate(
        replace(evaluation, plans=[plan], extras=frozenset({"cold"})), *catalogue
    )
    assert breaches == 0
    assert "titles hidden from training" in report
    (cold,) = (one["cold"] for one in results(evaluation))
    assert cold["auc"]["ours"]["low"] > 0.5
    assert cold["ndcg"]["ours"]["low"] > cold["ndcg"]["chance"]["high"]


def test_ratings_of_other_films_are_refused(
    catalogue: tuple[Database, Settings], evaluation: Evaluation, world: World, tmp_path: Path
) -> None:
    strange = tmp_path / "strange.zip"
    write_ratings([replace(one, tmdb_id=one.tmdb_id + 10_000) for one in world.ratings], strange)
    with pytest.raises(EvaluationRefused, match="none of the films"):
        evaluate(replace(evaluation, ratings=strange), *catalogue)


def test_the_catalogue_is_copied_and_the_copy_is_dropped(
    clone: DatabaseFactory, migrated_template: str, data_dir: Path
) -> None:
    url = clone(migrated_template)
    settings = Settings.load({"DATABASE_URL": url, "DATA_DIR": data_dir})
    with opened(url) as database:
        database.pool.close()
        database.engine.dispose()
        with copy_of_catalogue(settings) as copy:
            name = make_url(copy.libpq_url).database
            assert name != make_url(database.libpq_url).database
        with psycopg.connect(database.libpq_url) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
            assert found.fetchone() is None


def test_a_catalogue_in_use_is_refused_with_one_sentence(
    database: Database, data_dir: Path
) -> None:
    settings = Settings.load({"DATABASE_URL": database.libpq_url, "DATA_DIR": data_dir})
    with (
        database.connect(),
        pytest.raises(EvaluationRefused, match="other connections"),
        copy_of_catalogue(settings),
    ):
        pass


def test_a_household_alone_has_nearly_what_everybody_has_with_a_ratings_set(
    catalogue: tuple[Database, Settings], evaluation: Evaluation
) -> None:
    plan = Plan("per-viewer", only=frozenset({"ours"}))
    whole = replace(evaluation, plans=[plan], extras=frozenset({"day-one"}))
    evaluate(whole, *catalogue)
    ndcg = {name: one["mean"] for name, one in results(whole)[0]["day-one"]["ndcg"].items()}
    assert ndcg["alone, with the ratings set"] > 0.8 * ndcg["learned with everybody"]
    assert ndcg["alone, with the ratings set"] > 1.3 * ndcg["alone, without it"]


def test_every_viewer_is_asked_once_as_a_stranger(
    catalogue: tuple[Database, Settings], evaluation: Evaluation
) -> None:
    plan = Plan("held-out", only=frozenset({"popularity", "ours"}), viewers=4)
    evaluation = replace(evaluation, plans=[plan], extras=frozenset({"folds"}))
    report, breaches = evaluate(evaluation, *catalogue)
    assert breaches == 0
    assert "### Every viewer once a stranger" in report
    (found,) = results(evaluation)
    for group in found["folds"]:
        assert group["cases"] == 5 * 4
        ahead = group["ndcg"]["ours"]["mean"] - group["ndcg"]["popularity"]["mean"]
        assert group["ahead"]["popularity"]["mean"] == pytest.approx(ahead)

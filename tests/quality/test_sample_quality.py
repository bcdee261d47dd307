"""The set of queries on the sample catalogue: nothing broken, nothing left out, nearly all read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import Settings
from tests.conftest import DatabaseFactory, opened
from tests.quality.measure import Report, measure


@pytest.fixture(scope="module")
def report(clone: DatabaseFactory, sample_template: str, data_dir: Path) -> Iterator[Report]:
    with opened(clone(sample_template)) as database:
        yield measure(
            Settings.load({"DATABASE_URL": database.libpq_url, "DATA_DIR": data_dir}), database
        )


def test_the_set_is_large_and_the_sample_has_most_of_its_names(report: Report) -> None:
    assert report.asked + report.skipped >= 150
    assert report.asked >= 150


def test_no_hard_constraint_is_broken_in_the_first_ten(report: Report) -> None:
    assert report.violations == []


def test_every_page_is_full_where_the_catalogue_has_one(report: Report) -> None:
    assert report.fillable >= 100
    assert report.short_pages == []


def test_every_field_is_read_right_nearly_always(report: Report) -> None:
    assert {name: share for name, share in report.accuracy.items() if share < 0.95} == {}

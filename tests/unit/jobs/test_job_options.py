"""What may be asked of a job: kept as JSON, handed down to steps, refused where it does not fit."""

import datetime
from typing import get_args

import pytest

from api.jobs.job_options import (
    ACCEPTED_OPTIONS,
    JOB_NAMES,
    REFRESH_STEPS,
    JobName,
    JobOptions,
    OptionName,
)
from api.platform.errors import InvalidInput

_TODAY = datetime.date(2026, 3, 1)
_ALL = JobOptions(
    dry_run=True,
    limit=5,
    full=True,
    since=datetime.date(2026, 2, 1),
    countries=("IL", "US"),
    items=(1, 2),
    ratings="/sets/ml-latest.zip",
    source="trakt",
)


@pytest.mark.parametrize("options", [JobOptions(), _ALL, JobOptions(since=_TODAY)])
def test_what_is_kept_as_json_comes_back(options: JobOptions) -> None:
    assert JobOptions.of(options.given()) == options


def test_only_what_was_asked_for_is_kept() -> None:
    assert JobOptions(limit=3).given() == {"limit": 3}


def test_a_step_gets_what_it_takes() -> None:
    assert _ALL.accepted_by("justwatch") == JobOptions(
        dry_run=True, limit=5, countries=("IL", "US")
    )


@pytest.mark.parametrize("job", JOB_NAMES)
def test_every_option_is_accepted_or_refused(job: JobName) -> None:
    for name in get_args(OptionName):
        only = JobOptions(**{name: getattr(_ALL, name)})
        if name in ACCEPTED_OPTIONS[job]:
            only.refuse_unfit(job, today=_TODAY)
        else:
            with pytest.raises(InvalidInput, match=f"the job {job} does not take it"):
                only.refuse_unfit(job, today=_TODAY)


def test_a_refresh_takes_no_more_than_its_steps() -> None:
    taken = {name for step in REFRESH_STEPS for name in ACCEPTED_OPTIONS[step]}
    assert set(ACCEPTED_OPTIONS["refresh"]) <= taken


def test_a_day_to_come_is_refused() -> None:
    JobOptions(since=_TODAY).refuse_unfit("tmdb", today=_TODAY)
    with pytest.raises(InvalidInput, match=r"since: 2026-03-02 is in the future\."):
        JobOptions(since=datetime.date(2026, 3, 2)).refuse_unfit("tmdb", today=_TODAY)

"""The `justwatch` job: offers with links, from JustWatch into the catalogue.

TMDB's own offers are the default, and this job adds to them. Whatever becomes of JustWatch, a title
that it gave no answer about keeps the offers it has. Heeds dry_run, limit and countries.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from api.catalogue.writing.title import Provider
from api.platform.counted import counted
from api.platform.errors import InvalidInput, UpstreamUnavailable
from etl.justwatch.asking import Asked, Questions
from etl.justwatch.client import JustWatchClient
from etl.justwatch.offer_writes import replace_offers
from etl.justwatch.patience import Patience
from etl.justwatch.service_names import adopt_services
from etl.justwatch.title_nodes import (
    DueTitle,
    Search,
    Wanted,
    count_due,
    due_titles,
    forget_nodes,
    write_checks,
    write_searches,
)
from etl.running.job import JobRun
from etl.running.job_state import clear_failures, record_failures

BATCH = 50  # titles per transaction: 25 s of searches at JustWatch's pace
# Titles chosen at once. A choice reads all offers of the countries, which takes 4 to 15 s with a
# million titles; asking about that many takes at least four minutes.
_PAGE = 5000
# A daily run finds yesterday's checks old enough; a second one on the same day finds nothing to do.
CHECK_AGAIN_AFTER = timedelta(hours=20)
SEARCH_AGAIN_AFTER = timedelta(days=30)  # for what was not found: JustWatch adds titles, rarely
_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class CheckOffers:
    """The job's parts; `countries` are those of the settings."""

    client: JustWatchClient
    countries: tuple[str, ...]

    def __call__(self, run: JobRun) -> None:
        """Services first, then title after title, in batches."""
        countries = _checked(run.options.countries or self.countries)
        try:
            # All are asked before anything is written: a country may turn out not to exist.
            services = [one for country in countries for one in self.client.services(country)]
            adopt = _Adopter(run)
            adopt(services)
            self._check_titles(run, countries, adopt)
        except UpstreamUnavailable as error:
            reason = str(error).removesuffix(".")
            raise UpstreamUnavailable(f"{reason}; TMDB's offers stay in service.") from error

    def _check_titles(self, run: JobRun, countries: tuple[str, ...], adopt: "_Adopter") -> None:
        wanted = Wanted(
            job=run.job,
            countries=countries,
            now=run.started_at,
            checked_before=run.started_at - CHECK_AGAIN_AFTER,
            searched_before=run.started_at - SEARCH_AGAIN_AFTER,
        )
        with run.database.engine.connect() as connection:
            due = count_due(connection, wanted)
        total = min(due, run.options.limit or due)
        questions = Questions(self.client, countries, run.started_at.date(), Patience())
        with run.progress.track("titles", total) as advance:
            for batch in _batches(run, wanted, total):
                asked = questions.ask(batch)
                adopt([one for found in asked if found.offers for one in found.offers.services])
                with run.batch() as connection:
                    changed = _write(connection, run, asked, countries)
                _count(run, asked, changed)
                advance(len(batch))


class _Adopter:
    """Brings services into the catalogue as they are met, beside all that were met before.

    In a separate transaction: it may have to keep writers of offers out for a moment, and must
    not hold titles that they wait for.
    """

    def __init__(self, run: JobRun) -> None:
        self._run = run
        self._met: dict[str, Provider] = {}

    def __call__(self, services: Sequence[Provider]) -> None:
        if all(service.short_name in self._met for service in services):
            return
        self._met |= {service.short_name: service for service in services}
        with self._run.batch() as connection:
            adopted = adopt_services(connection, self._met.values())
        if adopted.added:
            self._run.report.notes.append(f"{counted(adopted.added, 'service')} added.")
        if adopted.renamed:
            self._run.report.notes.append(f"{counted(adopted.renamed, 'service')} renamed.")


def _checked(countries: Sequence[str]) -> tuple[str, ...]:
    for country in countries:
        if not _COUNTRY.fullmatch(country):
            raise InvalidInput(f"A country is two capital letters, such as IL, not {country!r}.")
    return tuple(dict.fromkeys(countries))


def _batches(run: JobRun, wanted: Wanted, total: int) -> Iterator[list[DueTitle]]:
    left = total
    last: DueTitle | None = None
    while left > 0:
        with run.database.engine.connect() as connection:
            page = due_titles(connection, wanted, after=last, page=min(_PAGE, left))
        if not page:
            return
        for start in range(0, len(page), BATCH):
            yield page[start : start + BATCH]
        last = page[-1]
        left -= len(page)


def _write(
    connection: Connection, run: JobRun, asked: Sequence[Asked], countries: Sequence[str]
) -> set[int]:
    """Everything that came of one batch; returns the titles whose offers changed."""
    now = run.started_at
    answered = {one.title.item_id: one.offers for one in asked if one.offers is not None}
    changed = replace_offers(
        connection, {item_id: offers.by_country for item_id, offers in answered.items()}, now=now
    )
    write_searches(
        connection,
        [
            Search(one.title.item_id, match.node_id, match.matched_by, match.score)
            for one in asked
            if (match := one.match) is not None
        ],
        now=now,
    )
    # A node that fails by itself may have given way to another: the next try begins with a search.
    forget_nodes(
        connection,
        [one.title.item_id for one in asked if one.node_id and (one.is_gone or one.failed)],
    )
    write_checks(connection, list(answered), countries, now=now)
    failures = {one.title.reference: one.failed for one in asked if one.failed is not None}
    record_failures(connection, run.job, failures, now=now)
    clear_failures(
        connection, run.job, [one.title.reference for one in asked if one.failed is None]
    )
    return changed


def _count(run: JobRun, asked: Sequence[Asked], changed: set[int]) -> None:
    answered = [one for one in asked if one.offers is not None]
    run.report.read += len(asked)
    run.report.written += len(changed)
    run.report.unchanged += len(answered) - len(changed)
    run.report.rejected += Counter(map(_reason, (one for one in asked if one.offers is None)))
    unknown = sum(one.offers.unknown_kinds.total() for one in answered if one.offers is not None)
    if unknown:
        run.report.rejected["offer of unknown kind"] += unknown


def _reason(asked: Asked) -> str:
    if asked.failed is not None:
        return "no answer"
    if asked.is_gone:
        return "gone at JustWatch"
    return "near miss" if asked.match is not None and asked.match.is_near_miss else "no match"

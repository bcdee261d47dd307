"""The `embed` job: a vector for every title that is new or whose text changed.

A space that is not the active one is filled beside it, indexed, and switched to when no title is
missing; until then, whatever stops the job, readers see the old space whole.

Heeds `limit` and `dry_run`; `items`, to look at these titles alone; and `full`, to embed again what
did not change. Retired titles get no vector. One that they had stays: no list shows them, but the
taste of who watched them is learned from it, and it is there when the title comes back.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from api.catalogue.embeddings.described_titles import count_titles, embeddable_titles
from api.catalogue.embeddings.embedding_spaces import (
    Space,
    open_space,
    record_contents,
    switch_to,
    titles_without_vector,
    write_vectors,
)
from api.catalogue.embeddings.space_index import build_index
from api.models.encoder import Encoder
from api.platform.counted import counted
from etl.embeddings.templates import TEMPLATES, TemplateName, hash_of
from etl.running.job import JobRun
from etl.running.progress import Advance


@dataclass(frozen=True, slots=True)
class Stale:
    """A title whose vector is missing or of an older text."""

    item_id: int
    text: str
    text_hash: bytes


@dataclass(frozen=True, slots=True)
class Embed:
    """The job's parts; model, version and template name the space.

    `chunk` is the titles per transaction, which is what a kill can lose. The encoder sorts these
    by length, which wants many to choose from.
    """

    encoder: Encoder
    version: str
    template: TemplateName
    chunk: int = 1024

    def __call__(self, run: JobRun) -> None:
        """Embeds what is stale, then switches to the space when it is complete."""
        with run.batch() as connection:
            space = open_space(
                connection,
                model=self.encoder.name,
                version=self.version,
                template=self.template,
                dimension=self.encoder.dimension,
            )
            total = count_titles(connection, only=run.options.items)
        named = set(run.options.items)
        if len(named) > total:
            run.report.rejected["not in the catalogue, or retired"] += len(named) - total
        self._fill(run, space, total)
        if not run.options.dry_run:
            self._finish(run, space)

    def _fill(self, run: JobRun, space: Space, total: int) -> None:
        encoding_seconds = 0.0
        with run.progress.track("titles", total) as advance:
            stale = islice(self._stale(run, space, advance), run.options.limit)
            while chunk := list(islice(stale, self.chunk)):
                if not run.options.dry_run:
                    encoding_seconds += self._embed(run, space, chunk)
                run.report.written += len(chunk)
                advance(len(chunk))
        if encoding_seconds:
            pace = run.report.written / encoding_seconds
            run.report.notes.append(f"Encoded {pace:,.0f} texts a second.")

    def _stale(self, run: JobRun, space: Space, advance: Advance) -> Iterator[Stale]:
        render = TEMPLATES[self.template]
        titles = embeddable_titles(run.database.engine, space.id, only=run.options.items)
        for found in titles:
            run.report.read += 1
            words = render(found.title)
            text_hash = hash_of(words)
            if found.stored_hash == text_hash and not run.options.full:
                run.report.unchanged += 1
                advance(1)
            else:
                yield Stale(found.title.id, words, text_hash)

    def _embed(self, run: JobRun, space: Space, chunk: list[Stale]) -> float:
        """Returns the seconds that the encoder took."""
        start = time.monotonic()
        vectors = self.encoder.encode([one.text for one in chunk])
        seconds = time.monotonic() - start
        with run.batch() as connection:
            write_vectors(
                connection,
                space,
                [one.item_id for one in chunk],
                vectors,
                [one.text_hash for one in chunk],
            )
        return seconds

    def _finish(self, run: JobRun, space: Space) -> None:
        with run.batch() as connection:
            missing = titles_without_vector(connection, space)
            if space.active:
                # In every run: one that was killed may have written without coming this far.
                record_contents(connection, space)
        name = f"{self.encoder.name}, version {self.version}, {self.template}"
        if missing:
            run.report.notes.append(
                f"{counted(missing, 'title still lacks', 'titles still lack')} a vector in {name}."
            )
            return
        build_index(run.database.engine, space_id=space.id, dimension=space.dimension)
        if not space.active:
            with run.batch() as connection:
                switch_to(connection, space)
            run.report.notes.append(f"Switched to {name}.")

"""The `embed` job: a vector for every title that is new or whose text changed.

A space that is not the active one is filled beside it and switched to when no title is missing;
until then, whatever stops the job, readers see the old space whole.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import text

from api.inference.encoder import Encoder
from api.storage.described_titles import described_titles
from api.storage.embedding_spaces import (
    Space,
    activate,
    open_space,
    stored_hashes,
    titles_without_vector,
    write_vectors,
)
from etl.embeddings.templates import TEMPLATES, TemplateName, hash_of
from etl.job import JobRun

# Titles per transaction. The encoder sorts these by length, which wants many to choose from.
_CHUNK = 1024


@dataclass(frozen=True, slots=True)
class Stale:
    """A title whose vector is missing or of an older text."""

    item_id: int
    text: str
    text_hash: bytes


@dataclass(frozen=True, slots=True)
class Embed:
    """The job's parts; model, version and template name the space."""

    encoder: Encoder
    version: str
    template: TemplateName

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
            known = stored_hashes(connection, space)
            total = connection.execute(
                text("SELECT count(*) FROM items WHERE retired_at IS NULL")
            ).scalar_one()
        stale = islice(self._stale(run, known), run.options.limit)
        with run.progress.track("vectors", total) as advance:
            while chunk := list(islice(stale, _CHUNK)):
                if not run.options.dry_run:
                    self._embed(run, space, chunk)
                run.report.written += len(chunk)
                advance(len(chunk))
            advance(run.report.unchanged)
        if not run.options.dry_run:
            self._switch(run, space)

    def _stale(self, run: JobRun, known: Mapping[int, bytes]) -> Iterator[Stale]:
        render = TEMPLATES[self.template]
        for title in described_titles(run.database.engine):
            run.report.read += 1
            words = render(title)
            text_hash = hash_of(words)
            if known.get(title.id) == text_hash:
                run.report.unchanged += 1
            else:
                yield Stale(title.id, words, text_hash)

    def _embed(self, run: JobRun, space: Space, chunk: list[Stale]) -> None:
        vectors = self.encoder.encode([one.text for one in chunk])
        with run.batch() as connection:
            write_vectors(
                connection,
                space,
                [one.item_id for one in chunk],
                vectors,
                [one.text_hash for one in chunk],
            )

    def _switch(self, run: JobRun, space: Space) -> None:
        name = f"{self.encoder.name}, version {self.version}, {self.template}"
        with run.batch() as connection:
            missing = titles_without_vector(connection, space)
            if missing:
                run.report.notes.append(f"{missing:,} titles still lack a vector in {name}.")
            elif not space.active:
                activate(connection, space)
                run.report.notes.append(f"Switched to {name}.")

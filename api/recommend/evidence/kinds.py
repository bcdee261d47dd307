"""What follows from a list of declared kinds: sources, scorers, weights, columns, reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from api.platform.errors import ConfigurationError
from api.recommend.evidence.kind import (
    Column,
    FindsTitles,
    GivesReason,
    Kind,
    Needs,
    ScoresTitles,
    Stands,
)
from api.recommend.pipeline.protocols import Scorer, Source
from api.recommend.pool import Pool
from config.explanations import ReasonForm
from config.ranking import WEIGHT_TABLES, Mixer, WeightTable
from config.ranking import Ranking as Numbers

WHOLE = 65535  # a share of 1, as it is stored
# What contributed a smaller share of a title's score than 5 % is no reason for it.
LEAST_TOLD = 0.05 * WHOLE


def share_of(signal: str) -> str:
    """The column with the share of a title's score that a signal contributed."""
    return f"{signal}_share"


@dataclass(frozen=True)
class Kinds:
    """Kinds of evidence in the order in which pages list their sources."""

    kinds: tuple[Kind, ...]

    @cached_property
    def sources(self) -> tuple[FindsTitles, ...]:
        """Every candidate source that is declared."""
        return tuple(source for kind in self.kinds for source in kind.sources)

    @cached_property
    def signals(self) -> tuple[ScoresTitles, ...]:
        """Every signal that is declared."""
        return tuple(kind.signal for kind in self.kinds if kind.signal is not None)

    @cached_property
    def source_names(self) -> tuple[str, ...]:
        """As clients see them."""
        return tuple(source.name for source in self.sources)

    @cached_property
    def weighed(self) -> tuple[str, ...]:
        """The signals that the mixer adds up."""
        return tuple(signal.name for signal in self.signals if signal.weights is not None)

    @cached_property
    def reasons(self) -> tuple[GivesReason, ...]:
        """Every reason, as declared: of two that contributed the same, the first comes first."""
        return tuple(reason for kind in self.kinds for reason in kind.reasons)

    @cached_property
    def reasons_by_share(self) -> tuple[tuple[int, tuple[int, ...], GivesReason], ...]:
        """Every reason that stands by what its signals contributed, behind the places of their
        shares in a record: the first one's, and those of the others."""
        names = self.dtype.names or ()
        return tuple(
            (first, tuple(others), reason)
            for reason in self.reasons
            if reason.stands == "by_share" and reason.signals
            for first, *others in [[names.index(share_of(name)) for name in reason.signals]]
        )

    def reasons_that_stand(self, stands: Stands) -> tuple[GivesReason, ...]:
        """The others of a group, as declared."""
        return self._standing.get(stands, ())

    @cached_property
    def _standing(self) -> Mapping[Stands, tuple[GivesReason, ...]]:
        return {
            stands: tuple(reason for reason in self.reasons if reason.stands == stands)
            for stands in get_args(Stands)
        }

    @cached_property
    def explained_signals(self) -> tuple[str, ...]:
        """The signals whose contributions reasons tell, each once."""
        return tuple(dict.fromkeys(name for reason in self.reasons for name in reason.signals))

    @cached_property
    def places_of_shares(self) -> tuple[tuple[str, int], ...]:
        """Each of them with the place of its share in a record."""
        names = self.dtype.names or ()
        return tuple((name, names.index(share_of(name))) for name in self.explained_signals)

    @cached_property
    def reason_forms(self) -> Mapping[str, ReasonForm]:
        """By its code what a sentence for a reason may say."""
        return {reason.code: reason.form for reason in self.reasons}

    @cached_property
    def impersonal(self) -> frozenset[str]:
        """The codes of reasons that tell nothing of the viewer's taste."""
        return frozenset(reason.code for reason in self.reasons if not reason.is_personal)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """What is stored of every title beside its sources; kinds may share a column.

        The last are what the explained signals contributed. In lists stored before there were
        these, all count the same.
        """
        declared = dict.fromkeys(column for kind in self.kinds for column in kind.columns)
        shares = (Column(share_of(name), "<u2", default=WHOLE) for name in self.explained_signals)
        return (*declared, *shares)

    @cached_property
    def dtype(self) -> np.dtype[np.void]:
        """Of one title's evidence: who proposed it, one flag per source, and every column."""
        return np.dtype(
            [
                ("sources", "?", (len(self.source_names),)),
                *((column.name, column.kind) for column in self.columns),
            ]
        )

    @cached_property
    def title_columns(self) -> tuple[str, ...]:
        """The columns with ids of titles that reasons may name."""
        return tuple(column.name for column in self.columns if column.is_title)

    def built_sources(self, needs: Needs) -> list[Source]:
        """The sources, ready to run."""
        return [source.build(needs) for source in self.sources]

    def built_scorers(self, needs: Needs) -> list[Scorer]:
        """The scorers, ready to run."""
        return [signal.build(needs) for signal in self.signals]

    def proposed_by(self, pool: Pool) -> NDArray[np.bool_]:
        """(candidates, sources): which source proposed which candidate of the pool."""
        return np.stack([pool.found_by(name) for name in self.source_names], axis=1)

    def sources_of(self, record: np.void) -> list[str]:
        """The names of the sources that proposed the title of one record."""
        return list(compress(self.source_names, record["sources"].tolist()))

    def default_weights(self, table: WeightTable) -> dict[str, float]:
        """What each signal weighs in one of the mixer's tables where nothing else is said."""
        found: dict[str, float] = {}
        for signal in self.signals:
            if (weights := signal.weights) is not None:
                own = getattr(weights, table)
                instead = weights.query if table == "narrative" else weights.warm
                found[signal.name] = instead if own is None else own
        return found

    def with_weights(self, numbers: Numbers) -> Numbers:
        """The numbers with the default weight of every signal that they leave out.

        Raises ConfigurationError, naming the entry, for a weight of a signal that there is not.
        """
        mixer = numbers.mixer
        complete: dict[str, Any] = {table: self._complete(mixer, table) for table in WEIGHT_TABLES}
        return numbers.model_copy(update={"mixer": mixer.model_copy(update=complete)})

    def _complete(self, mixer: Mixer, table: WeightTable) -> dict[str, float]:
        given = mixer.weights(table)
        for name in given:
            if name not in self.weighed:
                raise ConfigurationError(
                    f"mixer.{table}.{name}: there is no signal {name!r} to weigh; known: "
                    f"{', '.join(sorted(self.weighed))}."
                )
        return self.default_weights(table) | given


def kinds_of(kinds: Sequence[Kind]) -> Kinds:
    """The kinds, if no two of them claim a name.

    Raises ValueError for two sources, signals, reasons or columns of one name; a column that is
    declared twice alike is one.
    """
    found = Kinds(tuple(kinds))
    for what, names in (
        ("source", found.source_names),
        ("signal", [signal.name for signal in found.signals]),
        ("reason", [reason.code for reason in found.reasons]),
        ("column", ["sources", *(column.name for column in found.columns)]),
    ):
        if repeated := {name for name in names if [*names].count(name) > 1}:
            raise ValueError(f"two kinds of evidence declare the {what} {repeated.pop()!r}")
    return found

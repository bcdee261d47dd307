"""What follows from a list of declared kinds: sources, scorers, weights, columns, reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from api.domain.arrays import Floats
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
# Beside such shares: before all of them, behind them and last.
_STANDING: Mapping[Stands, float] = {"before": 1e9, "by_share": 0, "behind": 2, "alone": 1}


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
    def _standing(self) -> Floats:
        """Where each reason stands, 0 for one that stands by what its signals contributed."""
        return np.array([_STANDING[reason.stands] for reason in self.reasons], np.float32)

    @cached_property
    def _signals_of_reasons(self) -> Floats:
        """(reasons, signals): 1 where what the signal contributed counts for the reason."""
        by_share = (r.signals if r.stands == "by_share" else () for r in self.reasons)
        counts = [[name in signals for name in self.explained_signals] for signals in by_share]
        return np.array(counts, np.float32).reshape(len(self.reasons), -1)

    @cached_property
    def explained_signals(self) -> tuple[str, ...]:
        """The signals whose contributions reasons tell, each once."""
        return tuple(dict.fromkeys(name for reason in self.reasons for name in reason.signals))

    @cached_property
    def reason_forms(self) -> Mapping[str, ReasonForm]:
        """By its code what a sentence for a reason may say."""
        return {
            reason.code: replace(reason.form, leads=reason.stands == "before")
            for reason in self.reasons
        }

    @cached_property
    def impersonal(self) -> frozenset[str]:
        """The codes of reasons that tell nothing of the viewer's taste."""
        return frozenset(reason.code for reason in self.reasons if not reason.is_personal)

    @cached_property
    def standing_alone(self) -> frozenset[str]:
        """The codes of reasons that tell no more than that there is no other."""
        return frozenset(reason.code for reason in self.reasons if reason.stands == "alone")

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """What is stored of every title beside its sources; kinds may share a column.

        The last are what the explained signals contributed. In lists stored before there were
        these, all count the same.
        """
        shares = (Column(share_of(name), "<u2", default=WHOLE) for name in self.explained_signals)
        return (*self.noted, *shares)

    @cached_property
    def noted(self) -> tuple[Column, ...]:
        """The columns that kinds declare themselves."""
        return tuple(dict.fromkeys(column for kind in self.kinds for column in kind.columns))

    @cached_property
    def _noted_names(self) -> list[str]:
        return [column.name for column in self.noted]

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

    def sources_of(self, evidence: NDArray[np.void]) -> list[list[str]]:
        """The names of the sources that proposed the title of each record."""
        return [list(compress(self.source_names, one)) for one in evidence["sources"].tolist()]

    def records_of(self, evidence: NDArray[np.void]) -> list[dict[str, Any]]:
        """What the kinds have noted of the title of each record, by column, as plain values: to
        read one field after the other takes numpy ten times as long."""
        names = self._noted_names
        return [dict(zip(names, one, strict=True)) for one in evidence[names].tolist()]

    def reasons_in_order(self, evidence: NDArray[np.void]) -> list[list[GivesReason]]:
        """The reasons that may be told of the title of each record, in the order in which they are.

        Of two with the same share the one that is declared first stays the first.
        """
        shares = np.array([evidence[share_of(name)] for name in self.explained_signals], np.float32)
        shares = self._signals_of_reasons @ shares.reshape(
            len(self.explained_signals), len(evidence)
        )
        shares[shares < LEAST_TOLD] = 0
        standing = shares + self._standing[:, None]
        first = np.argsort(-standing, axis=0, kind="stable").T.tolist()
        told = np.count_nonzero(standing, axis=0).tolist()
        return [
            [self.reasons[place] for place in places[:count]]
            for places, count in zip(first, told, strict=True)
        ]

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

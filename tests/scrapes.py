"""What GET /metrics answers, read as Prometheus reads it."""

from collections.abc import Mapping
from dataclasses import dataclass

from prometheus_client.parser import text_string_to_metric_families

# What each type of family is told by.
_SUFFIXES = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",)}


@dataclass(frozen=True)
class Scrape:
    """The values of one answer."""

    values: Mapping[tuple[str, frozenset[tuple[str, str]]], float]
    types: Mapping[str, str]  # by the family's name
    meanings: Mapping[str, str]

    @classmethod
    def of(cls, text: str) -> "Scrape":
        """Raises ValueError for what is no exposition, and for one series that is told twice."""
        values: dict[tuple[str, frozenset[tuple[str, str]]], float] = {}
        types: dict[str, str] = {}
        meanings: dict[str, str] = {}
        for family in text_string_to_metric_families(text):
            if family.name in types:
                raise ValueError(f"{family.name} is told twice")
            types[family.name], meanings[family.name] = family.type, family.documentation
            for sample in family.samples:
                key = (sample.name, frozenset(sample.labels.items()))
                if key in values:
                    raise ValueError(f"{key} is told twice")
                values[key] = sample.value
        return cls(values, types, meanings)

    def value(self, name: str, **labels: str) -> float:
        """Of exactly these labels; raises KeyError where there is no such series."""
        return self.values[name, frozenset(labels.items())]

    def sum(self, name: str, **labels: str) -> float:
        """Over all series that have these labels among theirs."""
        wanted = labels.items()
        return sum(
            value
            for (one, given), value in self.values.items()
            if one == name and wanted <= dict(given).items()
        )

    def of_label(self, label: str) -> set[str]:
        """Every value of a label, whatever the series."""
        return {value for _, given in self.values for name, value in given if name == label}

    @property
    def names(self) -> set[str]:
        """What a query may name, with a value so far or not."""
        return {name + suffix for name, kind in self.types.items() for suffix in _SUFFIXES[kind]}

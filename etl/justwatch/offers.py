"""The question where titles can be watched, and the offers of the answer in our words.

One question is about several titles in several countries, distinguished by GraphQL's aliases.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, RootModel

from api.catalogue.offers.links import is_safe
from api.catalogue.writing.title import Offer, Provider
from api.domain.items import OfferType
from etl.justwatch.answer import Cleaned, Misunderstood, read_answer
from etl.justwatch.packages import Package

_LISTS_PER_QUESTION = 20  # JustWatch refuses what grows too large; see titles_per_question
_MOST_TITLES = 10
_LONGEST_LINK = 2000

_KINDS: Mapping[str, OfferType] = {
    "FLATRATE": "subscription",
    "FLATRATE_AND_BUY": "subscription",  # a subscription shows it; that it also sells it is less
    "FREE": "free",
    "ADS": "ads",
    "FAST": "ads",  # a channel with advertisements
    "RENT": "rent",
    "BUY": "buy",
}
# Known, and nothing that a link could play: tickets and discs.
_NOT_STREAMED = {"CINEMA"}
_NOT_STREAMED_AS = {"DVD", "BLURAY", "BLURAY_4K", "CANVAS"}
# The best first; what is not named here comes last.
_QUALITIES = ("_4K", "HD", "SD")

_FRAGMENT = """
fragment Facts on Offer {
  monetizationType
  presentationType
  standardWebURL
  deeplinkURL(platform: $platform)
  availableTo
  package {
    packageId
    shortName
    clearName
    technicalName
  }
}
"""


@dataclass(frozen=True, slots=True)
class TitleOffers:
    """JustWatch's offers of one title."""

    by_country: Mapping[str, tuple[Offer, ...]]  # every country asked about has an entry
    services: tuple[Provider, ...]  # that make these offers
    unknown_kinds: Counter[str]  # offers left out, by their kind


def titles_per_question(countries: int) -> int:
    """How many titles may be asked about at once.

    JustWatch bounds what one answer may hold. About 100 titles with the offers of one country are
    known to be refused; a fifth of that is asked for.
    """
    return max(1, min(_MOST_TITLES, _LISTS_PER_QUESTION // countries))


def offers_query(titles: int, countries: Sequence[str]) -> str:
    """The text of the question about `titles` nodes ($n0, $n1, ...) in these countries.

    The countries become part of the text: they must be two capital letters.
    """
    lists = "\n".join(
        f"      {country}: offers(country: ${country}, platform: $platform, "
        "filter: {bestOnly: true}) { ...Facts }"
        for country in countries
    )
    nodes = "\n".join(
        f"  t{number}: node(id: $n{number}) {{\n"
        f"    ... on MovieOrShowOrSeasonOrEpisode {{\n{lists}\n    }}\n  }}"
        for number in range(titles)
    )
    names = [f"$n{number}: ID!" for number in range(titles)]
    names += [f"${country}: Country!" for country in countries]
    return f"query Offers($platform: Platform!, {', '.join(names)}) {{\n{nodes}\n}}\n{_FRAGMENT}"


def offers_variables(nodes: Sequence[str], countries: Sequence[str]) -> dict[str, object]:
    """The variables that go with the text, but for the platform."""
    variables: dict[str, object] = {f"n{number}": node for number, node in enumerate(nodes)}
    return variables | {country: country for country in countries}


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except (TypeError, ValueError):
        return None


class _WireOffer(BaseModel):
    monetizationType: str  # noqa: N815 - JustWatch's spelling
    presentationType: str | None = None  # noqa: N815
    standardWebURL: Cleaned = None  # noqa: N815
    deeplinkURL: Cleaned = None  # noqa: N815
    availableTo: Annotated[date | None, BeforeValidator(_day)] = None  # noqa: N815
    package: Package


class _WireTitles(RootModel[dict[str, dict[str, list[_WireOffer]] | None]]):
    pass


def read_offers(
    document: object, *, titles: int, countries: Sequence[str], today: date
) -> list[TitleOffers | None]:
    """One entry per title in the order of the question, None for a node that no longer exists.

    Raises Misunderstood, also when a title's offers are all of unknown kinds: then it is not the
    offers that ended but their names that changed.
    """
    answer = read_answer(document, _WireTitles, question="offers").root
    if any(f"t{number}" not in answer for number in range(titles)):
        raise Misunderstood("offers", "a title is missing")
    nodes = [answer[f"t{number}"] for number in range(titles)]
    return [None if node is None else _title_offers(node, countries, today) for node in nodes]


def _title_offers(
    lists: Mapping[str, Sequence[_WireOffer]], countries: Sequence[str], today: date
) -> TitleOffers:
    if missing := [country for country in countries if country not in lists]:
        raise Misunderstood("offers", f"no list for {missing[0]}")
    unknown: Counter[str] = Counter()
    by_country: dict[str, tuple[Offer, ...]] = {}
    services: dict[str, Provider] = {}
    for country in countries:
        streamed = [offer for offer in lists[country] if _is_streamed(offer)]
        known = [offer for offer in streamed if offer.monetizationType in _KINDS]
        unknown.update(
            offer.monetizationType for offer in streamed if offer.monetizationType not in _KINDS
        )
        if streamed and not known:
            raise Misunderstood("offers", f"only {streamed[0].monetizationType!r}")
        current = [one for one in known if one.availableTo is None or one.availableTo >= today]
        by_country[country] = _collapsed(country, current)
        services |= {one.package.shortName: one.package.as_provider() for one in current}
    return TitleOffers(by_country, tuple(services.values()), unknown)


def _is_streamed(offer: _WireOffer) -> bool:
    return (
        offer.monetizationType not in _NOT_STREAMED
        and offer.presentationType not in _NOT_STREAMED_AS
    )


def _collapsed(country: str, offers: Iterable[_WireOffer]) -> tuple[Offer, ...]:
    """One offer per service and kind: the best quality that has a link."""
    best: dict[tuple[str, OfferType], Offer] = {}
    for one in sorted(offers, key=_preference):
        kind = _KINDS[one.monetizationType]
        best.setdefault(
            (one.package.shortName, kind),
            Offer(
                country,
                one.package.shortName,
                kind,
                _followable(one.standardWebURL),
                _followable(one.deeplinkURL),
            ),
        )
    return tuple(best.values())


def _preference(offer: _WireOffer) -> tuple[bool, int, str]:
    # The link comes last to make the choice the same in every run.
    link = _followable(offer.standardWebURL)
    quality = offer.presentationType or ""
    place = _QUALITIES.index(quality) if quality in _QUALITIES else len(_QUALITIES)
    return link is None, place, link or ""


def _followable(url: str | None) -> str | None:
    return url if url is not None and len(url) <= _LONGEST_LINK and is_safe(url) else None

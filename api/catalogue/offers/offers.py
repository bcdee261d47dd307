"""Where a title can be watched in one country."""

from dataclasses import dataclass

from api.catalogue.items.item_references import ITEM_ID, ONE_GIVEN, parameters_of
from api.catalogue.limits.shown_titles import shown_clause
from api.domain.items import ItemRef, OfferType
from api.domain.limits import Limits
from api.platform.database import Database

# By the primary key of availability, which begins with item_id and country; the best offer first.
_OFFERS = f"""
    SELECT service, offer_type, deep_link, url
    FROM availability JOIN items ON items.id = item_id
    WHERE availability.country = %(country)s AND item_id = (
        SELECT {ITEM_ID}
        FROM {ONE_GIVEN}
    ) AND {{shown}}
    ORDER BY array_position(ARRAY['subscription', 'free', 'ads', 'rent', 'buy'], offer_type),
        service
"""  # noqa: S608 - no value is part of the text


@dataclass(frozen=True, slots=True)
class Offer:
    """One way to watch a title."""

    service: str
    offer_type: OfferType
    deep_link: str | None
    url: str | None


def offers_of(database: Database, item: ItemRef, *, country: str, limits: Limits) -> list[Offer]:
    """The offers of an item: subscription, free, ads, rent, buy, then by service.

    There is none of a title above the limits.
    """
    shown, own = shown_clause(limits)
    parameters = {"country": country} | parameters_of(item)
    with database.autocommit() as cursor:
        return [
            Offer(*row) for row in cursor.execute(_OFFERS.format(shown=shown), parameters | own)
        ]

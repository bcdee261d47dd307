"""What a page leaves out of its list: what has changed since the list was made.

A list is stored whole and paged through for hours; each page is cut anew, so this is where it is
decided what may not be shown any more.
"""

from collections.abc import Mapping

from api.catalogue.facts.catalogue_facts import CatalogueFacts
from api.catalogue.items.cards import ItemCard
from api.domain.arrays import Ints
from api.recommend.constraints.constraints import Constraints


def left_out(
    item_ids: Ints,
    cards: Mapping[int, ItemCard],
    facts: CatalogueFacts,
    limits: Constraints,
) -> frozenset[int]:
    """Those of the ids that left the catalogue, were retired, or break one of the viewer's limits.

    As far as this process knows: pages are cut without asking for the catalogue's version.
    """
    gone = {item_id for item_id in item_ids.tolist() if _is_gone(cards.get(item_id))}
    known = facts.known_rows(item_ids)
    refused = facts.ids[known[~limits.kept_by(facts, known)]]
    return frozenset(gone.union(refused.tolist()))


def _is_gone(card: ItemCard | None) -> bool:
    return card is None or card.retired

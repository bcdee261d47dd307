"""Ids of lists sort by time, and tell nothing else."""

from datetime import UTC, datetime, timedelta

from api.recommend.lists.list_id import first_id_at, new_list_id

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


def test_is_a_uuid_of_version_7() -> None:
    one = new_list_id(NOON)
    assert one.version == 7
    assert one.variant == "specified in RFC 4122"
    assert int.from_bytes(one.bytes[:6], "big") == NOON.timestamp() * 1000


def test_sorts_by_time() -> None:
    later = NOON + timedelta(milliseconds=1)
    for _ in range(100):
        assert first_id_at(NOON) < new_list_id(NOON) < first_id_at(later) < new_list_id(later)


def test_every_bit_that_may_be_drawn_is() -> None:
    ids = [new_list_id(NOON).int for _ in range(200)]
    differing = 0
    for one in ids:
        differing |= one ^ ids[0]
    assert differing.bit_count() == 74

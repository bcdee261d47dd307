"""The QR code that the page draws, read back by the standard's own rules."""

import re
from functools import reduce

from playwright.sync_api import expect

from tests.acceptance.conftest import Service
from tests.page.conftest import Open

_LEVEL_L_MASK_0 = "111011111000100"  # ISO/IEC 18004, table C.1
_CORRECTION = {1: 7, 2: 10, 3: 15, 4: 20, 5: 26}

Grid = list[list[bool]]


def _grid(path: str, size: int) -> Grid:
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path)}
    return [[(x, y) in dark for x in range(size)] for y in range(size)]


def _is_pattern(x: int, y: int, size: int) -> bool:
    corner = (x < 9 and y < 9) or (x >= size - 8 and y < 9) or (x < 9 and y >= size - 8)
    middle = size > 21 and abs(x - (size - 7)) <= 2 and abs(y - (size - 7)) <= 2
    return corner or middle or 6 in (x, y)


def _codewords(grid: Grid) -> list[int]:
    """Columns in pairs from the right, without the sixth; first upwards, then in turns."""
    size, bits = len(grid), ""
    columns = [x for x in range(size - 1, -1, -1) if x != 6]
    for turn, pair in enumerate(zip(columns[::2], columns[1::2], strict=True)):
        rows = range(size) if turn % 2 else range(size - 1, -1, -1)
        for y in rows:
            for x in pair:
                if not _is_pattern(x, y, size):
                    bits += str(int(grid[y][x] != ((x + y) % 2 == 0)))
    return [int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8)]


def _times(one: int, other: int) -> int:
    product = 0
    while other:
        product ^= one if other & 1 else 0
        one = (one << 1) ^ (0x11D if one & 0x80 else 0)
        other >>= 1
    return product


def _syndromes(words: list[int], count: int) -> list[int]:
    roots = [reduce(_times, [2] * power, 1) for power in range(count)]
    return [_value_at(root, words) for root in roots]


def _value_at(point: int, words: list[int]) -> int:
    return reduce(lambda value, word: _times(value, point) ^ word, words, 0)


def test_another_device_reads_the_address_with_the_code(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, size="phone", household=household)
    window.go("/#/profiles")
    window.page.get_by_role("button", name="Use another device").tap()
    picture = window.page.get_by_role("img", name="QR code")
    expect(picture).to_be_visible()
    box = picture.get_attribute("viewBox") or ""
    size = int(box.split()[2]) - 8
    grid = _grid(picture.locator("path").get_attribute("d") or "", size)
    told = [grid[8][x] for x in (0, 1, 2, 3, 4, 5, 7)] + [
        grid[y][8] for y in (8, 7, 5, 4, 3, 2, 1, 0)
    ]
    assert "".join(str(int(bit)) for bit in told) == _LEVEL_L_MASK_0
    words = _codewords(grid)
    correction = _CORRECTION[(size - 17) // 4]
    assert _syndromes(words, correction) == [0] * correction
    digits = bytes(words).hex()
    length = int(digits[1:3], 16)
    text = bytes.fromhex(digits[3 : 3 + 2 * length]).decode()
    link = window.page.get_by_role("dialog").get_by_role("link")
    assert text == link.inner_text()
    assert re.fullmatch(re.escape(service.url) + r"/#code=[A-Z0-9]{8}", text)
    assert digits[0] == "4"
    assert window.broken_rules() == []


def test_a_code_is_taken_by_a_page_that_is_open_already(
    service: Service, household: str, open_window: Open
) -> None:
    window = open_window(service.url, size="phone", household=household)
    window.go("/#/watchlist")
    code = service.http.post("/session/code").json()["code"]
    with window.page.expect_response("**/session") as answer:
        window.page.goto(f"/#code={code.replace('-', '')}")
    assert answer.value.request.method == "POST"
    assert answer.value.status == 200
    expect(window.page.locator("h1")).to_have_text("For Dana")
    assert window.errors == []

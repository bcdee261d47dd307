"""Bytes, requests and time of the first view: python -m tests.page.first_view URL [HOUSEHOLD].

As a phone sees it whose processor is four times slower, without anything kept from before; then
the map, if there is one, as a desk sees it: frames while it moves, their scripts, and memory.
"""

import shutil
import statistics
import sys
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, sync_playwright

_SLOWER = 4
_TIMES = 7
_MOVING_MS = 3000
# Moves the map before each frame; tells how many frames there were.
_MOVE = """(lasts) => new Promise((tell) => {
    const canvas = document.querySelector(".map canvas");
    const ends = performance.now() + lasts;
    let frames = 0;
    const step = () => {
        frames += 1;
        const key = frames % 2 ? "ArrowLeft" : "ArrowRight";
        canvas.dispatchEvent(new KeyboardEvent("keydown", { key }));
        if (performance.now() < ends) requestAnimationFrame(step);
        else tell(frames);
    };
    requestAnimationFrame(step);
})"""


@dataclass
class _Visit:
    """What one visit moved; bytes as they came over the wire."""

    received: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    shown_after_html_ms: float = 0

    def bytes_of(self, kind: str | None = None) -> int:
        """Bytes of a kind of request, or of all."""
        return sum(size for one, size in self.received.items() if kind in (None, self.kinds[one]))


def main(url: str, household: str) -> None:
    """Prints the median visit."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        visits = [_visit(browser, url, household) for _ in range(_TIMES)]
        moved = _moving_map(browser, url, household)
        browser.close()
    last = visits[-1]
    times = sorted(visit.shown_after_html_ms for visit in visits)
    print(f"{len(last.received)} requests, {last.bytes_of() / 1024:.1f} KB", end=": ")
    kinds = sorted(set(last.kinds.values()), key=last.bytes_of, reverse=True)
    print(", ".join(f"{kind} {last.bytes_of(kind) / 1024:.1f}" for kind in kinds))
    print(
        f"first titles {statistics.median(times):.0f} ms after the HTML "
        f"({times[0]:.0f} to {times[-1]:.0f}) at {_SLOWER}x slower"
    )
    print(moved)


def _visit(browser: Browser, url: str, household: str) -> _Visit:
    context = browser.new_context(
        base_url=url,
        viewport={"width": 360, "height": 740},
        has_touch=True,
        locale="en-US",
        service_workers="block",
    )
    context.add_init_script(f"localStorage.setItem('household', '{household}')")
    page = context.new_page()
    visit, protocol = _Visit(), context.new_cdp_session(page)
    protocol.send("Network.enable")
    protocol.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})

    def note_kind(event: dict[str, Any]) -> None:
        visit.kinds[event["requestId"]] = event["type"]

    def note_size(event: dict[str, Any]) -> None:
        visit.received[event["requestId"]] = event["encodedDataLength"]

    protocol.on("Network.responseReceived", note_kind)
    protocol.on("Network.loadingFinished", note_size)
    page.goto("/")
    page.wait_for_selector(".card")
    # The HTML's end, and the first title's paint.
    visit.shown_after_html_ms = page.evaluate(
        "() => new Promise((tell) => requestAnimationFrame(() => setTimeout(() => tell("
        "performance.now() - performance.getEntriesByType('navigation')[0].responseEnd))))"
    )
    page.wait_for_load_state("networkidle")
    context.close()
    return visit


def _moving_map(browser: Browser, url: str, household: str) -> str:
    context = browser.new_context(base_url=url, viewport={"width": 1280, "height": 900})
    context.add_init_script(f"localStorage.setItem('household', '{household}')")
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    protocol.send("Performance.enable")

    def metrics() -> dict[str, float]:
        told = protocol.send("Performance.getMetrics")["metrics"]
        return {one["name"]: one["value"] for one in told}

    page.goto("/#/map")
    page.wait_for_selector("main h1")
    if not page.locator(".map canvas").count():
        context.close()
        return "there is no map"
    page.wait_for_selector(".map-label:not(.is-out)")
    before = metrics()
    frames = page.evaluate(_MOVE, _MOVING_MS)
    after = metrics()
    points = page.locator(".map canvas").get_attribute("aria-label")
    context.close()
    script_ms = 1000 * (after["ScriptDuration"] - before["ScriptDuration"]) / frames
    return (
        f"{points}\n{frames / (_MOVING_MS / 1000):.0f} frames a second, {script_ms:.1f} ms of "
        f"scripts a frame, {after['JSHeapUsedSize'] / 2**20:.1f} MB of scripts' memory"
    )


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("Name the running service: python -m tests.page.first_view http://127.0.0.1:8000")
    main(sys.argv[1], sys.argv[2] if len(sys.argv) == 3 else "first-view")

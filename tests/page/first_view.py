"""Bytes, requests and time of the first view: python -m tests.page.first_view URL [URL ...].

As a phone sees it whose processor is four times slower, without anything kept from before, in a
browser that is open already. Several services, of one version each, are asked in turns. Then the
map of the last, if there is one, as a desk sees it: frames while it moves, their scripts, memory.
"""

import argparse
import shutil
import statistics
import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, sync_playwright

_SLOWER = 4
_UNDISTURBED_SECONDS = 3
# Notes when the first title was painted. The page itself looks, since what a test's own waiting
# puts into it would be counted on a slow processor.
_PAINTED = """
window.painted = new Promise((tell) => {
    const watch = new MutationObserver(() => {
        if (!document.querySelector(".card")) return;
        watch.disconnect();
        requestAnimationFrame(() => setTimeout(() => tell(performance.now())));
    });
    watch.observe(document, { childList: true, subtree: true });
});
"""
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


def main(urls: list[str], household: str, times: int) -> None:
    """Prints the median visit of each."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        visits: dict[str, list[_Visit]] = {url: [] for url in urls}
        for turn in range(times):
            for url in urls if turn % 2 else reversed(urls):
                visits[url].append(_visit(browser, url, household))
        moved = _moving_map(browser, urls[-1], household)
        browser.close()
    for url, own in visits.items():
        _tell(url, own)
    print(moved)


def _tell(url: str, visits: list[_Visit]) -> None:
    last = visits[-1]
    times = sorted(visit.shown_after_html_ms for visit in visits)
    print(f"{url}: {len(last.received)} requests, {last.bytes_of() / 1024:.1f} KB", end=": ")
    kinds = sorted(set(last.kinds.values()), key=last.bytes_of, reverse=True)
    print(", ".join(f"{kind} {last.bytes_of(kind) / 1024:.1f}" for kind in kinds))
    print(
        f"first titles {statistics.median(times):.0f} ms after the HTML "
        f"({times[0]:.0f} to {times[-1]:.0f}) at {_SLOWER}x slower"
    )


def _visit(browser: Browser, url: str, household: str) -> _Visit:
    context = browser.new_context(
        base_url=url,
        viewport={"width": 360, "height": 740},
        has_touch=True,
        locale="en-US",
        service_workers="block",
    )
    context.add_init_script(f"localStorage.setItem('household', '{household}')")
    context.add_init_script(_PAINTED)
    page = context.new_page()
    page.goto("/healthz")  # the browser has begun its own work for this address
    visit, protocol = _Visit(), context.new_cdp_session(page)
    protocol.send("Network.enable")
    protocol.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})

    def note_kind(event: dict[str, Any]) -> None:
        visit.kinds[event["requestId"]] = event["type"]

    def note_size(event: dict[str, Any]) -> None:
        visit.received[event["requestId"]] = event["encodedDataLength"]

    protocol.on("Network.responseReceived", note_kind)
    protocol.on("Network.loadingFinished", note_size)
    page.goto("/", wait_until="commit")
    time.sleep(_UNDISTURBED_SECONDS)
    visit.shown_after_html_ms = page.evaluate(
        "painted.then((when) => when - performance.getEntriesByType('navigation')[0].responseEnd)"
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
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("url", nargs="+")
    arguments.add_argument("--household", default="first-view")
    arguments.add_argument("--times", type=int, default=7)
    asked = arguments.parse_args()
    main(asked.url, asked.household, asked.times)

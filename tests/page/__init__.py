"""The page in a browser: Debian's Chromium, driven by Playwright. `make test-page` runs it."""

"""A real Chromium for the server's pages, to test and to draw: the system's own, else the one of Playwright."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from build.bootstrap import BROWSERS


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, closed when the block ends; one at a time."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found)
        yield browser
        browser.close()

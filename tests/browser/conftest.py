"""A browser, and the site with release 1 for it to visit.

The site is an installation of its own, served as `make demo` serves it: in processes of its own,
from collected files, with a database in a scratch directory. These tests touch no other database.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.services.servers import LOCALHOST
from tests.services.site import Installation

# Playwright keeps an event loop running, and Django then refuses to touch the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WATCH_THE_POLICY = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(
  `${event.violatedDirective}: ${event.blockedURI} (${event.sourceFile}, line ${event.lineNumber})`));
"""
GIVEN_UP = "net::ERR_ABORTED"
ALL_DRAWN = "() => [...document.querySelectorAll('[data-chart]')].every((chart) => chart.dataset.drawn)"


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return Installation(tmp_path_factory.mktemp("site"), {"DEBUG": "false"})


@pytest.fixture(scope="session")
def site(installation: Installation) -> Iterator[str]:
    """The address of the site, with the public record and the simulated trusts as release 1 of each. The
    second comes while the first can be read already."""
    with installation.site("demo") as running:
        running.wait_until_it_says("/series/simulated/")
        yield f"http://{LOCALHOST}:{running.port}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    assert found, "Chromium is not on this machine: apt-get install chromium, or set CHROMIUM to its path."
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """A page as a reader has it before them, and what went wrong on the way."""

    page: Page
    site: str
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    @property
    def violations(self) -> list[str]:
        return self.page.evaluate("() => window.violations")

    @property
    def other_hosts(self) -> list[str]:
        here = urlsplit(self.site).netloc
        addresses = (urlsplit(address) for address in self.requests)
        return [a.geturl() for a in addresses if a.scheme not in ("data", "blob") and a.netloc != here]

    def watch(self) -> None:
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "console", lambda said: said.type in ("error", "warning") and self.errors.append(said.text)
        )
        self.page.on("request", lambda request: self.requests.append(request.url))
        # A browser asks for the favicon when all else is there, and gives up when it is led on before that.
        self.page.on(
            "requestfailed",
            lambda request: request.failure != GIVEN_UP and self.failures.append(request.url),
        )
        self.page.on(
            "response", lambda got: got.status >= 400 and self.failures.append(f"{got.status} {got.url}")
        )

    def open(self, address: str) -> None:
        assert self.page.goto(f"{self.site}{address}", wait_until="load").ok


Open = Callable[..., Visit]


@pytest.fixture
def contexts(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser windows of their own settings; all are closed after the test."""
    made: list[BrowserContext] = []

    def make(**settings: Any) -> BrowserContext:
        made.append(browser.new_context(**settings))
        made[-1].set_default_timeout(20_000)
        return made[-1]

    yield make
    for context in made:
        context.close()


@pytest.fixture
def visit(site: str, contexts: Callable[..., BrowserContext]) -> Open:
    """Opens a page, and waits until its scripts have run and its charts are drawn."""

    def open_page(address: str, width: int = 1280, **settings: Any) -> Visit:
        context = contexts(viewport={"width": width, "height": 900}, **settings)
        context.add_init_script(WATCH_THE_POLICY)
        visit = Visit(context.new_page(), site)
        visit.watch()
        visit.open(address)
        if settings.get("java_script_enabled", True):
            visit.page.wait_for_function(ALL_DRAWN)
        return visit

    return open_page

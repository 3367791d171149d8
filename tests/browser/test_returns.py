"""The way of a return, by the people who take its steps: an officer, a chief executive, an analyst and
an administrator, each in a browser of their own, on a site of their own."""

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import APIResponse, Browser, BrowserContext, Page, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import WATCH_THE_POLICY
from tests.browser.pictures import RETURNS, assert_shows
from tests.services.servers import LOCALHOST
from tests.services.site import Installation

pytestmark = pytest.mark.browser

OFFICER, CHIEF, ANALYST = "demo-officer", "demo-chief-executive", "demo-analyst"
ADMINISTRATOR = "demo-administrator"
MONTH, MEASURE = "March 2013", "court-reports-on-time"
REASON = "The office was closed for a week after a flood, as the note to the March figures says."
SENT_BACK = "Three assessments of April stand in March. Move them."


@pytest.fixture(scope="module")
def apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Demo"]:
    """A demo of its own: what happens here changes what the simulated series holds."""
    installation = Installation(tmp_path_factory.mktemp("returns"), {"DEBUG": "false"})
    with installation.site("demo") as running:
        running.wait_until_it_says("These accounts are for this machine alone")
        yield Demo(installation, f"http://{LOCALHOST}:{running.port}")


class Demo:
    def __init__(self, installation: Installation, address: str):
        self.installation, self.address = installation, address

    @property
    def password(self) -> str:
        return (self.installation.var / "demo-password").read_text()

    @property
    def to_send(self) -> list[dict[str, str]]:
        """The lines of the return that is left to send."""
        (file,) = (self.installation.var / "to-send").glob("*.csv")
        return list(csv.DictReader(io.StringIO(file.read_text())))


@pytest.fixture
def people(apart: Demo, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Signs somebody in, once in each test, and watches for what must not happen."""
    contexts: dict[str, BrowserContext] = {}
    pages: dict[str, Page] = {}

    def signed_in(username: str, **settings: Any) -> Page:
        if username not in pages:
            contexts[username] = browser.new_context(viewport={"width": 1280, "height": 900}, **settings)
            contexts[username].add_init_script(WATCH_THE_POLICY)
            contexts[username].set_default_timeout(20_000)
            pages[username] = sign_in(contexts[username].new_page(), apart, username)
        return pages[username]

    yield signed_in
    for username, page in pages.items():
        if page.evaluate("() => 'violations' in window"):
            assert page.evaluate("() => window.violations") == [], username
    for context in contexts.values():
        context.close()


def sign_in(page: Page, demo: Demo, username: str) -> Page:
    page.goto(f"{demo.address}/returns/")
    page.get_by_label("Username").or_(page.get_by_label("Email address")).first.fill(username)
    page.get_by_label("Password", exact=True).fill(demo.password)
    page.get_by_role("button", name="Sign in").click()
    return page


def written(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def changed(rows: list[dict[str, str]], measure: str, **cells: str) -> list[dict[str, str]]:
    return [row | cells if row["measure"] == measure else row for row in rows]


def upload(page: Page, demo: Demo, content: bytes, name: str = "march.csv") -> None:
    page.goto(f"{demo.address}/returns/send/")
    page.get_by_label("File").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Send and check").click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Checking")


def give_reasons(page: Page) -> None:
    while page.get_by_role("button", name="Give this reason for").count():
        page.get_by_label("Why are these figures right?").or_(
            page.get_by_label("Why is this figure right?")
        ).first.fill(REASON)
        page.get_by_role("button", name="Give this reason for").first.click()
        page.wait_for_load_state()


def submit(page: Page) -> str:
    """From the page of a file that was kept. Returns the address of the return."""
    give_reasons(page)
    page.get_by_role("region", name="Returns in this file").get_by_role("link").click()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("button", name="Submit")).to_have_count(0)
    return page.url


def change_role(page: Page, demo: Demo, username: str, role: str) -> None:
    page.goto(f"{demo.address}/people/")
    page.get_by_role("link", name=username).click()
    page.get_by_label(role).check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("is changed")


def test_the_way_of_a_return(apart: Demo, people: Callable[..., Page]) -> None:
    rows = apart.to_send
    officer = people(OFFICER)
    expect(officer.locator("main")).to_contain_text(MONTH)
    expect(officer.locator("main")).to_contain_text("15 April 2013")

    # A bad file: what is wrong is shown beside the cells, and nothing is kept.
    whole = next(row for row in rows if row["measure"] == MEASURE)["denominator"]
    upload(
        officer, apart, written(changed(rows, MEASURE, numerator=f"{int(whole) + 1}", denominator="1,234"))
    )
    expect(officer.get_by_role("heading", level=1)).to_contain_text("march.csv has")
    expect(officer.get_by_role("table", name="Rows with errors")).to_contain_text("1,234")
    expect(officer.locator("main")).to_contain_text("write 1234")
    assert_shows(officer, RETURNS)

    # A good one, with a figure that asks for a reason.
    upload(officer, apart, written(changed(rows, MEASURE, numerator=f"{int(whole) // 3}")))
    expect(officer.get_by_role("heading", level=1)).to_contain_text("kept as a draft")
    expect(officer.locator("main")).to_contain_text("where more than 20 asks for a reason")
    address = submit(officer)

    # Whoever submitted it can't approve it, whatever their role is by now.
    administrator = people(ADMINISTRATOR)
    change_role(administrator, apart, OFFICER, "Trust chief executive")
    officer.goto(address)
    expect(officer.locator("main")).to_contain_text(
        "You submitted this return, so another person must approve it."
    )
    expect(officer.get_by_role("button", name="Approve")).to_have_count(0)
    change_role(administrator, apart, OFFICER, "Trust information officer")

    chief = people(CHIEF)
    expect(chief.locator("main")).to_contain_text("Waiting for your approval")
    chief.goto(address)
    expect(chief.locator("main")).to_contain_text(REASON)
    chief.get_by_role("button", name="Approve").click()

    # The analyst sends it back, with a reason; the officer reads it and sends the next version.
    analyst = people(ANALYST)
    analyst.goto(address)
    analyst.get_by_text("Send it back to the trust").click()
    analyst.get_by_role("button", name="Send").last.click()
    expect(analyst.get_by_role("alert")).to_be_visible()
    analyst.get_by_label("reason", exact=False).or_(analyst.locator("textarea")).first.fill(SENT_BACK)
    analyst.get_by_role("button", name="Send").last.click()

    officer.goto(f"{apart.address}/returns/")
    expect(officer.locator("main")).to_contain_text(SENT_BACK)
    mended = written(rows)
    upload(officer, apart, mended)
    second = submit(officer)
    expect(officer.locator("main")).to_contain_text("version 2")
    expect(officer.locator("main")).to_contain_text(f"{int(whole) // 3} of {whole}")

    chief.goto(second)
    chief.get_by_role("button", name="Approve").click()
    analyst.goto(second)
    analyst.get_by_role("button", name="Accept").click()
    expect(analyst.locator("main")).to_contain_text("Accepted")

    # The same bytes again are nothing new.
    officer.goto(f"{apart.address}/returns/send/")
    officer.get_by_label("File").set_input_files(
        {"name": "again.csv", "mimeType": "text/csv", "buffer": mended}
    )
    officer.get_by_role("button", name="Send and check").click()
    expect(officer.get_by_role("alert")).to_contain_text("nothing in it is new")

    # The next release contains it.
    series = ("--series", "simulated", "--by")
    built = apart.installation.manage("build_release", *series, ANALYST)
    assert built.returncode == 0, built.stderr
    published = apart.installation.manage("publish_release", "2", *series, "demo-publisher")
    assert published.returncode == 0, published.stderr
    figures = officer.request.get(f"{apart.address}/series/simulated/trusts/warwickshire.csv").text()
    (march,) = [
        row
        for row in csv.DictReader(io.StringIO(figures.removeprefix("\ufeff")))
        if (row["measure"], row["period_start"], row["period_end"]) == (MEASURE, "2013-03-01", "2013-03-31")
    ]
    numerator = next(row for row in rows if row["measure"] == MEASURE)["numerator"]
    assert (march["numerator"], march["denominator"], march["release"]) == (numerator, whole, "2")


def test_without_scripts_a_file_is_followed_by_refreshing(apart: Demo, people: Callable[..., Page]) -> None:
    page = people(OFFICER, java_script_enabled=False)
    page.goto(f"{apart.address}/returns/send/")
    page.get_by_label("File").set_input_files(
        {"name": "april.csv", "mimeType": "text/csv", "buffer": b"%PDF-1.4"}
    )
    page.get_by_role("button", name="Send and check").click()

    for _ in range(100):
        if not page.get_by_role("link", name="Refresh this page").count():
            break
        page.get_by_role("link", name="Refresh this page").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("april.csv has 1 error")
    expect(page.locator("main")).to_contain_text("PDF")


def test_a_program_asks_with_a_token_that_its_person_has_made(
    apart: Demo, people: Callable[..., Page]
) -> None:
    officer = people(OFFICER)
    officer.goto(f"{apart.address}/account/")
    officer.get_by_role("link", name="Tokens for programs").click()
    officer.get_by_label("What is it for?").fill("Monthly report")
    officer.get_by_label("A month").check()
    officer.get_by_role("button", name="Make the token").click()
    expect(officer.get_by_role("heading", level=1)).to_have_text("Your new token: Monthly report")
    assert violations(officer) == []
    bearing = {"Authorization": f"Bearer {officer.locator('main code').first.inner_text()}"}

    def asked() -> APIResponse:
        """By a program: without the officer's cookies."""
        return program.get(f"{apart.address}/api/v1/observations/?limit=1", headers=bearing)

    program = officer.context.browser.new_context().request
    assert asked().json()["rows"][0]["organisation"]
    officer.goto(f"{apart.address}/account/tokens/")
    officer.get_by_role("button", name="End it").first.click()
    expect(officer.get_by_text("is ended: no program can use it any more")).to_be_visible()
    assert asked().status == 401


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    ("who", "address"),
    [
        (OFFICER, "/returns/"),
        (OFFICER, "/returns/send/"),
        (OFFICER, "/returns/uploads/"),
        (OFFICER, "/returns/extracts/"),
        (OFFICER, "/returns/extracts/send/"),
        (OFFICER, "/returns/templates/"),
        (OFFICER, "/account/tokens/"),
        (ANALYST, "/returns/"),
        (ANALYST, "/returns/matrix/"),
        (CHIEF, "/returns/"),
        (ADMINISTRATOR, "/people/"),
        (ADMINISTRATOR, "/people/invite/"),
    ],
)
def test_a_private_page_is_sound_at_both_widths(
    apart: Demo, people: Callable[..., Page], who: str, address: str, width: int
) -> None:
    page = people(who)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{apart.address}{address}")

    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    assert violations(page) == []


def test_a_return_is_counted_from_cases(apart: Demo, people: Callable[..., Page]) -> None:
    """Last, as it comes to another version of the month that others have sent."""
    officer = people(OFFICER)
    officer.set_viewport_size({"width": 1280, "height": 900})
    officer.goto(f"{apart.address}/returns/")
    officer.get_by_role("link", name="Count them from cases").click()
    officer.get_by_role("button", name="Send an extract").or_(
        officer.get_by_role("link", name="Send an extract")
    ).click()
    officer.get_by_label("Framework").select_option("ptrs-2012-13")
    officer.get_by_label("First month to count").fill("March 2013")
    officer.get_by_label("Last month to count").fill("March 2013")
    (events,) = (apart.installation.var / "to-count").glob("*.csv")
    officer.get_by_label("File").set_input_files(events)
    officer.get_by_role("button", name="Send and count").click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text("counted from cases")

    officer.get_by_role("link", name="Breach action taken on time").click()
    expect(officer.locator("#chart-waits")).to_contain_text("were in time")
    expect(officer.locator("#waits-plot .main-svg").first).to_be_visible()
    assert violations(officer) == []
    for width in (1280, 390):
        officer.set_viewport_size({"width": width, "height": 900})
        officer.reload()
        assert officer.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")

    with events.open() as rows:
        number = next(csv.DictReader(rows))["case"]
    officer.get_by_label("Your own case numbers").fill(number)
    officer.get_by_role("button", name="Look up").click()
    expect(officer.locator("main")).to_contain_text(number)

    officer.get_by_role("link", name="The figures, what was found about them").click()
    give_reasons(officer)
    expect(officer.get_by_role("region", name="Returns in this file")).to_be_visible()

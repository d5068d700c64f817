"""What people come to do, from the link in their message to the end, whichever hand they use."""

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, Page, expect

from tests.e2e.every_page.furniture import CLOSING
from tests.e2e.every_page.hands import Hand
from tests.e2e.every_page.site import Site

HOW = "How do you know that it works?"


def see(page: Page, heading: str) -> None:
    """Wait for a page."""
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def button(page: Page, name: str, *, exact: bool = False) -> Locator:
    """Return the button of the page's main part with this name."""
    return page.get_by_role("main").get_by_role("button", name=name, exact=exact).last


def link(page: Page, name: str) -> Locator:
    """Return the first link of the page's main part with this name."""
    return page.get_by_role("main").get_by_role("link", name=name).first


def come_in(hand: Hand, site: Site, who: str) -> None:
    """Come in by a new link, and agree to who sees what where that is asked."""
    page = hand.page
    page.goto(site.new_link(who))
    hand.press(button(page, "Continue"))
    if page.get_by_role("heading", level=1).inner_text() == "Who sees what":
        hand.press(button(page, "I agree"))


def complete_every_type(hand: Hand, site: Site) -> None:
    """Answer a question of every type, with two entries where they repeat."""
    page = hand.page
    page.goto(site.url("respond.tasks", {"submission_id": "every"}))
    hand.press(link(page, "Identification of needs"))
    for box in ("S01-1-rating-3", "S01-2-option-2", "S01-3-options", "S01-12-option"):
        hand.choose(page.locator(f"[id='{box}']"))
    for place, words in _words().items():
        hand.write(page.locator(f"[id='{place}']"), words)
    for label, words in _first_entries().items():
        hand.write(page.get_by_label(label).first, words)
    hand.pick(page.get_by_label("Kind of document").first, "Audit")
    hand.choose(page.get_by_label("We may share this document").first)
    hand.press(button(page, "Add another to question S01.8"))
    hand.write(page.get_by_label("Title of the document").last, "Second audit")
    hand.write(page.get_by_label("Link to the document").last, "https://birch.example/two")
    hand.pick(page.get_by_label("Kind of document").last, "Strategy")
    hand.press(button(page, "Save and continue"))
    see(page, "Have you finished this section?")
    hand.choose(page.get_by_label("Yes, it is finished"))
    hand.press(button(page, "Save and continue"))
    expect(page.get_by_text("Finished").first).to_be_visible()


def _words() -> Mapping[str, str]:
    return {
        "S01-4-number": "12.5",
        "S01-5-date-day": "27",
        "S01-5-date-month": "3",
        "S01-5-date-year": "2015",
        "S01-6-text": "One front door",
        "S01-7-text": "Schools tell us.",
        "S01-11-number": "412",
    }


def _first_entries() -> Mapping[str, str]:
    return {
        "Title of the document": "First audit",
        "Link to the document": "https://birch.example/one",
        "Full name": "Fay Cedar",
        "Job title": "Data lead",
        "Work email address": "fay@cedar.example",
        "Its name?": "Call back",
        "Its cost?": "1200",
    }


def hand_in(hand: Hand, site: Site) -> None:
    """Read every answer through, and submit."""
    page = hand.page
    page.goto(site.url("respond.tasks", {"submission_id": "every"}))
    hand.press(link(page, "Check your answers"))
    see(page, "Check your answers")
    expect(page.get_by_text("One front door").first).to_be_visible()
    expect(page.get_by_text("Second audit").first).to_be_visible()
    hand.press(page.get_by_role("main").get_by_role("button", name="Go on to submit"))
    see(page, "Submit the return")
    hand.choose(page.get_by_label("I confirm that"))
    hand.press(button(page, "Submit the return"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("submitted")


def work_together(hand: Hand, site: Site) -> None:
    """Hand a section over with a note, comment on a question, and deal with the comment."""
    page = hand.page
    page.goto(site.url("respond.section", {"submission_id": "birch", "section_code": "S01"}))
    hand.press(link(page, "Hand it to a colleague"))
    hand.choose(page.get_by_label("Dee Birch"))
    hand.write(page.get_by_label("Note for them"), "Please check the figures.")
    hand.press(button(page, "Save"))
    expect(page.get_by_text("Dee Birch").first).to_be_visible()
    page.goto(site.url("respond.section", {"submission_id": "birch", "section_code": "S01"}))
    expect(page.get_by_text("Please check the figures.")).to_be_visible()
    hand.press(link(page, "of question S01.4"))
    hand.write(page.get_by_label("Add a comment"), "Is this for the whole year?")
    hand.press(button(page, "Add comment"))
    expect(page.get_by_text("Is this for the whole year?")).to_be_visible()
    hand.press(button(page, "Mark as dealt with"))
    expect(page.get_by_text("Dealt with by Cy Birch")).to_be_visible()


def merge(hand: Hand, site: Site) -> None:
    """Meet a colleague in one answer, and merge both texts."""
    page = hand.page
    site.answer("S01.1", {"rating": 3})
    page.goto(site.url("respond.section", {"submission_id": "birch", "section_code": "S01"}))
    site.answer("S01.2", {"text": "What Dee wrote."})
    hand.write(page.get_by_label(HOW), "What Cy wrote.")
    hand.press(button(page, "Save and continue"))
    see(page, "Somebody else changed this too")
    hand.choose(page.get_by_label("Merge both, as I write below"))
    hand.press(button(page, "Save and continue"))
    page.goto(site.url("respond.section", {"submission_id": "birch", "section_code": "S01"}))
    expect(page.get_by_label(HOW)).to_have_value("What Dee wrote.\n\nWhat Cy wrote.")


def send_back_in_word(hand: Hand, site: Site) -> None:
    """Send a Word form back, and take the answers that it holds."""
    page = hand.page
    page.goto(site.url("wordform.begin", {"submission_id": "birch"}))
    hand.send_file(page.get_by_label("The form you filled in"), site.files["form"])
    hand.press(button(page, "Compare it with the return"))
    see(page, "Compare your form with the return")
    hand.press(button(page, "Save the answers I ticked"))
    page.goto(site.url("respond.section", {"submission_id": "birch", "section_code": "A1"}))
    expect(page.get_by_label("Yes")).to_be_checked()


def invite(hand: Hand, site: Site) -> None:
    """Bring contacts in from a spreadsheet, and invite everyone."""
    page = hand.page
    page.goto(site.url("coordinate.people", {"code": CLOSING}))
    hand.press(link(page, "Bring in contacts"))
    hand.send_file(page.get_by_label("Spreadsheet"), site.files["good contacts"])
    hand.press(button(page, "Check the rows"))
    hand.press(button(page, "Write 1 row"))
    expect(page.get_by_text("1 added")).to_be_visible()
    hand.press(page.get_by_role("main").get_by_role("button", name="Invite people"))
    hand.press(link(page, "Show everyone who has not been invited"))
    hand.press(page.get_by_role("button", name=re.compile("^Invite [0-9]+ p")))
    expect(page.get_by_text("on their way").or_(page.get_by_text("on its way"))).to_be_visible()


def run_a_survey(hand: Hand, site: Site) -> None:
    """Give more time, close, and take away the tracker and everything else."""
    page = hand.page
    page.goto(site.url("coordinate.setup", {"code": CLOSING}))
    for part, words in (("day", "31"), ("month", "12"), ("year", "2035")):
        hand.write(page.locator(f"#closes-{part}"), words)
    hand.press(button(page, "Extend the survey"))
    expect(page.get_by_text("The survey has a new last day.")).to_be_visible()
    page.goto(site.url("coordinate.setup", {"code": CLOSING}))
    hand.press(link(page, "See what a close would find"))
    hand.press(button(page, "Close the survey now"))
    expect(page.get_by_text("The survey is closed.")).to_be_visible()
    page.goto(site.url("coordinate.tracker", {"code": CLOSING}))
    assert hand.download(link(page, "Download the tracker")).endswith(".xlsx")
    page.goto(site.url("coordinate.exports_page", {"code": CLOSING}))
    hand.choose(page.get_by_label("JSON"))
    hand.press(button(page, "Make the file"))
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Export everything")

"""The second wall: the corpus with the gate switched off, in our page, under our policy, in a real browser.

Each case is rendered and put into the frame that every page has; whatever a contributor could smuggle past
the gate runs nothing, changes nothing of the exit and asks no other host for anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from corpus.cases import OUT, RUN, Case, cases
from rendering import page as with_text
from rendering import render
from safepage.gate import before
from safepage.output import inline
from safepage.site import parts

ROOT = Path(__file__).parents[1]
ORIGIN = "https://site.test"
HERE = '<p id="here"></p>'
DRAWN = ("scripts", "handlers", "schemes", "outside", "markup")
# Fires what waits for the reader below an element: every handler an attribute names, every link and button.
PROVOKE = """(root) => {
  for (const element of root.querySelectorAll('article *')) {
    for (const { name } of element.attributes) {
      if (name.startsWith('on')) element.dispatchEvent(new Event(name.slice(2), { bubbles: true }));
    }
    if (element.protocol === 'javascript:') element.click();
    if (/^(BUTTON|SUMMARY|INPUT)$/.test(element.tagName)) element.click();
  }
}"""
STATE = "(view) => [view.ran === undefined ? null : view.ran, view.document.title, view.location.href]"
# Loads pages side by side, each in a frame of its own, provokes them, and says how each stands.
LOAD = f"""async (addresses) => {{
  const frames = addresses.map((address) => {{
    const frame = document.createElement('iframe');
    frame.name = frame.src = address;
    return frame;
  }});
  const loaded = frames.map((frame) => new Promise((done) => {{ frame.onload = done; }}));
  document.body.replaceChildren(...frames);
  await Promise.all(loaded);
  for (const frame of frames) ({PROVOKE})(frame.contentDocument ?? document);
  await new Promise((done) => setTimeout(done, 30));
  return frames.map((frame) => {{
    try {{
      return ({STATE})(frame.contentWindow);
    }} catch (error) {{
      return [String(error)]; // it has gone elsewhere
    }}
  }});
}}"""
ADD = f"""async (pieces) => {{
  const article = document.querySelector('article');
  for (const piece of pieces) {{
    const range = document.createRange();
    range.selectNodeContents(article);
    article.replaceChildren(range.createContextualFragment(piece));
    ({PROVOKE})(document);
    await new Promise((done) => setTimeout(done, 0));
  }}
  await new Promise((done) => setTimeout(done, 30));
  return ({STATE})(window);
}}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that knows no site."""
    with browser.new_page() as page:
        yield page


def frame() -> str:
    """A page of the site as the templates leave it, before style, scripts and policy are put in."""
    scripts = "".join(f"<!--script:{name}-->" for name in ("checklist.js", "exit.js"))
    return (
        '<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="the policy"><title>Title</title>'
        '<link rel="icon" href="data:,"><!--style--></head>'
        f'<body><main id="content"><article>{HERE}</article></main>'
        '<div class="exit-bar"><a id="quick-exit" href="https://www.meteo.be/en" rel="noreferrer nofollow">'
        f"Leave this site</a></div>{scripts}</body></html>"
    )


def finished(html: str) -> str:
    """The page with a case in it, finished as the build finishes it."""
    style = parts.read([ROOT / "overrides"]).style
    scripts = dict.fromkeys(("checklist.js", "exit.js"), "document.documentElement.dataset.own = 'ran';")
    return inline.page(frame().replace(HERE, html), style, scripts)


def chosen() -> list[Case]:
    """The cases of techniques that could do something, but for those that no policy can stop."""
    found = [case for case in cases() if case.technique in DRAWN and not case.leaves]
    return [case for case in found if not before.too_much(case.markdown, "x", 1)]


class Watch:
    """What a page asks of the outside, and what it shows over itself."""

    def __init__(self, page: Page) -> None:
        self.seen: list[str] = []
        self.served: dict[str, str] = {}
        page.route("**/*", self._answer)
        page.on("dialog", lambda dialog: (self.seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("popup", lambda popup: self.seen.append(f"popup {popup.url}"))

    def _answer(self, route: Route) -> None:
        address = route.request.url
        if address in self.served:
            route.fulfill(body=self.served[address], content_type="text/html; charset=utf-8")
            return
        if not address.startswith(f"{ORIGIN}/"):
            self.seen.append(f"{route.request.frame.name}: {route.request.resource_type} {address}")
        route.abort()


def test_nothing_in_a_page_runs_or_leaves(page: Page) -> None:
    """Every script, and a sample of the rest, as part of a page that is loaded."""
    watch = Watch(page)
    watch.served[f"{ORIGIN}/"] = "<!doctype html><title>Frames</title><link rel=icon href=data:,><body>"
    page.goto(f"{ORIGIN}/")
    found = chosen()
    drawn = list(dict.fromkeys([*(case for case in found if case.technique == "scripts"), *found[::10]]))
    harmed = []
    for start in range(0, len(drawn), 50):
        batch = {f"{ORIGIN}/{case.name}/": case for case in drawn[start : start + 50]}
        watch.served |= {at: finished(render(with_text(case.markdown))) for at, case in batch.items()}
        states = page.evaluate(LOAD, list(batch))
        for (address, case), state in zip(batch.items(), states, strict=True):
            if state != [None, "Title", address]:
                harmed.append((case.name, case.markdown, state))
    assert not harmed
    assert watch.seen == []
    assert page.title() == "Frames"


def test_nothing_added_to_a_page_runs_or_leaves(page: Page) -> None:
    """Every case, put into one page by its parser after the other: quick, so all of them."""
    watch = Watch(page)
    address = f"{ORIGIN}/"
    watch.served[address] = finished("<p>Text.</p>")
    page.goto(address)
    harmed = []
    found = chosen()
    for start in range(0, len(found), 20):
        batch = found[start : start + 20]
        state = page.evaluate(ADD, [render(with_text(case.markdown)) for case in batch])
        if state != [None, "Title", address] or watch.seen:
            harmed.append(([case.name for case in batch], state, list(watch.seen)))
            watch.seen.clear()
            page.goto(address)
    assert not harmed


def test_the_test_would_see_it(page: Page) -> None:
    """Without the policy the same page does run and call: the test above is not blind."""
    asked: list[str] = []
    html = finished(render(with_text(f"<script>{RUN}</script>\n\n<img src='https://{OUT}/x.png'>")))
    html = re.sub(r"<meta [^>]*content-security-policy[^>]*>", "", html, flags=re.IGNORECASE)

    def answer(route: Route) -> None:
        if route.request.url == f"{ORIGIN}/":
            route.fulfill(body=html, content_type="text/html")
        else:
            asked.append(route.request.url)
            route.abort()

    page.route("**/*", answer)
    page.goto(f"{ORIGIN}/")
    assert page.evaluate("window.ran") == 1
    assert asked == [f"https://{OUT}/x.png"]


def test_our_own_scripts_run_and_a_copy_of_a_contributor_s_is_not_let_in() -> None:
    """The policy's hashes are of what we put in, never of what stands in the page."""
    clean = finished("<p>Text.</p>")
    foul = finished(f"<p>Text.</p><script>{RUN}</script><style>body{{display:none}}</style>")
    policy = re.compile(r"default-src[^\"]*")
    scripts = re.compile(r"script-src[^;]*")
    assert scripts.findall(policy.findall(clean)[0]) == scripts.findall(policy.findall(foul)[0])


def test_own_scripts_run_under_the_policy(page: Page) -> None:
    html = finished("<p>Text.</p>")
    page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{ORIGIN}/")
    assert page.evaluate("document.documentElement.dataset.own") == "ran"

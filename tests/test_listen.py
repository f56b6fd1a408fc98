"""A voice: a section or a sentence read aloud, by a voice of the device alone, and silent at once.

Real speech first: Chromium, Speech Dispatcher and eSpeak NG, without a loudspeaker. Then a browser that has
no voices is told of those of other devices.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement

import engines
from ending import Keeper
from pages import words
from safepage.checks.serving import serving
from safepage.launcher import system
from small import SETTINGS, small_site

# Without a loudspeaker nothing takes as long as it is.
LONG = 200
HELP = f"""---
title: Help
description: For someone who needs help
listen: true
---
# Help

You are not to blame. You decide. Call {{{{ emergency.phone }}}} or {{{{ line.national.phone }}}}.

## What a centre does {{#centre}}

{"It listens to you. " * LONG}

## At work and at home {{#places}}

!!! details "At work"
    You get no pay.

## Last {{#last}}

The last words.
"""
HELP_AR = f"""---
title: مساعدة
description: لمن يحتاج إلى مساعدة
---
# مساعدة

الذنب ليس ذنبكم. أنتم تقرّرون. اتصلوا بالرقم {{{{ emergency.phone }}}} أو {{{{ line.national.phone }}}}.

## ما يفعله المركز {{#centre}}

{"يستمع إليكم. " * LONG}

## في العمل وفي البيت {{#places}}

!!! details "في العمل"
    لا تتقاضون أجرًا.

## أخيرًا {{#last}}

الكلمات الأخيرة.
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with a page that may be heard; Dutch shows it in English."""
    settings = SETTINGS.replace("- Help: [", "- Help: [help.md, ")
    files = {"mkdocs.yml": settings, "docs/en/help.md": HELP, "docs/ar/help.md": HELP_AR}
    site = small_site(tmp_path_factory.mktemp("voice"), files)
    assert [line for line in site.build() if "error" in line] == []
    return site.output


# Real speech

SPEECHD = """\
LogLevel 5
AudioOutputMethod "alsa"
AddModule "espeak-ng" "sd_espeak-ng" "espeak-ng.conf"
DefaultModule "espeak-ng"
Timeout 0
"""
SILENT = "pcm.!default { type null }\nctl.!default { type null }\n"
SAID = re.compile(r"Incoming text: \|(?:<speak>)?(.*?)(?:</speak>)?\|", re.DOTALL)


class Voice:
    """The voices of this computer: Speech Dispatcher with eSpeak NG, on a sound card that is none."""

    def __init__(self, folder: Path) -> None:
        self.socket, self.log = folder / "socket", folder / "speech-dispatcher.log"
        self._folder = folder

    @contextmanager
    def speaking(self) -> Iterator[None]:
        program = system.voice() or engines.absent("Speech Dispatcher with eSpeak NG")
        (self._folder / "modules").mkdir()
        (self._folder / "modules/espeak-ng.conf").write_text("")
        (self._folder / "speechd.conf").write_text(SPEECHD)
        (self._folder / "silent").write_text(SILENT)
        command = [program, "--run-single", "--communication-method", "unix_socket"]
        command += ["--socket-path", str(self.socket), "-C", str(self._folder), "-L", str(self._folder)]
        command += ["--pid-file", str(self._folder / "pid")]
        env = {**os.environ, "ALSA_CONFIG_PATH": str(self._folder / "silent")}
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        keeper = Keeper(subprocess.Popen(command, env=env, start_new_session=True, **quiet))  # type: ignore[call-overload]
        os.environ["SPEECHD_ADDRESS"] = f"unix_socket:{self.socket}"
        try:
            yield
        finally:
            del os.environ["SPEECHD_ADDRESS"]
            keeper.close()

    def told(self, since: int = 0) -> str:
        """What it notes of its doings, from a place on."""
        with self.log.open("rb") as log:
            log.seek(since)
            return log.read().decode(errors="replace")


# What is marked, one after the other; and what comes first: silence, the end of the press, or the way out.
WATCH = """
window.marks = [];
new MutationObserver((changes) => changes.forEach(({target}) => {
  if (target.matches(".heard") && marks[marks.length - 1] !== target.localName) marks.push(target.localName);
})).observe(document.querySelector("article"), {subtree: true, attributeFilter: ["class"]});
window.order = [];
const cancel = speechSynthesis.cancel.bind(speechSynthesis);
speechSynthesis.cancel = () => { order.push("silent"); cancel(); };
addEventListener("click", () => order.push("pressed"));
navigation.addEventListener("navigate", (event) => {
  if (event.destination.sameDocument) return;
  order.push("left");
  event.preventDefault();
});
"""


def until(true: Callable[[], Any], seconds: float = 60) -> None:
    """Wait for something that takes as long as the machine needs."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


class Listener:
    """A reader of one page in a real browser."""

    def __init__(self, driver: WebDriver, voice: Voice, address: str) -> None:
        self.driver, self.voice = driver, voice
        driver.get(address)
        until(lambda: driver.find_elements(By.CSS_SELECTOR, "#last + .listen"))
        driver.execute_script(WATCH)
        self.before = voice.log.stat().st_size

    @property
    def said(self) -> list[str]:
        """What the voice was given to say on this page."""
        return SAID.findall(self.voice.told(self.before))

    def button(self, heading: str) -> WebElement:
        """In the midst of the window, where a reader's thumb would bring it."""
        button = self.driver.find_element(By.CSS_SELECTOR, f"{heading} + .listen button")
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
        return button

    def reads(self) -> bool:
        return bool(self.driver.find_elements(By.CSS_SELECTOR, ".reading, .heard"))

    def begin(self, heading: str) -> None:
        """Press, and wait until it is heard."""
        before = len(self.said)
        self.button(heading).click()
        until(lambda: len(self.said) > before)

    def is_silent(self, since: int) -> bool:
        """True if no more than what had just been begun is said from then on."""
        time.sleep(0.6)
        return len(self.said) <= since + 1


@pytest.mark.slow
def test_a_page_is_heard(built: Path, tmp_path: Path) -> None:
    """Said and marked in order, numbers by digits; ended by a press, Escape, going on, the exit at once."""
    voice = Voice(tmp_path)
    with (
        voice.speaking(),
        engines.driving("chromium", "--enable-speech-dispatcher") as driver,
        serving(built) as site,
    ):
        page = Listener(driver, voice, f"{site}/help/")
        assert len(driver.find_elements(By.CSS_SELECTOR, ".listen button")) == 4  # one in the part that opens
        assert not driver.find_elements(By.CSS_SELECTOR, "#places + .listen"), "there is nothing to read"
        page.button("h1").click()
        near = driver.find_element(By.CSS_SELECTOR, "h1 + .listen .near[role=alert]")
        assert (near.text, page.said) == (words("en")["listen_near"], [])
        page.begin("h1")
        until(lambda: not page.reads())
        number = "0 7 8, 0 5 5, 8 0 0"
        assert page.said == ["Help", "You are not to blame.", "You decide.", f"Call 1 1 2 or {number}."]
        assert driver.execute_script("return marks") == ["h1", "p"]

        page.begin("#centre")
        page.button("#centre").click()
        assert not page.reads()
        assert page.is_silent(len(page.said))

        page.begin("#centre")
        driver.execute_script("order = []")
        driver.find_element(By.ID, "quick-exit").click()
        since = len(page.said)
        until(lambda: "left" in driver.execute_script("return order"))
        assert driver.execute_script("return order")[:3] == ["silent", "pressed", "left"]
        assert page.is_silent(since)

        page = Listener(driver, voice, f"{site}/ar/help/")
        heading, button = driver.find_element(By.TAG_NAME, "h1"), page.button("h1")
        assert heading.rect["x"] <= button.rect["x"] < heading.rect["x"] + 20, (
            "at the end of a line to the left"
        )
        button.click()
        page.begin("h1")
        until(lambda: not page.reads())
        assert page.said == [
            "مساعدة",
            "الذنب ليس ذنبكم.",
            "أنتم تقرّرون.",
            f"اتصلوا بالرقم 1 1 2 أو {number}.",
        ]
        assert "SYNTHESIS_VOICE Arabic" in voice.told(page.before)
        page.begin("#centre")
        driver.find_element(By.TAG_NAME, "body").send_keys(Keys.ESCAPE)
        assert not page.reads()
        page.begin("#centre")
        driver.get(site)
        assert page.is_silent(len(page.said))


# Voices of other devices

VOICES = """
window.voices = VOICES;
window.said = [];
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => voices.map(([lang, localService, voiceURI = lang]) =>
    ({lang, localService, voiceURI, default: voiceURI === "default"})),
  speak: (words) => { said.push(`${words.voice.voiceURI}: ${words.text}`); window.now = words; },
  cancel: () => said.push("silent"),
}});
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
"""
READ = """(selector) => {
  const button = document.querySelector(selector);
  if (!button) return [];
  said.length = 0;
  button.click();
  if (!said.length && !document.querySelector(".reading")) button.click();
  for (let more = 9; more-- && document.querySelector(".reading");) now.onend();
  return said;
}"""


@pytest.fixture(scope="module")
def shown(browser: Browser, built: Path) -> Iterator[Callable[..., Page]]:
    """Show a page of the site on a device that has these voices: (language, of the device, name)."""
    with browser.new_context() as context:

        def show(path: str, voices: list[tuple[Any, ...]], old: str = "", new: str = "") -> Page:
            for other in context.pages:
                other.close()
            page = context.new_page()
            html = (built / path / "index.html").read_text(encoding="utf-8")
            assert old in html
            body = html.replace(old, new, 1)
            page.add_init_script(VOICES.replace("VOICES", json.dumps(voices), 1))
            page.route("**/*", lambda route: route.fulfill(body=body, content_type="text/html;charset=utf-8"))
            page.goto("https://site.test/")
            return page

        yield show


# The voices of a device, and with which of them the last section of a page is read; "": there is no button.
EN, REMOTE = ("en_US", True), ("en-GB", False)
DEVICES: dict[str, tuple[str, list[tuple[Any, ...]], str]] = {
    "none": ("en", [], ""),
    "none of the device": ("en", [REMOTE], ""),
    "none of the language": ("en", [("fr-FR", True), ("nl-BE", True), ("#", True), ("", True)], ""),
    "one as Android writes it": ("en", [REMOTE, ("fr-FR", True), EN], "en_US"),
    "the usual country's": ("en", [("en-AU", True), ("en-US", True)], "en-US"),
    "the one that is preferred": ("en", [("en-AU", True), ("en-GB", True, "default")], "default"),
    "one that is no joke": ("en", [("en-US", True, "Bells"), ("en-GB", True, "compact.D")], "compact.D"),
    "another country's": ("pt-BR", [("pt-PT", True)], "pt-PT"),
    "its own country's": ("pt-BR", [("pt-PT", True), ("pt-BR", True)], "pt-BR"),
    "Cantonese": ("zh-Hans", [("zh-HK", True), ("yue-HK", True)], ""),
    "Mandarin": ("zh-Hans", [("zh-HK", True), ("cmn-CN", True)], "cmn-CN"),
}  # fmt: skip


def test_only_a_voice_of_the_device_and_of_the_language_reads(shown: Callable[..., Page]) -> None:
    """Else there is no button, and nothing of one."""
    for name, (tag, voices, chosen) in DEVICES.items():
        page = shown("help", voices, "<html ", f'<html data-device="{name}" ')
        page.evaluate(
            "tag => { document.querySelector('article').lang = tag; dispatchEvent(new Event('pageshow')); }",
            tag,
        )
        own = page.locator(".listen, .spoken").count() if not chosen else 0
        read = page.evaluate(READ, "#last + .listen button")
        assert (name, own, read) == (
            name,
            0,
            [f"{chosen}: Last", f"{chosen}: The last words.", "silent"] if chosen else [],
        )


def test_voices_may_come_late(shown: Callable[..., Page]) -> None:
    """And what is in another language has a voice of its own, or is left out. No line moves by a button."""
    page = shown("help", [], "The last words.", "The last <bdi lang=nl>woorden.</bdi> <i lang=fr>Fin.</i>")
    tops = "[...document.querySelectorAll('h1, h2, p')].map(e => e.getBoundingClientRect().top)"
    before = page.evaluate(tops)
    page.evaluate(
        "voices = [['en-US', true], ['nl-NL', true], ['fr-FR', false]]; speechSynthesis.onvoiceschanged()"
    )
    assert page.locator(".listen button").count() == 4
    assert page.evaluate(tops) == before
    assert page.evaluate(READ, "#last + .listen button") == [
        "en-US: Last",
        "en-US: The last",
        "nl-NL: woorden.",
        "silent",
    ]


# What ends it, as a reader does it.
ENDS = {
    "a second press": "document.querySelector('.reading').click()",
    "Escape": "dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}))",
    "another tab, a locked screen": "document.dispatchEvent(new Event('visibilitychange'))",
    "another page": "dispatchEvent(new Event('pagehide'))",
    "Shift three times": "for (let i = 3; i--;) dispatchEvent(new KeyboardEvent('keydown', {key: 'Shift'}))",
}


def test_what_ends_it(shown: Callable[..., Page]) -> None:
    """Nothing more is said, nothing stays marked. A microtask later is the same task still."""
    for name, end in ENDS.items():
        page = shown("help", [EN])
        ended = page.evaluate(f"""async () => {{
          const button = document.querySelector("#centre + .listen button");
          button.click();
          button.click();
          now.onend();
          const {{ onend }} = now;
          const marked = document.querySelector(".heard") && button.matches(".reading");
          {end};
          await null;
          onend();
          return [marked, said, document.querySelectorAll(".heard, .reading").length];
        }}""")  # fmt: skip
        said = ["en_US: What a centre does", "en_US: It listens to you.", "silent"]
        assert (name, ended) == (name, [True, said, 0])


def test_that_others_can_hear_it_is_said_in_the_reader_s_language(shown: Callable[..., Page]) -> None:
    """Beside a text that is shown in English, too."""
    page = shown("help", [EN], "<html ", '<html lang="ar" dir="rtl" ')
    page.evaluate("document.querySelector('article').lang = 'en'; dispatchEvent(new Event('pageshow'))")
    page.locator(".listen button").first.click()
    near = page.locator(".near")
    assert (near.get_attribute("lang"), near.get_attribute("dir")) == ("ar", "rtl")


def test_a_sentence_to_point_at_is_heard_in_each_language(shown: Callable[..., Page]) -> None:
    page = shown("first-words", [EN, ("ar-SA", True), ("nl-NL", False)])
    second = '<span class="second" lang="ar" dir="rtl">نعم</span>'
    page.evaluate(
        "html => document.querySelectorAll('.phrase').forEach(e => e.insertAdjacentHTML('afterend', html))",
        second,
    )
    rows = page.locator(".phrases li")
    row = rows.first
    assert page.locator(".listen button").count() == 0
    row.locator("button").first.click()
    assert page.locator(".phrases .listen button").count() == row.locator(".listen button").count() == 2
    own = page.locator(".phrase").first.text_content()
    assert page.evaluate(READ, ".listen button") == [f"en_US: {own}", "silent"]
    assert page.evaluate(READ, ".listen button:last-of-type") == ["ar-SA: نعم", "silent"]
    rows.nth(1).locator("button").first.click()
    assert row.locator(".listen").count() == 0
    assert rows.nth(1).locator(".listen button").count() == 2

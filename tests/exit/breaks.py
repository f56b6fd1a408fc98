"""Breaks each promise on purpose, and sees the named test fail: `.venv/bin/python tests/exit/breaks.py [words]`.

A test that can't fail proves nothing. Each break changes a copy of the project, builds it in the languages that
the tests open, and runs one test on it; two breaks at a time, or as many as there are cores.
README.md shows the list (`--table` prints it). With words, only the breaks whose promise or text has one of
them are tried.
"""
# ruff: noqa: E501 (the breaks quote lines as they are)

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "scripts"), str(ROOT / "tests")]

from running import COMMAND, environment_of  # noqa: E402 - found beside the tests

GUARD = "overrides/parts/exit/guard.js"
PRACTICE = "overrides/parts/exit/practice.js"
STYLE = "overrides/parts/exit/style.css"


@dataclass(frozen=True)
class Break:
    """A promise's number, a change in words, the change as (file, old text, new text), and the test that fails."""

    promise: str
    what: str
    edits: tuple[tuple[str, str, str], ...]
    test: str


# The languages whose pages the tests open.
OPENED = {"en", "nl", "ar"}


def once(promise: str, what: str, file: str, old: str, new: str, test: str) -> Break:
    return Break(promise, what, ((file, old, new),), test)


def seen_again(engine: str, way: str = "plain") -> str:
    return f"test_history.py::test_nothing_is_seen_again[{engine}-{way}]"


FROM_WHERE_IT_IS = (
    (GUARD, "(way && navigator.onLine ?", "(false ?"), (GUARD, "let steps = before(history.state);", "let steps = 0;"),
)  # fmt: skip

BREAKS = [
    once("1", "The link has no address of its own; a script gives it one", "overrides/parts/exit/template.html",
         'href="{{ exit_url }}"', 'href="#"', "test_link.py::test_every_page_has_the_link"),
    once("1", "The exit takes the link's own action away before it has left", GUARD,
         "        location.replace(link.href); // (1)", "",
         "test_link.py::test_the_link_leaves_when_a_script_fails[chromium]"),
    Break("1", "The exit stands at the end of the page", (
        ("overrides/parts/header/template.html", '  {% include "parts/exit/template.html" %}\n', ""),
        ("overrides/parts/footer/template.html", "</footer>", '{% include "parts/exit/template.html" %}</footer>'),
    ), "test_arriving.py::test_no_text_is_drawn_without_its_exit[firefox]"),
    once("1", "The exit waits for the whole page", GUARD,
         '  addEventListener("click", press, true);', '  addEventListener("load", () => addEventListener("click", press, true));',
         "test_arriving.py::test_half_a_page_has_its_exit[chromium]"),
    once("1", "Names in the page hide what the exit asks for", GUARD,
         "let find = document.querySelector.bind(document);", "let find = (name) => document.querySelector(name);",
         "test_arriving.py::test_no_name_in_a_page_takes_the_exit[chromium]"),
    once("1", "The last of the exit's name is the exit", GUARD,
         'link = link || find("#quick-exit");', 'link = [...root.querySelectorAll("#quick-exit")].pop();',
         "test_arriving.py::test_no_name_in_a_page_takes_the_exit[firefox]"),
    once("2", "It is tried once: Stop keeps the tab on the site's address", GUARD,
         "      late = setTimeout(leave, 3000 << tries++);", "     ",
         "test_history.py::test_nothing_is_seen_again[webkit-stopped]"),
    once("2", "The page is cleared a moment later", GUARD,
         "        clear(); // (2)", "        setTimeout(clear, 300); // (2)",
         "test_leaving.py::test_the_page_goes_in_the_same_task[webkit]"),
    once("2", "The middle button opens the destination in another tab", GUARD,
         '  addEventListener("auxclick", press, true);\n', "",
         "test_leaving.py::test_every_button_and_key_leaves_here[chromium]"),
    once("2", "Goes back to the first page without asking whether the site still answers", GUARD,
         'file ? back() : ask(ask);', "back();",
         "test_bad_conditions.py::test_the_site_is_gone_too[firefox-refuse]"),
    once("2", "The title stays until the destination answers", GUARD,
         "    document.title = link.dataset.title;\n    return page;", "    return page;",
         "test_practice.py::test_it_goes_dark_and_comes_back[chromium]"),
    once("2", "The page is cleared only when the destination answers", GUARD,
         "        clear(); // (2)", "        addEventListener('pagehide', clear); // (2)",
         "test_leaving.py::test_the_page_is_gone_when_nothing_answers[firefox-hang]"),
    once("3", "No mark is written", GUARD,
         "sessionStorage.exit = read() + 1;", "",
         seen_again("webkit")),
    once("3", "Pages go into the back/forward cache as they are, and are hidden when they come out", GUARD,
         "    veil(true); // (3)", "    addEventListener('pageshow', (e) => e.persisted && setTimeout(veil, 20, true)); // (3)",
         seen_again("webkit")),
    once("3", "Pages out of the cache are shown without a look at the mark", GUARD,
         "if (left || wasLeft(exits)) {", "if (left) {", seen_again("webkit")),
    Break("3", "Firefox may keep pages, and believes the old mark that it reads there", (
        (GUARD, "if (firefox && navigator.locks)", "if (false)"), (GUARD, "else if (firefox) location.reload();", ""),
        *FROM_WHERE_IT_IS,
    ), seen_again("firefox")),
    once("3", "A page met again is drawn until its scripts have run", GUARD,
         'document.write("<link rel=icon href=data:,><template>");', "",
         "test_bad_conditions.py::test_bad_conditions[firefox-no Navigation API]"),
    once("3", "Entries bear no stamp: after a return, old pages look new", GUARD,
         "wasLeft(history.state)) {", "!exits) {",
         "test_history.py::test_old_pages_stay_dark_after_a_return[webkit]"),
    Break("4", "Leaves from where it is, as all others do", FROM_WHERE_IT_IS, seen_again("chromium")),
    once("4", "Goes on before the first page has loaded", GUARD,
         '    else addEventListener("load", () => setTimeout(go));', "    else go();",
         seen_again("firefox", "first_page_arrives_slowly")),
    once("4", "The stamps of later entries are not looked at: without storage, the first page is shown again", GUARD,
         "way && way.entries().slice(way.currentEntry.index).some((entry) => entry.getState() < 0)", "false",
         "test_bad_conditions.py::test_with_cookies_blocked_in_chromium[chromium]"),
    once("4", "A question that Stop has ended is an answer", GUARD, "ask(ask);", "ask(go);",
         seen_again("firefox", "twice")),
    once("4", "Goes back by what the browser calls its entries alone, not by steps", GUARD,
         "else if (steps) steps = history.go(-steps);", "", "test_tabs.py::test_a_restarted_browser[chromium]"),
    once("4", "A restored tab's entries count as unguarded", GUARD,
         "if (ours.length || steps) file", "if (ours.length) file", "test_privacy.py::test_a_reopened_tab[firefox]"),
    once("4", "The title is set once", GUARD, 'document.title = ""; // (2)', "// (2)",
         seen_again("chromium", "anchors")),
    once("5", "Other tabs are not told", GUARD, "others.postMessage(0);", "0;",
         "test_tabs.py::test_other_tabs_leave[webkit]"),
    once("5", "A page listens when it has loaded", GUARD, "  listen();\n})();", '  addEventListener("load", listen);\n})();',
         "test_arriving.py::test_tabs_that_are_loading_leave_too[firefox]"),
    once("5", "A page that begins asks nobody", GUARD, "    others.postMessage(began);", "",
         "test_arriving.py::test_a_tab_that_begins_too_late_to_hear_asks[firefox]"),
    once("5", "Whoever asks is told to leave", GUARD, "data > 0 && left > data", "data > 0 && left",
         "test_arriving.py::test_a_tab_that_begins_too_late_to_hear_asks[chromium]"),
    once("6", "A mouse between presses doesn't count", GUARD, '"keydown", "pointerdown", "touchstart", "wheel"', '"keydown"',
         "test_shift.py::test_a_mouse_between_presses_stays[chromium]"),
    once("6", "A held Shift counts again and again", GUARD, "      if (event.repeat) return;\n", "",
         "test_shift.py::test_held_and_slow_presses_stay[chromium]"),
    once("6", "Other keys between don't count", GUARD, "presses = other ? []", "if (event.key === 'Shift') presses = other ? []",
         "test_shift.py::test_other_uses_of_shift_stay[firefox]"),
    once("6", "Shift counts while writing", GUARD, "textarea:focus,select:focus,input:not([type=checkbox]):focus,[contenteditable]:focus", "none",
         "test_shift.py::test_while_writing_it_stays[webkit]"),
    once("6", "Any three presses count, however slow", GUARD, "< 5000", "< 1e9",
         "test_shift.py::test_held_and_slow_presses_stay[firefox]"),
    once("7", "The bar scrolls away with the page", STYLE, "> a {\n  position: fixed;", "> a {\n  position: absolute;",
         "test_control.py::test_it_is_always_in_reach"),
    once("7", "No room is left for the bar at the end of a page", "overrides/style/layout.css",
         "padding-bottom: calc(var(--bar) + 1rem + env(safe-area-inset-bottom));", "padding-bottom: 0;",
         "test_control.py::test_it_is_always_in_reach"),
    once("7", "A wide page takes the bar with it", "overrides/base.html", ", minimum-scale=1", "",
         "test_control.py::test_a_page_too_wide_leaves_it_in_view"),
    once("7", "It is printed", "overrides/parts/exit/print.css", "display: none", "color: black",
         "test_control.py::test_it_is_never_printed"),
    once("8", "Whoever left once stays out", GUARD, "(history.state !== null || /load|back/.test(type)) &&", "",
         "test_leaving.py::test_coming_back_on_purpose[chromium]"),
    once("9", "The mark outlives the tab", GUARD, "try { sessionStorage.exit =", "try { localStorage.left = 1; sessionStorage.exit =",
         "test_privacy.py::test_nothing_is_kept[firefox]"),
    once("9", "Blocked storage stops the guard", GUARD,
         "try { return sessionStorage.exit | 0; } catch { return 0; }", "return sessionStorage.exit | 0;",
         "test_bad_conditions.py::test_bad_conditions[chromium-storage throws]"),
    Break("10", "Forms are left to the browser", (
        (GUARD, 'for (const form of root.querySelectorAll("form")) HTMLFormElement.prototype.reset.call(form);', ""),
        ("overrides/parts/checklist/script.js", '  addEventListener("pageshow", clear);\n', ""),
    ), "test_privacy.py::test_ticks_do_not_come_back[chromium]"),
    once("10", "The answer to a postcode stays", "overrides/parts/find/script.js", '    status.textContent = "";\n    rows.forEach', "    rows.forEach",
         "test_privacy.py::test_ticks_do_not_come_back[chromium]"),
    once("10", "The form doesn't ask for forgetting", "scripts/safepage/page/checklist.py", ' autocomplete="off"', "",
         "test_privacy.py::test_ticks_do_not_come_back_without_scripts[firefox]"),
    once("11", "No referrer policy", "overrides/base.html", '<meta name="referrer" content="no-referrer">', "",
         "test_leaving.py::test_the_destination_is_told_nothing[chromium]"),
    once("11", "The destination is warmed up", "overrides/base.html", '<link rel="icon" href="data:,">',
         '<link rel="icon" href="data:,"><link rel="preconnect" href="{{ exit_url }}">',
         "test_leaving.py::test_the_destination_is_told_nothing[chromium]"),
    once("12", "Nothing is said", GUARD, "    status.textContent = link.dataset.leaving;\n", "",
         "test_leaving.py::test_the_page_goes_in_the_same_task[webkit]"),
    once("12", "No skip link", "overrides/parts/skip/template.html", '  <a href="#quick-exit">{{ words.skip_exit }}</a>\n', "",
         "test_leaving.py::test_the_way_to_the_exit_by_keyboard[firefox]"),
    once("practice", "Practice leaves a mark", PRACTICE, "    const title = document.title;\n",
         "    const title = document.title;\n    sessionStorage.exit = 1;\n",
         "test_practice.py::test_it_goes_dark_and_comes_back[firefox]"),
    once("practice", "Each practice adds its words once more", PRACTICE, "from.after(note);", "from.after(note.cloneNode(true), note);",
         "test_practice.py::test_it_goes_dark_and_comes_back[webkit]"),
    once("practice", "Practice brings the page back after a real exit", PRACTICE, "      if (empty !== document.body) return; // left for real meanwhile\n", "",
         "test_practice.py::test_a_real_exit_during_practice[chromium]"),
    once("policy", "Any inline script may run", "scripts/safepage/output/inline.py",
         "script-src {_hashes(scripts) or none}", "script-src 'unsafe-inline'",
         "test_policy.py::test_every_page_has_the_policy"),
]  # fmt: skip


def broken(one: Break, folder: Path) -> Path:
    """A site built from a broken copy of the project. Raises ValueError if the break no longer fits the source."""
    others = {file.parent.name for file in (ROOT / "docs").glob("*/interface.yml")} - OPENED
    for name in ("docs", "overrides", "scripts"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", *others))
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    of_others = rf"(?m)^ +(- {{locale: )?({'|'.join(sorted(others))})[:,].*\n"
    (folder / "mkdocs.yml").write_text(re.sub(of_others, "", settings), encoding="utf-8")
    for name, old, new in one.edits:
        text = (folder / name).read_text(encoding="utf-8")
        if old not in text:
            raise ValueError(f"{name} no longer holds: {old}")
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    command = [*COMMAND, "build", "--plain", "--output", str(folder / "site")]
    env = environment_of(folder)
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(f"the broken copy does not build: {done.stderr.splitlines()[0]}")
    return folder / "site"


def fails(one: Break) -> str:
    """How the named test fails on the broken site; "" if it passes. Raises ValueError if there is no such test."""
    with tempfile.TemporaryDirectory() as folder:
        site = broken(one, Path(folder))
        test = f"{Path(__file__).parent}{os.sep}{one.test}"
        command = [sys.executable, "-m", "pytest", "-q", "-x", "--tb=short", test]
        env = {**os.environ, "EXIT_SITE": str(site)}
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise ValueError(f"no such test: {one.test}")
    why = [line[1:].strip() for line in done.stdout.splitlines() if line.startswith("E ")]
    return (why or ["fails"])[0] if done.returncode else ""


def main(words: list[str]) -> int:
    """Try the breaks, a line each. Exit code 1 if a test let one through."""
    if words == ["--table"]:
        print(*(f"| {one.promise} | {one.what} | `{one.test}` |" for one in BREAKS), sep="\n")
        return 0
    chosen = [one for one in BREAKS if not words or any(w == one.promise or w in one.what for w in words)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        ends = []
        for one, end in zip(chosen, pool.map(outcome, chosen), strict=True):
            print(f"{one.promise}: {one.what}: {one.test}: {end}", flush=True)
            ends.append(end)
    return int(not all(end.startswith("fails") for end in ends))


def outcome(one: Break) -> str:
    """How a break ended, in words that begin with "fails" where all is well."""
    try:
        why = fails(one)
    except ValueError as error:
        return f"NOT TRIED: {error}"
    return f"fails, as it should ({why})" if why else "STILL PASSES"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

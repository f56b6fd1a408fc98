"""Promise 6: three presses of Shift within five seconds leave; Shift in any other use doesn't."""

from __future__ import annotations

import time

import pytest
from reader import Reader, until
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from servers import first

LEFT, RIGHT = Keys.LEFT_SHIFT, "\ue050"
PRESS = """
const [target, presses] = arguments;
const on = target ? document.querySelector(target) : document.body;
for (const [key, options] of presses)
  on.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, ...options}));
"""


@pytest.mark.parametrize(
    "keys", [[LEFT] * 3, [RIGHT] * 3, [LEFT, RIGHT, LEFT]], ids=["left", "right", "both"]
)
def test_three_presses_leave(reader: Reader, keys: list[str]) -> None:
    reader.open("/")
    reader.follow("/recognise/")
    reader.keys(*keys)
    reader.arrives()
    for _ in range(3):
        reader.back()
    assert reader.copy.frames_after_exit() == []


def test_it_works_from_a_checkbox(reader: Reader) -> None:
    """Whoever ticks by keyboard is not writing."""
    reader.open("/recognise/")
    reader.script('document.querySelector("input[type=checkbox]").focus()')
    reader.keys(Keys.SPACE, LEFT, LEFT, LEFT)
    reader.arrives()


def stays(reader: Reader) -> None:
    time.sleep(0.4)
    assert reader.sees_page()


def test_other_uses_of_shift_stay(reader: Reader) -> None:
    """Two presses; a letter between, as with sticky keys; capitals; Tab; held; with Ctrl, Alt, Meta."""
    reader.open("/recognise/")
    reader.keys(LEFT, LEFT, "a", LEFT, LEFT, "a")
    stays(reader)
    chain = ActionChains(reader.driver, duration=0)
    for _ in range(4):
        chain.key_down(LEFT).send_keys("a").key_up(LEFT)
    for _ in range(3):
        chain.key_down(LEFT).send_keys(Keys.TAB).key_up(LEFT)
    chain.perform()
    stays(reader)
    for options in ({"repeat": True}, {"ctrlKey": True}, {"altKey": True}, {"metaKey": True}):
        reader.script(PRESS, None, [["Shift", options]] * 12)
        stays(reader)
        reader.keys("a")


def test_a_mouse_between_presses_stays(reader: Reader) -> None:
    """Shift stretches a selection with each click, and turns the wheel sideways; a finger selects, too."""
    reader.open("/recognise/")
    assert until(reader.sees_page)
    place = "const box = document.querySelector('h1').getBoundingClientRect(); return [box.x + 9, box.y + 9]"
    x, y = map(int, reader.driver.execute_script(place))
    chain = ActionChains(reader.driver, duration=0).move_by_offset(x, y)
    for _ in range(4):
        chain.key_down(LEFT).click().key_up(LEFT)
    chain.perform()
    stays(reader)
    for event in ("wheel", "touchstart", "pointerdown"):
        for _ in range(4):
            reader.script(PRESS, None, [["Shift", {}]])
            reader.script(f"document.body.dispatchEvent(new Event('{event}', {{bubbles: true}}))")
        stays(reader)
    reader.keys(LEFT, LEFT, LEFT)
    reader.arrives()


def test_a_held_shift_is_one_press(reader: Reader) -> None:
    reader.open("/recognise/")
    held = [["Shift", {}], *[["Shift", {"repeat": True}]] * 30]
    reader.script(PRESS, None, [*held, *held])
    stays(reader)
    reader.script(PRESS, None, held)
    reader.arrives()


@pytest.mark.parametrize(
    "field",
    ['<input type="text">', '<input type="search">', "<textarea></textarea>", '<p contenteditable="">x</p>'],
)
def test_while_writing_it_stays(reader: Reader, field: str) -> None:
    """Phones press a virtual Shift for each capital."""
    reader.copy.change = lambda html: html.replace("</h1>", f'</h1><div id="writing">{field}</div>', 1)
    reader.open("/recognise/")
    reader.script('document.querySelector("#writing > *").focus()')
    reader.keys(LEFT, LEFT, LEFT, LEFT)
    stays(reader)


def test_slow_presses_stay(reader: Reader) -> None:
    """More than five seconds from the first to the third; the time is the page's own."""
    reader.copy.change = first("const now = Date.now; window.later = 0; Date.now = () => now() + later")
    reader.open("/recognise/")
    press = 'document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "Shift", bubbles: true}));'
    reader.script(press + "window.later = 2600;" + press + "window.later = 5200;" + press)
    stays(reader)
    reader.script("window.later = 5300;" + press)
    reader.arrives()

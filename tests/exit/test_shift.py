"""Promise 6: three presses of Shift within five seconds leave; Shift in any other use doesn't."""

from __future__ import annotations

import time

import pytest
from reader import Reader, case, until
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from servers import first

LEFT, RIGHT = Keys.LEFT_SHIFT, "\ue050"
THREE = {"left": [LEFT] * 3, "right": [RIGHT] * 3, "both": [LEFT, RIGHT, LEFT]}
THREE["from a checkbox"] = [Keys.SPACE, LEFT, LEFT, LEFT]
FIELDS = [
    '<input type="text">',
    '<input type="search">',
    "<textarea></textarea>",
    '<p contenteditable="">x</p>',
]
PRESS = """
const [target, presses] = arguments;
const on = target ? document.querySelector(target) : document.body;
for (const [key, options] of presses)
  on.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, ...options}));
"""


def test_three_presses_leave(reader: Reader) -> None:
    """Also from a checkbox: whoever ticks by keyboard is not writing."""
    faults: list[str] = []
    for name, keys in THREE.items():
        with case(faults, name):
            reader.copy.reports.clear()
            reader.open("/recognise/")
            if name == "from a checkbox":
                reader.script('document.querySelector("input[type=checkbox]").focus()')
            reader.keys(*keys)
            reader.arrives()
            for _ in range(2):
                reader.back()
            assert reader.copy.frames_after_exit() == []
    assert not faults, "\n\n".join(faults)


def stays(reader: Reader) -> None:
    """The exit takes the page off at once, so a moment shows whether it was pressed."""
    time.sleep(0.1)
    assert reader.sees_page(), "it has left"


@pytest.mark.any_tab
def test_other_uses_of_shift_stay(reader: Reader) -> None:
    """Two presses; a letter between, as with sticky keys; capitals; Tab; with Ctrl, Alt, Meta."""
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
    faults: list[str] = []
    for options in ({"repeat": True}, {"ctrlKey": True}, {"altKey": True}, {"metaKey": True}):
        with case(faults, str(options)):
            reader.script(PRESS, None, [["Shift", options]] * 12)
            stays(reader)
            reader.keys("a")
    assert not faults, "\n\n".join(faults)


def clicks_with_shift(reader: Reader) -> bool:
    """Four clicks, each with Shift held down; False as soon as the driver loses one on its way."""
    reader.open("/recognise/")
    reader.loaded()
    heading = reader.driver.find_element(By.TAG_NAME, "h1")
    reader.script("window.downs = 0; addEventListener('pointerdown', () => { window.downs += 1; }, true)")
    for number in range(1, 5):
        ActionChains(reader.driver, duration=0).key_down(LEFT).click(heading).key_up(LEFT).perform()
        # Drivers don't wait for the mouse, and the next key must not overtake it.
        if not until(lambda number=number: reader.script("return window.downs") == number, 2):  # type: ignore[misc]
            return False
    return True


@pytest.mark.any_tab
def test_a_mouse_between_presses_stays(reader: Reader) -> None:
    """Shift stretches a selection with each click, and turns the wheel sideways; a finger selects, too."""
    for _ in range(5):
        if clicks_with_shift(reader):
            break
        reader.new_tab()  # the driver lost a click: what it clicks at may be behind another window
    else:
        pytest.fail("the clicks did not come")
    stays(reader)
    for event in ("wheel", "touchstart", "pointerdown"):
        for _ in range(4):
            reader.script(PRESS, None, [["Shift", {}]])
            reader.script(f"document.body.dispatchEvent(new Event('{event}', {{bubbles: true}}))")
        stays(reader)
    for _ in range(3):  # a click that the driver delivers late ends the count as well
        reader.keys(LEFT, LEFT, LEFT)
        if until(lambda: not reader.driver.current_url.startswith(reader.copy.site), 2):
            break
    reader.arrives()


@pytest.mark.any_tab
def test_while_writing_it_stays(reader: Reader) -> None:
    """Phones press a virtual Shift for each capital."""
    fields = "".join(f'<div class="writing">{field}</div>' for field in FIELDS)
    reader.copy.change = lambda html: html.replace("</h1>", f"</h1>{fields}", 1)
    reader.open("/recognise/")
    faults: list[str] = []
    for number, field in enumerate(FIELDS):
        with case(faults, field):
            reader.script('document.querySelectorAll(".writing > *")[arguments[0]].focus()', number)
            reader.keys(LEFT, LEFT, LEFT, LEFT)
            stays(reader)
    assert not faults, "\n\n".join(faults)


@pytest.mark.any_tab
def test_held_and_slow_presses_stay(reader: Reader) -> None:
    """A held Shift is one press; three in more than five seconds are none, by the page's own time."""
    reader.copy.change = first("const now = Date.now; window.later = 0; Date.now = () => now() + later")
    reader.open("/recognise/")
    held = [["Shift", {}], *[["Shift", {"repeat": True}]] * 30]
    reader.script(PRESS, None, [*held, *held])
    stays(reader)
    reader.keys("a")
    press = 'document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "Shift", bubbles: true}));'
    reader.script(press + "window.later = 2600;" + press + "window.later = 5200;" + press)
    stays(reader)
    reader.script("window.later = 5300;" + press)
    reader.arrives()

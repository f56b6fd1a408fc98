"""What the tests use that pip and npm don't bring: browsers, web servers, fonts.

On Debian, as root, they are installed; elsewhere one line says what is missing, and what brings it.
"""

from __future__ import annotations

import importlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from safepage.launcher.venv import one_at_a_time, say
from safepage.output import browser

FIREFOX_PLACES = {
    "darwin": ("/Applications/Firefox.app/Contents/MacOS/firefox",),
    "win32": (r"%ProgramFiles%\Mozilla Firefox\firefox.exe",),
}
INSTALL = {
    "debian": "sudo apt-get install",
    "ubuntu": "sudo apt-get install",
    "darwin": "brew install",
    "win32": "winget install",
}
_APT = ("apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300")


@dataclass(frozen=True)
class Need:
    """What some tests use. `names`: how each system's packages are called; none where it can't be had."""

    what: str
    there: Callable[[], bool]
    names: dict[str, tuple[str, ...]]


def program(name: str) -> str | None:
    """The path of a program; those for administrators, which PATH may leave out, too."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin")


def firefox() -> str | None:
    """The Firefox of this computer."""
    return browser.first(FIREFOX_PLACES.get(sys.platform, ()), ("firefox-esr", "firefox"))


def mini_browser() -> str | None:
    """WebKitGTK's small browser, which its driver starts."""
    return max(map(str, Path("/usr").glob("lib*/*/webkit2gtk-4.*/MiniBrowser")), default=None)


def voice() -> str | None:
    """Speech Dispatcher, where eSpeak NG speaks through it."""
    speaks = any(Path("/usr").glob("lib*/speech-dispatcher-modules/sd_espeak-ng"))
    return program("speech-dispatcher") if speaks else None


NEEDS = (
    Need(
        "Chromium with ChromeDriver",
        lambda: bool(browser.find() and program("chromedriver")),
        {
            "debian": ("chromium", "chromium-driver", "chromium-headless-shell", "fonts-noto-core"),
            "ubuntu": ("chromium-browser", "chromium-chromedriver", "fonts-noto-core"),
            "darwin": ("google-chrome", "chromedriver"),
            "win32": ("Google.Chrome", "Chromium.ChromeDriver"),
        },
    ),
    Need(
        "Firefox",
        lambda: bool(firefox()),
        {
            "debian": ("firefox-esr",),
            "ubuntu": ("firefox",),
            "darwin": ("firefox",),
            "win32": ("Mozilla.Firefox",),
        },
    ),
    Need(
        "WebKitGTK",
        lambda: bool(program("WebKitWebDriver") and mini_browser() and program("Xvfb")),
        dict.fromkeys(("debian", "ubuntu"), ("webkit2gtk-driver", "xvfb")),
    ),
    Need(
        "a voice (Speech Dispatcher with eSpeak NG)",
        lambda: bool(voice()),
        dict.fromkeys(
            ("debian", "ubuntu"), ("speech-dispatcher", "speech-dispatcher-espeak-ng", "libspeechd2")
        ),
    ),
    Need(
        "nginx",
        lambda: bool(program("nginx") and program("openssl") and Path("/etc/nginx/mime.types").is_file()),
        dict.fromkeys(("debian", "ubuntu"), ("nginx-light", "libnginx-mod-http-brotli-static", "openssl")),
    ),
    Need(
        "Caddy",
        lambda: bool(program("caddy")),
        {
            "debian": ("caddy",),
            "ubuntu": ("caddy",),
            "darwin": ("caddy",),
            "win32": ("CaddyServer.Caddy",),
        },
    ),
    Need(
        "gettext",
        lambda: all(map(program, ("msgfmt", "msgcat", "msgmerge"))),
        {
            "debian": ("gettext",),
            "ubuntu": ("gettext",),
            "darwin": ("gettext",),
            "win32": ("MLocati.GetText",),
        },
    ),
)


def name() -> str:
    """Which system this is, as INSTALL knows it: "debian", "ubuntu", "darwin", "win32", or another word."""
    if sys.platform != "linux":
        return sys.platform
    try:
        return platform.freedesktop_os_release().get("ID", "linux")
    except OSError:
        return "linux"


def prepare(root: Path) -> None:
    """Have here what the tests use, or say in one line which of them will be left out for want of what."""
    if may_install():
        wanted = [package for need in NEEDS for package in need.names["debian"]]
        install(root, packages_missing(wanted), "the browsers, fonts and web servers of the tests")
    missing = [need for need in NEEDS if not need.there()]
    if missing:
        say(left_out(missing, name(), ci=bool(os.environ.get("CI"))))


def left_out(missing: Sequence[Need], system: str, *, ci: bool) -> str:
    """One line: which tests can't run on this system, and what would bring what they need."""
    whats = ", ".join(need.what for need in missing)
    packages = [package for need in missing for package in need.names.get(system, ())]
    nowhere = [need.what for need in missing if system not in need.names]
    remedy = f"; to have them: {INSTALL[system]} {' '.join(packages)}" if packages else ""
    elsewhere = f"; on Debian, as root, {', '.join(nowhere)} would be installed" if nowhere else ""
    verb = "will fail, since CI is set" if ci else "are left out"
    return f"Tests that need {whats} {verb}: not on this computer{remedy}{elsewhere}."


def may_install() -> bool:
    """True on Debian, as root."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return root and name() == "debian" and shutil.which("apt-get") is not None


def packages_missing(wanted: Sequence[str]) -> list[str]:
    """Those of Debian's packages that are not installed."""
    command = ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *wanted]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    there = {line.split()[0] for line in listed.splitlines() if line.endswith(" installed")}
    return [package for package in wanted if package not in there]


def install(root: Path, packages: Sequence[str], what: str) -> None:
    """Install Debian packages, and say in a line that they are, or why they could not be."""
    if not packages:
        return
    log = root / ".cache" / "apt.log"
    with one_at_a_time(root / ".cache" / "apt.lock", "Waiting for another command that installs packages."):
        packages = packages_missing(packages)
        if not packages:
            return
        say(f"Installing {what}, once, with apt-get: {' '.join(packages)}. This needs the network.")
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        with log.open("w", encoding="utf-8") as said:
            for words in (("update",), ("install", "--yes", "--no-install-recommends", *packages)):
                command = [*_APT, *words]
                done = subprocess.run(
                    command, env=env, stdin=subprocess.DEVNULL, stdout=said, stderr=said, check=False
                )
        if done.returncode:
            lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
            say(f"apt-get could not: {lines[-1] if lines else done.returncode} (details: .cache/apt.log)")


def bring_venv(root: Path) -> None:
    """As root on Debian, bring what its Python lacks to make environments; else nothing."""
    if may_install():
        install(root, ["python3-venv"], "what makes Python's environments")
        importlib.invalidate_caches()

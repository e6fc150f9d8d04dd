"""Visits of the page in fresh profiles, its states by address, and what a keyboard or a screen reader meets there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from advisor_ui.state.link import pack
from tests.advisor_ui.server import WIDE, open_page, settle
from tests.advisor_ui.test_flows import conflict

Visit = Callable[..., Any]
TABS = {
    "en": ("Reasons", "What if", "Overview", "Assumptions", "Compare", "Downloads"),
    "ja": ("理由", "変わる条件", "一覧", "仮定", "比較", "ダウンロード"),
}
STORY = "s=web-application&at=report.compute"
STATES = {
    "gallery": "",
    "gallery with a broken link": "r=broken",
    "workload": "s=web-application&at=workload",
    "conflict": f"r={pack(conflict())}",
    "new": "s=new",
    "rules": "book=rules",
    "facts": "book=facts&service=lambda",
    "fact": "fact=lambda.max-duration&book=facts",
    "role": "book=rules&role=compute",
    "rule": "rule=steady-load-keeps-tasks-busy",
    "unknown rule": "rule=steady-load-keeps-task-busy",
}
#: What the states are called in the order of `each_state`, whatever the language.
NAMES = (
    *(name.replace(" ", "-") for name in STATES),
    "why",
    "what-if",
    "overview",
    "check",
    "compare",
    "downloads",
    "refused",
)
EVERYWHERE = """const everywhere = (root, found = []) => {
    for (const one of root.querySelectorAll("*")) {
        found.push(one);
        if (one.shadowRoot) everywhere(one.shadowRoot, found);
    }
    return found;
};"""
FOCUSED = """() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    const keys = [];
    for (let e = at; e; e = e.parentElement ?? e.getRootNode().host) {
        keys.push(...[...e.classList].filter((name) => name.startsWith("st-key-")));
    }
    const name = at.getAttribute("aria-label") || at.textContent || "";
    return { tag: at.tagName, role: at.getAttribute("role") || "", name: name.trim(), node: at.dataset.node || "", keys };
}"""


@contextmanager
def visiting(browser: Any, server: str) -> Iterator[Visit]:
    """Open addresses in fresh profiles; at the end nothing was asked of another machine, and nothing failed."""
    contexts, outside, failed = [], [], []

    def is_outside(url: str) -> bool:
        return not url.startswith((server, server.replace("http", "ws"), "data:", "blob:"))

    def opened(
        query: str = "lang=en", size: dict[str, int] = WIDE, theme: str = "light", motion: str = "reduce"
    ) -> Any:
        context = browser.new_context(viewport=size, color_scheme=theme, accept_downloads=True, reduced_motion=motion)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: outside.append(r.url) if is_outside(r.url) else None)
        page.on("websocket", lambda w: outside.append(w.url) if is_outside(w.url) else None)
        page.on("pageerror", lambda error: failed.append(str(error)))
        open_page(page, query if query.startswith("http") else f"{server}/?{query}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not outside
    assert not failed


def each_state(page: Any, server: str, lang: str) -> Iterator[str]:
    """Lead a page through its states, and name each once it is there."""
    for name, query in STATES.items():
        open_page(page, f"{server}/?{query}&lang={lang}")
        yield name
    open_page(page, f"{server}/?{STORY}&lang={lang}")
    for words in TABS[lang]:
        page.locator(".st-key-tab").get_by_text(words).first.click()
        settle(page)
        yield words
    field = page.locator(".st-key-questions input[type=text]").nth(1)
    field.fill("?!")
    field.press("Enter")
    settle(page)
    yield "refused answer"


def focused(page: Any) -> dict[str, Any]:
    """Return what has the focus: its tag, role and name, and the keys of what it is in, from the innermost."""
    found: dict[str, Any] = page.evaluate(FOCUSED)
    return found


def reach(page: Any, name: str = "", key: str = "", presses: int = 120, *, back: bool = False) -> dict[str, Any]:
    """Press Tab (or Shift and Tab) until something of a name inside a key has the focus."""
    for _ in range(presses):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        found = focused(page)
        is_help = found["name"].startswith("Help for")
        if not is_help and name in found["name"] and (not key or f"st-key-{key}" in found["keys"]):
            return found
    raise AssertionError(f"Tab does not reach {name or key}")

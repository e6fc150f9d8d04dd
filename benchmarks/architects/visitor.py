"""A person at the page: finds things by the words that he sees, clicks and types, and takes his time."""

import re
import time
from typing import Any

from advisor.text import LANGS, Lang
from advisor.vocabulary import FIELDS, Field
from advisor_ui.state.draft import NAMES, WORKLOAD
from advisor_ui.state.typical_parts import TYPICAL_PARTS
from advisor_ui.words import say
from advisor_ui.words_proof import PART_TITLES
from benchmarks.architects.pace import Pace
from benchmarks.architects.personas import Part
from tests.advisor_ui.server import settle

_LABEL = '[data-testid="stWidgetLabel"]'
_BEGINS_S = 3.0
_WATCH = """() => {
    window.ran = false;
    window.runs = new MutationObserver(() => { window.ran = true; });
    window.runs.observe(document, { subtree: true, attributeFilter: ["data-test-script-state"] });
}"""


class Visitor:
    """One visit of the page in one language."""

    def __init__(self, page: Any, lang: Lang) -> None:
        self.page, self.lang, self.pace = page, lang, Pace(lang)

    def click(self, target: Any) -> None:
        """Click on something that the page follows, and wait until it rests."""
        self._watch()
        target.click()
        self.pace.click()
        self._follow()

    def _watch(self) -> None:
        """Note from now on whether the page runs."""
        self.page.evaluate(_WATCH)

    def _follow(self) -> None:
        """Wait until the page began to run, or has not within three seconds, and rests."""
        deadline = time.monotonic() + _BEGINS_S
        while not self.page.evaluate("window.ran") and time.monotonic() < deadline:
            self.page.wait_for_timeout(50)
        self.page.evaluate("window.runs.disconnect()")
        settle(self.page)

    def write(self, target: Any, words: str) -> None:
        """Write into a field and press Enter."""
        target.fill(words)
        self._watch()
        target.press("Enter")
        self.pace.type(words)
        self._follow()

    def begin(self, answers: dict[str, Any]) -> None:
        """Answer the questions of the first page and let the architecture be shown."""
        self.pace.read("\n".join([say("start_title", self.lang), *self.page.locator(_LABEL).all_inner_texts()]))
        fields = {field.id: field for field in FIELDS["component"]}
        for id, value in answers.items():
            field = fields[id]
            self.pace.recall()
            if field.kind == "quantity":
                self.write(self.page.get_by_label(field.title.in_(self.lang), exact=True), value)
            options = self.page.get_by_role("toolbar", name=field.title.in_(self.lang))
            for option in value if isinstance(value, list) else ():
                self.click(options.get_by_role("button", name=field.label(option).in_(self.lang), exact=True))
        self.page.get_by_role("button", name=say("start_button", self.lang)).click()
        self.pace.click()
        self.page.wait_for_selector(".diagram [data-node], .st-key-decision [role=alert]", timeout=60_000)
        settle(self.page)

    def select(self, name: str) -> None:
        """Select a part of the workload, if it is not selected already."""
        parts = self.page.get_by_role("radiogroup", name=say("parts", self.lang), exact=True)
        part = parts.get_by_role("radio", name=name, exact=True)
        if not part.is_checked():
            self.click(part)

    def name(self, part: Part) -> None:
        """Give the selected part its name."""
        label = f"{NAMES[part.kind].in_(self.lang)}: {say('name', self.lang)}"
        self.write(self.page.get_by_label(label, exact=True), part.name[self.lang])

    def add(self, entry: str) -> None:
        """Add a typical part; an entry that the menu does not have is looked for as a database."""
        self.page.get_by_role("button", name=say("add", self.lang), exact=True).click()
        self.pace.click()
        menu = self.page.get_by_role("menu").or_(self.page.get_by_role("listbox")).first
        self.pace.read(menu.inner_text())
        known = entry if entry in TYPICAL_PARTS else "database"
        self.click(menu.get_by_text(PART_TITLES[known].in_(self.lang), exact=True))

    def link_dangling(self, name: str) -> None:
        """Press the button that links a part which listens to nothing to a new channel, and select the channel."""
        notice = self.page.get_by_role("alert").filter(has_text=name)
        self.pace.read(notice.first.inner_text())
        before = self.parts()
        self.click(self.page.get_by_role("button", name=say("add_linked_channel", self.lang)).first)
        self.select(next(part for part in self.parts() if part not in before))

    def parts(self) -> list[str]:
        """Return the names of the parts that the page shows."""
        group = self.page.get_by_role("radiogroup", name=say("parts", self.lang), exact=True)
        return [words.strip().splitlines()[-1] for words in group.get_by_role("radio").all_inner_texts()]

    def card(self) -> Any | None:
        """Return the card with the next question, or None if there is no next question."""
        title = self.page.get_by_text(say("next_question", self.lang), exact=True)
        card = self.page.locator("details").filter(has=title)
        if not card.count():
            return None
        self.pace.read(card.first.inner_text())
        return card.first

    def labels(self, card: Any) -> list[str]:
        """Return the labels of what can be answered in a card."""
        return [" ".join(words.split()) for words in card.locator(_LABEL).all_inner_texts()]

    def button(self, card: Any, key: str) -> Any | None:
        """Return a button of a card by its words, or None if there is none."""
        words = re.escape(say(key, self.lang).split("{")[0].rstrip("（( "))
        found = card.get_by_role("button", name=re.compile(f"^{words}"))
        return found.first if found.count() else None

    def answer(self, card: Any, field: Field, value: Any) -> bool:
        """Answer a question on a card; return False if this answer cannot be given there."""
        self.pace.recall()
        if field.kind in ("quantity", "text"):
            self.write(card.get_by_role("textbox").first, str(value))
            return True
        if field.kind == "flag":
            return self.pick(card, say("yes" if value else "no", self.lang))
        options = {option.value: option.label.in_(self.lang) for option in field.options}
        values = value if isinstance(value, list) else [value]
        words = [options.get(each, str(each)) for each in values]
        return self.pick(card, words[0]) and all(self.pick(self._kept(field), each) for each in words[1:])

    def _kept(self, field: Field) -> Any:
        """Return where a question stays after its first option was picked: the first place that shows its title."""
        title = re.compile(rf"^\s*{re.escape(field.title.in_(self.lang))}")
        return self.page.locator(_LABEL).filter(has_text=title).first.locator("xpath=..")

    def pick(self, card: Any, words: str) -> bool:
        """Pick an option by its words: a button of a row, or an entry of a list."""
        shown = card.get_by_role("radio", name=words, exact=True).or_(
            card.get_by_role("button", name=words, exact=True)
        )
        if shown.count():
            self.click(shown.first)
            return True
        box = card.get_by_role("combobox").first
        if not box.count():
            return False
        self._unfold(box)
        entry = self.page.get_by_role("option", name=words, exact=True)
        if not entry.count():
            return False
        self.pace.read("\n".join(self.page.get_by_role("option").all_inner_texts()))
        self.click(entry.first)
        if self.page.get_by_role(
            "option"
        ).count():  # a list for several stays open, and hides the page from all but the eye
            self.page.keyboard.press("Escape")
            settle(self.page)
        return True

    def _unfold(self, box: Any) -> None:
        """Unfold a list; where a click only marks its words, by its arrow."""
        box.click()
        self.pace.click()
        options = self.page.get_by_role("option")
        for key in ("ArrowDown", "Alt+ArrowDown"):
            self.page.wait_for_timeout(400)
            if options.count():
                return
            box.press(key)
        options.first.wait_for(timeout=5_000)

    def alerts(self) -> list[str]:
        """Return what the page says is good, wrong or missing."""
        return [" ".join(words.split()) for words in self.page.get_by_role("alert").all_inner_texts()]


def field_of_label(label: str, kind: str, lang: Lang) -> Field | None:
    """Return the question that a label asks; None for a label that asks none."""
    fields = [field for field in FIELDS[kind] if label.startswith(field.title.in_(lang))]
    return max(fields, key=lambda field: len(field.title.in_(lang)), default=None)


def part_of_card(text: str, names: dict[str, str]) -> str:
    """Return the part that a card is about, or the first of several, by the name that its text begins with; else the whole workload."""
    lines = [line.strip() for line in text.splitlines()]
    heads = {id: [f"{name}:", *(_first_of(name, lang) for lang in LANGS)] for id, name in names.items()}
    begun = [id for id, those in heads.items() if any(line.startswith(tuple(those)) for line in lines)]
    return max(begun, key=lambda id: len(names[id]), default=WORKLOAD)


def part_of_list(text: str, names: dict[str, str]) -> str:
    """Return the part whose name stands over its assumptions; else the whole workload."""
    head = text.strip().splitlines()[0].strip()
    return next((id for id, name in names.items() if name == head), WORKLOAD)


def _first_of(name: str, lang: Lang) -> str:
    return say("and_others", lang, part=name, count="\0").split("\0")[0]

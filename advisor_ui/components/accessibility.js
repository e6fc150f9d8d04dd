// What keyboards and screen readers need and Streamlit does not do: landmarks, a focus that survives a run of the page, and
// a sentence while the server cannot be reached.
const CONTROLS =
  'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), summary, [role="slider"], [tabindex="0"]';
const MEMORY = "advisor.memory";

export default function ({ data, setTriggerValue }) {
  const assistant = (window.advisorAssistant ??= new Assistant());
  assistant.update(data);
  assistant.remember(data, (kept) => setTriggerValue("memory", kept));
}

class Assistant {
  constructor() {
    this.keyboard = false;
    this.left = undefined;
    this.lost = false;
    this.notice = document.createElement("div");
    this.notice.className = "connection-notice";
    this.notice.setAttribute("role", "alert");
    document.body.append(this.notice);
    document.addEventListener("keydown", (event) => this.pressed(event), true);
    document.addEventListener("pointerdown", () => (this.keyboard = false), true);
    document.addEventListener("focusin", ({ target }) => (this.last = place(target, this.last)));
    document.addEventListener("focusout", ({ target }) => setTimeout(() => this.forget(target)));
    const watched = { subtree: true, childList: true, attributes: true };
    const attributeFilter = ["data-test-script-state", "data-test-connection-state", "data-stale", "disabled"];
    new MutationObserver(uncover).observe(document.body, { subtree: true, childList: true });
    new MutationObserver(() => this.soon()).observe(document.body, { ...watched, attributeFilter });
  }

  pressed({ key, target }) {
    this.keyboard = true;
    if (key === "Enter" && target === this.last?.element) this.last.value = target.value;
  }

  update(data) {
    this.ran = true;
    this.data = data;
    this.soon();
  }

  soon() {
    if (this.waiting) return;
    this.waiting = true;
    setTimeout(() => {
      this.waiting = false;
      this.look();
    }, 30);
  }

  look() {
    const app = document.querySelector(".stApp");
    if (!app || !this.data) return;
    this.connection(app.dataset.testConnectionState !== "CONNECTED");
    this.landmarks();
    if (app.dataset.testScriptState !== "notRunning" || this.lost) return;
    if (this.typed && !this.ran) return; // the server that is back has not shown its page yet
    this.retype();
    this.restore();
  }

  landmarks() {
    for (const [key, label] of Object.entries(this.data.regions)) {
      const region = document.querySelector(`.st-key-${key}`);
      if (!region || region.getAttribute("aria-label") === label) continue;
      region.setAttribute("role", "region");
      region.setAttribute("aria-label", label);
    }
    for (const help of document.querySelectorAll('[aria-label^="Help for "]')) {
      const field = help.getAttribute("aria-label").slice("Help for ".length);
      help.dataset.help = "";
      if (this.data.lang !== "en") help.setAttribute("aria-label", this.data.words.help.replace("{field}", field));
    }
    const skip = document.querySelector('[data-testid="stSkipToContent"]');
    if (skip && skip.textContent !== this.data.words.skip) skip.textContent = this.data.words.skip;
  }

  // Somebody who clicks beside all fields has left them; what is taken away or disabled has not been left.
  forget(element) {
    const { activeElement } = document;
    if (element === this.last?.element && element.isConnected && !element.disabled && activeElement === document.body) {
      this.last = undefined;
    }
  }

  restore() {
    const { last } = this;
    const viewed = this.view;
    this.view = this.data.view;
    const inField = document.activeElement && document.activeElement !== document.body;
    if (viewed !== undefined && viewed !== this.view && !(inField && this.keptIn(document.activeElement))) {
      this.toHeading();
      return;
    }
    if (!last || inField) return;
    if (last.element.isConnected && !last.element.disabled) last.element.focus({ preventScroll: true });
    else this.near(last);
  }

  // The language is chosen in a field that each view has.
  keptIn(element) {
    return Boolean(element.closest(".st-key-lang"));
  }

  toHeading() {
    const opened = document.querySelector(".st-key-rulebook_open :is(h1, h2)");
    focusOn(opened ?? document.querySelector(".stMain h1"));
  }

  // Focus what took the place of an element: the next question, the same key, or else the closest that is still there.
  near({ keys, label, index }) {
    if (keys.includes("st-key-card")) {
      const card = document.querySelector(".st-key-card");
      const question = card?.querySelector('[class*="st-key-next-"], [class*="st-key-left-"]') ?? card;
      const first = question && controls(question).find((one) => !one.matches("summary"));
      if (first) return focusOn(this.keyboard ? first : question);
    }
    for (const key of keys) {
      const found = document.querySelector(`.${CSS.escape(key)}`);
      const inside = found ? controls(found) : [];
      if (inside.length) {
        return focusOn(inside.find((one) => words(one) === label) ?? inside[Math.min(index, inside.length - 1)]);
      }
    }
    this.toHeading();
  }

  // Keep in the browser's tab what is not in the address, and hand it to a server that does not know this visitor yet, again
  // until it is taken: Streamlit forgets what a run was handed when another run is asked for before it began.
  remember({ memory, taken }, hand) {
    const kept = JSON.parse(sessionStorage.getItem(MEMORY) ?? "{}");
    const unknown = this.session !== memory.session && kept.session !== memory.session;
    if (unknown && kept.address === memory.address) {
      this.handed = { ...kept, typed: this.typed ?? {}, at: Date.now() };
      this.typed = undefined;
    }
    this.session = memory.session;
    if (this.handed && this.handed.at !== taken && this.handed.address === memory.address) return hand(this.handed);
    this.handed = undefined;
    sessionStorage.setItem(MEMORY, JSON.stringify(memory));
  }

  // What was typed and not sent when the connection went is sent, as leaving the field would have done; a server that was
  // restarted is handed it with the rest. The space makes it differ from what the field sent while nobody listened.
  retype() {
    const { key, value } = this.typed ?? {};
    const field = key && document.querySelector(`.${CSS.escape(key)} :is(input[type="text"], textarea)`);
    if (!field || field.disabled) return;
    this.typed = undefined;
    focusOn(field);
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, `${value} `);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.blur();
    focusOn(field);
  }

  connection(lost) {
    if (lost) this.rewordDialog();
    if (lost === this.lost) return;
    this.lost = lost;
    this.ran = false;
    const { element, keys, value } = this.last ?? {};
    if (lost && element?.isConnected && element.value !== value) this.typed = { key: keys[0], value: element.value };
    document.documentElement.dataset.connection = lost ? "lost" : "there";
    clearTimeout(this.quiet);
    this.notice.textContent = lost ? this.data.words.lost : this.data.words.back;
    this.notice.classList.add("shown");
    if (!lost) this.quiet = setTimeout(() => this.notice.classList.remove("shown"), 6000);
  }

  // Streamlit's own words are for whoever runs the server.
  rewordDialog() {
    const dialog = [...document.querySelectorAll('[role="dialog"]')].find((one) => /streamlit run/.test(one.textContent));
    if (!dialog) return;
    const walker = document.createTreeWalker(dialog, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode;
      if (/^Connection error/.test(text.data)) text.data = this.data.words.lost_title;
      else if (/streamlit run/.test(text.data)) hideBox(text.parentElement);
      else if (/Is Streamlit/.test(text.data)) text.data = this.data.words.lost;
    }
  }
}

// The whole box of a piece of code, with its frame; a style of Streamlit outdoes the attribute.
function hideBox(code) {
  const box = code.closest('[data-testid="stCode"]') ?? code.closest("pre") ?? code;
  box.style.display = "none";
}

// Where an element stands: the keys of what it is in, from the innermost, and which of the controls of the innermost it is.
// A menu hangs beside the page; it stands where the focus was before.
function place(element, before) {
  const keys = [];
  let index = 0;
  for (let at = element; at; at = at.parentElement) {
    const own = [...at.classList].find((name) => name.startsWith("st-key-"));
    if (!own) continue;
    if (!keys.length) index = Math.max(0, controls(at).indexOf(element));
    keys.push(own);
  }
  if (!keys.length && before && element.closest("[data-baseweb], [role]")) return { ...before, element };
  return { element, keys, index, label: words(element), value: element.value };
}

function words(element) {
  return element.getAttribute("aria-label") || element.textContent.trim();
}

function controls(element) {
  const found = [...element.querySelectorAll(CONTROLS)];
  return found.filter((one) => one.checkVisibility() && one.dataset.help === undefined);
}

function focusOn(element) {
  if (!element) return;
  if (!element.matches(CONTROLS)) element.setAttribute("tabindex", "-1");
  element.focus({ preventScroll: true });
}

// A bubble of help that has no room above its question would cover it: it goes below the field instead.
function uncover() {
  const bubble = document.querySelector('[data-testid="stTooltipContent"]');
  const icon = document.querySelector('[data-testid="stTooltipIcon"]:is(:hover, :focus-within)');
  const field = icon?.closest('[data-testid="stElementContainer"]');
  if (!bubble || !field || bubble.dataset.moved) return;
  requestAnimationFrame(() => {
    const [help, asked] = [bubble, field].map((element) => element.getBoundingClientRect());
    if (help.top >= asked.bottom || help.bottom <= asked.top + icon.offsetHeight) return;
    bubble.dataset.moved = "";
    bubble.style.marginTop = `${asked.bottom - help.top + 4}px`;
  });
}

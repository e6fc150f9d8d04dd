// The frame of the page: its language for readers aloud, whether the window is narrow, Japanese letters on a machine that
// has none, a design that was opened from further down the page, buttons that lead further down, and links to rules and
// facts, which stay in the session instead of opening another one.
const NARROW = "(max-width: 760px)";
const FAMILY = "Noto Sans JP";

// What the page told of itself. Streamlit sends it with each run, also to a server that was restarted: to tell it again
// would only end the run that was asked for just before.
const told = {};

export default function ({ data, setStateValue, setTriggerValue }) {
  document.documentElement.lang = data.lang;
  if (data.letters !== "unknown") document.documentElement.dataset.letters = data.letters;
  toTop(String(data.opened));
  jumpTo(data.jump);
  const query = window.matchMedia(NARROW);
  const state = (name, value) => {
    if (told[name] !== value) setStateValue(name, (told[name] = value));
  };
  const tell = () => {
    if (query.matches !== data.narrow) state("narrow", query.matches);
  };
  tell();
  query.addEventListener("change", tell);
  if (data.letters === "unknown") told.letters ?? state("letters", sameLetters("漢", "語") ? "missing" : "there");
  else if (data.font) load(data.font).then(() => state("letters", "there"));
  const follow = (event) => {
    const address = event.target.closest?.("a[href]")?.getAttribute("href");
    if (!address?.startsWith("?") || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    setTriggerValue("go", { ...Object.fromEntries(new URLSearchParams(address)), at: Date.now() });
    scrollToTop();
  };
  document.addEventListener("click", follow, true);
  const stop = onConnectedAgain(() => setTriggerValue("back", Date.now()));
  return () => {
    stop();
    query.removeEventListener("change", tell);
    document.removeEventListener("click", follow, true);
  };
}

// After a lost connection there may be another process, which knows nothing of this visitor until the page runs: it then
// reads the link, so that the next answer finds the questions there.
function onConnectedAgain(tell) {
  const app = document.querySelector(".stApp");
  const state = () => app?.dataset.testConnectionState;
  let before = state();
  const observer = new MutationObserver(() => {
    const now = state();
    if (now === "CONNECTED" && now !== before) tell();
    before = now;
  });
  if (app) observer.observe(app, { attributeFilter: ["data-test-connection-state"] });
  return () => observer.disconnect();
}

// How far a gallery was scrolled says nothing of the design that takes its place.
function toTop(opened) {
  const before = document.documentElement.dataset.opened;
  document.documentElement.dataset.opened = opened;
  if (before !== undefined && before !== opened) scrollToTop();
}

// A button leads to an element of the page, which gets the focus too.
function jumpTo([number, key]) {
  const page = document.documentElement.dataset;
  if (!number || page.jumped === String(number)) return;
  page.jumped = String(number);
  const element = document.querySelector(`.st-key-${key}`);
  if (!element) return;
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "start" });
}

function scrollToTop() {
  document.querySelector(".stMain")?.scrollTo(0, 0);
}

// Two different letters that look the same are two empty boxes.
function sameLetters(one, other) {
  const drawn = [one, other].map((letter) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [24, 24];
    const pen = canvas.getContext("2d");
    pen.font = "20px sans-serif";
    pen.fillText(letter, 2, 20);
    return pen.getImageData(0, 0, 24, 24).data.join();
  });
  return drawn[0] === drawn[1];
}

async function load(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  document.fonts.add(await new FontFace(FAMILY, bytes).load());
}

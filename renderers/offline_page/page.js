"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const [canvas, panel] = [document.querySelector("main"), document.querySelector("aside")];
const state = { lang: data.lang, theme: data.theme, node: null, x: 0, y: 0, scale: 1 };
const LEAST = 0.1, MOST = 8, STEP = 1.25, FAR = 4;
let drag = null;

function show() {
  document.documentElement.lang = state.lang;
  document.documentElement.dataset.theme = state.theme;
  document.title = data.titles[state.lang];
  document.querySelector("h1").textContent = data.titles[state.lang];
  const words = data.words[state.lang];
  for (const button of document.querySelectorAll("[data-word]")) {
    button.setAttribute("aria-label", words[button.dataset.word]);
    button.title = words[button.dataset.word];
  }
  canvas.setAttribute("aria-label", words.diagram);
  panel.setAttribute("aria-label", words.reasons);
  const held = document.getElementById(`picture-${state.lang}-${state.theme}`).content.firstElementChild;
  canvas.replaceChildren(held.cloneNode(true));
  choose(state.node, false);
  place();
}

function place() {
  canvas.firstElementChild.style.transform = `translate(${state.x}px, ${state.y}px) scale(${state.scale})`;
}

function fit() {
  const box = canvas.firstElementChild.viewBox.baseVal;
  state.scale = Math.min(canvas.clientWidth / box.width, canvas.clientHeight / box.height, 1.5);
  state.x = (canvas.clientWidth - box.width * state.scale) / 2;
  state.y = (canvas.clientHeight - box.height * state.scale) / 2;
  place();
}

function zoom(by, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) {
  const scale = Math.min(MOST, Math.max(LEAST, state.scale * by));
  state.x = x - ((x - state.x) * scale) / state.scale;
  state.y = y - ((y - state.y) * scale) / state.scale;
  state.scale = scale;
  place();
}

function choose(id, focus = true) {
  const reasons = id && data.reasons[state.lang][id];
  for (const node of canvas.querySelectorAll("[data-node]")) node.classList.toggle("chosen", node.dataset.node === id && Boolean(reasons));
  state.node = reasons ? id : null;
  panel.hidden = !reasons;
  if (!reasons) return;
  const [title, list, close] = [document.createElement("h2"), document.createElement("ul"), document.createElement("button")];
  title.textContent = reasons.name;
  for (const reason of reasons.because) {
    const item = document.createElement("li");
    item.append(reason.sentence);
    if (reason.url) {
      const link = document.createElement("a");
      Object.assign(link, { href: reason.url, rel: "noreferrer", textContent: data.words[state.lang].source });
      item.append(" ", link);
    }
    list.append(item);
  }
  close.textContent = data.words[state.lang].close;
  close.onclick = () => {
    const from = canvas.querySelector(".chosen");
    choose(null);
    from?.focus();
  };
  panel.replaceChildren(title, list, close);
  if (focus) close.focus({ preventScroll: true });
}

const actions = {
  zoom_in: () => zoom(STEP),
  zoom_out: () => zoom(1 / STEP),
  fit,
  language: () => { state.lang = data.langs[(data.langs.indexOf(state.lang) + 1) % data.langs.length]; show(); fit(); },
  theme: () => { state.theme = state.theme === "dark" ? "light" : "dark"; show(); },
};
for (const button of document.querySelectorAll("[data-word]")) button.onclick = actions[button.dataset.word];
canvas.onpointerdown = (event) => { drag = { x: event.clientX, y: event.clientY, far: 0 }; };
canvas.onpointermove = (event) => {
  if (!drag || !event.buttons) return;
  const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
  drag = { x: event.clientX, y: event.clientY, far: drag.far + Math.abs(dx) + Math.abs(dy) };
  if (drag.far > FAR) { canvas.classList.add("moving"); state.x += dx; state.y += dy; place(); }
};
canvas.onclick = (event) => {
  canvas.classList.remove("moving");
  if (!drag || drag.far <= FAR) choose(event.target.closest?.("[data-node]")?.dataset.node ?? null);
  drag = null;
};
canvas.addEventListener("wheel", (event) => {
  event.preventDefault();
  const box = canvas.getBoundingClientRect();
  zoom(event.deltaY < 0 ? 1.1 : 1 / 1.1, event.clientX - box.left, event.clientY - box.top);
}, { passive: false });
document.onkeydown = (event) => {
  const node = document.activeElement?.closest?.("[data-node]");
  if (event.key === "Escape") choose(null);
  if (node && (event.key === "Enter" || event.key === " ")) { event.preventDefault(); choose(node.dataset.node); return; }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const moves = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] };
  if (moves[event.key] && canvas.contains(document.activeElement)) {
    event.preventDefault();
    state.x += moves[event.key][0];
    state.y += moves[event.key][1];
    place();
  }
  if (event.key === "+") zoom(STEP);
  if (event.key === "-") zoom(1 / STEP);
  if (event.key === "0") fit();
};
show();
fit();

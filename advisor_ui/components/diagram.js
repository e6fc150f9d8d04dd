// The diagram: pan, zoom, keyboard, and a click on a service that opens its reasons.
const STEP = 1.25;
const MOST = 8;
const READABLE = 0.45;
const LARGEST = 1.35;
const BESIDE = 300;
const [MOST_HEIGHT, LEAST_HEIGHT, REST_OF_WINDOW, STEPS_WIDTH] = [704, 200, 300, 280];
const SIGNS = {
  zoom_in: "M12 5v14M5 12h14",
  zoom_out: "M5 12h14",
  fit: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  full_screen: "M14 10l6-6M15 4h5v5M10 14l-6 6M9 20H4v-5",
  copy_link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7l1-1",
};

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".diagram");
  const stage = root.stage ?? (root.stage = new Stage(root));
  stage.choose = (subject, role) => setTriggerValue("chosen", { subject, role, at: Date.now() });
  stage.update(data);
  return () => stage.detach();
}

class Stage {
  constructor(root) {
    this.root = root;
    this.canvas = make("div", "canvas", { tabindex: "0", role: "group" });
    this.bar = make("div", "bar", { role: "toolbar" });
    this.steps = make("ol", "steps");
    this.lines = make("ul", "lines");
    this.legend = make("details", "legend");
    this.legend.append(make("summary", ""), this.steps, this.lines);
    this.said = make("div", "said", { role: "status" });
    this.board = make("div", "board");
    const view = make("div", "view");
    this.skip = make("button", "skip", { type: "button" });
    this.skip.onclick = () => behind(root.getRootNode().host)?.focus();
    view.append(this.bar, this.skip, this.canvas);
    this.board.append(view);
    this.announced = make("div", "announced", { role: "status" });
    root.replaceChildren(this.board, this.legend, this.said, this.announced);
    this.pointers = new Map();
    this.nodes = new Set();
    this.observer = new ResizeObserver(() => this.resized());
    this.listen();
    this.print = { beforeprint: () => this.onPaper(), afterprint: () => this.onScreen() };
  }

  attach() {
    this.observer.observe(this.canvas);
    for (const [event, act] of Object.entries(this.print)) window.addEventListener(event, act);
  }

  detach() {
    this.observer.disconnect();
    for (const [event, act] of Object.entries(this.print)) window.removeEventListener(event, act);
  }

  update(data) {
    this.attach();
    const first = !this.data;
    const same = this.data?.svg === data.svg;
    this.data = data;
    this.canvas.setAttribute("aria-label", `${data.words.diagram}: ${data.title}`);
    this.canvas.setAttribute("aria-description", data.words.diagram_help);
    this.buttons();
    this.list();
    this.place();
    if (!same) this.draw(first);
    this.mark();
    this.announce(data.announcement);
  }

  // A service that another answer chose, said to a screen reader; never what was there when the page was opened.
  announce([number, sentence] = [0, ""]) {
    if (this.number !== undefined && this.number !== number) this.announced.textContent = sentence;
    this.number = number;
  }

  buttons() {
    const { words } = this.data;
    this.skip.textContent = words.skip_diagram;
    if (this.worded === words.fit) return;
    this.worded = words.fit;
    const wanted = {
      zoom_in: () => this.zoom(STEP),
      zoom_out: () => this.zoom(1 / STEP),
      fit: () => this.fit(),
      full_screen: () => this.fullScreen(),
      copy_link: () => this.copy(),
    };
    this.bar.setAttribute("aria-label", words.diagram);
    this.bar.replaceChildren(
      ...Object.entries(wanted).map(([id, act]) => {
        const button = make("button", "tool", { type: "button", "aria-label": words[id], title: words[id] });
        button.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${SIGNS[id]}"/></svg>`;
        button.onclick = act;
        return button;
      }),
    );
  }

  list() {
    this.legend.hidden = !this.data.steps.length && !this.data.lines.length;
    this.legend.firstChild.textContent = `${this.data.words.legend} (${this.data.steps.length})`;
    this.steps.setAttribute("aria-label", this.data.words.steps);
    this.steps.replaceChildren(
      ...this.data.steps.map(([number, sentence]) => {
        const li = make("li", "step", { value: number });
        li.append(make("b", "number"), make("span", ""));
        li.firstChild.textContent = number;
        li.lastChild.textContent = sentence;
        return li;
      }),
    );
    this.lines.setAttribute("aria-label", this.data.words.lines);
    this.lines.replaceChildren(
      ...this.data.lines.map(([kind, words]) => {
        const li = make("li", `line ${kind}`);
        li.append(make("i", "", { "aria-hidden": "true" }), make("span", ""));
        li.lastChild.textContent = words;
        return li;
      }),
    );
  }

  draw(first) {
    const svg = parse(this.data.svg);
    const focused = this.root.getRootNode().activeElement?.dataset?.node;
    const before = this.nodes;
    this.svg = svg;
    this.canvas.replaceChildren(svg);
    const nodes = [...svg.querySelectorAll("[data-node]")];
    // Parts of a picture in which nothing can be selected are no buttons.
    if (this.data.still) for (const node of nodes) node.setAttribute("role", "img");
    this.nodes = new Set(nodes.map(face));
    if (!first) for (const node of nodes) node.classList.toggle("fresh", !before.has(face(node)));
    if (focused) svg.querySelector(`[data-node="${CSS.escape(focused)}"]`)?.focus();
    this.fit();
  }

  mark() {
    if (this.data.still) return;
    for (const node of this.svg.querySelectorAll("[data-node]")) {
      const chosen = node.dataset.subject === this.data.subject && node.dataset.role === this.data.role;
      node.classList.toggle("chosen", chosen);
      node.setAttribute("aria-pressed", String(chosen));
    }
  }

  // The steps stand beside a picture that leaves room for them, and else fold away below it.
  place() {
    const { width, height, narrow, steps } = this.data;
    const room = this.board.clientWidth - (this.mostHeight() * width) / height;
    const beside = !narrow && steps.length > 0 && room >= BESIDE;
    this.frame(beside);
    if (this.root.classList.contains("beside") === beside && this.legend.parentElement) return;
    this.root.classList.toggle("beside", beside);
    if (beside) this.board.append(this.legend);
    else this.board.after(this.legend);
    this.legend.open = beside;
  }

  // The frame takes the shape of the picture, as high as leaves some of the page in sight.
  frame(beside) {
    const { width, height } = this.data;
    const room = this.board.clientWidth - (beside ? STEPS_WIDTH : 0);
    if (room <= 0) return;
    const scale = this.data.narrow ? Math.max(room / width, READABLE) : Math.min(room / width, LARGEST);
    const wanted = Math.max(LEAST_HEIGHT, Math.min(height * scale, this.mostHeight()));
    this.canvas.style.minHeight = `${Math.round(wanted)}px`;
  }

  mostHeight() {
    const most = document.fullscreenElement ? window.innerHeight : MOST_HEIGHT;
    return Math.max(LEAST_HEIGHT, Math.min(most, window.innerHeight - REST_OF_WINDOW));
  }

  // The view is a box in the picture's own pixels.
  fit() {
    const { clientWidth: w, clientHeight: h } = this.canvas;
    const { width, height } = this.data;
    if (!w || !h) return;
    const whole = Math.min(w / width, h / height, LARGEST);
    const scale = this.data.narrow ? Math.max(whole, Math.min(READABLE, h / height)) : whole;
    this.least = Math.min(whole, scale) * 0.8;
    this.scale = scale;
    const room = w - width * scale;
    this.x = room < 0 ? 0 : -room / 2 / scale;
    this.y = (height - h / scale) / 2;
    this.fitted = true;
    this.show();
  }

  show() {
    const { clientWidth: w, clientHeight: h } = this.canvas;
    this.svg?.setAttribute("viewBox", `${this.x} ${this.y} ${w / this.scale} ${h / this.scale}`);
  }

  resized() {
    if (!this.svg || !this.canvas.clientWidth) return;
    this.place();
    if (this.fitted || !this.scale) this.fit();
    else this.show();
  }

  zoom(by, px = this.canvas.clientWidth / 2, py = this.canvas.clientHeight / 2) {
    const scale = Math.min(MOST, Math.max(this.least, this.scale * by));
    this.x += px / this.scale - px / scale;
    this.y += py / this.scale - py / scale;
    this.scale = scale;
    this.fitted = false;
    this.show();
  }

  pan(dx, dy) {
    const { width, height } = this.data;
    const { clientWidth: w, clientHeight: h } = this.canvas;
    const clamp = (value, size, view) => Math.min(Math.max(value, -view * 0.75), size - view * 0.25);
    this.x = clamp(this.x - dx / this.scale, width, w / this.scale);
    this.y = clamp(this.y - dy / this.scale, height, h / this.scale);
    this.fitted = false;
    this.show();
  }

  fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else this.root.requestFullscreen?.();
  }

  // Paper gets the whole picture in light colours, however it is moved on the screen.
  onPaper() {
    const { width, height, on_paper: light } = this.data;
    const svg = light ? parse(light) : this.svg.cloneNode(true);
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.style.aspectRatio = `${width} / ${height}`;
    this.screen = this.svg;
    this.canvas.replaceChildren(svg);
    this.folded = !this.legend.open;
    this.legend.open = true;
  }

  onScreen() {
    if (this.screen) this.canvas.replaceChildren(this.screen);
    this.screen = undefined;
    if (this.folded) this.legend.open = false;
  }

  async copy() {
    if (!navigator.clipboard) {
      window.prompt(this.data.words.copy_link, window.location.href);
      return;
    }
    await navigator.clipboard.writeText(window.location.href);
    this.said.textContent = this.data.words.copied;
    this.said.classList.add("shown");
    setTimeout(() => this.said.classList.remove("shown"), 1800);
  }

  pick(target) {
    const node = target.closest?.("[data-node], [data-edge]");
    if (this.data.still || !node?.dataset.subject) return;
    this.choose(node.dataset.subject, node.dataset.role);
    reveal();
  }

  listen() {
    const { canvas } = this;
    canvas.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey && !document.fullscreenElement) return;
      event.preventDefault();
      const box = canvas.getBoundingClientRect();
      this.zoom(Math.exp(-event.deltaY / 300), event.clientX - box.left, event.clientY - box.top);
    }, { passive: false });
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.pointers.set(event.pointerId, { x: event.clientX, y: event.clientY, moved: 0, target: event.target });
    });
    canvas.addEventListener("pointermove", (event) => this.moved(event));
    canvas.addEventListener("pointerup", (event) => {
      const held = this.pointers.get(event.pointerId);
      this.pointers.delete(event.pointerId);
      canvas.classList.remove("held");
      if (held && held.moved < 6) this.pick(held.target);
    });
    canvas.addEventListener("pointercancel", (event) => this.pointers.delete(event.pointerId));
    canvas.addEventListener("keydown", (event) => this.key(event));
  }

  moved(event) {
    const held = this.pointers.get(event.pointerId);
    if (!held) return;
    const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
    if (this.pointers.size === 2) this.pinch(event, held);
    held.moved += Math.abs(dx) + Math.abs(dy);
    if (held.moved < 6) return;
    if (!this.canvas.hasPointerCapture(event.pointerId)) this.canvas.setPointerCapture(event.pointerId);
    this.canvas.classList.add("held");
    [held.x, held.y] = [event.clientX, event.clientY];
    this.pan(dx / this.pointers.size, dy / this.pointers.size);
  }

  pinch(event, held) {
    const other = [...this.pointers].find(([id]) => id !== event.pointerId)[1];
    const before = Math.hypot(held.x - other.x, held.y - other.y);
    const after = Math.hypot(event.clientX - other.x, event.clientY - other.y);
    const box = this.canvas.getBoundingClientRect();
    if (before > 10) this.zoom(after / before, (event.clientX + other.x) / 2 - box.left, (event.clientY + other.y) / 2 - box.top);
  }

  key(event) {
    const moves = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (moves[event.key]) this.pan(...moves[event.key]);
    else if (event.key === "+" || event.key === "=") this.zoom(STEP);
    else if (event.key === "-") this.zoom(1 / STEP);
    else if (event.key === "0") this.fit();
    else if (event.key === "Escape" && event.target !== this.canvas) this.canvas.focus();
    else if ((event.key === "Enter" || event.key === " ") && event.target !== this.canvas) this.pick(event.target);
    else return;
    event.preventDefault();
  }
}

// What a node looks like, whatever the language: a changed service has another face.
function face(node) {
  return `${node.dataset.node} ${node.querySelector("use")?.getAttribute("href")}`;
}

// Bring the reasons into sight, as far down as leaves most of the diagram to be seen.
function reveal() {
  const reasons = document.querySelector(".st-key-decision");
  const page = document.querySelector(".stMain");
  const below = reasons ? reasons.getBoundingClientRect().top - window.innerHeight * 0.5 : 0;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (below > 0 && !document.fullscreenElement) page?.scrollBy({ top: below, behavior: calm ? "auto" : "smooth" });
}

// The first control behind an element of the page.
function behind(element) {
  const controls = document.querySelectorAll("a[href], button:not(:disabled), input:not(:disabled), summary");
  const follows = (one) => element.compareDocumentPosition(one) === Node.DOCUMENT_POSITION_FOLLOWING;
  return [...controls].find((one) => follows(one) && one.checkVisibility());
}

function parse(text) {
  const svg = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  return svg;
}

function make(name, type, attributes = {}) {
  const made = document.createElement(name);
  if (type) made.className = type;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

// Cards of the examples, each with a small picture of its architecture.
const SVG = "http://www.w3.org/2000/svg";

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".gallery");
  root.setAttribute("role", "list");
  const kept = new Map([...root.children].map((card) => [card.dataset.id, card]));
  root.replaceChildren(...data.cards.map((card) => kept.get(card.id) ?? item(card.id)));
  for (const card of data.cards) fill(kept, root, card);
  for (const button of root.querySelectorAll("button")) {
    button.onclick = () => setTriggerValue("open", button.parentElement.dataset.id);
  }
}

function item(id) {
  const li = element("div", "item");
  li.dataset.id = id;
  li.setAttribute("role", "listitem");
  const button = element("button", "card");
  button.type = "button";
  button.append(element("span", "thumb"), element("span", "title"), element("span", "summary"), element("span", "chips"));
  li.append(button);
  return li;
}

function fill(kept, root, card) {
  const li = [...root.children].find((one) => one.dataset.id === card.id);
  const [thumb, title, summary, chips] = li.firstElementChild.children;
  title.textContent = card.title;
  summary.textContent = card.summary;
  chips.replaceChildren(...card.chips.map((words) => element("span", "chip", words)));
  const mark = `${card.mark}:${card.svg ? 1 : 0}`;
  if (thumb.dataset.mark === mark) return;
  thumb.dataset.mark = mark;
  thumb.classList.toggle("waiting", !card.svg);
  thumb.replaceChildren(...(card.svg ? [picture(card.svg)] : []));
}

function picture(text) {
  const svg = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
  for (const one of svg.querySelectorAll("[tabindex], [role]")) {
    one.removeAttribute("tabindex");
    one.removeAttribute("role");
    one.removeAttribute("aria-label");
  }
  svg.removeAttribute("role");
  svg.removeAttribute("aria-label");
  svg.setAttribute("aria-hidden", "true");
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  return svg.namespaceURI === SVG ? svg : element("span", "");
}

function element(name, type, words = "") {
  const made = document.createElement(name);
  made.className = type;
  made.textContent = words;
  return made;
}

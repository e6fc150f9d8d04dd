"use strict";
const picker = document.querySelector("select");
const showPicture = show;
show = () => {
  picker.setAttribute("aria-label", data.view_words[state.lang]);
  for (const option of picker.options) option.textContent = data.views[option.value][state.lang];
  showPicture();
};
picker.onchange = () => {
  for (const held of document.querySelectorAll("template[data-view]")) {
    const { view, lang, theme } = held.dataset;
    held.id = view === picker.value ? `picture-${lang}-${theme}` : "";
  }
  show();
  fit();
};
const follow = (event) => {
  const link = event.target.closest?.("a[href^='#']");
  const opens = event.type === "click" ? !canvas.classList.contains("moving") : event.key === "Enter" || event.key === " ";
  if (!link || !opens) return;
  event.preventDefault();
  event.stopPropagation();
  drag = null;
  picker.value = link.getAttribute("href").slice(1);
  picker.onchange();
  canvas.focus();
};
canvas.addEventListener("click", follow, true);
canvas.addEventListener("keydown", follow, true);

// The frame of the page: its language for readers aloud, and whether the window is narrow.
const NARROW = "(max-width: 760px)";

export default function ({ data, setStateValue }) {
  document.documentElement.lang = data.lang;
  const query = window.matchMedia(NARROW);
  const tell = () => {
    if (query.matches !== data.narrow) setStateValue("narrow", query.matches);
  };
  tell();
  query.addEventListener("change", tell);
  return () => query.removeEventListener("change", tell);
}

// The page's own words, in the language chosen on it, else in the one the browser asks for.

const CHOSEN = "language";

function chosen() {
  try {
    return localStorage.getItem(CHOSEN);
  } catch {
    return null; // a browser that keeps nothing
  }
}

const asked = chosen() ? { "Accept-Language": chosen() } : {};
const answer = await fetch("/api/words", { headers: asked });

export const { language, languages, words } = await answer.json();
const tag = language.replace("_", "-");
const locale = tag === "en" ? "en-GB" : tag;

// The words of the page with values put in; each keeps its own direction.
export function put(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) => (name in values ? `\u2068${values[name]}\u2069` : place));
}

export function moment(options) {
  const format = new Intl.DateTimeFormat(locale, { calendar: "gregory", timeZone: "UTC", ...options });
  return (iso) => format.format(new Date(iso));
}

export const HOUR = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

export function kilobytes(bytes) {
  return new Intl.NumberFormat(locale, { style: "unit", unit: "kilobyte" }).format(Math.ceil(bytes / 1024));
}

// Asks in the page's language, so that what comes back can be shown.
export function ask(address, options = {}) {
  return fetch(address, { ...options, headers: { ...options.headers, "Accept-Language": tag } });
}

export function directionOf(code) {
  return languages.find((each) => each.code === code)?.direction ?? "ltr";
}

function fillIn(root) {
  for (const part of root.querySelectorAll("[data-words]")) part.textContent = words[part.dataset.words];
  for (const name of ["aria-label", "placeholder", "title"]) {
    for (const part of root.querySelectorAll(`[data-${name}]`)) part.setAttribute(name, words[part.getAttribute(`data-${name}`)]);
  }
}

// Only a page that has its words is shown.
export function speak() {
  document.documentElement.lang = tag;
  document.documentElement.dir = directionOf(language);
  document.title = `${words.playground} · ${words.bot}`;
  fillIn(document);
  for (const { content } of document.querySelectorAll("template")) fillIn(content);
  const choice = document.getElementById("language");
  choice.replaceChildren(...languages.map(({ code, name }) => new Option(name, code, false, code === language)));
  choice.addEventListener("change", () => {
    localStorage.setItem(CHOSEN, choice.value.replace("_", "-"));
    location.reload();
  });
  document.body.hidden = false;
}

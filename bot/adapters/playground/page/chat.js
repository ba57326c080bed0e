// Draws one chat. Texts only ever become text nodes, so nothing a person or the bot writes can become markup.

import { HOUR, kilobytes, moment, put, words } from "/words.js";

const SHOWN_BEFORE = 14;
const SHOWN_AFTER = 6;

export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function button(label, onPress, className = "") {
  const made = element("button", className, label);
  made.type = "button";
  made.addEventListener("click", onPress);
  return made;
}

// Of a long address its beginning and its end tell it from others; all of it shows when one points at it.
function shortened(address) {
  const bare = address.replace(/^https?:[/]{2}/, "");
  if (bare.length <= SHOWN_BEFORE + SHOWN_AFTER + 1) return bare;
  return `${bare.slice(0, SHOWN_BEFORE)}…${bare.slice(-SHOWN_AFTER)}`;
}

// Commands and addresses keep their slash in front, in whatever text they stand.
export function leftToRight(made) {
  made.dir = "ltr";
  return made;
}

function drawRun(run, act) {
  const styles = (run.styles ?? []).join(" ");
  if (run.link) {
    const isAddress = /^(https?:|t\.me[/])/i.test(run.text);
    const words = isAddress ? shortened(run.text) : run.text;
    const link = run.link.kind === "web" ? element("a", styles, words) : button(words, () => act.open(run.link), styles);
    if (isAddress) link.title = run.text;
    if (run.link.kind === "web") {
      link.href = run.link.payload;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
    }
    return isAddress ? leftToRight(link) : link;
  }
  if (run.command) return leftToRight(button(run.text, () => act.say(run.command), styles));
  return styles ? element("span", styles, run.text) : document.createTextNode(run.text);
}

function drawFile(file) {
  if (file.shape === "photo") {
    const picture = element("img");
    picture.src = file.url;
    picture.alt = words.picture;
    return picture;
  }
  const link = element("a", "file", `${file.name} (${kilobytes(file.bytes)})`);
  link.href = file.url;
  link.download = file.name;
  return link;
}

function makeKey(message, key, act) {
  if (key.link) return button(key.label, () => act.open(key.link), "leads-out");
  if (key.copy !== null) return button(key.label, () => act.copy(key.copy), "copies");
  return button(key.label, () => act.tap(message.id, key.data));
}

function drawKey(message, key, act) {
  const made = makeKey(message, key, act);
  made.dir = "auto";
  return made;
}

const clockTime = moment(HOUR);
const dayOf = moment({ weekday: "short", day: "numeric", month: "long" });

function drawBubble(message, mine, act) {
  const bubble = element("div", "bubble");
  if (message.name && !mine && act.showNames) bubble.append(element("p", "name", act.called(message)));
  if (message.file) bubble.append(drawFile(message.file));
  const text = element("div", "text");
  text.dir = "auto";
  text.append(...message.runs.map((run) => drawRun(run, act)));
  const time = clockTime(message.at);
  const meta = element("p", "meta", message.edited ? put(words.edited, { time }) : time);
  if (message.protected) {
    const lock = element("img", "lock");
    lock.src = "/lock.svg";
    lock.alt = lock.title = words.protected;
    meta.prepend(lock);
  }
  bubble.append(text, meta);
  return bubble;
}

function whose(message, mine) {
  if (message.service) return "";
  if (mine) return "mine";
  return message.from === null ? "bot" : "other";
}

function drawMessage(message, mine, act) {
  const item = element("li", whose(message, mine));
  if (message.day) item.append(element("p", "day", message.day));
  if (message.service) {
    item.append(element("p", "service", words[message.service]));
    return item;
  }
  item.append(drawBubble(message, mine, act));
  if (message.rows.length) {
    item.classList.add("keyed");
    const keys = element("div", "keys");
    for (const row of message.rows) {
      const line = element("div");
      line.append(...row.map((key) => drawKey(message, key, act)));
      keys.append(line);
    }
    item.append(keys);
  }
  return item;
}

function withDays(messages) {
  let last = "";
  return messages.map((message) => {
    const date = message.at.slice(0, "2000-01-01".length);
    const day = date === last ? "" : dayOf(message.at);
    last = date;
    return { ...message, day };
  });
}

// Keeps what did not change, so that reading, scrolling and the keyboard's place survive an edit.
export class ChatView {
  #act;
  #drawn = new Map();

  constructor(list, act) {
    this.list = list;
    this.#act = act;
    new ResizeObserver(() => this.#showNewest()).observe(list);
  }

  // begins: a chat without messages has a button to begin with; about: what stands above it.
  draw(messages, me, { begins = false, about = "" } = {}) {
    const focused = this.#focusedPlace();
    const kept = new Map();
    for (const message of withDays(messages)) {
      const mine = message.from === me;
      const look = JSON.stringify([message, mine]);
      const before = this.#drawn.get(message.id);
      kept.set(message.id, before?.look === look ? before : { look, item: drawMessage(message, mine, this.#act) });
    }
    const items = [...kept.values()].map(({ item }) => item);
    if (!items.length && begins) items.push(this.#beginning(about));
    const unchanged = items.length === this.list.children.length && items.every((item, at) => item === this.list.children[at]);
    this.#drawn = kept;
    if (unchanged) return;
    this.list.replaceChildren(...items);
    this.#showNewest();
    this.#restore(focused);
  }

  // Buttons are looked for at the end of a message; one without any is read from its beginning.
  #showNewest() {
    const newest = this.list.lastElementChild;
    const toEnd = this.list.scrollHeight;
    const isRead = newest?.classList.contains("bot") && !newest.classList.contains("keyed");
    this.list.scrollTop = isRead ? Math.min(toEnd, newest.offsetTop - this.list.offsetTop) : toEnd;
  }

  #beginning(about) {
    const item = element("li", "start");
    if (about) item.append(element("p", "", about));
    item.append(button(words.start, () => this.#act.say("/start")));
    return item;
  }

  #focusedPlace() {
    const active = document.activeElement;
    if (!this.list.contains(active) || active === this.list) return null;
    for (const [id, { item }] of this.#drawn) {
      if (!item.contains(active)) continue;
      const among = active.closest(".keys") ? ".keys button" : "button, a";
      return { id, among, at: [...item.querySelectorAll(among)].indexOf(active) };
    }
    return { id: null, among: "button, a", at: 0 };
  }

  #restore(focused) {
    if (!focused) return;
    const same = this.#drawn.get(focused.id)?.item;
    const last = this.list.lastElementChild;
    const keys = [...(same ?? last)?.querySelectorAll(focused.among) ?? []];
    (keys[Math.min(focused.at, keys.length - 1)] ?? this.list).focus({ preventScroll: true });
  }
}

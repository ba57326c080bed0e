// The page: one phone a person and one for the group, fed by the stream of news.

import { ChatView, element } from "/chat.js";

const byId = (id) => document.getElementById(id);
const chats = new Map();
const screens = new Map();
let world = null;

async function post(action, body = {}) {
  note("");
  const answer = await fetch(`/api/${action}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (answer?.ok) return;
  const words = answer && answer.status < 500 ? await answer.text() : "That did not work. The terminal may say why.";
  note(answer ? words : "The playground does not answer. Is it still running?");
}

function note(words) {
  byId("note").textContent = words;
  byId("note").hidden = !words;
}

// While something takes long, what started it cannot be pressed again.
async function whileBusy(pressed, work) {
  pressed.disabled = true;
  await work();
  pressed.disabled = false;
  pressed.focus();
}

class Screen {
  constructor(chat, { title, line, className, person = null }) {
    this.chat = chat;
    this.person = person;
    this.root = byId("phone").content.firstElementChild.cloneNode(true);
    this.root.classList.add(...className.split(" "));
    this.root.querySelector(".face").textContent = [...title][0] ?? "";
    const name = this.root.querySelector("h2");
    name.textContent = title;
    name.id = `name${chat}`;
    this.root.setAttribute("aria-labelledby", name.id);
    this.root.querySelector(".who p").textContent = line;
    this.pick = this.root.querySelector("select");
    this.log = this.root.querySelector(".chat");
    this.log.setAttribute("aria-label", `Messages: ${title}`);
    this.view = new ChatView(this.log, {
      showNames: person === null,
      say: (text) => this.say(text),
      tap: (message, data) => post("tap", { person: this.speaker, chat, message, data }),
      open: (link) => open(link, this.speaker),
      copy: (text) => navigator.clipboard.writeText(text).then(() => this.toast({ text: "Copied" })),
    });
    const form = this.root.querySelector("form");
    this.input = form.querySelector("input");
    this.input.setAttribute("aria-label", `Message: ${title}`);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.input.value.trim()) this.say(this.input.value);
      this.input.value = "";
    });
  }

  get speaker() {
    return this.person ?? Number(this.pick.value);
  }

  say(text) {
    const command = this.person === null && /^\/\w+$/.test(text);
    return post("say", { person: this.speaker, chat: this.chat, text: command ? `${text}@${world.bot}` : text });
  }

  label(words, options, chosen) {
    this.root.querySelector(".pick span").textContent = words;
    this.pick.replaceChildren(...options.map(([value, text]) => new Option(text, value, false, value === chosen)));
  }

  offer(commands) {
    const list = element("datalist");
    list.id = `commands${this.chat}`;
    list.append(...commands.map((command) => new Option(`/${command}`)));
    this.root.append(list);
    this.input.setAttribute("list", list.id);
  }

  draw() {
    this.view.draw(chats.get(this.chat) ?? [], this.speaker, { start: this.person !== null });
  }

  toast({ text, alert = false }) {
    const shown = this.root.querySelector(".toast");
    shown.textContent = text;
    shown.hidden = false;
    clearTimeout(this.fading);
    this.fading = setTimeout(() => { shown.hidden = true; }, alert ? 8000 : 3500);
  }
}

function personScreen(phone) {
  const className = phone.fill ? "representative" : "facilitator";
  const screen = new Screen(phone.person, { title: phone.name, line: phone.role, className, person: phone.person });
  const languages = world.languages.map(({ code, name }) => [code, name]);
  screen.label(`Language of ${phone.name}`, languages, phone.language);
  screen.pick.addEventListener("change", () => post("language", { person: phone.person, language: screen.pick.value }));
  screen.offer(phone.commands);
  const fill = screen.root.querySelector(".fill");
  fill.hidden = !phone.fill;
  fill.setAttribute("aria-label", `Fill in for me: ${phone.name}`);
  fill.addEventListener("click", () => whileBusy(fill, () => post("fill", { person: phone.person })));
  return screen;
}

function groupScreen({ chat, title }, speaker) {
  const screen = new Screen(chat, { title, line: "The group of all partners", className: "group" });
  screen.label("Speak as", world.phones.map(({ person, name }) => [String(person), name]), speaker);
  screen.pick.addEventListener("change", () => screen.draw());
  return screen;
}

function open(link, person) {
  if (link.kind === "web") {
    window.open(link.payload, "_blank", "noopener,noreferrer");
    return;
  }
  if (link.kind === "startgroup") {
    post("link", { person, kind: link.kind, payload: link.payload });
    return;
  }
  const choices = world.phones.map((phone) => {
    const choice = element("button", "", phone.name);
    choice.type = "button";
    choice.autofocus = phone.person === person;
    choice.addEventListener("click", () => {
      byId("which").close();
      post("link", { person: phone.person, kind: link.kind, payload: link.payload });
      screens.get(phone.person).root.scrollIntoView({ behavior: "smooth", block: "nearest" });
    });
    return choice;
  });
  byId("which").querySelector(".choices").replaceChildren(...choices);
  byId("which").showModal();
}

function showClock(now) {
  const moment = new Date(now);
  const as = (timeZone) => new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short", timeZone }).format(moment);
  byId("utc").textContent = `${as("UTC")} UTC`;
  byId("utc").dateTime = now;
  byId("local").textContent = world.zone === "UTC" ? "" : `${as(world.zone)} in ${world.zone.replace("_", " ")}`;
}

function showAll(everything) {
  const drafts = new Map([...screens].map(([chat, screen]) => [chat, screen.input.value]));
  const speaker = screens.get(world?.group.chat)?.pick.value;
  world = everything;
  chats.clear();
  screens.clear();
  for (const { chat, messages } of world.chats) chats.set(chat, messages);
  for (const phone of world.phones) screens.set(phone.person, personScreen(phone));
  screens.set(world.group.chat, groupScreen(world.group, speaker));
  byId("phones").replaceChildren(...[...screens.values()].map(({ root }) => root));
  for (const [chat, screen] of screens) {
    screen.draw();
    screen.input.value = drafts.get(chat) ?? "";
  }
  showClock(world.now);
}

function showChat({ now, chat, messages }) {
  showClock(now);
  chats.set(chat, messages);
  screens.get(chat)?.draw();
}

function listen() {
  const news = new EventSource("/api/events");
  const on = (kind, show) => news.addEventListener(kind, (event) => show(JSON.parse(event.data)));
  on("all", (everything) => { note(""); showAll(everything); });
  on("chat", showChat);
  on("clock", ({ now }) => showClock(now));
  on("toast", (toast) => screens.get(toast.chat)?.toast(toast));
  news.addEventListener("error", () => note("Waiting for the playground to answer …"));
}

for (const pushed of document.querySelectorAll("[data-step]")) {
  pushed.addEventListener("click", () => whileBusy(pushed, () => post("push", { step: pushed.dataset.step })));
}
for (const close of document.querySelectorAll("[data-close]")) {
  close.addEventListener("click", () => close.closest("dialog").close());
}
byId("start-over").addEventListener("click", () => byId("sure").showModal());
byId("yes-start-over").addEventListener("click", () => {
  byId("sure").close();
  whileBusy(byId("start-over"), () => post("start-over"));
});
listen();

// The page: one phone a person and one for the group, fed by the stream of news.

import { element } from "/chat.js";
import { Screen, whileBusy } from "/screen.js";
import { HOUR, ask, directionOf, languages, moment, put, speak, words } from "/words.js";

const byId = (id) => document.getElementById(id);
const OCTETS = "application/octet-stream";
const chats = new Map();
const screens = new Map();
let world = null;

// Returns words when it could not be done, nothing when it was.
async function post(action, body = {}) {
  const answer = await ask(`/api/${action}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (answer?.ok) return "";
  if (!answer) return words.silence;
  return answer.status < 500 ? answer.text() : words.failed;
}

// A data address is "data:", what it is, and the content after the comma.
function asBase64(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(reader.result.split(",")[1] ?? ""));
    reader.addEventListener("error", () => failed(reader.error));
    reader.readAsDataURL(file);
  });
}

function write(place, text) {
  if (byId(place).textContent !== text) byId(place).textContent = text;
  byId(place).hidden = !text;
}

function makeScreen(description, chat, person) {
  const root = byId("phone").content.firstElementChild.cloneNode(true);
  const screen = new Screen(root, { ...description, chat, isGroup: person === null }, {
    say: (text) => post("say", { person: speaker(), chat, text: addressed(text) }),
    send: (file) => asBase64(file).then(
      (content) => post("send", { person: speaker(), chat, name: file.name, mime: file.type || OCTETS, content }),
      () => words.failed,
    ),
    tap: (message, data) => post("tap", { person: speaker(), chat, message, data }),
    open: (link) => open(link, speaker()),
    pick: (value) => (person === null ? draw(chat) : post("language", { person, language: value })),
    fill: () => post("fill", { person }),
    called: ({ from, name }) => called(world.phones.find((phone) => phone.person === from) ?? { name, represents: true }),
  });
  const speaker = () => person ?? Number(screen.pick.value);
  const addressed = (text) => (person === null && /^\/\w+$/.test(text) ? `${text}@${world.bot}` : text);
  screen.speaker = speaker;
  screens.set(chat, screen);
  return screen;
}

// Whoever facilitates is called that in every language; partners keep the names they were given.
function called({ name, represents }) {
  return represents ? name : words.facilitator;
}

function showPerson({ person, name, represents, language, commands, about }) {
  const [kind, line] = represents ? ["representative", words.represents] : ["facilitator", words.guides];
  const description = { title: called({ name, represents }), line, kind };
  const screen = screens.get(person) ?? makeScreen(description, person, person);
  const options = languages.map(({ code, name: itself }) => [code, itself]);
  const direction = directionOf(language);
  screen.offer({ label: words.language, options, chosen: language, commands, direction, about });
}

function showGroup({ chat, commands }) {
  const description = { title: words.group, line: words.everybody, kind: "group" };
  const screen = screens.get(chat) ?? makeScreen(description, chat, null);
  const options = world.phones.map((phone) => [String(phone.person), put(words.as, { name: called(phone) })]);
  screen.offer({ label: words.speak_as, options, chosen: screen.pick.value, commands });
}

function showAll(everything) {
  world = everything;
  chats.clear();
  for (const { chat, messages } of world.chats) chats.set(chat, messages);
  for (const chat of screens.keys()) if (!chats.has(chat)) screens.delete(chat);
  world.phones.forEach(showPerson);
  showGroup(world.group);
  // The group stands beside the facilitator: there a round begins and ends.
  const [first, ...others] = world.phones.map(({ person }) => person);
  const roots = [first, world.group.chat, ...others].map((chat) => screens.get(chat).root);
  if (roots.some((root, place) => root !== byId("phones").children[place])) byId("phones").replaceChildren(...roots);
  for (const chat of screens.keys()) draw(chat);
  showClock(world.now);
}

function draw(chat) {
  screens.get(chat)?.draw(chats.get(chat) ?? [], screens.get(chat).speaker());
}

function open(link, person) {
  if (link.kind === "web") {
    window.open(link.payload, "_blank", "noopener,noreferrer");
    return "";
  }
  const { kind, payload } = link;
  if (kind === "startgroup") return post("link", { person, kind, payload });
  return new Promise((done) => {
    const choices = world.phones.map((phone) => {
      const choice = element("button", "", called(phone));
      choice.type = "button";
      choice.autofocus = phone.person === person;
      choice.addEventListener("click", () => {
        byId("which").close();
        screens.get(phone.person).root.scrollIntoView({ behavior: "smooth", block: "nearest", inline: "center" });
        done(post("link", { person: phone.person, kind, payload }));
      });
      return choice;
    });
    byId("which").querySelector(".choices").replaceChildren(...choices);
    byId("which").addEventListener("close", () => done(""), { once: true });
    byId("which").showModal();
  });
}

function showClock(now) {
  const as = (timeZone) => moment({ weekday: "short", day: "numeric", month: "short", year: "numeric", ...HOUR, timeZone })(now);
  byId("utc").textContent = `${as("UTC")} UTC`;
  byId("utc").dateTime = now;
  byId("local").textContent = world.zone === "UTC" ? "" : put(words.local, { time: as(world.zone) });
}

// Asked for a moment after the last news, when the bot has settled.
let asking = 0;
function askHint() {
  clearTimeout(asking);
  asking = setTimeout(async () => {
    const answer = await ask("/api/hint").catch(() => null);
    if (answer?.ok) write("hint", await answer.text());
  }, 400);
}

function listen() {
  const news = new EventSource("/api/events");
  const on = (kind, show) => news.addEventListener(kind, (event) => show(JSON.parse(event.data)));
  on("all", (everything) => {
    write("note", "");
    showAll(everything);
    askHint();
  });
  on("chat", ({ now, chat, messages }) => {
    chats.set(chat, messages);
    draw(chat);
    showClock(now);
    askHint();
  });
  on("clock", ({ now }) => showClock(now));
  on("toast", (toast) => screens.get(toast.chat)?.toast(toast));
  news.addEventListener("error", () => write("note", words.waiting));
}

async function control(pressed, action, body) {
  write("note", "");
  await whileBusy(pressed, async () => write("note", await post(action, body)));
}

for (const pushed of document.querySelectorAll("[data-step]")) {
  pushed.addEventListener("click", () => control(pushed, "push", { step: pushed.dataset.step }));
}
for (const close of document.querySelectorAll("[data-close]")) {
  close.addEventListener("click", () => close.closest("dialog").close());
}
byId("start-over").addEventListener("click", () => byId("sure").showModal());
byId("yes-start-over").addEventListener("click", () => {
  byId("sure").close();
  control(byId("start-over"), "start-over");
});
speak();
listen();

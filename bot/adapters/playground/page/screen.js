// One phone: whose it is, the chat it shows, and what can be written there.

import { ChatView, element, leftToRight } from "/chat.js";
import { words } from "/words.js";

const MOST_LINES = 5;

export class Screen {
  // act: say(text), send(file), tap(message, data), open(link), pick(value) and fill(), each a promise of words that went wrong;
  // called(message), the name of its sender.
  constructor(root, { chat, title, line, kind, isGroup }, act) {
    this.root = root;
    this.isGroup = isGroup;
    this.act = act;
    root.classList.add(kind);
    root.querySelector(".face").textContent = title.split(" ").at(isGroup ? 0 : -1).charAt(0);
    const name = root.querySelector("h2");
    name.textContent = title;
    name.id = `name${chat}`;
    root.setAttribute("aria-labelledby", name.id);
    root.querySelector(".who p").textContent = line;
    this.pick = root.querySelector("select");
    this.pick.addEventListener("change", () => this.#try(act.pick(this.pick.value)));
    this.#makeChat();
    this.#makeComposer();
    this.#makeMenu();
    const fill = root.querySelector(".fill");
    fill.hidden = kind !== "representative";
    fill.addEventListener("click", () => whileBusy(fill, () => this.#try(act.fill())));
    for (const part of [this.view.list, this.input, this.menu, this.#makeClip(), this.pick, fill]) this.#sayWhose(part, name.id);
  }

  // Read out: what it is, then whose phone it is on.
  #sayWhose(part, name) {
    part.id = `${part.className || part.localName}-${name}`;
    part.setAttribute("aria-labelledby", `${part.id} ${name}`);
  }

  #makeChat() {
    const log = this.root.querySelector(".chat");
    this.view = new ChatView(log, {
      showNames: this.isGroup,
      say: (text) => this.say(text),
      tap: (message, data) => this.#try(this.act.tap(message, data)),
      open: (link) => this.#try(this.act.open(link)),
      copy: (text) => navigator.clipboard.writeText(text).then(() => this.toast({ text: words.copied })),
      called: (message) => this.act.called(message),
    });
  }

  #makeComposer() {
    const form = this.root.querySelector("form");
    this.input = form.querySelector("textarea");
    this.input.addEventListener("input", () => this.#fit());
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.input.value.trim()) this.say(this.input.value);
      this.input.value = "";
      this.#fit();
    });
  }

  #makeClip() {
    const [clip, chooser] = [this.root.querySelector(".clip"), this.root.querySelector("[type=file]")];
    clip.addEventListener("click", () => chooser.click());
    chooser.addEventListener("change", () => {
      const [file] = chooser.files;
      chooser.value = ""; // the same file may be chosen again, after it was mended
      if (file) this.#try(this.act.send(file));
    });
    return clip;
  }

  #fit() {
    this.input.dir = this.input.value ? "auto" : ""; // an empty one begins where the page does
    this.input.rows = Math.min(MOST_LINES, this.input.value.split("\n").length);
  }

  #makeMenu() {
    this.menu = this.root.querySelector(".menu");
    this.commands = this.root.querySelector(".commands");
    this.menu.addEventListener("click", () => this.#showMenu(this.commands.hidden));
    for (const part of [this.menu, this.commands]) {
      part.addEventListener("focusout", ({ relatedTarget }) => {
        if (relatedTarget !== this.menu && !this.commands.contains(relatedTarget)) this.#showMenu(false);
      });
      part.addEventListener("keydown", ({ key }) => {
        if (key !== "Escape") return;
        this.#showMenu(false);
        this.menu.focus();
      });
    }
  }

  #showMenu(open) {
    this.commands.hidden = !open;
    this.menu.setAttribute("aria-expanded", String(open));
  }

  // What the phone offers: languages or speakers to pick from, commands, and what a new chat says about the bot.
  offer({ label, options, chosen, commands, direction = "auto", about = "" }) {
    this.pick.setAttribute("aria-label", label);
    this.pick.replaceChildren(...options.map(([value, text]) => new Option(text, value, false, value === chosen)));
    this.about = about;
    this.commands.dir = direction;
    this.commands.replaceChildren(...commands.map(({ command, description }) => {
      const item = element("li");
      const chosenOne = element("button");
      chosenOne.type = "button";
      chosenOne.append(leftToRight(element("bdi", "", `/${command}`)), element("span", "", description));
      chosenOne.addEventListener("click", () => {
        this.#showMenu(false);
        this.say(`/${command}`);
        this.input.focus();
      });
      item.append(chosenOne);
      return item;
    }));
  }

  say(text) {
    return this.#try(this.act.say(text));
  }

  draw(messages, me) {
    this.view.draw(messages, me, { begins: !this.isGroup, about: this.about });
  }

  toast({ text, alert = false }) {
    const shown = this.root.querySelector(".toast");
    shown.textContent = text;
    shown.hidden = false;
    clearTimeout(this.fading);
    this.fading = setTimeout(() => { shown.hidden = true; }, alert ? 8000 : 3500);
  }

  async #try(done) {
    const words = await done;
    if (words) this.toast({ text: words, alert: true });
  }
}

// While something takes long, what started it cannot be pressed again.
export async function whileBusy(pressed, work) {
  pressed.disabled = true;
  await work();
  pressed.disabled = false;
  pressed.focus({ preventScroll: true });
}

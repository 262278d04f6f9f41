// The review page: words selected become edits, each sent at once and kept in localStorage until the server has it.
// Offsets are Unicode code points, as everywhere in chargesheet; the DOM counts UTF-16 units. No framework, no build.
"use strict";

const settings = JSON.parse(document.querySelector('meta[name="review"]').content);
const SLOT_OF = Object.fromEntries(Object.entries(settings.keys).map(([slot, key]) => [key, slot]));
const PREFIX = `chargesheet:${settings.store}:${encodeURIComponent(settings.doc)}:`;
const WORD = /[$€£]?[\p{L}\p{N}\p{M}]+(?:[’'.,/-][\p{L}\p{N}\p{M}]+)*%?/gu;
const RETRY_MS = 4000;
const SLOWEST_MS = 15000;

const byId = (id) => document.getElementById(id);
const text = byId("text");
const records = byId("records");
let version = settings.version; // the version that this page shows, and that the next edit is made on
let pending = []; // edits that the server does not have yet: {key, order, base, operation}
let current = null; // id of the record worked on
let held = false; // nothing is sent while two versions wait to be chosen between
let sending = false;
let away = false;
let cursor = null; // {sentence, word} of the word selection, `anchor` where it began
let anchor = null;

const points = (words) => [...words].length;
const random = () => [...crypto.getRandomValues(new Uint8Array(9))].map((one) => one.toString(16).padStart(2, "0")).join("");

function parsed(html) {
  return new DOMParser().parseFromString(html, "text/html").body.childNodes;
}

function tell(words, wrong = false) {
  const bar = byId("bar");
  bar.textContent = words;
  bar.classList.toggle("wrong", wrong);
}

// ---------------------------------------------------------------- saving

function keep(edit) {
  try {
    localStorage.setItem(PREFIX + edit.key, JSON.stringify(edit));
  } catch {
    tell("This browser keeps nothing: edits that are not saved are lost when the page is left.", true);
  }
}

function drop(edit) {
  pending = pending.filter((one) => one !== edit);
  localStorage.removeItem(PREFIX + edit.key);
}

function recall() {
  const names = Object.keys(localStorage).filter((name) => name.startsWith(PREFIX) && !name.endsWith(":hand"));
  const found = names.map((name) => JSON.parse(localStorage.getItem(name)));
  return found.sort((one, two) => one.order - two.order);
}

function edit(operation) {
  const order = 1 + Math.max(0, ...pending.map((one) => one.order));
  const one = { key: random(), order, base: version, seen: settings.seen, operation };
  pending.push(one);
  keep(one);
  flush();
}

async function post(path, body) {
  const request = () =>
    fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Chargesheet-Token": settings.token },
      body: JSON.stringify({ doc: settings.doc, store: settings.store, seen: settings.seen, ...body }),
      signal: AbortSignal.timeout(SLOWEST_MS),
    });
  let answer = await request();
  if (answer.status === 403 && (await renewed())) answer = await request();
  return answer;
}

// A server that was started again has another token: take it from the page as it is now.
async function renewed() {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  const meta = page.querySelector('meta[name="review"]');
  if (!meta) return false;
  const now = JSON.parse(meta.content);
  if (now.store !== settings.store || now.author !== settings.author) return false;
  settings.token = now.token;
  return true;
}

async function flush() {
  if (sending || held) return;
  sending = true;
  try {
    await send();
  } finally {
    sending = false;
  }
  showSaved();
}

// Refused for what it is: such an edit is given up. Any other refusal is of this page or this server, and waits.
const UNFIT = [400, 413, 422];

async function send() {
  showSaved();
  while (pending.length && !held) {
    const one = pending[0];
    let answer, said;
    try {
      answer = await post("/review/edit", { base: one.base, key: one.key, seen: one.seen, operation: one.operation });
      said = await answer.json();
    } catch {
      answer = null;
    }
    if (!answer || !(answer.ok || answer.status === 409 || UNFIT.includes(answer.status))) {
      away = true;
      break;
    }
    away = false;
    if (answer.ok) {
      drop(one);
      version = pending.length ? said.version : said.latest;
      for (const later of pending) keep(Object.assign(later, { base: version }));
      take(said);
    } else if (said.moved) {
      setAside(pending.map((edit) => edit.operation.op));
      location.reload();
      break;
    } else if (answer.status === 409) {
      await choose();
      break;
    } else {
      drop(one);
      // An undo right behind it was meant for it, and would take back another edit.
      if (one.operation.op !== "undo" && pending[0]?.operation.op === "undo") drop(pending[0]);
      if (!pending.length && !cardOf(current)) makeCurrent(records.children[0]?.dataset.record);
      tell(said.error, true);
    }
  }
}

function showSaved() {
  const count = pending.length;
  const edits = `${count} ${count === 1 ? "edit" : "edits"} not saved`;
  byId("saved").textContent = count ? (away || held ? edits : "saving…") : version ? "saved" : "";
  byId("saved").classList.toggle("wrong", count > 0 && (away || held));
  const banner = byId("unsaved");
  banner.hidden = !(count && away);
  banner.textContent = banner.hidden ? "" : `${edits}: the server does not answer. They are kept in this browser and sent when it returns.`;
}

setInterval(() => pending.length && flush(), RETRY_MS);
addEventListener("online", flush);
addEventListener("beforeunload", (event) => {
  if (pending.length) event.preventDefault();
});

// ---------------------------------------------------------------- showing

function take(said) {
  const focus = focused();
  for (const [id, html] of Object.entries(said.changed)) {
    const fresh = parsed(html)[0];
    const old = byId(id);
    if (old) old.replaceWith(fresh);
    else if (id.startsWith("r-")) records.append(fresh);
  }
  const wanted = new Set(said.cards);
  for (const card of [...records.children]) if (!wanted.has(card.id)) card.remove();
  said.cards.forEach((id, n) => {
    if (records.children[n].id !== id) records.insertBefore(byId(id), records.children[n]);
  });
  const awaited = pending.some((one) => one.operation.record === current); // a record whose card is still to come
  if (!awaited || cardOf(current)) makeCurrent(cardOf(current) ? current : records.children[0]?.dataset.record);
  refocus(focus);
  light();
}

async function refresh() {
  try {
    const answer = await fetch(`/review/whole?${new URLSearchParams({ doc: settings.doc })}`);
    const said = await answer.json();
    version = said.version;
    take(said);
  } catch {
    tell("The server does not answer: load the page again when it is back.", true);
  }
}

function cardOf(record) {
  return record == null ? null : byId(`r-${record}`);
}

function makeCurrent(record) {
  for (const card of records.querySelectorAll("[aria-current]")) card.removeAttribute("aria-current");
  current = record ?? null;
  cardOf(current)?.setAttribute("aria-current", "true");
}

function filler() {
  return document.activeElement?.closest?.(".filler") ?? null;
}

function focused() {
  const one = document.activeElement;
  const card = one?.closest?.(".card");
  if (!card) return null;
  return { record: card.dataset.record, slot: one.closest("[data-slot]")?.dataset.slot, at: one.dataset.at, act: one.dataset.do };
}

function refocus(focus) {
  if (!focus) return;
  const card = cardOf(focus.record) ?? cardOf(current);
  if (!card || card.contains(document.activeElement)) return;
  const buttons = [...card.querySelectorAll("button")];
  const same = buttons.find((one) => one.dataset.slot === focus.slot && one.dataset.at === focus.at && focus.at);
  const slot = buttons.find((one) => one.dataset.slot === focus.slot && focus.slot);
  const act = buttons.find((one) => one.dataset.do === focus.act && focus.act);
  (same ?? slot ?? act ?? card).focus({ preventScroll: true });
}

// Marks in the article that the filler under the pointer or in focus stands at.
function light(one = filler(), scroll = false) {
  for (const mark of text.querySelectorAll("mark.lit")) mark.classList.remove("lit");
  if (!one?.dataset.at) return;
  const places = new Set(one.dataset.at.split(" "));
  const lit = [...text.querySelectorAll("mark")].filter((mark) => mark.dataset.at.split(" ").some((at) => places.has(at)));
  for (const mark of lit) mark.classList.add("lit");
  const best = one.dataset.at.split(" ")[0];
  const shown = lit.find((mark) => mark.dataset.at.split(" ").includes(best)) ?? lit[0];
  if (scroll) shown?.scrollIntoView({ block: "nearest" });
}

records.addEventListener("mouseover", (event) => light(event.target.closest(".filler") ?? filler()));
records.addEventListener("mouseleave", () => light());
records.addEventListener("focusin", (event) => {
  const card = event.target.closest(".card");
  if (card) makeCurrent(card.dataset.record);
  light(event.target.closest(".filler"), true);
});
records.addEventListener("click", (event) => {
  const card = event.target.closest(".card");
  if (card) makeCurrent(card.dataset.record);
});

text.addEventListener("click", (event) => {
  const mark = event.target.closest("mark");
  if (selected()) return;
  cursor = anchor = wordAt(event.target.closest(".sentence"));
  if (mark) toSlot(mark.dataset.at.split(" "));
});

function toSlot(places) {
  const own = [...(cardOf(current)?.querySelectorAll(".filler") ?? [])];
  const all = [...own, ...[...records.querySelectorAll(".filler")].filter((one) => !own.includes(one))];
  const found = all.filter((one) => one.dataset.at.split(" ").some((at) => places.includes(at)));
  const next = found[(found.indexOf(document.activeElement) + 1) % found.length];
  if (!next) return;
  next.scrollIntoView({ block: "nearest" });
  next.focus();
}

// ---------------------------------------------------------------- words

const paragraphs = () => [...text.querySelectorAll(".sentence > p")];
const startOf = (paragraph) => Number(paragraph.parentElement.dataset.start);

// Where the selected words stand: code points, without spaces around them; null when nothing is selected.
function selected() {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  if (!range.intersectsNode(text)) return null;
  const head = (one) => (one.contains(range.startContainer) ? before(one, range.startContainer, range.startOffset) : "");
  const tail = (one) => (one.contains(range.endContainer) ? before(one, range.endContainer, range.endOffset) : one.textContent);
  // A selection may touch a sentence and hold none of its words: three clicks reach to the next one's start.
  const holds = (one) => range.intersectsNode(one) && tail(one).slice(head(one).length).trim();
  const inside = paragraphs().filter(holds);
  if (!inside.length) return null;
  const [first, last] = [inside[0], inside[inside.length - 1]];
  const [start, end] = [head(first), tail(last)];
  const rest = first.textContent.slice(start.length);
  const spaces = rest.length - rest.trimStart().length;
  const from = startOf(first) + points(start) + spaces;
  const to = startOf(last) + points(end.trimEnd());
  return from < to ? { start: from, end: to } : null;
}

function before(paragraph, node, offset) {
  const range = document.createRange();
  range.setStart(paragraph, 0);
  range.setEnd(node, offset);
  return range.toString();
}

function wordsOf(sentence) {
  return [...sentence.querySelector("p").textContent.matchAll(WORD)].map((one) => [one.index, one.index + one[0].length]);
}

// The word that the caret stands in, after a click.
function wordAt(sentence) {
  const chosen = getSelection();
  if (!sentence || !chosen.rangeCount) return null;
  const range = chosen.getRangeAt(0);
  const paragraph = sentence.querySelector("p");
  const offset = paragraph.contains(range.startContainer) ? before(paragraph, range.startContainer, range.startOffset).length : 0;
  const word = wordsOf(sentence).findIndex(([, end]) => offset <= end);
  return { sentence: sentence.id, word: Math.max(0, word) };
}

function placeIn(paragraph, offset) {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  let node = walker.nextNode();
  while (node && offset > node.data.length) {
    offset -= node.data.length;
    node = walker.nextNode();
  }
  return node ? [node, offset] : [paragraph, 0];
}

function step(across, down, extend) {
  const all = [...text.querySelectorAll(".sentence")].filter((one) => wordsOf(one).length);
  if (!all.length) return;
  let n = cursor ? all.findIndex((one) => one.id === cursor.sentence) : -1;
  if (n < 0) {
    n = Math.max(0, all.findIndex((one) => one.getBoundingClientRect().top >= text.getBoundingClientRect().top));
    cursor = { sentence: all[n].id, word: 0 };
  } else if (down) {
    n = Math.min(all.length - 1, Math.max(0, n + down));
    cursor = { sentence: all[n].id, word: 0 };
  } else {
    let word = cursor.word + across;
    if (word < 0 && n > 0) word = wordsOf(all[--n]).length - 1;
    else if (word >= wordsOf(all[n]).length && n < all.length - 1) [n, word] = [n + 1, 0];
    cursor = { sentence: all[n].id, word: Math.min(Math.max(word, 0), wordsOf(all[n]).length - 1) };
  }
  if (!extend || !anchor || !byId(anchor.sentence)) anchor = cursor;
  select(anchor, cursor, all);
}

function select(one, two, all) {
  const place = (at) => [all.findIndex((sentence) => sentence.id === at.sentence), at.word];
  const [a, b] = [place(one), place(two)].sort((x, y) => x[0] - y[0] || x[1] - y[1]);
  const [first, last] = [all[a[0]], all[b[0]]];
  const start = placeIn(first.querySelector("p"), wordsOf(first)[a[1]][0] + 0.5);
  const end = placeIn(last.querySelector("p"), wordsOf(last)[b[1]][1]);
  getSelection().setBaseAndExtent(start[0], Math.floor(start[1]), end[0], end[1]);
  byId(two.sentence).scrollIntoView({ block: "nearest" });
}

let previewing = 0;
document.addEventListener("selectionchange", () => {
  clearTimeout(previewing);
  previewing = setTimeout(preview, 150);
});

async function preview() {
  const words = selected();
  if (!words) return;
  const asked = new URLSearchParams({ doc: settings.doc, ...words });
  try {
    const said = await (await fetch(`/review/preview?${asked}`)).json();
    if (JSON.stringify(selected()) !== JSON.stringify(words)) return;
    if (said.error) return tell(said.error, true);
    const values = said.values.map(([slot, value]) => `${slot} ${value}`);
    tell(`“${getSelection().getRangeAt(0).toString().trim()}”  ${values.length ? values.join("  ·  ") : "resolves to no value"}`);
  } catch {
    // the server is away: the banner says so when something is to be saved
  }
}

// ---------------------------------------------------------------- what keys and buttons do

function needsRecord() {
  if (cardOf(current)) return true;
  tell("There is no record to work on: select the words that name an event and press e.", true);
  return false;
}

function needsWords() {
  const words = selected();
  if (!words) tell("Select words in the article first.", true);
  return words;
}

const pair = (at) => at.split(" ")[0].split("-").map(Number);

function fill(slot, further) {
  if (!needsRecord()) return;
  const words = selected();
  const held = cardOf(current).querySelector(`dd[data-slot="${slot}"]`);
  if (!words) {
    if (held) held.querySelector("button").focus();
    else tell(`A record of this type has no ${slot}.`, true);
    return;
  }
  const fillers = [...(held?.querySelectorAll(".filler") ?? [])];
  const one = fillers.includes(document.activeElement) ? document.activeElement : fillers[fillers.length - 1];
  if (slot === "trigger") edit({ op: "trigger", record: current, ...words });
  else if (further && one && slot !== "date") edit({ op: "mention", record: current, slot, filler: pair(one.dataset.at), ...words });
  else edit({ op: "fill", record: current, slot, ...words });
  getSelection().removeAllRanges();
}

function takeOut(one = filler()) {
  if (!one) return tell("Go to a filler first: press its slot’s key, or click its words.", true);
  const record = one.closest(".card").dataset.record;
  const [start, end] = pair(one.dataset.at);
  if (one.dataset.slot === "trigger") edit({ op: "untrigger", record, start, end });
  else edit({ op: "unfill", record, slot: one.dataset.slot, filler: [start, end] });
}

function unmention() {
  const words = needsWords();
  if (!words || !needsRecord()) return;
  const at = `${words.start}-${words.end}`;
  const one = [...cardOf(current).querySelectorAll(".filler")].find((x) => x.dataset.at.split(" ").includes(at));
  if (!one) return tell("These words are no mention in this record.", true);
  if (one.dataset.slot === "trigger" || one.dataset.slot === "date") takeOut(one);
  else edit({ op: "unmention", record: current, slot: one.dataset.slot, filler: pair(one.dataset.at), ...words });
}

function ask(title, field, done) {
  byId("ask-title").textContent = title;
  byId("ask-body").replaceChildren(field);
  field.setAttribute("aria-labelledby", "ask-title");
  const form = byId("ask").querySelector("form");
  form.onsubmit = (event) => {
    event.preventDefault();
    byId("ask").close();
    done(field.value);
  };
  field.onkeydown = (event) => {
    if (event.key === "Enter" && (field.tagName === "SELECT" || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  };
  field.ondblclick = () => field.tagName === "SELECT" && form.requestSubmit();
  byId("ask").showModal();
  field.focus();
}

function choice(options, chosen) {
  const field = document.createElement("select");
  field.size = Math.min(Math.max(options.length, 2), 17);
  for (const [value, words] of options) field.append(new Option(words, value, value === chosen, value === chosen));
  if (field.selectedIndex < 0) field.selectedIndex = 0;
  return field;
}

const types = () => settings.types.map((one) => [one, one]);
const kind = () => cardOf(current).querySelector(".kind").textContent;

function add() {
  const words = needsWords();
  if (!words) return;
  ask("A new record: its type", choice(types(), current && cardOf(current) ? kind() : "arrest"), (type) => {
    const record = `p${random()}`;
    current = record;
    edit({ op: "add", record, type, ...words });
    getSelection().removeAllRanges();
  });
}

function split() {
  const words = needsWords();
  if (!words || !needsRecord()) return;
  edit({ op: "split", record: current, new: `p${random()}`, ...words });
  getSelection().removeAllRanges();
}

function merge() {
  if (!needsRecord()) return;
  const others = [...records.children].filter((card) => card.dataset.record !== current);
  if (!others.length) return tell("There is no other record to merge.", true);
  const options = others.map((card) => [card.dataset.record, card.getAttribute("aria-label")]);
  const into = current;
  ask("Merge into this record", choice(options), (other) => edit({ op: "merge", record: into, other }));
}

function note(record) {
  const field = document.createElement("textarea");
  field.rows = 4;
  field.maxLength = 2000;
  field.value = (record ? cardOf(record) : byId("head")).querySelector(":scope > .flag")?.textContent ?? "";
  ask(record ? "Note on this record" : "Note on the article", field, (words) => edit({ op: "note", record, text: words.trim() }));
}

function dateValue() {
  if (!needsRecord()) return;
  const shown = cardOf(current).querySelector('.filler[data-slot="date"]');
  if (!shown) return tell("This record has no date: select its words and press d.", true);
  const field = document.createElement("input");
  field.value = shown.textContent.startsWith("“") ? "" : shown.textContent.split(" ")[0];
  field.placeholder = "2021-12-15, 2021-12, 2021/2022, 2013/.. or empty";
  const record = current;
  ask("The date’s value (EDTF)", field, (value) => edit({ op: "date", record, value: value.trim() || null }));
}

function judge(verdict) {
  if (!needsRecord()) return;
  const now = cardOf(current).classList.contains(verdict);
  edit({ op: "judge", record: current, verdict: now ? "" : verdict });
}

function status(name) {
  if (needsRecord()) edit({ op: "status", record: current, status: name });
}

function beside(by) {
  const cards = [...records.children];
  if (!cards.length) return;
  const n = cards.findIndex((card) => card.dataset.record === current);
  const card = cards[Math.min(cards.length - 1, Math.max(0, n + by))];
  card.focus();
}

async function guide() {
  const slot = document.activeElement?.closest?.("[data-slot]")?.dataset.slot;
  const name = slot && slot !== "trigger" ? slot : cardOf(current) ? kind() : "arrest";
  try {
    const html = await (await fetch(`/review/guideline?${new URLSearchParams({ of: name })}`)).text();
    byId("guide-title").textContent = name;
    byId("guide-body").replaceChildren(...parsed(html));
    byId("guide").showModal();
  } catch {
    tell("The server does not answer.", true);
  }
}

async function mark(state) {
  if (pending.length) return tell("Wait until every edit is saved.", true);
  try {
    const answer = await post("/review/mark", { base: version, state });
    const said = await answer.json();
    if (answer.ok) return location.assign(said.next);
    if (said.moved) return location.reload();
    if (answer.status === 409) await refresh();
    tell(answer.status === 409 ? "Somebody has changed this article: look at it again." : said.error, true);
  } catch {
    tell("The server does not answer; try again when it is back.", true);
  }
}

// A dialog gives the focus back to what had it; when an edit has replaced that meanwhile, to the record.
for (const dialog of document.querySelectorAll("dialog")) {
  dialog.addEventListener("close", () => {
    const one = document.activeElement;
    if (!one || one === document.body || dialog.contains(one)) (cardOf(current) ?? text).focus({ preventScroll: true });
  });
}

const ACTIONS = {
  help: () => byId("help").showModal(),
  close: (button) => button.closest("dialog").close(),
  undo: () => edit({ op: "undo" }),
  redo: () => edit({ op: "redo" }),
  reveal: () => edit({ op: "reveal" }),
  none: () => edit({ op: "none" }),
  "flag-article": () => note(null),
  flag: () => needsRecord() && note(current),
  type: () => {
    if (!needsRecord()) return;
    const record = current;
    ask("The record’s type", choice(types(), kind()), (type) => edit({ op: "type", record, type }));
  },
  status: () => {
    if (!needsRecord()) return;
    const record = current;
    const options = settings.statuses.map((one) => [one, one]);
    const now = cardOf(record).querySelector(".status").textContent;
    ask("The record’s status", choice(options, now), (name) => edit({ op: "status", record, status: name }));
  },
  accept: () => judge("accepted"),
  reject: () => judge("rejected"),
  merge,
  split,
  delete: () => needsRecord() && edit({ op: "delete", record: current }),
  fill: (button) => (selected() ? fill(button.dataset.slot, false) : tell(`Select the words for ${button.dataset.slot}, then press ${settings.keys[button.dataset.slot]}.`)),
  out: (button) => takeOut(button.previousElementSibling),
  done: () => mark("accepted"),
  later: () => mark("later"),
  mine: () => chosenMine(),
  theirs: () => chosenTheirs(),
  "by-hand": () => chosenByHand(),
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (!button || button.closest("[inert]")) return;
  const card = button.closest(".card");
  if (card) makeCurrent(card.dataset.record);
  ACTIONS[button.dataset.do]?.(button);
});
// A press on a button must not take the selected words away.
document.addEventListener("mousedown", (event) => {
  if (event.target.closest("[data-do]") && selected()) event.preventDefault();
});

const KEYS = {
  e: add,
  b: split,
  "-": unmention,
  j: () => beside(1),
  k: () => beside(-1),
  y: ACTIONS.type,
  "=": dateValue,
  v: ACTIONS.accept,
  x: ACTIONS.reject,
  f: ACTIONS.flag,
  F: ACTIONS["flag-article"],
  m: merge,
  o: ACTIONS.none,
  u: ACTIONS.undo,
  U: ACTIONS.redo,
  Z: ACTIONS.reveal,
  "]": ACTIONS.later,
  q: () => location.assign("/review"),
  g: guide,
  "?": ACTIONS.help,
  ArrowLeft: (event) => step(-1, 0, event.shiftKey),
  ArrowRight: (event) => step(1, 0, event.shiftKey),
  ArrowUp: (event) => step(0, -1, event.shiftKey),
  ArrowDown: (event) => step(0, 1, event.shiftKey),
  Escape: () => getSelection().removeAllRanges(),
  Delete: (event) => (event.shiftKey ? ACTIONS.delete() : takeOut()),
  Backspace: () => takeOut(),
};
settings.statuses.forEach((name, n) => (KEYS[String(n + 1)] = () => status(name)));

document.addEventListener("keydown", (event) => {
  if (document.querySelector("dialog[open]") || event.altKey) return; // fields to type in are in dialogs alone
  const strong = event.ctrlKey || event.metaKey;
  let act = null;
  if (strong && event.key === "Enter") act = ACTIONS.done;
  else if (strong && event.key.toLowerCase() === "z") act = event.shiftKey ? ACTIONS.redo : ACTIONS.undo;
  else if (!strong && event.key === "Enter" && event.target === text) act = goToWord;
  else if (!strong && Object.hasOwn(KEYS, event.key)) act = KEYS[event.key];
  else if (!strong && SLOT_OF[event.key.toLowerCase()]) act = () => fill(SLOT_OF[event.key.toLowerCase()], event.shiftKey);
  if (!act || held) return;
  event.preventDefault();
  act(event);
});

function goToWord() {
  const node = getSelection().anchorNode;
  const at = (node?.parentElement ?? text).closest("mark");
  if (at) toSlot(at.dataset.at.split(" "));
}

// ---------------------------------------------------------------- two versions

let latest = 0;
let back = 0;
let words = [];

async function choose() {
  held = true;
  let answer, said;
  try {
    answer = await post("/review/conflict", { base: pending[0].base, seen: pending[0].seen, operations: pending.map((one) => one.operation) });
    said = await answer.json();
  } catch {
    answer = null;
  }
  if (said?.moved) {
    setAside(pending.map((edit) => edit.operation.op));
    return location.reload();
  }
  if (!answer?.ok) {
    held = false; // tried again with the edits themselves
    away = !answer;
    if (said) tell(said.error, true);
    return;
  }
  [latest, back, words] = [said.latest, said.back, said.edits];
  const section = byId("conflict");
  section.replaceChildren(...parsed(said.html));
  section.hidden = false;
  byId("work").hidden = true;
  section.querySelector("button").focus();
}

function settled() {
  byId("conflict").hidden = true;
  byId("conflict").replaceChildren();
  byId("work").hidden = false;
  held = false;
  listByHand();
}

// New keys: another tab may hold the same edits, and has to be able to send them again too.
function chosenMine() {
  const old = [...pending];
  for (const one of old) drop(one);
  settled();
  pending = old.map((one) => ({ ...one, key: random() }));
  const order = pending[0].order - 1;
  const first = { key: random(), order, seen: settings.seen, operation: { op: "back", to: back } };
  pending.unshift(first);
  for (const one of pending) keep(Object.assign(one, { base: latest }));
  flush();
}

async function chosenTheirs() {
  for (const one of [...pending]) drop(one);
  settled();
  await refresh();
  showSaved();
}

async function chosenByHand() {
  setAside(words);
  settled();
  await refresh();
  showSaved();
}

// Moves what is pending behind the edits that wait to be applied by hand, each with the words that tell of it.
function setAside(told) {
  const waiting = JSON.parse(localStorage.getItem(`${PREFIX}:hand`) ?? "[]");
  waiting.push(...pending.map((one, n) => ({ operation: one.operation, words: told[n] })));
  localStorage.setItem(`${PREFIX}:hand`, JSON.stringify(waiting));
  for (const one of [...pending]) drop(one);
}

function listByHand() {
  const waiting = JSON.parse(localStorage.getItem(`${PREFIX}:hand`) ?? "[]");
  const section = byId("conflict");
  section.hidden = !waiting.length;
  const heading = document.createElement("h2");
  heading.textContent = "Your edits, one by one";
  const list = document.createElement("ul");
  const left = (rest) => {
    localStorage.setItem(`${PREFIX}:hand`, JSON.stringify(rest));
    listByHand();
  };
  const button = (label, act) => {
    const one = document.createElement("button");
    one.type = "button";
    one.textContent = label;
    one.onclick = act;
    return one;
  };
  waiting.forEach((one, n) => {
    const item = document.createElement("li");
    const rest = waiting.filter((_, m) => m !== n);
    const apply = () => (edit(one.operation), left(rest));
    item.append(one.words, " ", button("Apply", apply), " ", button("Leave", () => left(rest)));
    list.append(item);
  });
  section.replaceChildren(heading, list);
}

// ---------------------------------------------------------------- begin

pending = recall();
makeCurrent(records.children[0]?.dataset.record);
listByHand();
showSaved();
flush();

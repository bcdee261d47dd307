// Bring: a file from elsewhere, read first, written when it is told to, taken back when that is
// confirmed, since nothing but the file could bring it again.

import { call, get, viewer, who } from "../api.js";
import { field, h } from "../dom.js";
import { beginAgain } from "../home.js";
import { day, has, language, number, t } from "../i18n.js";
import { forgetPlaces } from "../kept.js";
import { loadMarks } from "../marks.js";
import { confirmed, failed, saying, toast } from "../notices.js";

const SHOWN_ROWS = 500;
const CHANGED = "brought";
const STATES = ["uncertain", "unmatched", "skipped", "matched"];

/** The view. */
export async function view() {
  const file = h("input", { type: "file", required: true });
  const button = h("button.primary", { type: "submit" }, t("bring_read"));
  const outcome = h("div", { role: "status" });
  const form = h("form.panel", { onsubmit: submit }, field(t("bring_file"), file, t("bring_hint")), button);
  async function submit(event) {
    event.preventDefault();
    button.disabled = true;
    try {
      outcome.replaceChildren(h("p.quiet", t("loading")));
      outcome.replaceChildren(preview(await counted(await read(file.files[0])), outcome));
    } catch (error) {
      outcome.replaceChildren(h("p.warning", saying(error)));
    } finally {
      button.disabled = false;
    }
  }
  const past = h("section.past");
  const show = () => before(past, outcome).catch(failed);
  outcome.addEventListener(CHANGED, () => {
    forgetPlaces(); // what they show was marked otherwise
    loadMarks().catch(failed);
    show();
  });
  await show();
  return { title: t("bring"), node: [h("h1", t("bring")), h("p", t("bring_why")), form, outcome, past] };
}

/** What was brought before, each to be taken back; what was only read can be looked at again. */
async function before(past, outcome) {
  const list = h("ul");
  let cursor;
  async function next() {
    const page = await get("/imports", { ...viewer(), cursor });
    list.append(...page.items.map((one) => broughtBefore(one, outcome)));
    cursor = page.next_cursor;
    more.hidden = !cursor;
  }
  const more = h("button.more", { type: "button", onclick: () => next().catch(failed) }, t("more"));
  await next();
  past.replaceChildren(...(list.children.length ? [h("h2", t("bring_past")), list, more] : []));
}

const nameOf = (brought) => [brought.source_title, brought.file].filter(Boolean).join(", ");

function broughtBefore(one, outcome) {
  const name = nameOf(one);
  const parts = partsOf(one.added);
  const state = one.state === "previewed" ? t("bring_only_read")
    : parts.length ? listed(parts) : t("bring_nothing_left");
  const again = async () => {
    try {
      outcome.replaceChildren(preview(await counted(one), outcome));
      outcome.querySelector("button").focus();
    } catch (error) {
      failed(error);
    }
  };
  return h("li", name, " ", h("time.quiet", { datetime: one.created_at }, day(one.created_at)), " ", h("small.quiet", state),
    h("div.examples",
      one.state === "previewed" ? h("button.example", { type: "button", onclick: again }, t("bring_again")) : null,
      h("button.example", { type: "button", "aria-label": t("bring_take_back_of", { name }), onclick: () => takeBack(one, parts, outcome) }, t("take_back"))));
}

function read(file) {
  const form = new FormData();
  form.append("file", file);
  for (const [name, value] of Object.entries(viewer())) if (value !== null) form.append(name, value);
  return call("POST", "/imports", { form });
}

/** The import with what writing it would add. */
const counted = ({ id }) => get(`/imports/${id}`, { would_add: true });

/** What is written, each kind apart: entries of the history, ratings, the watchlist, the library. */
const partsOf = ({ events, ratings, watchlist, library }) =>
  Object.entries({ history: events - ratings, ratings, watchlist, library }).filter(([, count]) => count)
    .map(([part, count]) => t(`bring_part.${part}`, { count }));
const listed = (parts) => new Intl.ListFormat(language).format(parts);

/** What was understood of the file; nothing is written yet. */
function preview(brought, outcome) {
  const { rows, matched } = brought.counts;
  const parts = partsOf(brought.would_add);
  const { events, watchlist, library } = brought.would_add;
  const fewer = matched - events - watchlist - library;
  const write = h("button.primary", { type: "button", disabled: !parts.length, onclick: () => apply(brought, outcome, write) },
    parts.length ? t("bring_write", { what: listed(parts) }) : t("bring_write_none"));
  return h("section.brought",
    h("h2", t("bring_read_as", { source: brought.source_title, count: rows })),
    write,
    fewer > 0 ? h("p.quiet", t("bring_fewer", { count: fewer })) : null,
    columnsOf(brought),
    STATES.filter((status) => brought.counts[status]).map((status) => rowsOf(brought, status, outcome)));
}

/** Of a table of one's own: which column was taken for what, and which for nothing. */
function columnsOf({ columns, columns_left: left, rating_scale: scale }) {
  const taken = Object.entries(columns).map(([meaning, column]) => h("li",
    h("strong", column), " → ", t(`bring_column.${meaning}`), meaning === "rating" && scale ? ` ${t("bring_scale", { top: number(scale) })}` : ""));
  if (!taken.length) return null;
  return h("div", h("h3", t("bring_columns")), h("ul", taken),
    left.length ? h("p.warning", t("bring_columns_left", { columns: listed(left) })) : null);
}

/** The rows of one state with their reasons, read when they are asked for; equal ones are one. */
function rowsOf(brought, status, outcome) {
  const list = h("ul");
  const box = h("details", { "data-state": status }, h("summary", t(`bring_state.${status}`, { count: brought.counts[status] })), list);
  box.addEventListener("toggle", async () => {
    try {
      const { rows } = await get(`/imports/${brought.id}/rows`, { status, limit: SHOWN_ROWS });
      const equal = new Map();
      for (const row of rows) {
        const said = `${row.says}|${row.reason}|${status === "matched" ? row.event_type : ""}`;
        equal.set(said, [...(equal.get(said) || []), row]);
      }
      list.replaceChildren(...[...equal.values()].map((all) => rowOf(brought, all, outcome)));
    } catch (error) {
      failed(error);
    }
  }, { once: true });
  return box;
}

function rowOf(brought, [row, ...others], outcome) {
  const times = others.length ? ` × ${number(others.length + 1)}` : "";
  const said = row.status === "matched" ? t(`event.${row.event_type}`, { rating: row.rating })
    : row.reason && (has(`bring_reason.${row.reason}`) ? t(`bring_reason.${row.reason}`) : row.reason);
  return h("li", row.item ? h("a", { href: `#/title/${row.item.id}` }, titleOf(row.item)) : row.says, times,
    said && h("small.quiet", said), row.status === "uncertain" && choices(brought, row, outcome));
}

const titleOf = ({ title, year }) => (year ? `${title} (${year})` : title);

/** The titles that a row could mean, to be pressed; the service remembers it for its other rows. */
function choices(brought, { row, file, candidates }, outcome) {
  const choose = (item) => async () => {
    try {
      await call("PATCH", `/imports/${brought.id}/rows`, { body: { choices: [{ row, file, item }] } });
      outcome.replaceChildren(preview(await counted(brought), outcome));
      const left = outcome.querySelector("[data-state=uncertain]"); // goes on with those that are left
      if (left) left.open = true;
      outcome.querySelector(left ? "summary" : "button").focus({ preventScroll: true });
    } catch (error) {
      failed(error);
    }
  };
  return h("div.examples", candidates.map((one) => h("button.example", { type: "button", onclick: choose(one.id) }, titleOf(one))),
    h("button.example", { type: "button", onclick: choose(null) }, t("bring_none")));
}

async function apply(brought, outcome, button) {
  button.disabled = true;
  try {
    const { added } = await call("POST", `/imports/${brought.id}/apply`, {});
    const parts = partsOf(added);
    const undo = h("button.secondary", { type: "button", onclick: () => takeBack(brought, parts, outcome) }, t("bring_take_back"));
    outcome.replaceChildren(h("section",
      h("h2", t("bring_written", { what: listed(parts) })),
      h("p", h("a.primary", { href: "#/foryou", onclick: () => who.settings || beginAgain() }, t("place.foryou")), " ", undo)));
    outcome.querySelector("a").focus({ preventScroll: true });
    outcome.dispatchEvent(new Event(CHANGED));
  } catch (error) {
    button.disabled = false;
    failed(error);
  }
}

/** Takes an import back; where it wrote something, whoever asks is told how much that is. */
async function takeBack(brought, parts, outcome) {
  const ask = () => confirmed(t("bring_take_back_of", { name: nameOf(brought) }), t("bring_take_back_say", { what: listed(parts) }), t("take_back"));
  if (parts.length && !(await ask())) return;
  try {
    await call("DELETE", `/imports/${brought.id}`, {});
    outcome.replaceChildren();
    outcome.dispatchEvent(new Event(CHANGED));
    toast(t("bring_taken_back"));
  } catch (error) {
    failed(error);
  }
}

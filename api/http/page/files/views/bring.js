// Bring: a file from elsewhere, read first, written when it is told to, taken back with one press.

import { call, get, viewer, who } from "../api.js";
import { field, h } from "../dom.js";
import { beginAgain } from "../home.js";
import { has, language, number, t } from "../i18n.js";
import { failed, saying, toast } from "../notices.js";

const SHOWN_ROWS = 500;
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
  return { title: t("bring"), node: [h("h1", t("bring")), h("p", t("bring_why")), form, outcome] };
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
    STATES.filter((status) => brought.counts[status]).map((status) => rowsOf(brought, status, outcome)));
}

/** The rows of one state with their reasons, read when they are asked for; equal ones are one. */
function rowsOf(brought, status, outcome) {
  const list = h("ul");
  const box = h("details", h("summary", t(`bring_state.${status}`, { count: brought.counts[status] })), list);
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
      outcome.querySelector("button").focus({ preventScroll: true });
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
    const undo = h("button.secondary", { type: "button", onclick: () => takeBack(brought, outcome) }, t("bring_take_back"));
    outcome.replaceChildren(h("section",
      h("h2", t("bring_written", { what: listed(partsOf(added)) })),
      h("p", h("a.primary", { href: "#/foryou", onclick: () => who.settings || beginAgain() }, t("place.foryou")), " ", undo)));
    outcome.querySelector("a").focus({ preventScroll: true });
  } catch (error) {
    button.disabled = false;
    failed(error);
  }
}

async function takeBack(brought, outcome) {
  try {
    await call("DELETE", `/imports/${brought.id}`, {});
    outcome.replaceChildren();
    toast(t("bring_taken_back"));
  } catch (error) {
    failed(error);
  }
}

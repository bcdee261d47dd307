// Bring: a file from elsewhere, read first, written when it is told to, taken back with one press.

import { call, get, viewer, who } from "../api.js";
import { field, h } from "../dom.js";
import { beginAgain } from "../home.js";
import { t } from "../i18n.js";
import { failed, saying, toast } from "../notices.js";

const SHOWN_ROWS = 200;

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
      outcome.replaceChildren(preview(await read(file.files[0]), outcome));
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

/** What was understood of the file; nothing is written yet. */
function preview(brought, outcome) {
  const { rows, matched, uncertain, unmatched, skipped } = brought.counts;
  const counts = [["bring_matched", matched], ["bring_uncertain", uncertain], ["bring_unmatched", unmatched], ["bring_skipped", skipped]];
  const write = h("button.primary", { type: "button", disabled: !matched, onclick: () => apply(brought, outcome, write) }, t("bring_write", { count: matched }));
  return h("section",
    h("h2", t("bring_read_as", { source: brought.source, count: rows })),
    h("ul", counts.filter(([, count]) => count).map(([key, count]) => h("li", t(key, { count })))),
    write,
    ["uncertain", "unmatched", "skipped"].filter((status) => brought.counts[status]).map((status) => rowsOf(brought, status)));
}

/** The rows of one state with their reasons, read when they are asked for. */
function rowsOf(brought, status) {
  const list = h("ul");
  const box = h("details", h("summary", t(`bring_${status}`, { count: brought.counts[status] })), list);
  box.addEventListener("toggle", async () => {
    try {
      const { rows } = await get(`/imports/${brought.id}/rows`, { status, limit: SHOWN_ROWS });
      list.replaceChildren(...rows.map((row) => h("li", row.says, row.reason && h("small.quiet", ` ${row.reason}`))));
    } catch (error) {
      failed(error);
    }
  }, { once: true });
  return box;
}

async function apply(brought, outcome, button) {
  button.disabled = true;
  try {
    const { added } = await call("POST", `/imports/${brought.id}/apply`, {});
    const undo = h("button.secondary", { type: "button", onclick: () => takeBack(brought, outcome) }, t("bring_take_back"));
    outcome.replaceChildren(h("section",
      h("h2", t("bring_written", { count: added.events + added.watchlist + added.library })),
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

// The first visit: country and services, then a few titles, done. Each step can be left out.

import { country, get, readWho, viewer, who } from "../api.js";
import { poster } from "../art.js";
import { h } from "../dom.js";
import { t, whyEmpty } from "../i18n.js";
import { beginAgain, form, homeFields } from "../home.js";
import { record } from "../marks.js";
import { saying } from "../notices.js";

const ENOUGH = 3;

/** The view. */
export async function view({ query }) {
  if (query.get("step") === "titles") {
    return { title: t("which_liked"), node: h("div.narrow", h("h1", t("which_liked")), await titles()) };
  }
  const place = h("div");
  const home = homeFields();
  const later = h("a.secondary", { href: "#/foryou" }, t("skip_step"));
  const first = h("section", h("h2", t("welcome_home")),
    form(home.node, t("next"), async () => {
      await home.save();
      await readWho();
      const heading = h("h2", { tabindex: "-1" }, t("welcome_titles"));
      place.replaceChildren(heading, await titles());
      heading.focus();
    }), later);
  place.append(first);
  return { title: t("welcome"), node: h("div.narrow", h("h1", t("welcome")), h("p.lead", t("welcome_lead")), place) };
}

async function titles() {
  const chosen = new Set();
  const page = await get("/recommend", { ...viewer(), limit: 36 });
  if (!page.items.length) return h("section", h("p", whyEmpty(page, t("foryou_empty"), country())), h("a.primary", { href: "#/foryou", onclick: () => who.settings && beginAgain() }, t("place.foryou")));
  const status = h("p", { role: "status" }, t("chosen", { count: 0 }));
  const done = h("button.primary", { type: "button", onclick: finish }, t("done"));
  const problem = h("p.problem", { role: "alert" });
  const pick = (item) => {
    const input = h("input.sr", { type: "checkbox" });
    input.addEventListener("change", () => {
      if (input.checked) chosen.add(item.id);
      else chosen.delete(item.id);
      status.textContent = t(chosen.size < ENOUGH ? "chosen" : "chosen_enough", { count: chosen.size });
    });
    return h("li", h("label.pick", input, poster(item), h("span.name", item.title)));
  };
  async function finish() {
    done.disabled = true;
    try {
      if (chosen.size) await record([...chosen].map((item) => ({ item, event_type: "liked" })));
      location.hash = "#/foryou";
      if (who.settings) beginAgain();
    } catch (error) {
      problem.textContent = saying(error);
      done.disabled = false;
    }
  }
  return h("section", h("p", h("a.secondary", { href: "#/bring" }, t("welcome_bring"))), h("ul.picks", page.items.map(pick)),
    h("div.dock", status, problem, done));
}

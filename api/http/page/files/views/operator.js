// For operators: whether the service is well, what the catalogue has, which jobs run.

import { call, get, Problem } from "../api.js";
import { field, h } from "../dom.js";
import { day, moment, number, percent, t } from "../i18n.js";
import { failed, sheet, toast } from "../notices.js";

const AGAIN_MS = 5000;
const JOBS = ["refresh", "tmdb", "justwatch", "embed", "neighbours", "map", "sample", "sync", "lists"];
const ENDED = ["success", "failure", "revoked"];

/** The view; what changes is asked for again every five seconds, as long as it is shown. */
export async function view() {
  const index = await get("/admin/index");
  const health = h("section");
  const runs = h("div");
  const schedules = h("section");
  const refresh = async () => {
    const [well, jobs, planned] = await Promise.all([readiness(), get("/admin/jobs", { limit: 20 }), get("/admin/schedules")]);
    health.replaceChildren(h("h2", t("health")), ...well, ...(planned.waits_for ? [h("p.problem", t("no_worker"))] : []));
    runs.replaceChildren(table(jobs.items, refresh));
    schedules.replaceChildren(h("h2", t("schedules")), ...dates(planned));
  };
  await refresh();
  const timer = setInterval(() => {
    if (!runs.isConnected) clearInterval(timer);
    else if (!document.hidden && !runs.contains(document.activeElement)) refresh().catch(() => {});
  }, AGAIN_MS);
  return {
    title: t("place.operator"),
    node: [h("h1", t("place.operator")), health, catalogue(index),
      h("section", h("h2", t("jobs")), queue(refresh), runs), schedules],
  };
}

async function readiness() {
  try {
    const faults = Object.entries((await get("/readyz")).faults);
    return faults.length ? faults.map(([name, fault]) => h("p.problem", `${name}: ${fault}`)) : [h("p.well", t("all_well"))];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return [h("p.problem", t("not_well")), h("p", error.message)];
  }
}

/** @param {Schemas["IndexAnswer"]} index */
function catalogue(index) {
  const { titles, spaces, collaborative_model: model, failures } = index;
  const failed = failures.reduce((sum, one) => sum + one.due + one.later + one.given_up, 0);
  const figures = { films: titles.movie, shows: titles.tv, vectors: titles.with_vector, to_fetch: titles.to_fetch, to_read_anew: titles.to_read_anew, failures: failed };
  const active = spaces.find((one) => one.active);
  return h("section", h("h2", t("catalogue")),
    h("dl.figures", Object.entries(figures).map(([name, value]) => h("div", h("dt", t(`figure.${name}`)), h("dd", number(value))))),
    active ? h("p", t("space", { model: active.model, index: t(`index.${active.hnsw}`) })) : null,
    h("p", model ? t("model_built", { items: model.items, day: day(model.built_at) }) : t("no_model")));
}

function queue(refresh) {
  const job = h("select", JOBS.map((name) => h("option", { value: name }, name)));
  const submit = async (event) => {
    event.preventDefault();
    try {
      await call("POST", "/admin/jobs", { body: { job: job.value } });
      toast(t("job_queued", { job: job.value }));
      await refresh();
    } catch (error) {
      failed(error);
    }
  };
  return h("form.queue", { onsubmit: submit }, field(t("job"), job), h("button.secondary", { type: "submit" }, t("queue_job")));
}

function table(runs, refresh) {
  if (!runs.length) return h("p.quiet", t("no_jobs"));
  const heads = ["job", "state", "begun", "outcome"].map((name) => h("th", { scope: "col" }, t(name)));
  return h("div.scrolls", { tabindex: "0", role: "region", "aria-label": t("jobs") },
    h("table", h("thead", h("tr", heads, h("td"), h("td"))), h("tbody", runs.map((run) => row(run, refresh)))));
}

/** @param {Schemas["ShownRun"]} run */
function row(run, refresh) {
  const isRunning = run.state === "progress" && run.percent !== null;
  const report = run.report || {};
  const cancel = async () => {
    try {
      await call("POST", `/admin/jobs/${run.id}/cancel`);
      await refresh();
    } catch (error) {
      failed(error);
    }
  };
  return h("tr", h("th", { scope: "row" }, run.job),
    h("td", t(`job_state.${run.state}`), isRunning ? ` ${percent(run.percent / 100)}` : ""),
    h("td", run.started_at ? h("time", { datetime: run.started_at }, moment(run.started_at)) : ""),
    h("td", report.read === undefined ? "" : t("job_outcome", { written: report.written || 0, read: report.read })),
    h("td", h("button.secondary", { type: "button", "aria-haspopup": "dialog", "aria-label": t("log_of", { job: run.job }), onclick: () => log(run) }, t("log"))),
    h("td", ENDED.includes(run.state) ? "" : h("button.secondary", { type: "button", "aria-label": t("cancel_of", { job: run.job }), onclick: cancel }, t("cancel"))));
}

async function log(run) {
  try {
    const details = await get(`/admin/jobs/${run.id}`);
    sheet(t("log_of", { job: run.job }), details.log.length ? h("ol.log", details.log.map((line) => h("li", line))) : h("p.quiet", t("no_log")));
  } catch (error) {
    failed(error);
  }
}

/** @param {Schemas["ScheduleList"]} planned */
function dates({ items }) {
  const lines = items.map((one) => h("li", t("schedule", { job: one.job, day: moment(one.next_at) })));
  return [lines.length ? h("ul", lines) : h("p.quiet", t("no_schedules"))];
}

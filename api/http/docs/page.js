// Renders /openapi.json: what each route takes and answers, and a form to try it.
"use strict";

const main = document.querySelector("main");
const DEEPEST = 5; // levels of fields within fields
let schemas = {};

function element(name, text, ...children) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

/** Text of the specification, whose names stand in backticks and whose lines end anywhere. */
const prose = (text = "") =>
  text.replace(/([^\n])\n(?!\n)/g, "$1 ").split("`").map((part, place) => (place % 2 ? element("code", part) : part));

const nameOf = (schema) => schema.$ref.split("/").pop();

function resolve(schema) {
  return schema && schema.$ref ? resolve(schemas[nameOf(schema)]) : schema || {};
}

/** What it may be, but for null. */
function branches(schema) {
  const either = schema.anyOf || schema.oneOf;
  return either ? either.filter((one) => one.type !== "null").flatMap(branches) : [schema];
}

function kindOf(schema) {
  const kinds = branches(schema || {}).map((one) => {
    if (one.$ref) return nameOf(one);
    if (one.enum) return one.enum.join(" | ");
    if (one.const !== undefined) return String(one.const);
    if (one.type === "array") return `list of ${kindOf(one.items)}`;
    if (one.contentMediaType || one.format === "binary") return "file";
    if (one.type === "object" && one.additionalProperties) return `object of ${kindOf(one.additionalProperties)}`;
    return one.format || one.type || "any";
  });
  const nullable = (schema.anyOf || []).some((one) => one.type === "null");
  return [...new Set(kinds), ...(nullable ? ["null"] : [])].join(" | ");
}

/** Bounds and what holds unless it is given, in words. */
function boundsOf(schema) {
  const said = [];
  for (const one of branches(schema)) {
    const [least, most] = [one.minimum ?? one.minLength, one.maximum ?? one.maxLength];
    const of = one.minLength === undefined && one.maxLength === undefined ? "" : " letters";
    if (least !== undefined && most !== undefined) said.push(`${least} to ${most}${of}`);
    else if (most !== undefined) said.push(`up to ${most}${of}`);
    else if (least !== undefined) said.push(`from ${least}${of}`);
  }
  if (schema.default !== undefined && schema.default !== null) {
    said.push(`${JSON.stringify(schema.default)} unless given`);
  }
  return said.join(", ");
}

/** The values that it is one of; of a truth value both. */
function choicesOf(schema) {
  const all = branches(schema).map(resolve);
  if (all.length !== 1) return null;
  return all[0].enum || (all[0].type === "boolean" ? ["true", "false"] : null);
}

function inputFor(schema, example, required) {
  const choices = choicesOf(schema);
  if (choices) {
    const select = element("select");
    if (!required) select.append(element("option"));
    for (const choice of choices) {
      const option = element("option", String(choice));
      option.value = String(choice);
      option.selected = required && choice === example;
      select.append(option);
    }
    return select;
  }
  const input = element("input");
  if (kindOf(schema) === "file") input.type = "file";
  // What must be given is there to be sent as it is; the rest is only shown.
  else if (required && example !== undefined) input.value = example;
  else input.placeholder = example === undefined ? "" : example;
  return input;
}

function field(name, place, schema, { description, required, example }) {
  const label = element("label", `${name}${required ? " *" : ""}`);
  const kind = choicesOf(schema) ? "" : kindOf(schema);
  const said = [[kind, boundsOf(schema)].filter(Boolean).join(", "), description || schema.description];
  const input = inputFor(schema, example ?? (schema.examples || [])[0], required);
  input.name = name;
  input.dataset.place = place;
  input.required = Boolean(required);
  label.append(element("small", "", ...prose(said.filter(Boolean).join(": "))), input);
  return label;
}

/** Rows of a table, a field each, those of objects within named by their path. */
function rowsOf(schema, isBody, path = "", within = []) {
  const rows = [];
  for (const branch of branches(schema)) {
    const own = branch.$ref ? nameOf(branch) : null;
    if (within.length >= DEEPEST || (own && within.includes(own))) continue;
    const inside = own ? [...within, own] : within;
    const whole = resolve(branch);
    if (branches(whole)[0] !== whole) rows.push(...rowsOf(whole, isBody, path, inside));
    if (whole.type === "array") rows.push(...rowsOf(whole.items, isBody, `${path}[]`, inside));
    const isRequired = ([name]) => isBody && (whole.required || []).includes(name);
    for (const [name, of] of requiredFirst(Object.entries(whole.properties || {}), isRequired)) {
      const here = path ? `${path}.${name}` : name;
      const required = isRequired([name]);
      const what = [of.description || (of.$ref && resolve(of).description), isBody && boundsOf(of)];
      rows.push(
        element("tr", "", element("td", "", element("code", `${here}${required ? " *" : ""}`)),
          element("td", kindOf(of)), element("td", "", ...prose(what.filter(Boolean).join(" ")))),
      );
      rows.push(...rowsOf(of, isBody, here, inside));
    }
  }
  return rows;
}

function tableOf(caption, schema, isBody) {
  const rows = rowsOf(schema, isBody);
  if (!rows.length) return "";
  const heads = ["field", "type", "what it is"].map((head) => element("th", head));
  const table = element("table", "", element("thead", "", element("tr", "", ...heads)), element("tbody", "", ...rows));
  const shown = element("details", "", element("summary", caption), table);
  shown.className = "fields";
  return shown;
}

function bodyFields(operation) {
  const content = operation.requestBody ? operation.requestBody.content : {};
  const json = content["application/json"];
  if (json) {
    const area = element("textarea");
    area.name = "body";
    area.value = JSON.stringify(json.example ?? {}, null, 2);
    area.rows = area.value.split("\n").length + 1;
    const kind = operation.requestBody.description || kindOf(json.schema);
    return [element("label", "", ...prose(`body: ${kind}`), area), tableOf("Fields of the body", json.schema, true)];
  }
  const form = content["multipart/form-data"];
  if (!form) return [];
  const { properties, required } = resolve(form.schema);
  return Object.entries(properties).map(([name, of]) =>
    field(name, "form", of, { required: required.includes(name) }));
}

/** The body to send, and of which type it is; a form's type is the browser's to say. */
function bodyOf(form, headers) {
  const area = form.querySelector("textarea");
  if (area) {
    headers["Content-Type"] = "application/json";
    return area.value;
  }
  const parts = [...form.querySelectorAll("[data-place=form]")].filter((input) => input.value);
  if (!parts.length) return undefined;
  const data = new FormData();
  for (const input of parts) data.append(input.name, input.files ? input.files[0] : input.value);
  return data;
}

async function send(form, method, path, output) {
  const query = new URLSearchParams();
  const headers = {};
  let target = path;
  for (const input of form.querySelectorAll("[data-place]")) {
    if (!input.value) continue;
    if (input.dataset.place === "path") {
      target = target.replace(`{${input.name}}`, encodeURIComponent(input.value));
    } else if (input.dataset.place === "header") headers[input.name] = input.value;
    else if (input.dataset.place === "query") query.append(input.name, input.value);
  }
  const key = document.getElementById("key").value;
  if (key) headers.Authorization = `Bearer ${key}`;
  const url = query.size ? `${target}?${query}` : target;
  const options = { method, headers, body: bodyOf(form, headers), redirect: "manual" };
  output.textContent = "…";
  try {
    const answer = await fetch(url, options);
    let text = await answer.text();
    try {
      text = JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      // It is shown as it came.
    }
    output.textContent = `${method} ${url}\n${answer.status || "a redirect"}\n\n${text}`;
  } catch (error) {
    output.textContent = String(error);
  }
}

function answersOf(operation) {
  const list = element("ul");
  for (const [status, answer] of Object.entries(operation.responses)) {
    const item = element("li", "", ...prose(`${status}: ${answer.description}`));
    for (const [type, content] of Object.entries(answer.content || {})) {
      if (status < "3") item.append(tableOf(`Fields of the answer (${type})`, content.schema, false));
    }
    list.append(item);
  }
  return list;
}

function operationOf(method, path, operation) {
  const verb = element("code", method.toUpperCase());
  verb.className = "method";
  const summary = element("summary", "", verb, element("code", path), operation.summary || "");
  const whole = element("details", "", summary);
  whole.id = operation.operationId;
  // The tables of a hundred routes are long: each is drawn when it is opened.
  whole.addEventListener("toggle", () => whole.append(inside(method, path, operation)), { once: true });
  return whole;
}

/** The same, what must be given first. */
const requiredFirst = (all, isRequired) => [...all.filter(isRequired), ...all.filter((one) => !isRequired(one))];

function inside(method, path, operation) {
  const parameters = requiredFirst(operation.parameters || [], (one) => one.required).map((one) => field(one.name, one.in, one.schema, one));
  const output = element("pre");
  const form = element("form", "", ...parameters, ...bodyFields(operation), element("button", "Send"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form, method.toUpperCase(), path, output);
  });
  const about = element("p", "", ...prose(operation.description));
  about.className = "about";
  const drawn = element("div", "", about, form, output, element("h3", "Answers"), answersOf(operation));
  drawn.className = "operation";
  return drawn;
}

/** The first steps as they can be pasted: with this address, and with the key that was typed. */
function fillSteps() {
  const key = document.getElementById("key");
  const steps = [...document.querySelectorAll(".curl")].map((node) => [node, node.textContent]);
  const fill = () => {
    const header = key.value && `-H 'Authorization: Bearer KEY' `;
    for (const [node, text] of steps) {
      node.textContent = text.replace("{origin}", location.origin).replace("{key}", header).trim();
    }
  };
  key.addEventListener("input", fill);
  fill();
}

async function render() {
  const document_ = await (await fetch("/openapi.json")).json();
  schemas = (document_.components && document_.components.schemas) || {};
  document.querySelector("h1").textContent = `${document_.info.title} ${document_.info.version}`;
  document.querySelector("header .about").append(...prose(document_.info.description));
  const byTag = new Map();
  for (const [path, methods] of Object.entries(document_.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = (operation.tags || ["others"])[0];
      if (!byTag.has(tag)) byTag.set(tag, element("section", "", element("h2", tag)));
      byTag.get(tag).append(operationOf(method, path, operation));
    }
  }
  main.append(...byTag.values());
}

fillSteps();
render();

// Renders /openapi.json: what each route takes and answers, and a form to try it.
"use strict";

const main = document.querySelector("main");

function element(name, text, ...children) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  made.append(...children);
  return made;
}

function resolve(schema, all) {
  const name = schema && schema.$ref && schema.$ref.split("/").pop();
  return name ? all[name] || {} : schema || {};
}

function kindOf(schema) {
  if (!schema) return "";
  if (schema.$ref) return schema.$ref.split("/").pop();
  if (schema.enum) return schema.enum.join(" | ");
  if (schema.anyOf) return schema.anyOf.map(kindOf).join(" | ");
  if (schema.type === "array") return `list of ${kindOf(schema.items)}`;
  return schema.type || (schema.const !== undefined ? String(schema.const) : "any");
}

function field(parameter) {
  const label = element("label", `${parameter.name}${parameter.required ? " *" : ""}`);
  const said = [kindOf(parameter.schema), parameter.description].filter(Boolean).join(": ");
  const input = element("input");
  input.name = parameter.name;
  input.dataset.place = parameter.in;
  input.required = Boolean(parameter.required);
  const example = (parameter.schema && parameter.schema.examples) || [];
  input.placeholder = parameter.example || example[0] || "";
  label.append(element("small", said), input);
  return label;
}

function bodyField(operation, all) {
  const content = operation.requestBody && operation.requestBody.content["application/json"];
  if (!content) return null;
  const schema = resolve(content.schema, all);
  const of = (schema.oneOf || schema.anyOf || [schema]).map((one) => resolve(one, all));
  const area = element("textarea");
  area.name = "body";
  area.value = JSON.stringify(of[0].example || {}, null, 2);
  return element("label", `body: ${kindOf(content.schema)}`, area);
}

async function send(form, method, path, output) {
  const query = new URLSearchParams();
  const headers = {};
  let target = path;
  for (const input of form.querySelectorAll("input")) {
    if (!input.value) continue;
    if (input.dataset.place === "path") {
      target = target.replace(`{${input.name}}`, encodeURIComponent(input.value));
    } else if (input.dataset.place === "header") headers[input.name] = input.value;
    else query.append(input.name, input.value);
  }
  const key = document.getElementById("key").value;
  if (key) headers.Authorization = `Bearer ${key}`;
  const area = form.querySelector("textarea");
  if (area) headers["Content-Type"] = "application/json";
  const url = query.size ? `${target}?${query}` : target;
  const options = { method, headers, body: area ? area.value : undefined, redirect: "manual" };
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

function operationOf(method, path, operation, all) {
  const verb = element("code", method.toUpperCase());
  verb.className = "method";
  const summary = element("summary", "", verb, element("code", path), operation.summary || "");
  const form = element("form", "", ...(operation.parameters || []).map(field));
  const body = bodyField(operation, all);
  const answers = element("ul");
  for (const [status, answer] of Object.entries(operation.responses)) {
    answers.append(element("li", `${status}: ${answer.description}`));
  }
  const output = element("pre");
  if (body) form.append(body);
  form.append(element("button", "Send"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form, method.toUpperCase(), path, output);
  });
  const inside = element("div", "", element("p", operation.description), form, output, answers);
  inside.className = "operation";
  return element("details", "", summary, inside);
}

async function render() {
  const document_ = await (await fetch("/openapi.json")).json();
  const all = (document_.components && document_.components.schemas) || {};
  document.querySelector("h1").textContent = `${document_.info.title} ${document_.info.version}`;
  document.getElementById("about").textContent = document_.info.description || "";
  const byTag = new Map();
  for (const [path, methods] of Object.entries(document_.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = (operation.tags || ["others"])[0];
      if (!byTag.has(tag)) byTag.set(tag, element("section", "", element("h2", tag)));
      byTag.get(tag).append(operationOf(method, path, operation, all));
    }
  }
  main.append(...byTag.values());
}

render();

// Elements and pictures, made without a framework: h("p.quiet", { onclick }, "text", child).

/**
 * @template {string} Spec
 * @param {Spec} spec a tag with its classes
 * @param {...any} rest attributes first, if any
 * @returns {Made<Spec>}
 */
export function h(spec, ...rest) {
  const [tag, ...classes] = spec.split(".");
  const made = /** @type {Made<Spec>} */ (document.createElement(tag));
  if (classes.length) made.className = classes.join(" ");
  if (rest[0]?.constructor === Object) setAll(made, rest.shift());
  made.append(...rest.flat(3).filter((child) => (child ?? false) !== false));
  return made;
}

function setAll(made, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if ((value ?? false) === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") made[name] = value;
    else if (name.startsWith("--")) made.style.setProperty(name, value);
    else made.setAttribute(name, value === true ? "" : value);
  }
}

const PATHS = {
  liked: "M12 20s-7-4.4-7-10a4 4 0 0 1 7-2.6A4 4 0 0 1 19 10c0 5.6-7 10-7 10z",
  seen: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z",
  refused: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM6 6l12 12",
  later: "M7 4h10v16l-5-4-5 4z",
  foryou: "M4 5h16v11H4zM8 20h8M10.5 8l4 2.5-4 2.5z",
  ask: "M4 5h16v11h-8l-4 4v-4H4z",
  search: "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5L20.5 20.5",
  watchlist: "M7 4h10v16l-5-4-5 4z",
  history: "M12 4a8 8 0 1 1-7.5 5.2M4 4v5h5M12 8v4.5l3 2",
  profiles: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 20c1-4 4-5.5 8-5.5s7 1.5 8 5.5",
  operator: "M4 13h4l2-6 4 11 2-5h4",
  playground: "M4 6h16M4 12h16M4 18h16M9 4v4M15 10v4M7 16v4",
  experiments: "M10 4h4M11 4v6l-5 9h12l-5-9V4M9 15h6",
  rules: "M5 4h14v16H5zM9 9h6M9 13h6M9 17h3",
  keys: "M8 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 12h9M18 12v4M21 12v3",
  blend: "M9 5a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM15 7a6 6 0 1 1 0 12 6 6 0 0 1 0-12z",
  taste: "M4 20V10M10 20V4M16 20v-8M21 20H3",
  path: "M6 4a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM18 16a2 2 0 1 1 0 4 2 2 0 0 1 0-4zM8 6h7a3 3 0 0 1 0 6H9a3 3 0 0 0 0 6h7",
  map: "M4 6l5-2 6 2 5-2v14l-5 2-6-2-5 2zM9 4v14M15 6v14",
  larger: "M12 5v14M5 12h14",
  smaller: "M5 12h14",
  whole: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  library: "M5 4v16M9 4v16M13 4l5 15.5M4 20h17",
  tonight: "M19 14.5A8 8 0 0 1 9.5 5 8 8 0 1 0 19 14.5z",
  group: "M9 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM3 19c.5-4 3-5.5 6-5.5s5.5 1.5 6 5.5M16 6a2.6 2.6 0 1 1 0 5.2M17.5 14c2 .6 3.2 2.2 3.5 5",
  back: "M14.5 6l-6 6 6 6",
  forth: "M9.5 6l6 6-6 6",
  close: "M6 6l12 12M18 6L6 18",
  out: "M14 5h5v14h-5M4 12h10M10 8l4 4-4 4",
};

const drawn = {};
/** A line drawing of 24 by 24, which the words beside it say. */
export const icon = (name) => (drawn[name] ||= drawing(PATHS[name], 24)).cloneNode(true);

/** One path in a square of this size. */
export function drawing(d, size) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", d);
  svg.append(path);
  return svg;
}

let numbered = 0;
/** An id that nothing else on the page has. */
export const newId = (stem) => `${stem}-${++numbered}`;

/** A labelled control: the label above, a hint below it. */
export function field(label, control, hint) {
  control.id ||= newId("field");
  const said = hint && h("small.quiet", { id: `${control.id}-hint` }, hint);
  if (said) control.setAttribute("aria-describedby", said.id);
  return h("div.field", h("label", { for: control.id }, label), control, said);
}

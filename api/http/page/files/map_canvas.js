// Points on a canvas that is dragged, pinched and stepped over; WebGL draws them, or a plain canvas
// where there is none. Draws when something changed, and not otherwise.

const SIDE = 65535; // of the map, as places come
const CLOSEST = 60; // times the whole
const STEP = 60; // pixels of an arrow key
const NEAR = 24; // pixels within which a press means a point
const LONG_PRESS = 6; // pixels a press may wander

const VERTEX = `
attribute vec2 place; attribute vec4 colour;
uniform vec2 middle; uniform vec2 scale; uniform float size;
varying vec4 painted;
void main() { gl_Position = vec4((place - middle) * scale, 0.0, 1.0); gl_PointSize = size; painted = colour; }`;
const FRAGMENT = `
precision mediump float;
varying vec4 painted;
void main() {
  float far = length(gl_PointCoord - vec2(0.5));
  if (far > 0.5) discard;
  gl_FragColor = vec4(painted.rgb, 1.0) * painted.a;
}`;

/**
 * Points of a map: their ids, ascending, and their places side by side.
 * @typedef {{ids: Uint32Array, places: Uint16Array}} Points
 */

/** @param {ArrayBuffer} packed @returns {Points} */
export function unpack(packed) {
  const count = Math.floor(packed.byteLength / 8);
  const read = new DataView(packed);
  const points = { ids: new Uint32Array(count), places: new Uint16Array(2 * count) };
  for (let one = 0; one < count; one++) {
    points.ids[one] = read.getUint32(8 * one, true);
    points.places[2 * one] = read.getUint16(8 * one + 4, true);
    points.places[2 * one + 1] = read.getUint16(8 * one + 6, true);
  }
  return points;
}

/** Where a title is among the points, or -1. @param {Points} points */
export function indexOf({ ids }, id) {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ids[middle] < id) low = middle + 1;
    else high = middle;
  }
  return ids[low] === id ? low : -1;
}

/**
 * The picture. `colourOf` gives a point's colour as four bytes; `marked` are points of the viewer's
 * own; `moved` is told after each drawing, `press` the point that was pressed, or -1.
 * @param {HTMLCanvasElement} canvas @param {Points} points
 * @param {{colours: () => {all: Uint8Array, own: number[]}, marked: number[], moved: () => void, press: (index: number) => void}} told
 */
export function mapCanvas(canvas, points, { colours, marked, moved, press }) {
  const look = { x: 0.5, y: 0.5, zoom: 1 };
  const own = new Uint16Array(marked.flatMap((one) => [points.places[2 * one], points.places[2 * one + 1]]));
  const draw = painter(canvas, points.places, own);
  let [wide, high] = [canvas.clientWidth, canvas.clientHeight]; // asked for once: asking lays out
  let asked = 0;
  let chosen = -1;
  draw.colour(colours());

  const fitted = () => Math.min(wide, high) * 0.94;
  const scale = () => fitted() * look.zoom;
  /** Where a place of the map is within the canvas, in pixels. */
  const at = (x, y) => [
    (x / SIDE - look.x) * scale() + wide / 2, (y / SIDE - look.y) * scale() + high / 2,
  ];

  function paint() {
    asked = 0;
    const ratio = Math.min(devicePixelRatio || 1, 2);
    const [width, height] = [wide * ratio, high * ratio].map(Math.round);
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const size = Math.min(9, 1.6 + 1.1 * Math.log2(1 + look.zoom)) * ratio;
    draw.all(look, scale() * ratio, size);
    moved();
  }
  const redraw = () => (asked ||= requestAnimationFrame(paint));

  function keep() {
    look.zoom = Math.min(Math.max(look.zoom, 1), CLOSEST);
    for (const axis of ["x", "y"]) look[axis] = Math.min(Math.max(look[axis], 0), 1);
    redraw();
  }
  function drag(dx, dy) {
    look.x -= dx / scale();
    look.y -= dy / scale();
    keep();
  }
  /** Nearer or farther by a factor, with what is below (px, py) staying there. */
  function zoom(factor, px = wide / 2, py = high / 2) {
    const before = scale();
    const nearer = Math.min(Math.max(look.zoom * factor, 1), CLOSEST) / look.zoom;
    look.zoom *= nearer;
    const shift = 1 / before - 1 / scale();
    look.x += (px - wide / 2) * shift;
    look.y += (py - high / 2) * shift;
    keep();
  }
  function whole() {
    Object.assign(look, { x: 0.5, y: 0.5, zoom: 1 });
    keep();
  }
  function goTo(x, y, closeness = 8) {
    Object.assign(look, { x: x / SIDE, y: y / SIDE, zoom: Math.max(look.zoom, closeness) });
    keep();
  }
  function nearest(px, py) {
    let [found, best] = [-1, NEAR * NEAR];
    for (let one = 0; one < points.ids.length; one++) {
      const [x, y] = at(points.places[2 * one], points.places[2 * one + 1]);
      const far = (x - px) ** 2 + (y - py) ** 2;
      if (far < best) [found, best] = [one, far];
    }
    return found;
  }
  function choose(index) {
    chosen = index;
    redraw();
  }

  listen(canvas, { drag, zoom, whole, press: (x, y) => press(nearest(x, y)) });
  new ResizeObserver(() => {
    [wide, high] = [canvas.clientWidth, canvas.clientHeight];
    redraw();
  }).observe(canvas);
  const theme = matchMedia("(prefers-color-scheme: dark)");
  const repaint = () => {
    if (!canvas.isConnected) return theme.removeEventListener("change", repaint);
    draw.colour(colours());
    redraw();
  };
  theme.addEventListener("change", repaint);
  return { at, zoom, whole, goTo, choose, chosen: () => chosen, size: () => [wide, high] };
}

/** Touch, pointer, wheel and keys of the canvas. */
function listen(canvas, { drag, zoom, whole, press }) {
  const down = new Map(); // pointer -> where it is
  let wandered = 0;
  const here = (event) => [event.offsetX, event.offsetY];
  const pair = () => /** @type {[number[], number[]]} */ ([...down.values()]);
  const apart = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    if (!down.size) wandered = 0;
    down.set(event.pointerId, here(event));
    if (down.size > 1) wandered = Infinity;
  });
  canvas.addEventListener("pointermove", (event) => {
    const before = down.get(event.pointerId);
    if (!before) return;
    const [x, y] = here(event);
    const was = down.size === 2 ? apart(...pair()) : 0;
    down.set(event.pointerId, [x, y]);
    wandered += Math.hypot(x - before[0], y - before[1]);
    if (down.size === 2) {
      const [a, b] = pair();
      if (was) zoom(apart(a, b) / was, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2);
    }
    drag((x - before[0]) / down.size, (y - before[1]) / down.size);
  });
  const up = (event) => {
    const isPress = event.type === "pointerup" && down.has(event.pointerId) && wandered <= LONG_PRESS;
    down.delete(event.pointerId);
    if (isPress) press(...here(event));
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("wheel", (event) => {
    // The wheel is the page's until the map was taken up; a pinch on a touchpad is always the map's.
    if (!event.ctrlKey && document.activeElement !== canvas) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / (event.ctrlKey ? 100 : 400)), ...here(event));
  }, { passive: false });
  const keys = {
    ArrowLeft: () => drag(STEP, 0), ArrowRight: () => drag(-STEP, 0), ArrowUp: () => drag(0, STEP), ArrowDown: () => drag(0, -STEP),
    "+": () => zoom(1.5), "=": () => zoom(1.5), "-": () => zoom(1 / 1.5), 0: whole,
    Enter: () => press(canvas.clientWidth / 2, canvas.clientHeight / 2),
  };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
}

function painter(canvas, places, own) {
  const gl = canvas.getContext("webgl", { antialias: false, alpha: true, premultipliedAlpha: true });
  return gl ? glPainter(gl, canvas, places, own) : plainPainter(canvas.getContext("2d"), canvas, places, own);
}

function glPainter(gl, canvas, places, own) {
  const program = gl.createProgram();
  for (const [type, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
    const shader = gl.createShader(type);
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  gl.useProgram(program);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  const [place, colour] = ["place", "colour"].map((name) => gl.getAttribLocation(program, name));
  const [middle, scaled, sized] = ["middle", "scale", "size"].map((name) => gl.getUniformLocation(program, name));
  const filled = (content) => {
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, content, gl.STATIC_DRAW);
    return buffer;
  };
  const [all, mine, tints] = [filled(places), filled(own), filled(new Uint8Array(2 * places.length))];
  let ownColour = [0, 0, 0];
  gl.enableVertexAttribArray(place);
  const points = (buffer, count, size) => {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.vertexAttribPointer(place, 2, gl.UNSIGNED_SHORT, true, 0, 0);
    gl.uniform1f(sized, size);
    gl.drawArrays(gl.POINTS, 0, count);
  };
  return {
    colour({ all: painted, own: mark }) {
      gl.bindBuffer(gl.ARRAY_BUFFER, tints);
      gl.bufferData(gl.ARRAY_BUFFER, painted, gl.STATIC_DRAW);
      ownColour = mark.map((one) => one / 255);
    },
    all(look, scale, size) {
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.uniform2f(middle, look.x, look.y);
      gl.uniform2f(scaled, (2 * scale) / canvas.width, (-2 * scale) / canvas.height);
      gl.bindBuffer(gl.ARRAY_BUFFER, tints);
      gl.enableVertexAttribArray(colour);
      gl.vertexAttribPointer(colour, 4, gl.UNSIGNED_BYTE, true, 0, 0);
      points(all, places.length / 2, size);
      gl.disableVertexAttribArray(colour);
      gl.vertexAttrib4f(colour, ownColour[0], ownColour[1], ownColour[2], 1);
      points(mine, own.length / 2, size + 5);
    },
  };
}

function plainPainter(context, canvas, places, own) {
  let tints = new Uint8Array();
  let ownColour = "";
  return {
    colour({ all, own: mark }) {
      tints = all;
      ownColour = `rgb(${mark.slice(0, 3)})`;
    },
    all(look, scale, size) {
      context.clearRect(0, 0, canvas.width, canvas.height);
      const dot = (list, one, wide) => context.fillRect(
        (list[2 * one] / SIDE - look.x) * scale + canvas.width / 2 - wide / 2,
        (list[2 * one + 1] / SIDE - look.y) * scale + canvas.height / 2 - wide / 2, wide, wide);
      let last = "";
      for (let one = 0; one < places.length / 2; one++) {
        const painted = `rgba(${tints[4 * one]},${tints[4 * one + 1]},${tints[4 * one + 2]},${tints[4 * one + 3] / 255})`;
        if (painted !== last) context.fillStyle = last = painted;
        dot(places, one, size);
      }
      context.fillStyle = ownColour;
      for (let one = 0; one < own.length / 2; one++) dot(own, one, size + 5);
    },
  };
}

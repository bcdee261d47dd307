// A QR code of a short text (ISO/IEC 18004): bytes, level L, versions 1 to 5, which are one block.
// Drawn here, not on the server: a code that signs in is not sent once more for its picture.

const DATA = [19, 34, 55, 80, 108]; // codewords by version
const CORRECTION = [7, 10, 15, 20, 26];
const FORMAT = 0b111011111000100; // level L, mask 0: where column and row are even together
const LIGHT_BORDER = 4;

/** Rows of truth values, dark is true; null for a text that is too long. */
export function modules(text) {
  const bytes = [...new TextEncoder().encode(text)];
  const version = DATA.findIndex((room) => bytes.length <= room - 2);
  if (version < 0) return null;
  const size = 21 + 4 * version;
  const grid = Array.from({ length: size }, () => Array(size).fill(null));
  patterns(grid, size, version);
  format(grid, size);
  fill(grid, size, codewords(bytes, version));
  return grid;
}

/** The code as a picture that words name; null for a text that is too long. */
export function qrCode(text, label) {
  const grid = modules(text);
  if (!grid) return null;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const whole = grid.length + 2 * LIGHT_BORDER;
  const attributes = { viewBox: `${-LIGHT_BORDER} ${-LIGHT_BORDER} ${whole} ${whole}`, role: "img", "aria-label": label, class: "qr" };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const path = document.createElementNS(svg.namespaceURI, "path");
  path.setAttribute("d", grid.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join(""));
  svg.append(path);
  return svg;
}

/** Mode, length, bytes and an end, filled up, with the codewords that correct them. */
function codewords(bytes, version) {
  const hex = (value) => value.toString(16).padStart(2, "0");
  const digits = `4${hex(bytes.length)}${bytes.map(hex).join("")}0`;
  const data = digits.match(/../g).map((pair) => parseInt(pair, 16));
  for (let filler = 0xec; data.length < DATA[version]; filler ^= 0xec ^ 0x11) data.push(filler);
  return [...data, ...remainder(data, CORRECTION[version])];
}

/** Reed and Solomon's remainder over GF(256). */
function remainder(data, degree) {
  const power = [1];
  while (power.length < 255) power.push((power.at(-1) << 1) ^ (power.at(-1) & 0x80 ? 0x11d : 0));
  const log = new Map(power.map((value, exponent) => [value, exponent]));
  const times = (one, other) => (one && other ? power[(log.get(one) + log.get(other)) % 255] : 0);
  let generator = [1];
  for (let root = 0; root < degree; root += 1) {
    const shifted = [...generator, 0];
    generator = shifted.map((value, index) => value ^ times(generator[index - 1] || 0, power[root]));
  }
  const rest = Array(degree).fill(0);
  for (const value of data) {
    const factor = value ^ rest.shift();
    rest.push(0);
    for (let index = 0; index < degree; index += 1) rest[index] ^= times(generator[index + 1], factor);
  }
  return rest;
}

/** What every code of a version has: three corners, the lines between them, one small square. */
function patterns(grid, size, version) {
  const square = (left, top, reach, isDark) => {
    for (let dy = -reach; dy <= reach; dy += 1) {
      for (let dx = -reach; dx <= reach; dx += 1) {
        const row = grid[top + dy];
        if (row && left + dx in row) row[left + dx] = isDark(Math.max(Math.abs(dx), Math.abs(dy)));
      }
    }
  };
  for (let at = 8; at < size - 8; at += 1) grid[6][at] = grid[at][6] = at % 2 === 0;
  for (const [left, top] of [[3, 3], [size - 4, 3], [3, size - 4]]) square(left, top, 4, (ring) => ring !== 2 && ring !== 4);
  if (version > 0) square(size - 7, size - 7, 2, (ring) => ring !== 1);
}

function format(grid, size) {
  const bit = (index) => ((FORMAT >> index) & 1) === 1;
  const beside = [0, 1, 2, 3, 4, 5, 7, 8];
  for (let index = 0; index < 15; index += 1) {
    if (index < 8) grid[beside[index]][8] = grid[8][size - 1 - index] = bit(index);
    else {
      grid[8][index === 8 ? 7 : 14 - index] = bit(index);
      grid[size - 15 + index][8] = bit(index);
    }
  }
  grid[size - 8][8] = true;
}

/** The bits, two columns at a time from the right, up and down, where nothing is yet. */
function fill(grid, size, words) {
  let place = 0;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    const isUp = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step += 1) {
      const y = isUp ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (grid[y][x] !== null) continue;
        const isSet = ((words[place >> 3] >> (7 - (place & 7))) & 1) === 1;
        grid[y][x] = isSet !== ((x + y) % 2 === 0);
        place += 1;
      }
    }
  }
}

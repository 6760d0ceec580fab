// check.mjs - are charts valid, and is drawn what they hold?  Prints TAP.
//
// node check.mjs DEMO THIN: folders of specifications, those of demo/charts.sql
// and those of test/chart/thin.sql.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { createRequire } from 'node:module';

const home = path.resolve('demo/chart');
const require = createRequire(path.join(home, 'package.json'));
const { draw } = await import(path.join(home, 'render.mjs'));
const Ajv = require('ajv');
const schema = JSON.parse(fs.readFileSync(path.join(home, 'node_modules/vega-lite/build/vega-lite-schema.json')));
const fits = new Ajv({ strict: false, validateFormats: false }).compile(schema);

let checks = 0, failures = 0;
function ok(passed, what, ...explanation) {
  checks++;
  if (!passed) failures++;
  console.log(`${passed ? '' : 'not '}ok ${checks} - ${what}`);
  if (!passed) for (const line of explanation.join('\n').split('\n')) console.log(`#   ${line}`);
}
function is(got, expected, what) {
  ok(JSON.stringify(got) === JSON.stringify(expected), what,
    `got ${JSON.stringify(got)}, expected ${JSON.stringify(expected)}`);
}

// Okabe and Ito (2008), as written in Wong (2011), Nature Methods 8:441
const palette = ['#000000', '#E69F00', '#56B4E9', '#009E73', '#F0E442', '#0072B2', '#D55E00', '#CC79A7'];
const isGrey = (colour) => /^#(..)\1\1$/.test(colour) || ['white', 'none', 'transparent', 'black'].includes(colour);

// the marks of an SVG: [{type, svg}], leaves only
function marks(svg) {
  return [...svg.matchAll(/<g class="mark-(area|line|symbol|rule|rect|text) role-mark (?:[^>]*[^>/])>(.*?)<\/g>/gs)]
    .flatMap(([, type, body]) => [...body.matchAll(/<(path|line|text)\b[^>]*>/g)].map(([element]) => ({ type, element })));
}
const attribute = (element, name) => element.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1];
function count(svg, type, colour) {
  return marks(svg).filter((m) => m.type === type &&
    [attribute(m.element, 'fill'), attribute(m.element, 'stroke')].includes(colour)).length;
}
function texts(svg) {
  return [...svg.matchAll(/<text\b[^>]*>(.*?)<\/text>/gs)]
    .map(([, text]) => text.replace(/<[^>]*>/g, '').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&'));
}

// the pixels of a PNG with 8 bits a channel and alpha, as resvg writes it
function decode(png) {
  const data = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const width = png.readUInt32BE(16), height = png.readUInt32BE(20), row = 4 * width;
  const raw = zlib.inflateSync(Buffer.concat(data)), pixels = Buffer.alloc(row * height);
  if (png[24] !== 8 || png[25] !== 6) throw new Error('not 8 bits with alpha');
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (row + 1)], to = y * row, from = to + y + 1, above = to - row;
    for (let x = 0; x < row; x++) {
      const left = x < 4 ? 0 : pixels[to + x - 4], up = y === 0 ? 0 : pixels[above + x];
      let guess = 0;
      if (filter === 1) guess = left;
      else if (filter === 2) guess = up;
      else if (filter === 3) guess = (left + up) >> 1;
      else if (filter === 4) {
        const corner = x < 4 || y === 0 ? 0 : pixels[above + x - 4];
        const a = Math.abs(up - corner), b = Math.abs(left - corner), c = Math.abs(left + up - 2 * corner);
        guess = a <= b && a <= c ? left : b <= c ? up : corner;
      }
      pixels[to + x] = raw[from + x] + guess;
    }
  }
  return { width, height, pixels };
}

// how often each colour is there, and whether the edge is white
function look(png) {
  const { width, height, pixels } = decode(png);
  const colours = new Map();
  let edge = true;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x), colour = (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];
      colours.set(colour, (colours.get(colour) ?? 0) + 1);
      if ((x < 4 || y < 4 || x >= width - 4 || y >= height - 4) && colour !== 0xffffff) edge = false;
    }
  }
  return { colours, edge, ink: 1 - (colours.get(0xffffff) ?? 0) / (width * height) };
}

const isNumber = (value) => typeof value === 'number';
function numbersOnly(value) {
  return value === null || typeof value !== 'object' ? value !== 'NaN' && value !== 'Infinity' && value !== '-Infinity'
    : Object.values(value).every(numbersOnly);
}

// what holds of every chart
async function draws(file, zoom) {
  const name = path.basename(file, '.vl.json');
  const chart = JSON.parse(fs.readFileSync(file, 'utf8'));
  ok(fits(chart), `${name} fits the schema of Vega-Lite`, JSON.stringify((fits.errors ?? []).slice(0, 3)));
  ok(numbersOnly(chart.datasets), `${name} holds nothing but numbers and nulls`);
  let drawn;
  try {
    drawn = await draw(chart, zoom);
  } catch (problem) {
    ok(false, `${name} is drawn without a warning`, problem.message);
    return undefined;
  }
  ok(true, `${name} is drawn without a warning`);
  fs.writeFileSync(file.replace(/vl\.json$/, 'svg'), drawn.svg);
  fs.writeFileSync(file.replace(/vl\.json$/, 'png'), drawn.png);
  ok(!/NaN|undefined|Infinity|\bnull\b/.test(drawn.svg), `${name} has no number that is none`,
    drawn.svg.match(/.{0,80}(NaN|undefined|Infinity|\bnull\b).{0,40}/)?.[0]);
  const strange = [...drawn.svg.matchAll(/\s(?:fill|stroke)="([^"]*)"/g)].map((m) => m[1])
    .filter((colour) => !palette.includes(colour.toUpperCase()) && !isGrey(colour));
  is([...new Set(strange)], [], `${name} has the colours of the palette`);
  const seen = look(drawn.png);
  ok(seen.edge, `${name} is not cut off at an edge`);
  ok(seen.colours.size > 20 && seen.ink > 0.01 && seen.ink < 0.6, `${name} is not blank`,
    `${seen.colours.size} colours, ${seen.ink} of it is not white`);
  ok(texts(drawn.svg).includes(chart.title.text), `${name} shows its title`);
  return { name, chart, svg: drawn.svg, colours: seen.colours };
}

// every point of the data, a ribbon of that many corners, and their colour on the picture
function showsSeries({ name, chart, svg, colours }, ribbon) {
  const scale = chart.vconcat[1].layer.find((layer) => layer.mark.type === 'line').encoding.color.scale;
  for (const [i, place] of scale.domain.entries()) {
    const rows = chart.datasets.series.filter((row) => row.place === place);
    const colour = scale.range[i];
    // one more in the key, for the lines and points
    is(count(svg, 'symbol', colour), rows.filter((row) => isNumber(row.value)).length + 1,
      `${name}: ${rows[0].series} has a point an age`);
    ok(count(svg, 'line', colour) >= 1, `${name}: ${rows[0].series} has a line`);
    if (ribbon) showsArea({ name, svg }, colour, rows.length);
    ok((colours.get(parseInt(colour.slice(1), 16)) ?? 0) > 100, `${name}: ${rows[0].series} is seen on the picture`);
  }
}
function showsArea({ name, svg }, colour, ages, areas = 1) {
  const corners = marks(svg).filter((m) => m.type === 'area' && attribute(m.element, 'fill') === colour)
    .map((m) => (attribute(m.element, 'd') ?? '').split(/[ML]/).length - 1);
  is(corners.filter((n) => n >= 2 * ages).length, areas, `${name}: a ribbon in ${colour} goes through all ages`);
}
function showsGap(picture) {
  const { name, chart, svg } = picture;
  const points = chart.datasets.points.filter((point) => isNumber(point.value));
  is(count(svg, 'symbol', '#000000'), points.length + 1, `${name}: the gap has a raw value an age`);
  ok(count(svg, 'rule', '#000000') >= points.length, `${name}: each with its interval`);
  showsArea(picture, '#000000', points.length);
  // the smooth curve's band, and the gap between the shares
  showsArea(picture, '#E69F00', points.length, chart.datasets.shade.length > 0 ? 2 : 1);
  ok(count(svg, 'line', '#D55E00') >= 1, `${name}: the smooth curve is drawn`);
}
function showsChildren({ name, chart, svg }) {
  for (const data of Object.keys(chart.datasets).filter((key) => key.startsWith('children'))) {
    const missing = chart.datasets[data].map((bar) => bar.label).filter((label) => !texts(svg).includes(label));
    is(missing, [], `${name}: ${data} stand on their bars`);
  }
}
const words = {
  sv: { age_gap: ['Ålder (år)', 'Antal barn', 'Bedömt behov', 'Konfidensband (95\u00a0%): bandet gäller alla åldrar samtidigt', '100\u00a0%'],
        difference: ['Ålder (år)', 'Skillnaden: gapet för flickor minus gapet för pojkar', 'Procentenheter'],
        composition: ['Ålder (år)', 'Andel barn i varje klass', 'ingen känd'],
        ladder: ['Ålder (år)', '3 åsikterna beaktas'] },
  en: { age_gap: ['Age (years)', 'Children', 'Assessed need', 'Confidence band (95%): the band holds for all ages at once', '100%'],
        difference: ['Age (years)', 'The difference: the gap of girls minus the gap of boys', 'Percentage points'],
        composition: ['Age (years)', 'Share of children in each class', 'none known'],
        ladder: ['Age (years)', '3 views taken into account'] },
};

const [demo, thin] = process.argv.slice(2);
const specifications = (folder) => fs.readdirSync(folder).filter((name) => name.endsWith('.vl.json')).sort()
  .map((name) => path.join(folder, name));

const kinds = new Set();
for (const file of specifications(demo)) {
  const picture = await draws(file, 2);
  if (!picture) continue;
  const { kind, lang } = picture.chart.usermeta.nuso;
  kinds.add(`${kind}.${lang}`);
  const shown = texts(picture.svg);
  is((picture.name.includes('unit') ? [] : words[lang][kind]).filter((word) => !shown.includes(word)), [],
    `${picture.name}: every word is there`);
  showsChildren(picture);
  showsSeries(picture, true);
  if (kind === 'age_gap' || kind === 'difference') showsGap(picture);
}
is([...kinds].sort(), Object.keys(words).flatMap((lang) => Object.keys(words[lang]).map((kind) => `${kind}.${lang}`)).sort(),
  'the demonstration has every kind of chart in every language');

for (const file of specifications(thin)) {
  const picture = await draws(file, 1);
  if (!picture) continue;
  const { chart, name, svg } = picture;
  if (chart.usermeta.nuso.children === 0) {
    ok(texts(svg).some((text) => /^(Inga barn|No children)/.test(text)), `${name} says that there are no children`);
  } else {
    const points = chart.datasets.series.filter((row) => isNumber(row.value)).length;
    const keys = chart.vconcat[0].data.values.filter((item) => item.shape).length;
    const gaps = chart.datasets.points ? chart.datasets.points.filter((row) => isNumber(row.value)).length : 0;
    is(marks(svg).filter((m) => m.type === 'symbol').length, points + keys + gaps + (gaps > 0 ? 1 : 0),
      `${name} shows every value`);
  }
}
console.log(`1..${checks}`);
process.exitCode = failures > 0 ? 1 : 0;

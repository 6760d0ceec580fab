// render.mjs - draw charts: node render.mjs FILE.vl.json...
//
// Beside each specification, FILE.svg and FILE.png are written.  Whatever Vega
// or Vega-Lite warn of is an error: a chart that leaves something out misleads.
// The exit status is 0 if every chart was drawn.
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';
import * as vega from 'vega';
import * as vegaLite from 'vega-lite';
import { Resvg } from '@resvg/resvg-js';

// of the package fonts-dejavu-core; systems without it use a font of theirs.
// Where nothing has installed /etc/fonts/fonts.conf, no font is a system's: the
// folder says where they are.
const font = { loadSystemFonts: true, fontDirs: ['/usr/share/fonts'], defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' };

// Without a browser Vega guesses how wide a text is, by a third too wide, and
// makes charts wider for it.  The program that draws the text can say it.
const widths = new Map();
vega.textMetrics.width = (item, text = item.text) => {
  if (text == null || text === '') return 0;
  const escaped = String(text).replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><text y="50" font-family="sans-serif" ` +
    `font-size="${item.fontSize ?? 11}" font-weight="${item.fontWeight ?? 'normal'}">${escaped}</text></svg>`;
  if (!widths.has(svg)) widths.set(svg, new Resvg(svg, { font }).getBBox()?.width ?? 0);
  return widths.get(svg);
};

// warnings are collected, by the part of Vega that says them
function strictLogger(problems) {
  const logger = {
    level: () => logger,
    error: (...words) => (problems.push(words.join(' ')), logger),
    warn: (...words) => (problems.push(words.join(' ')), logger),
    info: () => logger,
    debug: () => logger,
  };
  return logger;
}

// draw(specification, zoom): its SVG as text and its PNG as bytes, so much larger
export async function draw(specification, zoom = 2) {
  const problems = [];
  const logger = strictLogger(problems);
  const compiled = vegaLite.compile(specification, { logger }).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: 'none', logger });
  const svg = await view.toSVG();
  view.finalize();
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const image = new Resvg(svg, { background: 'white', fitTo: { mode: 'zoom', value: zoom }, font }).render();
  return { svg, png: image.asPng() };
}

async function main(files) {
  let failures = 0;
  for (const file of files) {
    try {
      const { svg, png } = await draw(JSON.parse(fs.readFileSync(file, 'utf8')));
      const name = file.replace(/(\.vl)?\.json$/, '');
      fs.writeFileSync(`${name}.svg`, svg);
      fs.writeFileSync(`${name}.png`, png);
    } catch (problem) {
      failures++;
      console.error(`${file}: ${problem.message}`);
    }
  }
  process.exitCode = failures > 0 ? 1 : 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href) {
  await main(process.argv.slice(2));
}

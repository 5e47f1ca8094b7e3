// Draws src/LawPages/Maps/europe.svg out of Natural Earth (npm: world-atlas 2, topojson-client 3, d3-geo 3). Run once, at development time: see SOURCE.md beside the picture.
import fs from 'node:fs';
import { feature } from 'topojson-client';
import { geoConicConformal, geoPath } from 'd3-geo';

const [width, height] = [640, 620];
const codes = { '040': 'at', '056': 'be', 100: 'bg', 756: 'ch', 196: 'cy', 203: 'cz', 276: 'de', 208: 'dk', 233: 'ee', 724: 'es', 246: 'fi', 250: 'fr', 826: 'gb', 300: 'gr', 191: 'hr', 348: 'hu',
  372: 'ie', 352: 'is', 380: 'it', 438: 'li', 440: 'lt', 442: 'lu', 428: 'lv', 470: 'mt', 528: 'nl', 578: 'no', 616: 'pl', 620: 'pt', 642: 'ro', 752: 'se', 705: 'si', 703: 'sk' };
const topology = JSON.parse(fs.readFileSync('node_modules/world-atlas/countries-50m.json'));
const projection = geoConicConformal().rotate([-12, 0]).center([0, 53]).parallels([40, 62]).scale(880).translate([width / 2, height / 2 + 8]).clipExtent([[0, 0], [width, height]]).precision(0.5);
const path = geoPath(projection);

const points = ring => ring.replace(/[MZ]/g, '').split('L').map(p => p.split(',').map(v => Math.round(Number(v))));
const area = ring => Math.abs(points(ring).reduce((sum, [x, y], i, all) => sum + x * all[(i + 1) % all.length][1] - y * all[(i + 1) % all.length][0], 0) / 2);
// Overseas territories are left out; so are specks of islands.
const isNear = polygon => {
  const [xs, ys] = [0, 1].map(i => polygon[0].map(p => p[i]));
  const [x, y] = [xs, ys].map(v => (Math.min(...v) + Math.max(...v)) / 2);
  return x > -28 && x < 60 && y > 32 && y < 82;
};
const relative = ring => {
  let out = '', [px, py] = [0, 0];
  points(ring).forEach(([x, y], i) => {
    if (i === 0) out = `M${x} ${y}`;
    else if (x !== px || y !== py) out += `${out.includes('l') ? ' ' : 'l'}${x - px} ${y - py}`;
    [px, py] = [x, y];
  });
  return `${out.replace(/ -/g, '-')}z`;
};
const rings = polygon => (path(polygon) ?? '').split('M').filter(Boolean).map(r => `M${r}`);
const smallest = 60, dot = 4;

const others = [], countries = [];
for (const { id, geometry, properties } of feature(topology, topology.objects.countries).features) {
  const polygons = (geometry?.type === 'Polygon' ? [geometry.coordinates] : geometry?.coordinates ?? []).filter(isNear);
  const code = properties.name === 'N. Cyprus' ? undefined : codes[id];
  const all = rings({ type: 'MultiPolygon', coordinates: polygons });
  if (all.length === 0) continue;
  const kept = all.filter(r => area(r) >= (code ? 3 : 12));
  const shape = (kept.length ? kept : all).map(relative).join('');
  if (!code) { others.push(shape); continue; }
  const largest = polygons.toSorted((a, b) => path.area({ type: 'Polygon', coordinates: b }) - path.area({ type: 'Polygon', coordinates: a }))[0];
  const [x, y] = path.centroid({ type: 'Polygon', coordinates: largest }).map(Math.round);
  const isSmall = all.reduce((sum, r) => sum + area(r), 0) < smallest;
  countries.push({ code, x, y, isSmall, shape: isSmall ? `${shape}M${x - dot} ${y}a${dot} ${dot} 0 1 1 ${2 * dot} 0a${dot} ${dot} 0 1 1-${2 * dot} 0z` : shape });
}
countries.sort((a, b) => (a.code < b.code ? -1 : 1));
fs.writeFileSync('europe.svg', `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">
<path id="other" d="${others.join('')}"/>
${countries.map(c => `<path id="${c.code}" data-x="${c.x}" data-y="${c.y}"${c.isSmall ? ' data-small="yes"' : ''} d="${c.shape}"/>`).join('\n')}
</svg>
`);

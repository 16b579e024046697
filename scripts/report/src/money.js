import * as Plot from '@observablehq/plot';
import { colours } from './colours.js';
import { data, numbers, sum } from './data.js';
import { choice, details, h, section, table } from './dom.js';
import { Shown, capital, plain, scaleOf, spoken } from './format.js';

const most = 7; // parts that a stack tells apart; the rest is one part

/** Years by programme as a list of years' numbers per programme. */
function byProgramme(spread, programmes) {
  return programmes.map((name, i) => numbers(spread.mid).filter((x, k) => k % programmes.length === i));
}

const hatch = ['', 'M0 8L8 0', 'M0 0L8 8', 'M0 4H8', 'M4 0V8', 'M0 8L8 0M0 0L8 8', 'M4 4h.1', ''];
const fills = [...colours.slice(0, 3), '#cc79a7', '#56b4e9', '#e69f00', '#7f3b08', '#8c8c8c'];

/** Stacks have a pattern beside their colour. */
function patterns(id, count) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('width', 0);
  svg.setAttribute('height', 0);
  svg.setAttribute('aria-hidden', 'true');
  svg.style.position = 'absolute';
  svg.innerHTML = `<defs>${Array.from({ length: count }, (x, i) => `<pattern id="${id}-${i}" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" fill="${fills[i]}"/><path d="${hatch[i]}" stroke="#fff" stroke-opacity=".75" stroke-width="${i === 6 ? 3 : 1.4}" stroke-linecap="round"/></pattern>`).join('')}</defs>`;
  return svg;
}

function key(id, names) {
  return h('ul', { class: 'legend', 'aria-label': 'Legend' }, names.map((name, i) => {
    const item = h('li', {});
    item.innerHTML = `<svg width="18" height="14" aria-hidden="true"><rect width="18" height="14" fill="url(#${id}-${i})"/></svg>`;
    item.append(name);
    return item;
  }));
}

/** The largest parts and the rest: [{title, values}], each as long as the whole. */
function largest(parts) {
  const sorted = [...parts].filter((part) => sum(part.values.map(Math.abs)) > 0).sort((a, b) => sum(b.values) - sum(a.values));
  if (sorted.length <= most + 1) return sorted;
  const rest = sorted.slice(most);
  return [...sorted.slice(0, most), { title: `${rest.length} others`, values: rest[0].values.map((x, i) => sum(rest.map((part) => part.values[i]))) }];
}

let stacks = 0;

function stagesTable(money, group, titles, kinds) {
  const shown = new Shown({ unit: money.unit, factor: money.factor });
  const totals = group.stages.map((stage) => byProgramme(stage.years, group.programmes).map(sum));
  const paid = totals.at(-1);
  const order = titles.map((title, i) => i).sort((a, b) => paid[b] - paid[a]);
  const cell = (value, stage) => (value === 0 && stage.series.includes('budget') ? 'no limit' : h('span', { title: `${plain(value * money.factor, 2)} ${money.unit}` }, value === 0 ? '0' : shown.text(value)));
  const all = group.stages.map((stage, k) => h('b', { title: `${plain(sum(totals[k]) * money.factor, 2)} ${money.unit}` }, shown.text(sum(totals[k]))));
  const moves = (i) => totals.some((stage) => stage[i] !== 0);
  const rows = order.filter(moves).map((i) => [[titles[i], kinds[i] && h('small', {}, kinds[i])], ...group.stages.map((stage, k) => cell(totals[k][i], stage))]);
  const still = order.filter((i) => !moves(i)).map((i) => titles[i]);
  return [table('Each programme over the whole run', [{ title: 'Programme' }, ...group.stages.map((stage) => ({ title: stage.title, number: true }))],
    [{ rows: [...rows, [h('b', {}, 'All programmes'), ...all]] }]),
  h('p', { class: 'note' }, still.length > 0 && `Programmes that moved no money: ${still.join(', ')}. `, 'The sum of the budgets is that of the programmes with a limit.')];
}

function paidByYear(money, group, titles) {
  const stage = group.stages.at(-1);
  if (!stage) return null;
  const parts = largest(byProgramme(stage.years, group.programmes).map((values, i) => ({ title: titles[i], values })));
  if (parts.length === 0) return null;
  const id = `stack-${++stacks}`;
  const years = data.years.names;
  const scale = scaleOf(money.factor * Math.max(...years.map((year, y) => Math.abs(sum(parts.map((part) => part.values[y]))))));
  const rows = parts.flatMap((part, p) => years.map((year, y) => ({ year, p, title: part.title, value: (part.values[y] * money.factor) / scale.by })));
  const unit = `${scale.word} ${money.unit} a year`.trim();
  const plot = (width) => Plot.plot({
    width, height: 290, marginLeft: 48, marginBottom: width < 500 ? 44 : 30, style: { fontSize: '12px', background: 'none', color: '#1a1a1a' },
    x: { label: null, tickRotate: width < 500 ? -45 : 0, domain: years }, y: { label: unit, grid: true, labelArrow: 'none' },
    marks: [Plot.barY(rows, Plot.stackY({ x: 'year', y: 'value', order: 'p', fill: (d) => `url(#${id}-${d.p})`, title: (d) => `${d.title}, ${d.year}: ${plain(d.value)} ${unit}` })), Plot.ruleY([0])],
  });
  return h('figure', { class: 'wide' }, h('figcaption', {}, h('strong', {}, `${stage.title} by programme`), h('span', { class: 'unit' }, unit)),
    patterns(id, parts.length), key(id, parts.map((part) => part.title)), fitted(plot, `${stage.title} money by programme and year. The sums are in the table above.`));
}

/** A picture that is drawn anew when its place changes its width. */
export function fitted(draw, label) {
  const place = h('div', { class: 'fitted', role: 'img', 'aria-label': label });
  let width = 0;
  new ResizeObserver(() => {
    const now = Math.floor(place.clientWidth);
    if (now === width || now < 50) return;
    width = now;
    place.replaceChildren(draw(width));
  }).observe(place);
  return place;
}

/** Who received the money of each programme: parts of its total. */
function incidence(money, group, titles) {
  const place = h('div', {});
  if (group.splits.length === 0) return null;
  let chosen = 0;
  const draw = () => {
    const split = group.splits[chosen];
    const cells = numbers(split.run.mid);
    const columns = split.labels.map((label, l) => ({ title: label === data.axes[split.axis]?.labels[l] ? spoken(label) : label, values: titles.map((title, p) => cells[p * split.labels.length + l]) }));
    const parts = largest(columns);
    const totals = titles.map((title, p) => sum(columns.map((column) => column.values[p])));
    const order = titles.map((title, p) => p).filter((p) => totals[p] > 0).sort((a, b) => totals[b] - totals[a]);
    const id = `stack-${++stacks}`;
    const rows = parts.flatMap((part, k) => order.map((p) => ({ k, p, title: part.title, value: Math.max(0, (100 * part.values[p]) / totals[p]) })));
    const shown = new Shown({ unit: money.unit, factor: money.factor });
    const plot = (width) => Plot.plot({
      width, height: 50 + 26 * order.length, marginLeft: width < 500 ? 130 : 220, marginRight: 14, marginTop: 4, marginBottom: 36, style: { fontSize: '12px', background: 'none', color: '#1a1a1a' },
      x: { label: 'per cent of what the programme paid', labelArrow: 'none', domain: [0, 100] }, y: { domain: order, label: null, tickFormat: (p) => (width < 500 && titles[p].length > 18 ? `${titles[p].slice(0, 16)}\u2026` : titles[p]) },
      marks: [Plot.barX(rows, Plot.stackX({ y: 'p', x: 'value', order: 'k', insetTop: 2, insetBottom: 2, fill: (d) => `url(#${id}-${d.k})`, title: (d) => `${titles[d.p]}, ${d.title}: ${plain(d.value, 1)} %` }))],
    });
    const numbersTable = table(`${split.title}: what each received over the run`, [{ title: 'Programme' }, ...parts.map((part) => ({ title: part.title, number: true }))],
      [{ rows: order.map((p) => [titles[p], ...parts.map((part) => h('span', { title: `${plain(part.values[p] * money.factor, 2)} ${money.unit}` }, part.values[p] === 0 ? '0' : shown.text(part.values[p])))]) }]);
    place.replaceChildren(
      h('div', { class: 'controls' }, choice('Split by', group.splits.map((one, i) => [String(i), one.title.toLowerCase()]), String(chosen), (value) => { chosen = Number(value); draw(); })),
      h('figure', { class: 'wide' }, h('figcaption', {}, h('strong', {}, 'Who received it'), h('span', { class: 'unit' }, 'per cent of what each programme paid over the run')),
        patterns(id, parts.length), key(id, parts.map((part) => part.title)), fitted(plot, 'Parts of the money of each programme by recipient. The numbers are in the table below.')),
      details('Numbers', numbersTable));
  };
  draw();
  return place;
}

export function publicMoney() {
  if (!data.money) return null;
  const parts = data.money.groups.flatMap((group, g) => {
    if (!group) return [];
    const titles = group.titles.map((title, i) => (title === group.programmes[i] ? spoken(title) : capital(title)));
    const rows = new Map((data.groups[g].scenario?.rows ?? []).map((row) => [row.key, row.value]));
    const kinds = group.programmes.map((name) => rows.get(`policy.${name}.kind`)?.replaceAll('"', '').replaceAll('_', ' '));
    return [[data.groups.length > 1 && h('h3', {}, data.groups[g].name),
      stagesTable(data.money, group, titles, kinds), paidByYear(data.money, group, titles), incidence(data.money, group, titles)]];
  });
  return section('money', 'Public money', `What programmes announced, had in their budgets, granted and paid${data.groups.some((group) => group.runs > 1) ? '; means over the runs' : ''}.`, parts);
}

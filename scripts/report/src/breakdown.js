import * as Plot from '@observablehq/plot';
import { colours, dashes } from './colours.js';
import { data, indicators, numbers, texts } from './data.js';
import { choice, h, section, table } from './dom.js';
import { Shown, capital, spoken } from './format.js';
import { legend } from './series.js';

const { first, last, names, whole } = data.years ?? {};

/** Labels of an axis that are codes are spoken; titles are as they are. */
export function labelsOf(axis) {
  const { labels, titles } = data.axes[axis];
  return titles.map((title, i) => (title === labels[i] ? spoken(title) : title));
}

/** The numbers of one label over the years: [{mid, low, high}]. */
function path(spread, width, label) {
  const pick = (text) => (text === undefined ? null : numbers(text).filter((x, i) => i % width === label));
  return { mid: pick(spread.mid), low: pick(spread.low), high: pick(spread.high), text: texts(spread.mid).filter((x, i) => i % width === label) };
}

function bar(share) {
  return h('span', { class: 'bar', 'aria-hidden': 'true' }, h('span', { style: `width:${Math.max(0, Math.min(100, 100 * share)).toFixed(1)}%` }));
}

/** Last year of each label: bar, number, change over the run, and what the other groups make of it. */
function lastYear(indicator, split, shown, labels, order) {
  const paths = split.years.map((spread) => spread && labels.map((label, i) => path(spread, labels.length, i)));
  const base = paths.find(Boolean);
  const most = Math.max(...base.map((one) => Math.abs(one.mid[last])).filter((x) => !Number.isNaN(x)), 0);
  const others = data.groups.flatMap((group, g) => (g > 0 && paths[g] && paths[0] ? [g] : []));
  const columns = [{ title: capital(data.axes[split.axis].title) }, { title: '' }, { title: `${names[last]}`, number: true },
    ...(first === last ? [] : [{ title: `Change ${names[first]} to ${names[last]}`, number: true }]),
    ...others.map((g) => ({ title: `${data.groups[g].name}, difference`, number: true }))];
  const rows = order.map((i) => {
    const { mid, text } = base[i];
    if (Number.isNaN(mid[last])) return [labels[i], '', 'no number', ...(first === last ? [] : ['']), ...others.map(() => '')];
    return [labels[i], most > 0 ? bar(Math.abs(mid[last]) / most) : '', h('span', { title: shown.exact(text[last]) }, shown.short(mid[last])),
      ...(first === last ? [] : [Number.isNaN(mid[first]) ? '' : shown.change(mid[first], mid[last])]),
      ...others.map((g) => (mid[last] === paths[g][i].mid[last] ? 'none' : shown.change(mid[last], paths[g][i].mid[last])))];
  });
  return table(`${indicator.title} by ${data.axes[split.axis].title}, ${names[last]}${indicator.unit ? `, ${indicator.unit}` : ''}${data.groups.length > 1 ? `, ${data.groups[split.years.findIndex(Boolean)].name}` : ''}`, columns, [{ rows }], { class: 'cards bars' });
}

function observedOf(indicator, split, width) {
  const seen = indicator.observed.find((one) => one.axis === split.axis && one.measure !== 'growth' && split.series === indicator.series);
  return seen && ((label) => seen.years.flatMap((year, y) => {
    const value = numbers(seen.values)[y * width + label];
    return names.includes(year) && !Number.isNaN(value) ? [{ year: Number(year), value }] : [];
  }));
}

/** A small chart for each label, all with the same scale: shares as they are, amounts with their first year as 100. */
function multiples(indicator, split, shown, labels, order) {
  if (first === last) return null;
  const base = split.years.find(Boolean);
  const observed = observedOf(indicator, split, labels.length);
  const rows = order.map((i) => {
    const start = numbers(base.mid).filter((x, k) => k % labels.length === i)[first];
    const scale = (x) => (shown.isShare ? x * shown.factor : (100 * x) / start);
    const lines = split.years.flatMap((spread, g) => (spread ? [{ g, ...path(spread, labels.length, i) }] : []));
    const points = lines.map((line) => ({ g: line.g, rows: names.flatMap((year, y) => (whole[y] && Number.isFinite(scale(line.mid[y]))
      ? [{ year: Number(year), value: scale(line.mid[y]), low: line.low && scale(line.low[y]), high: line.high && scale(line.high[y]) }] : [])) }));
    return { i, points, seen: observed ? observed(i).map((one) => ({ ...one, value: scale(one.value) })) : [] };
  });
  const all = rows.flatMap((row) => [...row.points.flatMap((line) => line.rows.map((point) => point.value)), ...row.seen.map((one) => one.value)]).sort((a, b) => a - b);
  if (all.length === 0) return null;
  // One label far off must not press all others flat: then the scale leaves it out, and its number is in bold type all the same.
  const [low, high] = [all[Math.floor(0.02 * all.length)], all[Math.ceil(0.98 * all.length) - 1]];
  const far = 2 * (high - low);
  const domain = [all[0] < low - far ? low : all[0], all.at(-1) > high + far ? high : all.at(-1)];
  const small = ({ i, points, seen }) => {
    const ends = points.map((line) => line.rows.at(-1)?.value).filter((x) => x !== undefined);
    const told = ends.map((x) => (shown.isShare ? `${x.toFixed(1)} %` : x.toFixed(0))).join(' | ');
    const plot = Plot.plot({
      width: 170, height: 84, marginLeft: 34, marginRight: 16, marginTop: 6, marginBottom: 18, clip: true,
      style: { fontSize: '11px', background: 'none', color: '#1a1a1a' },
      x: { ticks: [Number(names[first]), Number(names[last])], tickFormat: (x) => String(x), label: null, domain: [Number(names[first]), Number(names[last])], insetRight: 4 },
      y: { domain, ticks: 3, label: null, grid: true, clamp: true },
      marks: points.flatMap(({ g, rows: line }) => [
        several(line) && Plot.areaY(line, { x: 'year', y1: 'low', y2: 'high', fill: colours[g], fillOpacity: 0.2 }),
        Plot.lineY(line, { x: 'year', y: 'value', stroke: colours[g], strokeWidth: 1.8, strokeDasharray: dashes[g].join(' ') || undefined }),
      ]).concat([seen.length > 0 && Plot.dot(seen, { x: 'year', y: 'value', r: 2.6, fill: '#fff', stroke: '#000' })]).filter(Boolean),
    });
    plot.setAttribute('role', 'img');
    plot.setAttribute('aria-label', `${labels[i]}: ${told}`);
    return h('figure', { class: 'small' }, h('figcaption', {}, labels[i], ' ', h('b', {}, told)), plot);
  };
  return [h('h3', {}, `${indicator.title}, ${names[first]} to ${names[last]}`),
    h('p', { class: 'note' }, shown.isShare ? 'Per cent; all with the same scale.' : `${names[first]} = 100${split.years[0] && data.groups.length > 1 ? ` (of ${data.groups[split.years.findIndex(Boolean)].name})` : ''}; all with the same scale. Bold: ${names[last]}.`,
      observed ? ' Dots: observed.' : ''),
    data.groups.length > 1 && legend(data.groups.map((group) => group.name), false, false),
    h('div', { class: 'multiples' }, rows.map(small))];
}

const several = (line) => line.some((point) => point.low !== null && point.low !== undefined);

export function breakdown() {
  const able = indicators.flatMap((indicator, i) => (indicator.by.length > 0 ? [[i, indicator]] : []));
  if (able.length === 0) return null;
  const place = h('div', {});
  let chosen = able[0][0];
  let axis = null;
  const draw = () => {
    const indicator = indicators[chosen];
    const split = indicator.by.find((one) => one.axis === axis) ?? indicator.by[0];
    axis = split.axis;
    const shown = new Shown(indicator);
    const labels = labelsOf(axis);
    const base = numbers(split.years.find(Boolean).mid).slice(last * labels.length, (last + 1) * labels.length);
    const isOrdered = ['size_class', 'maturity', 'age'].includes(axis) || labels.length <= 5;
    const order = labels.map((label, i) => i);
    if (!isOrdered) order.sort((a, b) => (Number.isNaN(base[b]) ? -1 : Number.isNaN(base[a]) ? 1 : base[b] - base[a]));
    place.replaceChildren(
      h('div', { class: 'controls' },
        choice('Indicator', able.map(([i, one]) => [String(i), one.title]), String(chosen), (value) => { chosen = Number(value); draw(); }),
        choice('by', indicator.by.map((one) => [one.axis, data.axes[one.axis].title]), axis, (value) => { axis = value; draw(); })),
      lastYear(indicator, split, shown, labels, order), ...(multiples(indicator, split, shown, labels, order) ?? []).filter(Boolean));
  };
  draw();
  return section('parts', 'By sector, province, ownership and size', indicators.some((one) => one.by.some((split) => data.axes[split.axis] && split.axis === 'sector'))
    ? 'Choose an indicator and how to break it down.' : 'Choose an indicator.', place);
}

import * as Plot from '@observablehq/plot';
import { colours } from './colours.js';
import { data } from './data.js';
import { h, section, table } from './dom.js';
import { Shown, monthText, plain, plural, range, spoken, tick } from './format.js';
import { Lines, seconds } from './lines.js';
import { fitted } from './money.js';
import { legend } from './series.js';

const effect = data.effect;
const shownOf = (series) => new Shown({ ...data.shown[series], recorded_unit: '' });
const titleOf = (series) => data.shown[series].title;
const nan = (list) => list.map((x) => (x === null ? NaN : x));

function results() {
  const columns = [{ title: 'Series' }, { title: 'Policy' }, { title: 'Without', number: true }, { title: 'Effect', number: true }, { title: '95 % interval', number: true }, { title: 'Pairs', number: true }];
  const rows = effect.effects.map((one) => {
    const shown = shownOf(one.series);
    const relative = (x) => (shown.isShare || !one.base ? shown.difference(x) : shown.change(one.base, one.base + x));
    const isSure = one.interval.low > 0 || one.interval.high < 0;
    return [titleOf(one.series), spoken(one.policy), one.base === null ? '' : h('span', { title: `exactly ${one.base} ${one.unit}` }, shown.text(one.base)),
      h('span', { class: isSure ? 'sure' : null, title: `exactly ${one.effect} ${one.unit}` }, relative(one.effect)),
      h('span', { title: `${one.interval.low} to ${one.interval.high} ${one.unit}` }, one.interval.low === null ? 'unknown' : range(relative(one.interval.low), relative(one.interval.high))), String(one.pairs)];
  });
  return table(`Mean of ${effect.from} to ${lastDay(effect.to)}`, columns, [{ rows }]);
}

/** The day before a date. */
function lastDay(date) {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 864e5).toISOString().slice(0, 10);
}

/** Intervals of one series for all policies, with the pairs behind them. */
function intervals(series) {
  const shown = shownOf(series);
  const all = effect.effects.filter((one) => one.series === series);
  const isRelative = !shown.isShare && all.every((one) => one.base);
  const scale = (one, x) => (isRelative ? (100 * x) / Math.abs(one.base) : x * shown.factor);
  const unit = isRelative ? 'per cent of the base' : shown.isShare ? 'percentage points' : shown.unit;
  const names = all.map((one) => spoken(one.policy));
  const pairs = all.flatMap((one) => one.values.map((pair) => ({ policy: spoken(one.policy), seed: pair.seed, x: scale(one, pair.effect ?? pair.policy - pair.base) })));
  const bars = all.map((one) => ({ policy: spoken(one.policy), x: scale(one, one.effect), low: scale(one, one.interval.low), high: scale(one, one.interval.high) }));
  const plot = (width) => Plot.plot({
    width, height: 70 + 46 * names.length, marginBottom: 38, marginLeft: width < 500 ? 130 : 200, marginRight: 20, style: { fontSize: '12px', background: 'none', color: '#1a1a1a' },
    x: { label: unit, labelArrow: 'none', grid: true, nice: true }, y: { domain: names, label: null, tickFormat: (name) => (width < 500 && name.length > 18 ? `${name.slice(0, 17)}\u2026` : name) },
    marks: [Plot.ruleX([0], { stroke: '#1a1a1a', strokeDasharray: '3 3' }),
      Plot.tickX(pairs, { x: 'x', y: 'policy', stroke: '#8a8a8a', strokeOpacity: 0.7, inset: 12, title: (d) => `${d.policy}, seed ${d.seed}: ${plain(d.x)} ${unit}` }),
      Plot.ruleY(bars, { y: 'policy', x1: 'low', x2: 'high', stroke: colours[0], strokeWidth: 4 }),
      Plot.dot(bars, { y: 'policy', x: 'x', r: 6, fill: colours[0], stroke: '#fff', title: (d) => `${d.policy}: ${plain(d.x)} (${plain(d.low)} to ${plain(d.high)}) ${unit}` })],
  });
  return h('figure', { class: 'wide' }, h('figcaption', {}, h('strong', {}, `Effect on ${titleOf(series).toLowerCase()}`), h('span', { class: 'unit' }, unit)),
    fitted(plot, `Effects on ${titleOf(series)} with their intervals. The numbers are in the table above.`));
}

function lineOf(one, name, colour) {
  return { name, colour, values: nan(one.mid ?? one.mean), low: nan(one.low), high: nan(one.high) };
}

function paths() {
  const { periods, series } = effect.paths;
  if (periods.from.length === 0) return null;
  const times = periods.to.map(seconds);
  const charts = series.flatMap((one) => {
    const shown = shownOf(one.series);
    const make = (title, lines, unitText, zero) => {
      const size = Math.max(...lines.flatMap((line) => [...line.values, ...line.high]).filter((x) => !Number.isNaN(x)).map(Math.abs), 0);
      const format = (x) => shown.number(x, size);
      const ticks = (step) => tick(shown, size, step);
      const readout = (i) => `${monthText(periods.to[i])}: ${lines.map((line) => `${lines.length > 1 ? `${line.name} ` : ''}${format(line.values[i])} (${format(line.low[i])} to ${format(line.high[i])})`).join('; ')}`;
      return new Lines({ title, unit: unitText(size), times, lines, dots: null, format: ticks, readout, zero });
    };
    const unit = (size) => shown.unitAt(size);
    const points = (size) => (shown.isShare ? 'percentage points' : shown.unitAt(size));
    return [make(titleOf(one.series), one.runs.map((run, i) => lineOf(run, spoken(run.name), i)), unit, false),
      make(`Effect on ${titleOf(one.series).toLowerCase()}`, one.effects.filter((path) => path.mean.length > 0).map((path, i) => lineOf(path, spoken(path.policy), i + 1)), points, true)];
  });
  const part = section('time', 'Over time', 'Left: the runs, median and 10 % to 90 % of the seeds. Right: the effect, mean difference of the pairs with the 95 % interval of each month by itself. Flows are sums of a month.',
    legend(effect.paths.series[0].runs.map((run) => spoken(run.name)), false, false), h('div', { class: 'charts' }, charts.map((one) => h('div', {}, one.element))));
  return { part, draw: () => charts.forEach((one) => one.draw()) };
}

function budget() {
  if (!effect.budget) return null;
  const rows = effect.budget.policies.map((one) => [spoken(one.policy), one.dial, String(one.value), `${plain(one.factor, 3)} times`, plain(one.ratio, 3)]);
  return table('Policies of equal budget: how their dials were set', [{ title: 'Policy' }, { title: 'Dial' }, { title: 'Value' }, { title: 'Factor', number: true }, { title: 'Money over that of the first', number: true }], [{ rows }]);
}

export function effectParts() {
  const names = [...new Set(effect.effects.map((one) => one.series))];
  const lead = `Differences between runs with and without the policy, ${plural(effect.seeds, 'seed')}, the same on both sides. ${effect.comparisons > 1 ? `All ${effect.comparisons} intervals hold together with 95 %.` : ''} Bold where the interval leaves out zero.`;
  const past = effect.policies.map((one) => h('li', {}, h('b', {}, spoken(one.name)), ` ${one.past}`));
  const over = paths();
  return {
    parts: [section('effect', 'Effects', lead, results(), names.map(intervals), budget(), h('ul', { class: 'plain' }, past),
      effect.failed.length > 0 && h('p', { class: 'warning' }, `${plural(effect.failed.length, 'run')} failed: ${effect.failed.map((run) => `${run.name}, seed ${run.seed}: ${run.reason}`).join('; ')}`)), over && over.part],
    draw: () => over && over.draw(),
  };
}

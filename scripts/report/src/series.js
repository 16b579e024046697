import { at, data, indicators, numbers, several } from './data.js';
import { details, h, section, table } from './dom.js';
import { Shown, monthText, range, tick } from './format.js';
import { Lines, seconds } from './lines.js';
import { swatch } from './colours.js';

const years = data.years;

/** What stands above the lines: which group is which, what a band and a dot mean. */
export function legend(names, hasBand, hasDots) {
  if (names.length === 1 && !hasBand && !hasDots) return null;
  return h('ul', { class: 'legend', 'aria-label': 'Legend' },
    names.map((name, i) => h('li', {}, swatch(i), name)),
    hasBand && h('li', {}, h('span', { class: 'band', 'aria-hidden': 'true' }), 'line: median of the runs; band: 10 % to 90 % of them'),
    hasDots && h('li', {}, swatch(0, true), 'observed'));
}

function observedOf(indicator) {
  return indicator.observed.find((one) => one.measure !== 'growth' && !one.axis);
}

/** Observed numbers at the times of a chart: those of a year stand at its middle, or at its end when they are of its last day. */
function dots(indicator, isYearly) {
  const seen = observedOf(indicator);
  if (!seen) return null;
  const values = new Array(isYearly ? years.names.length : data.periods.from.length).fill(NaN);
  seen.years.forEach((year, i) => {
    const value = numbers(seen.values)[i];
    if (isYearly && years.names.includes(year)) values[years.names.indexOf(year)] = value;
    if (isYearly) return;
    const rows = data.periods.from.flatMap((day, row) => (day.startsWith(year) ? [row] : []));
    if (rows.length === 0) return;
    if (seen.measure === 'end') values[rows[rows.length - 1]] = value;
    else values[rows[Math.floor(rows.length / 2)]] = seen.measure === 'sum' && !indicator.over ? value / rows.length : value;
  });
  return values.some((value) => !Number.isNaN(value)) ? values : null;
}

function lineOf(indicator, group, isYearly) {
  const spread = indicator[isYearly ? 'years' : 'periods'][group];
  const keep = (list) => (isYearly ? list.map((x, i) => (years.whole[i] ? x : NaN)) : list);
  return {
    name: data.groups[group].name,
    colour: group,
    values: keep(numbers(spread.mid)),
    low: spread.low && keep(numbers(spread.low)),
    high: spread.high && keep(numbers(spread.high)),
  };
}

function chart(indicator, isYearly) {
  const shown = new Shown(indicator);
  const present = data.groups.flatMap((group, i) => (indicator.periods[i] ? [i] : []));
  const lines = present.map((group) => lineOf(indicator, group, isYearly));
  const seen = dots(indicator, isYearly);
  const size = Math.max(...lines.flatMap((line) => [...line.values, ...(line.high ?? [])]).filter((x) => !Number.isNaN(x)).map(Math.abs), 0);
  const isFlow = indicator.method === 'sum' && !indicator.over;
  const unit = [shown.unitAt(size), isFlow ? (isYearly ? 'a year' : 'a month') : ''].filter(Boolean).join(' ');
  const spreads = present.map((group) => indicator[isYearly ? 'years' : 'periods'][group]);
  const readout = (i) => {
    const when = isYearly ? years.names[i] : monthText(data.periods.to[i]);
    const told = lines.map((line, k) => {
      const point = at(spreads[k], i);
      if (!point || Number.isNaN(line.values[i])) return null;
      const all = point.low === null ? shown.exact(point.text) : `${shown.number(point.low, size)} to ${shown.number(point.high, size)}`;
      return `${data.groups.length > 1 ? `${line.name} ` : ''}${shown.number(point.value, size)} (${all})`;
    });
    if (seen && !Number.isNaN(seen[i])) told.push(`observed ${shown.number(seen[i], size)}`);
    return `${when}: ${told.filter(Boolean).join('; ') || 'no number'}`;
  };
  const times = isYearly ? years.names.map((year) => seconds(`${year}-07-01`)) : data.periods.to.map(seconds);
  return new Lines({ title: indicator.title, unit, times, lines, dots: seen, format: (step) => tick(shown, size, step), readout });
}

/** The same numbers by year, for readers who see no chart. */
function numbersOf(indicator) {
  const shown = new Shown(indicator);
  const columns = [{ title: 'Year' }, ...data.groups.map((group) => ({ title: group.name, number: true }))];
  const rows = years.names.map((year, i) => [years.whole[i] ? year : `${year} (a part)`, ...data.groups.map((group, g) => {
    const point = at(indicator.years[g], i);
    if (!point) return '';
    return h('span', { title: shown.exact(point.text) }, shown.short(point.value), point.low === null ? '' : ` (${range(shown.short(point.low), shown.short(point.high))})`);
  })]);
  return details('Numbers by year', table(`${indicator.title}${indicator.unit ? `, ${indicator.unit}` : ''}`, columns, [{ rows }]));
}

export function overTime() {
  const charts = h('div', {});
  const draw = (isYearly) => {
    charts.replaceChildren();
    for (const part of data.sections) {
      const all = part.indicators.map((indicator) => [indicator, chart(indicator, isYearly)]);
      charts.append(h('h3', {}, part.title), h('div', { class: 'charts' }, all.map(([indicator, one]) => h('div', {}, one.element, numbersOf(indicator),
        indicator.meaning && h('p', { class: 'note' }, indicator.meaning)))));
      all.forEach(([, one]) => one.draw());
    }
  };
  const hasDots = indicators.some((indicator) => observedOf(indicator));
  const button = (text, isYearly) => h('label', {}, h('input', { type: 'radio', name: 'step', checked: !isYearly, onchange: () => draw(isYearly) }), text);
  const part = section('time', 'Over time', null,
    h('fieldset', { class: 'controls' }, h('legend', {}, 'One point for each'), button('month', false), button('year', true)),
    legend(data.groups.map((group) => group.name), several, hasDots),
    hasDots && h('p', { class: 'note' }, 'Observed yearly sums are drawn as a twelfth of the year where points are months.'),
    charts);
  return { part, draw: () => draw(false) };
}

import { at, data, indicators, numbers } from './data.js';
import { details, h, section, table } from './dom.js';
import { Shown } from './format.js';

const { names, whole } = data.years ?? {};

/** The simulated number of a year in the terms of what was observed. */
function simulated(indicator, measure, year, group) {
  const i = names.indexOf(year);
  if (i < 0 || !whole[i]) return NaN;
  const now = at(indicator.years[group], i);
  if (measure !== 'growth') return now ? now.value : NaN;
  const before = i > 0 ? at(indicator.years[group], i - 1) : null;
  return now && before ? now.value / before.value - 1 : NaN;
}

function compared(indicator, seen, group) {
  const shown = seen.measure === 'growth' ? new Shown({ unit: '%', factor: 100 }) : new Shown(indicator);
  const rows = seen.years.flatMap((year, i) => {
    const observed = numbers(seen.values)[i];
    const own = simulated(indicator, seen.measure, year, group);
    return Number.isNaN(observed) || Number.isNaN(own) ? [] : [{ year, observed, own }];
  });
  return { shown, rows };
}

const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;

export function observation() {
  const all = indicators.flatMap((indicator) => indicator.observed.filter((one) => !one.axis).map((seen) => {
    const group = indicator.years.findIndex(Boolean);
    return { indicator, seen, title: `${indicator.title}${seen.measure === 'growth' ? ', growth' : ''}`, ...compared(indicator, seen, group) };
  })).filter((one) => one.rows.length > 0);
  if (all.length === 0) return null;
  const gap = ({ shown, rows }) => {
    const own = mean(rows.map((row) => row.own));
    const seen = mean(rows.map((row) => row.observed));
    return shown.isShare ? shown.difference(own - seen) : shown.change(seen, own);
  };
  const years = (rows) => (rows.length === 1 ? rows[0].year : `${rows.length} between ${rows[0].year} and ${rows.at(-1).year}`);
  const columns = [{ title: 'Figure' }, { title: 'Years' }, { title: 'Simulated, mean', number: true }, { title: 'Observed, mean', number: true }, { title: 'Difference', number: true }];
  const rows = all.map((one) => [one.title, years(one.rows), one.shown.text(mean(one.rows.map((row) => row.own))), one.shown.text(mean(one.rows.map((row) => row.observed))), gap(one)]);
  const single = all.map((one) => details(`${one.title}: year by year, and where the observed figures come from`,
    table(one.title, [{ title: 'Year' }, { title: 'Simulated', number: true }, { title: 'Observed', number: true }],
      [{ rows: one.rows.map((row) => [row.year, one.shown.text(row.own), one.shown.text(row.observed)]) }]),
    h('p', { class: 'note' }, one.seen.source, one.seen.comment && ` (${one.seen.comment})`)));
  const name = data.groups.length > 1 ? ` Simulated: ${data.groups[0].name}.` : '';
  return section('observed', 'Beside what was observed', `Means over the years that both have.${name}`, table('Simulated and observed', columns, [{ rows }]), single);
}

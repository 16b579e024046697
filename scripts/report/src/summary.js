import { at, data, several } from './data.js';
import { h, section, table } from './dom.js';
import { Shown, plural, range } from './format.js';

const { first, last, names } = data.years ?? {};

/** A value with its band below. */
function value(shown, point) {
  if (!point) return '';
  return [h('span', { title: shown.exact(point.text) }, shown.text(point.value)),
    point.low !== null && h('small', {}, range(shown.short(point.low), shown.short(point.high)))];
}

/** What another group makes of the base's number. */
function difference(indicator, shown, base, group) {
  const point = at(indicator.years[group], last);
  if (!base || !point) return '';
  const effect = indicator.effects[group];
  const relative = (x, of) => (shown.isShare || of === 0 ? '' : ` (${shown.change(of, of + x)})`);
  if (!effect) {
    const told = point.value === base.value ? 'no difference' : shown.isShare ? shown.difference(point.value - base.value) : shown.change(base.value, point.value);
    return h('span', { title: shown.exact(point.text) }, told || shown.difference(point.value - base.value));
  }
  const { effect: mean, low, high } = effect;
  const told = shown.isShare || effect.base === 0 ? shown.difference(mean) : shown.change(effect.base, effect.base + mean);
  const bound = (x) => (shown.isShare || effect.base === 0 ? shown.difference(x) : shown.change(effect.base, effect.base + x));
  const isSure = low > 0 || high < 0;
  return [h('span', { class: isSure ? 'sure' : null, title: `${shown.difference(mean)}${relative(mean, effect.base)}, ${plural(effect.pairs, 'pair')} of runs` }, mean === 0 && low === 0 && high === 0 ? 'no difference' : told),
    !(low === 0 && high === 0) && h('small', {}, range(bound(low), bound(high)))];
}

function rowOf(indicator) {
  const shown = new Shown(indicator);
  const base = at(indicator.years[0], last);
  const begin = at(indicator.years[0], first);
  const row = [indicator.title, value(shown, base), ...(first === last ? [] : [base && begin ? shown.change(begin.value, base.value) : ''])];
  for (let group = 1; group < data.groups.length; ++group) row.push(difference(indicator, shown, base, group));
  return row;
}

export function summary() {
  const base = data.groups[0].name;
  const isWide = data.groups.length > 3;
  const columns = [{ title: 'Indicator' }, { title: `${data.groups.length > 1 ? `${base}, ` : ''}${names[last]}`, number: true }, ...(first === last ? [] : [{ title: `Change ${names[first]} to ${names[last]}`, number: true }]),
    ...data.groups.slice(1).map((group) => ({ title: isWide ? group.name : `${group.name}, difference in ${names[last]}`, number: true }))];
  const hasPairs = data.sections.some((part) => part.indicators.some((indicator) => indicator.effects.some((effect) => effect)));
  const lead = [
    'Flows are sums of the year, stocks those of its last day.',
    several && 'Values are the median of the runs, with the range of the middle 80 % of them below.',
    hasPairs && `Differences from ${base} are means over pairs of runs with the same seed, with the 95 % interval of each number by itself below; bold where it leaves out zero, as one number in twenty does by luck alone.`,
    data.groups.length > 1 && !hasPairs && `Differences are from ${base}, run against run; without several seeds nothing tells them from luck.`,
    'Point at a number for all its digits.',
  ].filter(Boolean).join(' ');
  return section('summary', 'In short', lead, table(`The year ${names[last]}${isWide ? `; of the others the difference from ${base}` : ''}`, columns, data.sections.map((part) => ({ title: part.title, rows: part.indicators.map(rowOf) })), { class: `cards summary${isWide ? ' many' : ''}` }));
}

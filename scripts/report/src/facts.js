import { data } from './data.js';
import { details, h, section, table } from './dom.js';
import { plain, plural, range, spoken } from './format.js';

const verdicts = { ok: 'in band', low: 'too low', high: 'too high', '-': 'not held' };
const kinds = { imposed: 'an input', fitted: 'fitted', held_out: 'held out', predicted: 'predicted' };

/** A number of a fact with its unit; the number as it was computed to point at. */
function shown(fact, text) {
  if (text === '-') return '';
  return h('span', { title: `exactly ${text}` }, `${plain(Number(text) * fact.factor, fact.digits)} ${fact.unit}`.trim());
}

/** A label as its axis calls it: "Integrated circuits" of "ic". */
function titled(label) {
  const axis = Object.values(data.axes).find((one) => one.labels.includes(label));
  return axis ? axis.titles[axis.labels.indexOf(label)] : spoken(label);
}

const told = (fact, text) => `${plain(Number(text) * fact.factor, fact.digits)} ${fact.unit}`.trim();

function simulated(fact) {
  if (fact.simulated === '-') return '';
  return [shown(fact, fact.simulated), fact.runs > 1 && h('small', {}, range(told(fact, fact.simulated_low), told(fact, fact.simulated_high)))];
}

function rowOf(fact) {
  return [[fact.fact, fact.remark && fact.verdict !== '-' && h('small', {}, titled(fact.remark))], fact.firms === 'above' ? 'above scale' : fact.firms === '-' ? '' : fact.firms, simulated(fact), shown(fact, fact.observed),
    range(told(fact, fact.low), told(fact, fact.high)), h('span', { class: fact.verdict === 'ok' ? null : 'sure' }, verdicts[fact.verdict]), kinds[fact.kind]];
}

/** The nation's published facts beside what the runs make of them. */
export function scorecard() {
  const card = data.facts;
  if (!card) return null;
  const held = card.rows.filter((fact) => fact.verdict !== '-');
  const absent = card.rows.filter((fact) => fact.verdict === '-');
  const whose = data.groups.length > 1 && card.runs < data.groups.reduce((all, group) => all + group.runs, 0) ? ` Simulated: ${data.groups[0].name}.` : '';
  const above = card.rows.some((fact) => fact.firms === 'above') ? ' Above scale: firms with a revenue of at least 20 million yuan.' : '';
  const several = card.runs > 1 ? ` Values are the median of ${card.runs} runs, with the range of the middle 80 % of them below.` : '';
  const columns = [{ title: 'Fact' }, { title: 'Firms' }, { title: 'Simulated', number: true }, { title: 'Observed', number: true }, { title: 'Accepted', number: true }, { title: 'Verdict' }, { title: 'Kind' }];
  return section('facts', 'Against published facts',
    `${card.told} An input was given to the model; by a fitted fact a parameter was chosen; neither speaks for the model.${above}${whose}${several}`,
    table('Published facts', columns, [{ rows: held.map(rowOf) }]),
    absent.length > 0 && details(`${plural(absent.length, 'fact')} that nothing here holds`, h('ul', { class: 'files' }, absent.map((fact) => h('li', {}, `${fact.fact}: ${fact.remark}`)))),
    details('Where the observed figures come from, and how the simulated ones are computed',
      table('Sources and formulas', [{ title: 'Fact' }, { title: 'Source' }, { title: 'Formula' }], [{ rows: card.rows.map((fact) => [fact.fact, fact.source, h('code', {}, fact.formula)]) }], { class: 'cards keys' })));
}

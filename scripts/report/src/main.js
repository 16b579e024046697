import './style.css';
import { breakdown } from './breakdown.js';
import { data } from './data.js';
import { h } from './dom.js';
import { effectParts } from './effect.js';
import { scorecard } from './facts.js';
import { plural } from './format.js';
import { publicMoney } from './money.js';
import { observation } from './observed.js';
import { reproduce, scenarios } from './scenario.js';
import { overTime } from './series.js';
import { summary } from './summary.js';

function seedsText(seeds) {
  if (seeds.length === 1) return `seed ${seeds[0]}`;
  const isRange = seeds.every((seed, i) => i === 0 || seed === seeds[i - 1] + 1);
  return isRange ? `seeds ${seeds[0]} to ${seeds.at(-1)}` : `${seeds.length} runs`;
}

/** What the page is of, in a few lines. */
function facts() {
  const row = (name, value) => value && [h('dt', {}, name), h('dd', {}, value)];
  const versions = [...new Set(data.groups.map((group) => group.model_version).filter(Boolean))].join(', ');
  if (data.kind === 'effect')
    return h('dl', { class: 'facts' }, row('Base', data.groups[0].title || data.groups[0].name), row('Policies', data.groups.slice(1).map((group) => group.title || group.name).join('; ')),
      row('Averaged over', `${data.effect.from} to before ${data.effect.to}`), row('Seeds', `${data.effect.seeds}, from ${data.effect.first_seed}`), row('Program', `${data.program}, model ${versions}`));
  const { from, to } = data.periods;
  const scales = [...new Set(data.groups.map((group) => group.scale).filter(Boolean))];
  const isOne = data.groups.length === 1;
  return h('dl', { class: 'facts' },
    isOne ? row('Scenario', data.groups[0].title === data.title ? data.groups[0].name : data.groups[0].title)
      : row(data.grouped_by && data.grouped_by !== 'scenario' ? 'Groups' : 'Scenarios', h('ul', { class: 'plain' }, data.groups.map((group) => h('li', {}, h('b', {}, group.name), ` ${group.title !== group.name ? `${group.title}, ` : ''}${seedsText(group.seeds)}`)))),
    row('Period', `${from[0]} to ${to.at(-1)}`),
    isOne && row(data.groups[0].runs > 1 ? 'Runs' : 'Seed', data.groups[0].runs > 1 ? `${data.groups[0].runs}, ${seedsText(data.groups[0].seeds)}` : String(data.groups[0].seeds[0])),
    row('Scale', scales.length === 1 && scales[0] !== '1' ? `${scales[0]} of the firms are simulated; numbers are national totals` : scales.join(', ')),
    row('Program', [data.program, versions && `model ${versions}`].filter(Boolean).join(', ')));
}

function contents(parts) {
  return h('nav', { 'aria-label': 'Contents' }, h('ul', {}, parts.map((part) => h('li', {}, h('a', { href: `#${part.id}` }, part.querySelector('h2').textContent)))));
}

function build() {
  const effect = data.kind === 'effect' ? effectParts() : null;
  const time = effect ? null : overTime();
  const parts = (effect ? [...effect.parts, scenarios(), reproduce()] : [summary(), time.part, breakdown(), publicMoney(), observation(), scorecard(), scenarios(), reproduce()]).filter(Boolean);
  document.getElementById('page').replaceChildren(
    h('header', {}, h('h1', {}, data.title), facts(), data.notes.map((note) => h('p', { class: 'warning', role: 'note' }, note))),
    contents(parts), h('main', {}, parts),
    h('footer', {}, `Made by ${data.program}. This page holds its data and loads nothing. Numbers are of a model, and no forecast. ${plural(data.groups.length, data.kind === 'effect' ? 'scenario' : 'group of runs').replace('group of runss', 'groups of runs')}.`));
  (effect ?? time).draw();
  document.documentElement.dataset.ready = 'yes';
}

if (data.place === 'data') document.getElementById('page').textContent = 'This is the empty page of reports: the program puts data into it.';
else build();

import { data } from './data.js';
import { details, h, section, table } from './dom.js';
import { plural } from './format.js';

const told = data.groups.filter((group) => group.scenario);
const most = 30; // differences that are shown at once
const withUnit = (row) => [h('code', {}, row.value), row.unit && row.unit !== '1' ? ` ${row.unit}` : ''];

/** Keys whose values are not the same in all scenarios. */
function differences() {
  if (told.length < 2 || told.some((group) => !group.scenario.rows)) return null;
  const values = told.map((group) => new Map(group.scenario.rows.map((row) => [row.key, row])));
  const keys = [...new Set(values.flatMap((map) => [...map.keys()]))].filter((key) => !['run.name', 'run.title', 'run.seed'].includes(key));
  const differ = keys.filter((key) => new Set(values.map((map) => map.get(key)?.value)).size > 1);
  // Of an item that only some scenarios have, what is as by default says nothing.
  const telling = differ.filter((key) => !values.some((map) => !map.has(key)) || values.some((map) => map.get(key) && !map.get(key).is_default));
  const rows = telling.map((key) => {
    const row = values.map((map) => map.get(key)).find(Boolean);
    return [[h('code', {}, key), row.help && h('small', {}, row.help)], ...values.map((map) => (map.get(key) ? withUnit(map.get(key)) : '\u2013'))];
  });
  const part = (caption, some) => table(caption, [{ title: 'Key' }, ...told.map((group) => ({ title: group.name }))], [{ rows: some }], { class: `cards keys${told.length > 2 ? ' even' : ''}` });
  return [part('What differs between the scenarios', rows.slice(0, most)), rows.length > most && details(`${rows.length - most} more differences`, part('Further differences', rows.slice(most)))];
}

function rowsTable(caption, rows) {
  return table(caption, [{ title: 'Key' }, { title: 'Value' }, { title: 'Source of the number' }],
    [{ rows: rows.map((row) => [[h('code', {}, row.key), row.help && h('small', {}, row.help)], withUnit(row), row.source ?? '']) }], { class: 'cards keys' });
}

function download(group) {
  return h('a', { download: `${group.name}.toml`, href: `data:text/plain;charset=utf-8,${encodeURIComponent(group.scenario.toml)}` }, `Save it as ${group.name}.toml`);
}

function scenarioOf(group) {
  const { toml, sha256, files, rows } = group.scenario;
  const own = (rows ?? []).filter((row) => !row.is_default || (row.source && !row.unit && !row.help));
  const rest = (rows ?? []).filter((row) => row.is_default);
  return [
    told.length > 1 && h('h3', {}, group.name, group.title && group.title !== group.name ? `: ${group.title}` : ''),
    rows && details(`What the scenario says beyond the defaults: ${plural(own.length, 'value')}`, rowsTable('Values of the scenario', own)),
    rows && details(`Defaults it uses: ${plural(rest.length, 'value')}`, rowsTable('Default values', rest)),
    details('The whole scenario as it was run', h('p', {}, download(group), ` (SHA-256 ${sha256})`), h('pre', {}, toml)),
    filesOf(files),
  ];
}

function filesOf(files) {
  return files.length > 0 && details(`Files it was made from: ${files.length}`, h('ul', { class: 'files' }, files.map((file) => h('li', {}, file.name, ' ', h('code', {}, file.sha256)))));
}

function sweepOf({ toml, design, files }) {
  return section('scenario', 'The sweep', design && `Design: ${design}.`, toml && h('pre', {}, toml), filesOf(files));
}

export function scenarios() {
  if (data.sweep && (data.sweep.toml || data.sweep.files.length > 0)) return sweepOf(data.sweep);
  if (told.length === 0) return null;
  return section('scenario', told.length > 1 ? 'The scenarios' : 'The scenario', 'Every number of the run, with its unit, its meaning, and where it comes from.', differences(), told.map(scenarioOf));
}

const quoted = (text) => (/^[\w\-+=.,:/@%^]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

export function reproduce() {
  const program = data.program.split(' ')[0];
  const runs = data.kind === 'effect' ? [data.effect.command] : told.flatMap((group) => group.seeds.map((seed, i) => `${program} run ${quoted(`${group.name}.toml`)} --seed ${seed} --out ${quoted(group.paths[Math.min(i, group.paths.length - 1)])}`));
  const shown = runs.slice(0, 12);
  const versions = [...new Set(data.groups.map((group) => group.model_version).filter(Boolean))];
  return section('reproduce', 'How to make this again', null,
    h('ol', {},
      versions.length > 0 && h('li', {}, `Use the program whose model version is ${versions.join(', ')} (`, h('code', {}, `${program} --version`), ' tells). The same scenario and seed give the same numbers, bit for bit, on any number of threads.'),
      data.kind !== 'effect' && told.length > 0 && h('li', {}, 'Save the scenario above as a file in the folder of the scenarios, so that it finds the data it names.'),
      shown.length > 0 && h('li', {}, 'Run it:', h('pre', {}, shown.join('\n'), runs.length > shown.length ? `\n# and ${runs.length - shown.length} more seeds` : '')),
      data.sweep && data.sweep.toml && h('li', {}, 'Save the sweep above as a file beside the scenario it names, run it, and gather its results:', h('pre', {}, `${program} sweep sweep.toml --out sweep\n${program} gather sweep`)),
      h('li', {}, 'Make the page:', h('pre', {}, data.command))));
}

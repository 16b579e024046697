// What the page of a run shows are the numbers of its result.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { begin } from './pages.js';

/** Indicators that are sums of one series of whole numbers. */
const series = {
  'Output at prices of 2015': 'output', Investment: 'investment', Firms: 'firms', 'Firms above scale': 'firms_above_scale', Entrants: 'entries', Exits: 'exits',
  Employment: 'employment', Wages: 'wages', Revenue: 'revenue', 'Profit before tax': 'profit', 'Bank loans': 'loans', 'Loans written off': 'bad_loans',
  'Research and development': 'research', Exports: 'exports', Imports: 'imports', CO2: 'emissions',
};
const words = { trillion: 1e12, billion: 1e9, million: 1e6, thousand: 1e3 };
const perUnit = { fen: 100, milliunit: 1000 };

let site;
let file;
before(async () => {
  site = await begin();
  file = await site.totals('grants1.h5');
});
after(() => site?.end());

const number = (text) => Number(text.replaceAll(',', '').replace('\u2212', '-'));
const exact = ({ unit, years }, year) => `exactly ${years.at(year)}${unit === '1' ? '' : ` ${unit}`}`;

/** A shown number, such as "20.9 million CNY of 2015", is the recorded one but for the rounding of its last digit. */
function assertShown(text, { unit, years }, year, what) {
  const [digits, word] = text.split(/\s/);
  const scale = words[word] ?? 1;
  const step = 10 ** -(digits.split('.')[1] ?? '').length;
  assert.ok(Math.abs(number(digits) * scale - Number(years.at(year)) / (perUnit[unit] ?? 1)) <= 0.501 * step * scale, `${what}: ${text} is not ${years.at(year)} ${unit}`);
}

function assertChange(text, { years }, what) {
  const percent = 100 * (Number(years.at(-1)) / Number(years[0]) - 1);
  assert.ok(Math.abs(number(text.replace(' %', '')) - percent) <= 0.051, `${what}: ${text} is not ${percent} %`);
}

/** Rows of a table by their head: [{text, title}] of the other cells. */
async function rowsOf(page, selector) {
  const rows = await page.locator(selector).evaluateAll((all) => all.map((row) => [...row.children].map((cell) => ({
    text: cell.innerText.trim(), title: cell.querySelector('[title]')?.title ?? null }))));
  return new Map(rows.map(([head, ...cells]) => [head.text, cells]));
}

async function assertSummary(path) {
  const { page, close } = await site.open(path, 'desk');
  const rows = await rowsOf(page, '#summary tbody tr');
  await close();
  for (const [title, name] of Object.entries(series)) {
    const recorded = file.series[name];
    const [last, change] = rows.get(title) ?? assert.fail(`no row ${title}`);
    assert.equal(last.title, exact(recorded, -1), title);
    assertShown(last.text, recorded, -1, title);
    if (recorded.years[0] === '0') assert.equal(change.text, '', title);
    else assertChange(change.text, recorded, title);
  }
}

test('the summary shows the last year of the file, its rounding and its change', () => assertSummary(site.page('run')));

test('a page of which one number was changed is found out', async () => {
  const whole = await site.read(site.page('run'));
  for (const name of ['output', 'firms', 'emissions']) {
    const years = file.series[name].years.join(' ');
    assert.ok(whole.includes(`"${years}"`), name);
    const changed = `${years.slice(0, -1)}${(Number(years.at(-1)) + 1) % 10}`;
    const path = join(site.folder, `changed_${name}.html`);
    await writeFile(path, whole.replaceAll(`"${years}"`, `"${changed}"`));
    await assert.rejects(assertSummary(path), assert.AssertionError, name);
  }
});

test('the table of each chart holds every year of the file', async () => {
  const { page, close } = await site.open(site.page('run'), 'phone');
  for (const [title, name] of Object.entries(series)) {
    const chart = page.locator('#time .charts > div').filter({ has: page.locator('strong', { hasText: new RegExp(`^${title}$`) }) });
    const shown = await chart.locator('details td [title]').evaluateAll((all) => all.map((cell) => cell.title));
    assert.deepEqual(shown, file.series[name].years.map((_, year) => exact(file.series[name], year)), title);
  }
  await close();
});

test('an indicator broken down, as a reader chooses it', async () => {
  const { page, close } = await site.open(site.page('run'), 'phone');
  for (const [title, name, by, axis] of [['Revenue', 'revenue', 'sector', 'sector'], ['Firms', 'firms', 'ownership', 'ownership'], ['Firms', 'firms_by_size', 'size of firm', 'size_class']]) {
    await page.getByLabel('Indicator', { exact: true }).selectOption({ label: title });
    await page.getByLabel('by', { exact: true }).selectOption({ label: by });
    const shown = await page.locator('#parts table.bars td [title]').evaluateAll((all) => all.map((cell) => cell.title));
    const { unit } = file.series[name];
    assert.deepEqual(shown.sort(), Object.values(file.cells[name][axis]).map((cell) => exact({ unit, years: [cell] }, 0)).sort(), `${title} by ${by}`);
  }
  await close();
});

test('a whole number of any size keeps its digits', async () => {
  const path = join(site.folder, 'large.html');
  const years = file.series.output.years.join(' ');
  await writeFile(path, (await site.read(site.page('run'))).replaceAll(`"${years}"`, '"9007199254740993 9007199254740995 9007199254740997"'));
  const { page, close } = await site.open(path, 'desk');
  assert.equal((await rowsOf(page, '#summary tbody tr')).get('Output at prices of 2015')[0].title, 'exactly 9007199254740997 milliunit');
  await close();
});

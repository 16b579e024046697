// Pages of results that the program makes now, and Debian's Chromium to show them in.
// FABRICA: path of the program. CHROMIUM: path of the browser. SHOTS: folder to keep pictures in.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const run = promisify(execFile);
const scripts = join(dirname(fileURLToPath(import.meta.url)), '../../../tests/report');

export const kinds = ['run', 'runs', 'ensemble', 'batch', 'many', 'effect'];
export const screens = {
  desk: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};

function required(name, fallback) {
  const path = process.env[name] ?? fallback;
  if (!path || !existsSync(path)) throw new Error(path ? `${name}: there is no ${path}` : `${name} is not set: FABRICA=path/to/fabrica npm test`);
  return path;
}

/** The pages and a browser; `end` closes it and removes them. */
export async function begin() {
  const program = required('FABRICA');
  const browser = await chromium.launch({ executablePath: required('CHROMIUM', '/usr/bin/chromium'), args: ['--disable-gpu', '--disable-dev-shm-usage'] });
  const folder = await mkdtemp(join(tmpdir(), 'report-playwright-'));
  await run('/usr/bin/python3', [join(scripts, 'make_pages.py'), program, folder]);
  return {
    folder,
    page: (kind) => join(folder, `${kind}.html`),
    /** Whole numbers of a result by year, read without the program: see tests/report/yearly_totals.py. */
    totals: async (result) => JSON.parse((await run('/usr/bin/python3', [join(scripts, 'yearly_totals.py'), join(folder, result)])).stdout),
    /** Opens a page as on a screen; `heard` is what it wrote to the console, threw, and asked of the network. */
    async open(path, screen) {
      const context = await browser.newContext({ ...screens[screen], offline: true });
      const page = await context.newPage();
      const heard = [];
      page.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => heard.push(`exception: ${error.message}`));
      page.on('request', (request) => request.url() !== pathToFileURL(path).href && !request.url().startsWith('data:') && heard.push(`request: ${request.url()}`));
      await page.goto(pathToFileURL(path).href);
      await page.waitForSelector('html[data-ready=yes]', { state: 'attached' });
      await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
      return { page, heard, close: () => context.close() };
    },
    read: (path) => readFile(path, 'utf8'),
    async end() {
      await browser.close();
      await rm(folder, { recursive: true });
    },
  };
}

// Pages of all kinds, as a desk and a phone show them: quiet, alone, not wider than the screen, large enough to read, and readable without being seen.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { begin, kinds, screens } from './pages.js';

const smallest = 11; // CSS pixels of text
const contrast = 4.5; // WCAG 2.2 AA of text

let site;
before(async () => { site = await begin(); });
after(() => site?.end());

async function opened(kind, screen, look) {
  const { page, heard, close } = await site.open(site.page(kind), screen);
  await page.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
  await page.waitForTimeout(200); // charts follow the new widths
  await look(page);
  assert.deepEqual(heard, []);
  await close();
}

/** What sticks out of a screen of this width. */
const tooWide = (width) => [...document.querySelectorAll('#page *')]
  .filter((one) => { const box = one.getBoundingClientRect(); return box.right > width + 1 || box.left < -1; })
  .filter((one) => !one.closest('thead, svg') && getComputedStyle(one).position !== 'absolute').map((one) => one.outerHTML.slice(0, 120));

/** Texts that are drawn smaller than so many pixels, or with less contrast than that. */
function illegible([least, leastContrast]) {
  const light = (rgb) => { const [r, g, b] = rgb.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4)); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const parts = (colour) => /rgba?\(([^)]*)\)/.exec(colour)[1].split(',').map(Number);
  const ground = (one) => { for (let at = one; at; at = at.parentElement) { const rgba = parts(getComputedStyle(at).backgroundColor); if (rgba.length === 3 || rgba[3] === 1) return rgba.slice(0, 3); } return [255, 255, 255]; };
  const found = [];
  for (const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); walker.nextNode();) {
    const one = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || one.closest('script, style, option') || !one.checkVisibility()) continue;
    const style = getComputedStyle(one);
    const scale = one instanceof SVGElement ? one.getScreenCTM() : { a: 1, b: 0 }; // text may be turned
    const size = parseFloat(style.fontSize) * Math.hypot(scale.a, scale.b);
    const drawn = parts(one instanceof SVGElement ? style.fill : style.color).slice(0, 3);
    const [dark, bright] = [light(drawn), light(ground(one))].sort((a, b) => a - b);
    const ratio = (bright + 0.05) / (dark + 0.05);
    if (size < least - 0.05 || ratio < leastContrast) found.push(`${size.toFixed(1)} px, contrast ${ratio.toFixed(1)}: ${one.outerHTML.slice(0, 120)}`);
  }
  return found;
}

for (const screen of Object.keys(screens)) {
  describe(`on a ${screen}`, () => {
    for (const kind of kinds) {
      test(`the page of ${kind} fits, and can be read`, () => opened(kind, screen, async (page) => {
        const { width } = screens[screen].viewport;
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width);
        assert.deepEqual((await page.evaluate(tooWide, width)).slice(0, 3), []);
        assert.deepEqual((await page.evaluate(illegible, [smallest, contrast])).slice(0, 5), []);
        if (!process.env.SHOTS) return;
        await mkdir(process.env.SHOTS, { recursive: true });
        await page.screenshot({ path: join(process.env.SHOTS, `${kind}_${width}_open.png`), fullPage: true });
      }));
    }
  });
}

test('every page can be read without being seen', async () => {
  const faults = {
    'tables without a caption': 'table:not(:has(caption))',
    'heads of columns without a scope': 'thead th:not([scope])',
    'rows without a head': 'tbody tr > :first-child:not(th[scope])',
    'pictures without a text': '[role=img]:not([aria-label])',
    'loose drawings': 'svg:not([aria-hidden]):not([role]):not([role=img] svg):not(figure svg)',
    'sections without a name': 'section:not([aria-labelledby])',
  };
  for (const kind of kinds) {
    await opened(kind, 'desk', async (page) => {
      for (const [what, selector] of Object.entries(faults))
        assert.deepEqual(await page.locator(selector).evaluateAll((all) => all.map((one) => one.outerHTML.slice(0, 150))), [], `${kind}: ${what}`);
      assert.equal(await page.locator('select, input').evaluateAll((all) => all.filter((one) => one.labels.length === 0).length), 0, kind);
      assert.equal(await page.locator('h1').count(), 1);
      assert.ok(await page.locator('.plot canvas, .fitted svg').count() > 1);
    });
  }
});

test('charts have lines, and not only a grid', async () => {
  for (const kind of kinds) {
    await opened(kind, 'desk', async (page) => {
      const inked = await page.locator('#time .plot canvas').evaluateAll((all) => all.map((one) => {
        const { data } = one.getContext('2d').getImageData(0, 0, one.width, one.height);
        let count = 0;
        for (let i = 0; i < data.length; i += 4) count += data[i + 3] > 200 && Math.max(data[i], data[i + 1], data[i + 2]) - Math.min(data[i], data[i + 1], data[i + 2]) > 60;
        return count;
      }));
      if (kind !== 'effect') assert.ok(inked.length > 0);
      assert.ok(Math.min(...inked) > 100, kind);
    });
  }
});

test('charts of years in place of months, at the touch of a finger', () => opened('ensemble', 'phone', async (page) => {
  await page.getByLabel('year', { exact: true }).tap();
  assert.match(await page.locator('#time .unit').first().textContent(), /a year$/);
}));

// Builds the page as one file: script and style inside the HTML, ASCII only, stamped with a digest of its sources.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, '../../sim/report');

/** SHA-256 over names and contents of the sources, in the order of their names; tests/report/test_source.py computes the same. */
function digestOfSources() {
  const names = ['.npmrc', 'index.html', 'package-lock.json', 'package.json', 'vite.config.js',
    ...readdirSync(join(here, 'src')).map((name) => `src/${name}`)].sort();
  const digest = createHash('sha256');
  for (const name of names) digest.update(`${name}\0`).update(readFileSync(join(here, name))).update('\0');
  return digest.digest('hex');
}

const ascii = (text) => text.replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Moves what vite made of script and style into the page, and leaves nothing else behind. */
function oneFile() {
  return {
    name: 'one-file',
    enforce: 'post',
    generateBundle(options, bundle) {
      const files = Object.values(bundle);
      const script = files.find((file) => file.type === 'chunk').code;
      const style = files.filter((file) => file.fileName.endsWith('.css')).map((file) => file.source).join('\n');
      const page = files.find((file) => file.fileName.endsWith('.html'));
      page.source = String(page.source)
        .replace(/<script type="module"[^>]*><\/script>\s*/, '')
        .replace(/<link rel="stylesheet"[^>]*>\s*/, '')
        .replace('<!-- style -->', () => `<style>${style.replace(/[^\x00-\x7f]/g, (c) => `\\${c.codePointAt(0).toString(16)} `)}</style>`)
        .replace('<!-- script -->', () => `<script type="module">${ascii(script).replaceAll('</script', '<\\/script')}</script>`)
        .replace('digest-of-sources', digestOfSources());
      for (const name of Object.keys(bundle)) if (bundle[name] !== page) delete bundle[name];
    },
    closeBundle() {
      const whole = readFileSync(join(built, 'index.html'));
      writeFileSync(join(built, 'page.html'), whole);
      rmSync(join(built, 'index.html'));
    },
  };
}

export default defineConfig({
  root: here,
  plugins: [oneFile()],
  build: { outDir: built, emptyOutDir: false, target: 'es2020', modulePreload: false, cssCodeSplit: false, assetsInlineLimit: 0, minify: 'esbuild' },
});

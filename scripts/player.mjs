/**
 * Builds the page that an export to HTML is (components/standalone) into one script and one style, `public/player/player.json`:
 * the app's own components, its own style for what these rooms use, and no font, which would be most of the file. The script is
 * compressed, because a file on a disk is not.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './install.mjs';

const ROOMS = ['components/standalone', 'components/canvas', 'components/trajectory', 'components/ui'];

/** What it may weigh, beside the pictures of a run. */
const PLAYER_LIMIT = 400_000;

const VIRTUAL = 'virtual:page.css';
const STYLE = join(ROOT, 'app', 'standalone-page.css');

function pageStyle() {
  return {
    name: 'page-style',
    resolveId: (id) => (id === VIRTUAL ? STYLE : null),
    async load(id) {
      if (id !== STYLE) return null;
      const style = await readFile(join(ROOT, 'app', 'globals.css'), 'utf8');
      // The app's own fonts are not here: names that are nothing would undo the whole list behind them.
      const fonts = ':root { --font-instrument-sans: ui-sans-serif; --font-newsreader: ui-serif; }';
      const sources = ROOMS.map((room) => `@source '../${room}';`).join('\n');
      return `${style.replace("@import 'tailwindcss';", `@import 'tailwindcss' source(none);\n${sources}`)}\n${fonts}`;
    },
  };
}

/** Code is read without its colors there: their grammar would weigh as much as all else. */
function plainCode() {
  const PLAIN = 'virtual:code-colors';
  return {
    name: 'plain-code',
    enforce: 'pre',
    resolveId: (id) => (/(?:^|\/)code-colors$/.test(id) ? PLAIN : null),
    load: (id) => (id === PLAIN ? "export const pythonPieces = (text) => [{ text, is: '' }];" : null),
  };
}

export async function buildPlayer() {
  const vite = await import('vite');
  const result = await vite.build({
    root: ROOT,
    configFile: false,
    // 'use client' means nothing to a page without a server.
    logLevel: 'error',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    resolve: { alias: { '@': ROOT } },
    plugins: [pageStyle(), plainCode()],
    oxc: { jsx: { runtime: 'automatic' } },
    build: {
      write: false,
      target: ['chrome111', 'firefox121', 'safari16.4'],
      cssCodeSplit: false,
      rollupOptions: {
        input: join(ROOT, 'components/standalone/main.tsx'),
        output: { format: 'iife', entryFileNames: 'player.js', inlineDynamicImports: true },
      },
    },
  });
  const { output } = Array.isArray(result) ? result[0] : result;
  let [script, style] = ['', ''];
  for (const part of output) {
    if (part.type === 'chunk') script += part.code;
    else if (part.fileName.endsWith('.css')) style += String(part.source);
    else throw new Error(`The player needs no ${part.fileName}.`);
  }
  const text = JSON.stringify({
    script: gzipSync(script, { level: 9 }).toString('base64'),
    // As a page's policy names a script that may run.
    hash: createHash('sha256').update(script).digest('base64'),
    style,
  });
  if (text.length > PLAYER_LIMIT) throw new Error(`The player for exports has ${text.length} bytes, too many.`);
  await mkdir(join(ROOT, 'public/player'), { recursive: true });
  await writeFile(join(ROOT, 'public/player/player.json'), text);
  return text.length;
}

if (process.argv[1] === import.meta.filename) console.log(await buildPlayer());

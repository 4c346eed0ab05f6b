/**
 * One HTML file with the player and the runs in it. It asks nothing of any server: its policy lets it run its own code and show its own
 * pictures, and nothing else. What was exported is inert data: JSON in which no letter can end its element.
 */
import type { Writer } from '../contract';
import { ExportError } from '../contract';
import { runName, setName } from '../file-names';
import { toDataUrl } from '../shown-picture';

/** Beyond this no browser opens a page with ease. */
const MOST_BYTES = 400_000_000;

/** The app's own components, built for a page that has nothing else (scripts/player.mjs). */
const PLAYER = '/player/player.json';

interface PlayerPart {
  /** Base64 of its gzip. */
  readonly script: string;
  /** SHA-256 of the script, in base64. */
  readonly hash: string;
  readonly style: string;
}

/** Unpacks the script that lies in the page, and runs it: the page's policy knows both by their hashes. */
const LOADER =
  "(async()=>{const b=Uint8Array.from(atob(document.getElementById('code').textContent),c=>c.charCodeAt(0));" +
  "const s=document.createElement('script');" +
  "s.textContent=await new Response(new Blob([b]).stream().pipeThrough(new DecompressionStream('gzip'))).text();" +
  'document.body.append(s)})()';

export const writeHtml: Writer = async (runs, { drawing, fetchPart }, progress) => {
  // The build wrote it (scripts/player.mjs).
  const player = JSON.parse(new TextDecoder().decode(await fetchPart(PLAYER))) as PlayerPart;
  const texts: string[] = [];
  const files = new Map<string, string>();
  let bytes = 0;
  let title = setName(runs.count);
  let name = title;
  let done = 0;
  for await (const one of runs.each()) {
    progress(done, runs.count);
    done += 1;
    if (runs.count === 1) {
      name = runName(one.run);
      title = one.run.title || name;
    }
    const text = inert(one.run);
    bytes += text.length;
    texts.push(text);
    for (const [hash, file] of one.files) {
      if (files.has(hash)) continue;
      const plain = await drawing.plain(file);
      if (!plain) continue;
      const address = await toDataUrl(plain);
      bytes += address.length;
      if (bytes > MOST_BYTES) throw new ExportError('too-large');
      files.set(hash, address);
    }
    if (bytes > MOST_BYTES) throw new ExportError('too-large');
  }
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${await sha256(LOADER)}' 'sha256-${player.hash}'`,
    "style-src 'unsafe-inline'",
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return {
    name: `${name}.html`,
    blob: new Blob(
      [
        `<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n`,
        `<meta http-equiv="Content-Security-Policy" content="${policy}">\n`,
        `<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n`,
        `<title>${escapedHtml(title)}</title>\n<style>${player.style.replace(/<\//g, '<\\/')}</style>\n</head>\n<body>\n<div id="player"></div>\n`,
        `<script type="application/json" id="runs">[`,
        texts.join(','),
        `]</script>\n<script type="application/json" id="files">`,
        inert(Object.fromEntries(files)),
        `</script>\n<script type="text/plain" id="code">${player.script}</script>\n<script>${LOADER}</script>\n</body>\n</html>\n`,
      ],
      { type: 'text/html' },
    ),
  };
};

/** JSON without a letter that means something to HTML, or that ends a line of JavaScript. */
export function inert(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function escapedHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/** As a policy has it. */
async function sha256(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return btoa(String.fromCharCode(...hash));
}

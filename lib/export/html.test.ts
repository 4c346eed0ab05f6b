import { describe, expect, test } from 'vitest';
import { goldenRun } from '@/lib/trajectory/fixtures/golden-run';
import { unzipSync, strFromU8 } from 'fflate';
import { withFiles, written } from './fixtures/tools';
import { inert, writeHtml } from './writers/html';
import { escaped, writeMarkdown } from './writers/markdown';
import { unused } from './zip-file';

const HOSTILE = '</script><img src=x onerror=alert(1)><!--\u2028${x}`"\'&';

async function hostile() {
  const { run, files } = await withFiles(goldenRun('4-text-and-two-pictures'));
  const steps = [...run.steps, { type: 'answer' as const, text: HOSTILE, turn: 9, span: null, tokens: [] }];
  return { run: { ...run, title: HOSTILE, given: [...run.given, { text: HOSTILE }], steps }, files };
}

describe('the page', () => {
  test('holds what was written as inert data, and comes back as the very run', async () => {
    const one = await hostile();
    const { name, blob } = await written(writeHtml, one);
    expect(name).toMatch(/^[\p{L}\p{N}-]+\.html$/u);
    const page = await blob.text();
    expect(page).not.toContain('<img');
    expect(page.match(/<\/script>/g)).toHaveLength(4);
    const block = (id: string) =>
      JSON.parse(
        new RegExp(`<script type="application/json" id="${id}">(.*?)</script>`, 's').exec(page)?.[1] ?? '',
      ) as unknown;
    expect(block('runs')).toEqual([one.run]);
    expect(Object.keys(block('files') as object)).toEqual([...one.files.keys()]);
  });

  test('lets nothing run but its own two scripts, and nothing be fetched', async () => {
    const page = await (await written(writeHtml, await hostile())).blob.text();
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/connect-src|unsafe-eval|https?:|\*/);
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? '';
    expect(scripts).toMatch(/^'sha256-[^']+' 'sha256-abc='$/);
  });

  test('any value is text without a letter that HTML knows', () => {
    expect(inert(HOSTILE)).not.toMatch(/[<>&\u2028]/);
    expect(JSON.parse(inert({ [HOSTILE]: HOSTILE }))).toEqual({ [HOSTILE]: HOSTILE });
  });
});

describe('Markdown', () => {
  test('what was written stays text', async () => {
    const one = await hostile();
    const { blob } = await written(writeMarkdown, one);
    const entries = unzipSync(new Uint8Array(await blob.arrayBuffer()));
    const text = strFromU8(entries['run.md']!);
    // In a fence letters are letters.
    expect(text.replace(/^(`{3,})text\n[^]*?\n\1$/gm, '')).not.toContain('<img');
    expect(text).toContain('![overview](pictures/overview.png)');
    expect(Object.keys(entries)).toContain('pictures/overview.png');
    for (const [, path] of text.matchAll(/\]\((pictures\/[^)]+)\)/g)) expect(Object.keys(entries)).toContain(path);
  });

  test('a fence is longer than any in the text, and marks are escaped', async () => {
    const one = await withFiles(goldenRun('3-text-only'));
    const answer = { type: 'answer' as const, text: 'a\n```\n# b\n````', turn: 9, span: null, tokens: [] };
    const { blob } = await written(writeMarkdown, { ...one, run: { ...one.run, steps: [answer] } });
    expect(strFromU8(unzipSync(new Uint8Array(await blob.arrayBuffer()))['run.md']!)).toContain('`````text\na\n```');
    expect(escaped('*a* <b> [c](d) @e #1')).toBe('\\*a\\* &lt;b\\> \\[c\\]\\(d\\) \\@e \\#1');
  });
});

test('paths in an archive are told apart, also without case', () => {
  const taken = new Set<string>();
  expect(['a.png', 'A.png', 'a.png', 'b/c'].map((path) => unused(taken, path))).toEqual([
    'a.png',
    'A-2.png',
    'a-3.png',
    'b/c',
  ]);
});

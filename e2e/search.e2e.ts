/** A collection of one's own is made, a model behind a server searches it, and the run says where everything came from, also to a visitor. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { playground as pageWords } from '../lib/words/en/playground';
import { search as words } from '../lib/words/en/search';
import { drawJpeg } from './pictures/draw';
import { Playground } from './pages/playground';
import { makeLink, SharedRun } from './pages/shared-run';
import { violations } from './pages/violations';

const COLLECTION = [
  { url: 'https://tides.example/brest', title: 'Tides of Brest', text: 'At Brest the spring range is 6.9 metres.' },
  { url: 'https://tides.example/saint-malo', title: 'Tides of Saint-Malo', text: 'At Saint-Malo it is 12.2 metres.' },
]
  .map((row) => JSON.stringify(row))
  .join('\n');

const TURNS = [
  { tool_calls: [{ index: 0, id: 'a', function: { name: 'search', arguments: '{"query": "Brest spring range"}' } }] },
  {
    tool_calls: [
      { index: 0, id: 'b', function: { name: 'open', arguments: '{"url": "https://tides.example/brest"}' } },
    ],
  },
  { content: '6.9 metres' },
];

interface Asked {
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
  readonly messages: readonly unknown[];
}

/** A server that calls tools: it writes its turns one after another, and keeps what it was asked. */
async function startServer(): Promise<{ server: Server; port: number; asked: Asked[] }> {
  const asked: Asked[] = [];
  const answer = (body: string, response: ServerResponse): void => {
    const turn = TURNS[asked.length] ?? {};
    asked.push(JSON.parse(body) as Asked); // the page wrote it
    const part = (delta: object, finish: string | null) =>
      `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
    response.setHeader('content-type', 'text/event-stream');
    response.end(
      `${part({ role: 'assistant', ...turn }, null)}${part({}, 'tool_calls' in turn ? 'tool_calls' : 'stop')}data: [DONE]\n\n`,
    );
  };
  const server = createServer((request: IncomingMessage, response) => {
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', '*');
    response.setHeader('cross-origin-resource-policy', 'cross-origin');
    if (request.method === 'OPTIONS') return void response.end();
    if (request.method === 'GET')
      return void response.setHeader('content-type', 'application/json').end('{"data": [{"id": "caller"}]}');
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => answer(body, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port, asked }; // it listens on a port
}

test('a collection is made, searched by a model, and a visitor reads what was found without it', async ({
  page,
  browser,
}) => {
  const { server, port, asked } = await startServer();
  try {
    await page.addInitScript(
      (modelUrl) => localStorage.setItem('loupe.settings', JSON.stringify({ modelUrl })),
      `remote:chat?url=http://127.0.0.1:${port}/v1&model=caller&dialect=native&frame=thousandths`,
    );
    await page.goto('/collection');
    await page
      .getByLabel(words.add.fileInput)
      .setInputFiles({ name: 'tides.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(COLLECTION) });
    await expect(page.getByText(words.add.added(1, 2, 0))).toBeVisible();
    await page.getByRole('searchbox', { name: words.trial.label }).fill('saint malo');
    await page.getByRole('button', { name: words.trial.go, exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Tides of Saint-Malo' })).toBeVisible();
    expect(await violations(page)).toEqual([]);

    const playground = new Playground(page);
    await playground.open();
    await playground.openFile('sea.jpg', 'image/jpeg', await drawJpeg(page, 640, 480));
    await playground.pictureReady();
    await page.getByRole('button', { name: words.choice.change(words.choice.nothing) }).click();
    await page.getByRole('radio', { name: words.choice.own }).check();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByText(words.choice.line(words.choice.collection))).toBeVisible();

    await playground.askAndWait('How high is the spring tide here, if this is Brest?');
    expect(await playground.answer()).toBe('6.9 metres');
    expect(asked[0]?.tools?.map((tool) => tool.function.name)).toEqual([
      'image_zoom_in_tool',
      'search',
      'open',
      'image_search',
    ]);
    expect(JSON.stringify(asked[1]?.messages)).toContain(
      "A Google search for 'Brest spring range' found 2 results:\\n\\n## Web Results\\n1. [Tides of Brest](https://tides.example/brest)",
    );
    expect(JSON.stringify(asked[2]?.messages)).toContain(
      '# Tides of Brest\\n\\nAt Brest the spring range is 6.9 metres.',
    );
    const link = playground.run.getByRole('link', { name: 'Tides of Brest' });
    await expect(link).toHaveAttribute('href', 'https://tides.example/brest');
    expect(await violations(page)).toEqual([]);

    const { link: address } = await makeLink(playground);
    const visitor = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
    const requests: string[] = [];
    visitor.on('request', (request) => requests.push(request.url()));
    await visitor.goto(address);
    const shared = new SharedRun(visitor);
    await shared.toEnd(visitor);
    await expect(shared.run.getByRole('link', { name: 'Tides of Brest' })).toBeVisible();
    await expect(shared.run).toContainText('At Brest the spring range is 6.9 metres.');
    // Nobody was asked, and no address was fetched.
    expect(requests.filter((url) => /tides\.example|api\/search/.test(url))).toEqual([]);
    await visitor.close();

    await page.goto('/collection');
    await page.getByRole('button', { name: words.list.remove('tides.jsonl') }).click();
    await expect(page.getByText(words.list.empty)).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(pageWords.pages.collection);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

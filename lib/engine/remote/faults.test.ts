/** What servers were seen, or are documented, to answer when something is wrong; words and numbers are made up. */
import { describe, expect, it } from 'vitest';
import { servers } from '@/lib/words/en/servers';
import { say } from '@/lib/words';
import { faultAround, faultOf, type Surroundings } from './faults';

const error = (message: string, more: object = {}) => JSON.stringify({ error: { message, ...more } });

const CASES: readonly (readonly [string, number, string, object])[] = [
  [
    'llama.cpp, key',
    401,
    error('Invalid API Key', { type: 'authentication_error', code: 401 }),
    { code: 'key-refused' },
  ],
  [
    'Gemini, key',
    400,
    error('API key not valid. Please pass a valid API key.', { status: 'INVALID_ARGUMENT' }),
    { code: 'key-refused' },
  ],
  [
    'llama.cpp, context',
    400,
    error('request (5000 tokens) exceeds the available context size (4096 tokens), try increasing it', {
      type: 'exceed_context_size_error',
      n_ctx: 4096,
    }),
    { code: 'context-overflow', params: { most: 4096 } },
  ],
  [
    'vLLM, context',
    400,
    error(
      'This model’s maximum context length is 2048 tokens. However, your prompt contains at least 2049 input tokens.',
      { type: 'BadRequestError' },
    ),
    { code: 'context-overflow', params: { most: 2048 } },
  ],
  [
    'Anthropic, context',
    400,
    error('prompt is too long: 200001 tokens > 200000 maximum', { type: 'invalid_request_error' }),
    { code: 'context-overflow', params: { most: 200000 } },
  ],
  [
    'vLLM, model',
    404,
    error('The model `nope` does not exist.', { type: 'NotFoundError' }),
    { code: 'unknown-model', params: { model: 'm' } },
  ],
  [
    'Ollama, model',
    404,
    JSON.stringify({ error: 'model "m" not found, try pulling it first' }),
    { code: 'unknown-model', params: { model: 'm' } },
  ],
  [
    'vLLM, pictures',
    400,
    error('At most 2 image(s) may be provided in one prompt.'),
    { code: 'too-many-pictures', params: { most: 2 } },
  ],
  [
    'llama.cpp, WebP',
    400,
    error('Failed to load image or audio file', { type: 'invalid_request_error' }),
    { code: 'picture-format' },
  ],
  ['nothing there', 404, '<html>Not Found</html>', { code: 'wrong-address' }],
  ['FastAPI', 404, JSON.stringify({ detail: 'Not Found' }), { code: 'wrong-address' }],
  ['a gateway', 502, '<html>Bad Gateway</html>', { code: 'failed', params: { status: 502 } }],
  ['a page', 400, '<html>Bad Request</html>', { code: 'not-an-api' }],
  [
    'anything else',
    400,
    error('messages: roles must alternate'),
    { code: 'refused', params: { status: 400, words: 'messages: roles must alternate' } },
  ],
];

describe('a refusal', () => {
  it.each(CASES)('%s', (_, status, body, problem) => {
    expect(faultOf({ status, body, model: 'm', key: null })).toEqual(problem);
  });

  it('carries how long to wait', () => {
    expect(faultOf({ status: 429, body: '', model: 'm', key: null, retryAfter: 7 })).toEqual({
      code: 'too-many-requests',
      params: { seconds: 7 },
    });
  });

  it('has a message with its cure for each', () => {
    const every = CASES.map(([, status, body]) => faultOf({ status, body, model: 'm', key: null }));
    for (const problem of every)
      expect(say(servers.problems, problem as never).split(/[.:] /).length).toBeGreaterThan(1);
  });
});

const around = (change: Partial<Surroundings> = {}): Surroundings => ({
  protocol: 'http:',
  host: 'localhost',
  whyNoAnswer: () => Promise.resolve('unreachable'),
  refusedByPolicy: () => Promise.resolve(false),
  localNetworkDenied: () => Promise.resolve(false),
  ...change,
});
const yes = () => Promise.resolve(true);

describe('a request without an answer', () => {
  it.each([
    ['unreachable', 'http://localhost:1', {}],
    ['cors', 'http://localhost:1', { whyNoAnswer: () => Promise.resolve('blocked') }],
    ['cors-or-unreachable', 'http://localhost:1', { whyNoAnswer: () => Promise.resolve('blocked-or-unreachable') }],
    ['policy', 'http://192.168.0.9:1', { refusedByPolicy: yes }],
    ['mixed-content', 'http://192.168.0.9:1', { protocol: 'https:', host: 'loupe.example' }],
    ['local-network', 'http://127.0.0.1:1', { protocol: 'https:', host: 'loupe.example', localNetworkDenied: yes }],
    [
      'cors',
      'http://127.0.0.1:1',
      { protocol: 'https:', host: 'loupe.example', whyNoAnswer: () => Promise.resolve('blocked') },
    ],
  ] as readonly [string, string, Partial<Surroundings>][])('is %s', async (code, url, change) => {
    expect(await faultAround(url, around(change))).toEqual({ code });
  });
});

import { expect, it } from 'vitest';
import { baseUrl, formatRemote, hostOf, parseRemote } from './address';
import { cardOf } from './known-models';

it.each([
  ['http://localhost:8000', 'http://localhost:8000/v1'],
  ['localhost:11434', 'http://localhost:11434/v1'],
  ['192.168.1.7:8000/v1/', 'http://192.168.1.7:8000/v1'],
  ['api.example.com/openai', 'https://api.example.com/openai'],
  ['https://openrouter.ai/api/v1/chat/completions', 'https://openrouter.ai/api/v1'],
  ['http://[::1]:8080', 'http://[::1]:8080/v1'],
  ['https://someone:secret@example.com/v1', null],
  ['ftp://example.com', null],
  ['', null],
])('reads what was typed: %s', (typed, base) => {
  expect(baseUrl(typed, 'chat')).toBe(base);
});

it('goes from an address to text and back, through this site as well', () => {
  const direct = {
    wire: 'chat',
    server: { url: 'http://127.0.0.1:8080/v1' },
    model: 'org/Name 7B',
    dialect: 'deepeyes',
    frame: 'resized-pixels',
    maxPixels: 1_003_520,
    minPixels: undefined,
    picture: 'jpeg',
    tokens: 512,
  } as const;
  expect(formatRemote(direct)).not.toMatch(/\s/);
  expect(parseRemote(formatRemote(direct))).toEqual(direct);
  const passed = parseRemote('remote:messages?via=claude&model=claude-x');
  expect(passed).toMatchObject({ server: { via: 'claude' }, model: 'claude-x' });
  expect([hostOf(direct), passed && hostOf(passed)]).toEqual(['127.0.0.1:8080', 'claude']);
});

it.each([
  'remote:chat?model=x',
  'remote:chat?url=http://localhost:1',
  'remote:telnet?url=http://localhost:1&model=x',
  'remote:chat?via=../x&model=x',
  'remote:chat?url=http://a:b@localhost:1&model=x',
  'hub:a/b',
])('%s names none', (address) => {
  expect(parseRemote(address)).toBeNull();
});

const card = (query: string, wire = 'chat') => {
  const address = parseRemote(`remote:${wire}?url=http://localhost:1/v1&${query}`);
  if (!address) throw new Error(query);
  return cardOf(address, { context: null, grammar: true, tokens: true });
};

it.each([
  ['chat', 'ChenShawn/DeepEyes-7B', 'deepeyes', 'resized-pixels', 'smart'],
  ['chat', 'Qwen/Qwen2.5-VL-7B-Instruct', 'qwen-tools', 'resized-pixels', 'smart'],
  ['chat', 'Qwen/Qwen3-VL-8B-Instruct', 'qwen-tools', 'thousandths', 'smart'],
  ['chat', 'Qwen/Qwen3.5-9B', 'qwen-xml', 'thousandths', 'smart'],
  ['chat', 'Mini-o3/Mini-o3-7B-v1', 'mini-o3', 'fractions', 'smart'],
  ['chat', 'TIGER-Lab/PixelReasoner-RL-v1', 'pixel-reasoner', 'fractions', 'smart'],
  ['messages', 'claude-opus-4-7', 'native', 'resized-pixels', 'within'],
  ['gemini', 'gemini-3-flash', 'native-yx', 'thousandths', 'within'],
  ['responses', 'gpt-5.4', 'native', 'resized-pixels', 'within'],
  ['chat', 'llava', 'zoom-json', 'thousandths', 'within'],
])('knows by name how %s %s is asked', (wire, model, dialect, frame, kind) => {
  expect(card(`model=${model}`, wire)).toMatchObject({ dialect, frame, image: { sizing: { kind } } });
});

it('lets a person’s own choice hold over what the name suggests', () => {
  const chosen = card('model=DeepEyes&dialect=zoom-json&frame=fractions&max=500000&min=100000');
  expect(chosen).toMatchObject({
    dialect: 'zoom-json',
    frame: 'fractions',
    image: { sizing: { kind: 'smart', maxPixels: 500000, minPixels: 100000 } },
  });
  expect(card('model=llava&max=40000').image.sizing).toMatchObject({ kind: 'within', maxPixels: 40000 });
});

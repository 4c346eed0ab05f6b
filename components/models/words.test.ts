/** What the picker says and reads, without the page. */
import { describe, expect, it } from 'vitest';
import { ENGINE_ERROR_CODES, EngineError } from '@/lib/engine';
import { CURATED_MODELS, HUB, HUB_ENDPOINTS } from '@/lib/models/hub';
import { factsOf } from '@/lib/models/hub/family-facts';
import { DEFAULT_HUB, noticeOfError } from '@/lib/session';
import { models } from '@/lib/words/en/models';
import { readId } from './read-id';
import { downloadWords, listedMarks, listedWords, loadWords, needsWords, waysOut } from './words';

describe('the name of a model', () => {
  it('is read as it is pasted', () => {
    const tiny = { id: 'some-one/Tiny.VLM_2', revision: null };
    expect(readId('some-one/Tiny.VLM_2')).toEqual(tiny);
    expect(readId('https://huggingface.co/some-one/Tiny.VLM_2')).toEqual(tiny);
    expect(readId('https://huggingface.co/some-one/Tiny.VLM_2/tree/main')).toEqual(tiny);
    expect(readId('https://hf-mirror.com/some-one/Tiny.VLM_2/tree/v1.0')).toEqual({ ...tiny, revision: 'v1.0' });
    expect(readId('hub:some-one/Tiny.VLM_2@v1.0?dtype=q4')).toEqual({ ...tiny, revision: 'v1.0' });
  });

  it('is nothing else', () => {
    for (const text of [
      '',
      'tiny',
      'a/b/c',
      'a b/c',
      'local:x',
      '/models/x/',
      'https://example.org/',
      'hub:x',
      '../x',
    ]) {
      expect(readId(text)).toBeNull();
    }
  });
});

it('the hub that is asked by default is the one the engine asks, and can be chosen', () => {
  expect(DEFAULT_HUB).toEqual(HUB);
  expect(HUB_ENDPOINTS).toContain(DEFAULT_HUB.endpoint);
});

describe('words', () => {
  it('say what a press will fetch', () => {
    expect(downloadWords(models, { bytes: 2e8, keptBytes: 0 })).toBe(models.hubModel.download('200 MB'));
    expect(downloadWords(models, { bytes: 2e8, keptBytes: 5e7 })).toBe(models.hubModel.downloadRest('150 MB'));
    expect(downloadWords(models, { bytes: 2e8, keptBytes: 2e8 })).toBe(models.hubModel.use);
  });

  it('say how far a load is', () => {
    const half = { phase: 'download', file: 'a', loaded: 1e8, total: 2e8 } as const;
    const detail = models.amount('100 MB', '200 MB');
    expect(loadWords(models, half)).toEqual({ title: models.load.downloading, detail, filled: 0.5 });
    expect(loadWords(models, half, true).title).toBe(models.load.paused);
    expect(loadWords(models, { phase: 'compile', done: 1, total: 4 }).filled).toBeNull();
    expect(loadWords(models, null).filled).toBeNull();
  });

  it('name what a device must have', () => {
    expect(needsWords(models, ['shader-f16'])).toContain('shader-f16');
    expect(needsWords(models, [])).toBe(models.nothingSpecial);
  });

  it('lead out of a failure only where there is such a failure', () => {
    const codes = ENGINE_ERROR_CODES.map((code) => noticeOfError(new EngineError(code, '')).code);
    const leading = codes.filter((code) => waysOut(code).length > 0);
    expect(leading.length).toBeGreaterThan(5);
    expect(waysOut('engine/gated').map(({ to }) => to)).toEqual(['page', 'token']);
  });
});

describe('a listed model', () => {
  const { can, terms, marks } = models.list;
  const listed = (id: string) => CURATED_MODELS.find((model) => model.id.endsWith(id))!;

  it('is said to guess where it was never taught to point, and to be for research where it is', () => {
    const said = (id: string) => listedWords(models.list, listed(id));
    expect(said('SmolVLM-256M-Instruct')).toContain(can.untrained);
    expect(said('Qwen2.5-VL-3B-Instruct-ONNX')).toBe(`${can.zooming.full} ${terms.research}`);
    expect(said('Qwen3-VL-2B-Instruct-ONNX')).toContain(terms.unstated);
    expect(said('gemma-4-E2B-it-ONNX')).toContain(models.list.described);
    expect(said('LFM2.5-VL-450M-ONNX')).toContain(can.small.part);
  });

  it('is marked with its size, thought and device, each unbroken', () => {
    expect(listedMarks(models.list, listed('Qwen3.5-0.8B-ONNX-OPT'), 'webgpu', false)).toEqual(
      [marks.parameters(800), marks.size('716 MB', 'q4'), marks.thinks, marks.devices.webgpu].map((mark) =>
        mark.replaceAll(' ', '\u00a0'),
      ),
    );
    const last = (id: string, here: 'wasm' | null) => listedMarks(models.list, listed(id), here, false).at(-1);
    expect(last('SmolVLM2-256M-Video-Instruct', 'wasm')).toBe(marks.devices.any.replaceAll(' ', '\u00a0'));
    expect(last('Qwen3.5-0.8B-ONNX-OPT', null)).toBe(marks.devices.webgpu.replaceAll(' ', '\u00a0'));
    expect(last('Qwen3.5-0.8B-ONNX-OPT', 'wasm')).toContain(models.list.marks.slowHere.split(' ')[0]);
  });

  it('says about how large it is where nobody listed that, and that it cannot be fetched now', () => {
    const away = listedMarks(models.list, listed('LFM2.5-VL-450M-ONNX'), 'wasm', true).map((mark) =>
      mark.replaceAll('\u00a0', ' '),
    );
    expect(away).toContain(marks.about('360 MB'));
    expect(away.at(-1)).toBe(marks.away);
  });

  it('is one that runs here, once', () => {
    expect(new Set(CURATED_MODELS.map(({ id }) => id)).size).toBe(CURATED_MODELS.length);
    for (const { family, size, formats } of CURATED_MODELS) {
      expect(factsOf(family)).not.toBeNull();
      if (size) expect(formats).toContain(size.dtype);
    }
  });
});

/** Two ways of decoding compared, without a known answer: rows that say nothing are no agreement. */
import { expect, it } from 'vitest';
import { loadTinyModel } from '../../fixtures/tiny-engine';
import type { Runtime } from '../runtime/runtime';
import { compareSessions } from './self-test';

it('rows of one number are refused, however alike they are: a device that drops its work gives such', async () => {
  let dropping = false;
  /** What was never written is zeros. */
  const dropped = (runtime: Runtime): Runtime => ({
    ...runtime,
    async run(session, feeds, fetches) {
      const outputs = await runtime.run(session, feeds, fetches);
      const data = dropping ? outputs['logits']?.data : undefined;
      if (data instanceof Float32Array) data.fill(0);
      return outputs;
    },
  });
  const { embedder, session, manifest, dispose } = await loadTinyModel({ family: 'smolvlm' }, dropped);
  const compare = () => compareSessions(embedder, session, session, manifest.decoder.vocab);
  expect(await compare()).toBeNull();
  dropping = true;
  await expect(compare()).rejects.toMatchObject({
    code: 'self-test-failed',
    message: expect.stringMatching(/one number everywhere/),
  });
  await dispose();
});

it('a kernel that is wrong in long runs only is found out, though every cache says the same with it', async () => {
  let wrong = false;
  /** From 32 positions on, as ONNX Runtime's attention on subgroups of eight lanes. */
  const spoilt = (runtime: Runtime): Runtime => ({
    ...runtime,
    async run(session, feeds, fetches) {
      const outputs = await runtime.run(session, feeds, fetches);
      const { inputs_embeds: embeds } = feeds;
      if (!wrong || !embeds || embeds.dims[1]! < 32) return outputs;
      for (const [name, { data }] of Object.entries(outputs)) {
        if (name.endsWith('.value')) (data as Float32Array).forEach((value, i, all) => (all[i] = -value));
      }
      return outputs;
    },
  });
  const { embedder, session, manifest, dispose } = await loadTinyModel({ family: 'smolvlm' }, spoilt);
  const compare = () => compareSessions(embedder, session, session, manifest.decoder.vocab);
  expect(await compare()).toBeNull();
  wrong = true;
  expect(await compare()).toMatch(/^It differs from shorter runs by \d/);
  await dispose();
});

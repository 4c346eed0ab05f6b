/** This browser's own shelf outlasts the page, and holds so many turns. */
import { expect, test } from 'vitest';
import { createEchoes } from './echoes';

test('what one page kept another finds', async () => {
  const turn = [{ role: 'assistant', text: `K${Math.random()}` }] as const;
  await createEchoes().keep('messages', turn, ['signed']);
  expect(await createEchoes().find('messages', turn)).toEqual(['signed']);
  expect(await createEchoes().find('gemini', turn)).toBeNull();
});

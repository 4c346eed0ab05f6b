/** Draws as the model sees them. */
import { imageOfView, wholeImage } from '@/lib/agent';
import type { EngineImage } from '@/lib/engine';
import type { Draw, LensMeans } from './contract';

export interface Other extends Pick<Draw, 'question' | 'says'> {
  readonly overview: EngineImage;
  readonly crop: EngineImage;
}

export async function seeDraws(draws: readonly Draw[], { images, card, signal }: LensMeans): Promise<readonly Other[]> {
  const others: Other[] = [];
  for (const { source, crop, question, says } of draws) {
    const view = { region: crop, turn: 0 } as const;
    others.push({
      question,
      says,
      overview: await wholeImage(images, card, source, signal),
      crop: await imageOfView(images, card, source, view, signal),
    });
  }
  return others;
}

/** The engine of the page: models that run in it and those behind a server. Its code comes with its first work. */
import { chooseEngine } from './choose-engine';
import { connectEngine } from './client';
import type { VlmEngine } from './contract';

export const pageEngine = (): VlmEngine => chooseEngine(connectEngine());

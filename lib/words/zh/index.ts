/** Simplified Chinese, whole. The page fetches it in two parts, tests may import this. The glossary: docs/words.md. */
import type { Words } from '../en';
import { app } from './app';
import { first } from './first';
import { rest } from './rest';

export const zh = { app, ...first, ...rest } satisfies Words;

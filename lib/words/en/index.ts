/** English, whole: its shape is what every other language has to fill. The page imports the parts, tests may import this. */
import { app } from './app';
import { bench } from './bench';
import { common } from './common';
import { engine } from './engine';
import { formats } from './formats';
import { image } from './image';
import { learn } from './learn';
import { library } from './library';
import { maker } from './maker';
import { models } from './models';

export const en = { app, bench, common, engine, formats, image, learn, library, maker, models };

export type Words = typeof en;

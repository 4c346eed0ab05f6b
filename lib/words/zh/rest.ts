/** What is said later: on pages and sheets that are opened, and where something went wrong. */
import { bench } from './bench';
import { compare } from './compare';
import { engine } from './engine';
import { fork } from './fork';
import { formats } from './formats';
import { image } from './image';
import { learn } from './learn';
import { library } from './library';
import { maker } from './maker';
import { models } from './models';
import { notices } from './notices';
import { review } from './review';
import { servers } from './servers';
import { settings } from './settings';

export const rest = {
  bench,
  compare,
  engine,
  fork,
  formats,
  image,
  learn,
  library,
  maker,
  models,
  notices,
  review,
  servers,
  settings,
};

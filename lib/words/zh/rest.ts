/** What is said later: on pages and sheets that are opened, and where something went wrong. */
import { answer } from './answer';
import { bench } from './bench';
import { compare } from './compare';
import { engine } from './engine';
import { exports } from './exports';
import { firstRun } from './first-run';
import { fork } from './fork';
import { formats } from './formats';
import { image } from './image';
import { learn } from './learn';
import { lenses } from './lenses';
import { library } from './library';
import { maker } from './maker';
import { models } from './models';
import { notices } from './notices';
import { review } from './review';
import { search } from './search';
import { servers } from './servers';
import { settings } from './settings';
import { standalone } from './standalone';
import { status } from './status';
import { update } from './update';

export const rest = {
  answer,
  bench,
  compare,
  engine,
  exports,
  firstRun,
  fork,
  formats,
  image,
  learn,
  lenses,
  library,
  maker,
  models,
  notices,
  review,
  search,
  servers,
  settings,
  standalone,
  status,
  update,
};

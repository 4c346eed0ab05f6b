/** English, whole: its shape is what every other language has to fill. The page imports the parts, tests may import this. */
import { answer } from './answer';
import { app } from './app';
import { bench } from './bench';
import { canvas } from './canvas';
import { common } from './common';
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
import { playground } from './playground';
import { reliability } from './reliability';
import { review } from './review';
import { search } from './search';
import { servers } from './servers';
import { settings } from './settings';
import { share } from './share';
import { standalone } from './standalone';
import { status } from './status';
import { trajectory } from './trajectory';
import { update } from './update';
import { visit } from './visit';
import { workspace } from './workspace';

export const en = {
  answer,
  app,
  bench,
  canvas,
  common,
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
  playground,
  reliability,
  review,
  search,
  servers,
  settings,
  share,
  standalone,
  status,
  trajectory,
  update,
  visit,
  workspace,
};

export type Words = typeof en;

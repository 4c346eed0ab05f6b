/** Words of what the server writes itself. It speaks English; the language of one answer would be chosen here. */
import { app } from './en/app';

export function pageWords(): typeof app {
  return app;
}

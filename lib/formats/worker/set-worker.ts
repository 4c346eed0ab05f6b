/** The worker that reads one set: it unpacks, scans, parses and measures, so that the page does none of it. It is ended with its set. */
import { serveRpc } from '@/lib/port';
import { createSetDesk } from '../set-desk';
import type { SetMethods } from '../worker-protocol';

const desk = createSetDesk();

serveRpc<SetMethods>(self, {
  open: (given, signal) => desk.open(given, signal),
  supply: (given, signal) => desk.supply(given, signal),
  refresh: (given, signal) => desk.refresh(given, signal),
  assign: ({ wanted, path }, signal) => desk.assign(wanted, path, signal),
  setReading: ({ file, reading }, signal) => desk.setReading(file, reading, signal),
  async *row(index) {
    yield await desk.row(index);
  },
});

import { countingIn } from '../counting';

const { counted } = countingIn('en');

/** What the page says where a part of it is missing or broke, what is not kept, and when there is a newer version of it. */
export const reliability = {
  part: {
    missing: 'This part of the page did not arrive',
    offline: 'You are offline. It is fetched by itself when the connection is back.',
    outdated:
      'The connection failed, or the page was updated since you opened it. If trying again does not help, reload.',
    broke: 'This part of the page stopped working',
    brokeAbout: 'The rest still works. If trying again does not help, reload. Kept runs stay in this browser.',
    again: 'Try again',
    reload: 'Reload the page',
    close: 'Close',
  },
  update: {
    ready: 'A new version of Loupe is ready',
    about: 'It loads when you reload. Kept runs stay.',
    afterRun: 'It can load when this run is done.',
    reload: 'Reload now',
    later: 'Later',
  },
  long: {
    moreText: (letters: number) => `Show ${counted(letters, { one: 'more character', other: 'more characters' })}`,
    earlier: (steps: number) => `Show ${counted(steps, { one: 'earlier step', other: 'earlier steps' })}`,
  },
  page: {
    title: 'Something broke on this page',
    about: 'It is not your fault, and kept runs are still in this browser. Try again, or go back to the start.',
    again: 'Try again',
    home: 'To the start',
  },
};

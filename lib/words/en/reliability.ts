import { countingIn } from '../counting';

const { counted } = countingIn('en');

/** What the page says where a part of it is missing or broke, and what is not kept. */
export const reliability = {
  part: {
    missing: 'This part of the page didn’t load',
    offline: 'You’re offline. It loads automatically once you’re back online.',
    outdated:
      'The connection failed, or the page was updated after you opened it. If trying again doesn’t help, reload.',
    broke: 'This part of the page stopped working',
    brokeAbout: 'The rest still works. If trying again doesn’t help, reload. Saved runs stay in this browser.',
    again: 'Try again',
    reload: 'Reload the page',
    close: 'Close',
  },
  long: {
    moreText: (letters: number) => `Show ${counted(letters, { one: 'more character', other: 'more characters' })}`,
    earlier: (steps: number) => `Show ${counted(steps, { one: 'earlier step', other: 'earlier steps' })}`,
  },
  page: {
    title: 'Something went wrong on this page',
    about: 'It’s not your fault, and saved runs are still in this browser. Try again, or go to the home page.',
    again: 'Try again',
    home: 'Home',
  },
};

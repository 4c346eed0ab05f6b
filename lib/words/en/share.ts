/** Sharing a run: making a link, one's own links, and what a visitor sees. */
import { countingIn } from '../counting';

const { number, counted, moment, duration } = countingIn('en');

const bytes = (count: number) => counted(count, { one: 'byte', other: 'bytes' });
const characters = (count: number) => counted(count, { one: 'character', other: 'characters' });
const steps = (count: number) => counted(count, { one: 'step', other: 'steps' });

/** 812 → "812 bytes", 20480 → "20 kB", 2034112 → "2.03 MB". Decimal units, as storage is sold. */
function size(count: number): string {
  if (count < 1000) return bytes(count);
  const fixed = (value: number, digits: number) =>
    number(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  if (count < 999_500) return `${fixed(count / 1000, count < 9950 ? 1 : 0)} kB`;
  return `${fixed(count / 1_000_000, count < 9_995_000 ? 2 : 1)} MB`;
}

const tryLater = 'Try again in a while.';
const checkConnection = 'Check your connection and try again.';
const serverStays = 'Try again. If it keeps happening, tell whoever runs this site.';
const httpsOnly = 'Browsers only allow encryption on https:// pages and on localhost.';

export const share = {
  size,
  moment,
  /** "29 days", "3 hours": how long, in whole units. */
  duration: (milliseconds: number) => duration(milliseconds) ?? 'less than a minute',
  expiries: { '1-hour': '1 hour', '1-day': '1 day', '30-days': '30 days', '1-year': '1 year' },
  /** So much of so much. */
  amount: (part: number, whole: number) => `${size(part)} of ${size(whole)}`,

  copy: {
    link: 'Copy link',
    code: 'Copy code',
    copied: 'Copied',
    copiedSaid: 'Copied.',
    pressKeys: 'Press Ctrl+C',
    refused: 'Not allowed',
    refusedSaid: 'The browser didn’t allow copying.',
  },
  password: {
    label: 'Password',
    show: 'Show password',
    hide: 'Hide password',
    wrong: 'Wrong password. Check it and try again; nothing is lost.',
  },

  dialog: {
    title: 'Share this run',
    titleOfRuns: (runs: number) => `Share ${runs} runs`,
    made: 'Your link',
    gone: 'Link deleted',
    goneAbout:
      'It’s erased from the server. Anyone who opens the link now sees that it was deleted. People who already opened it may have kept a copy.',
    asking: 'Checking with the server…',
    uploading: 'Uploading, encrypted',
    uploadingLabel: 'Uploading',
    closeCancels: 'Closing this cancels the upload, and nothing is shared.',
    tooLarge: 'Too large for this server',
    make: 'Create link',
    done: 'Done',
    delete: 'Delete now',
    deleteForAll: 'Delete for everyone',
    deleting: 'Deleting…',
  },
  options: {
    who: 'Anyone with the link can view this run. It’s encrypted on this page and the key stays in the link, so the server can’t read it.',
    whoLocked:
      'Anyone with the link and the password can view this run. It’s encrypted on this page and the key stays in the link, so the server can’t read it.',
    noPicture: 'Leave the picture out',
    noPictureHint: 'Keeps text and boxes on a blank canvas.',
    upTo: (step: number, of: number) => `Only up to this step (${step} of ${of})`,
    beside: (count: number) => `Include ${counted(count, { one: 'related run', other: 'related runs' })}`,
    besideHint: 'Its branches and what it was changed from. The link opens them side by side.',
    upToHint: 'Later steps aren’t sent.',
    toCut: 'To share only the beginning, step back in the player first.',
    lock: 'Require a password',
    lockHint: 'Needed as well as the link. It can’t be recovered.',
    passwordHint: (least: number) =>
      `At least ${characters(least)}; a few words are best. Send it separately from the link.`,
    once: 'Open once',
    onceHint: 'The run is deleted from the server after the first person opens it.',
    expires: 'Expires after',
  },
  contents: {
    label: 'What leaves this device',
    packing: 'Packing…',
    exact: (count: number, most: number) => `${bytes(count)}, encrypted; the limit is ${size(most)}`,
    waiting: (count: number) => steps(count),
    text: 'Text',
    textOf: (shown: number, of: number, count: number) => {
      const some = shown < of ? `the first ${shown} of ${of} steps` : shown === 1 ? '1 step' : `all ${shown} steps`;
      return `the question and ${some}, with tokens, settings, and times: ${size(count)}`;
    },
    textOfRuns: (runs: number, count: number) =>
      `${runs} runs with their questions, tokens, settings, and times: ${size(count)}`,
    picture: 'Picture',
    pictures: {
      missing: 'none: this browser no longer has the file',
      'left-out': 'left out',
      redrawn: (count: number) => `${size(count)}, saved again as PNG so nothing hidden in the file is sent`,
      stripped: (count: number) => `${size(count)}, full quality, without metadata (location, camera, name)`,
    },
    padding: 'Padding',
    paddingOf: (count: number) => `${size(count)}, hides the picture’s size`,
  },
  result: {
    link: 'Link',
    atStep: (step: number, of: number) => `Open at this step (${step} of ${of})`,
    facts: (expires: string, count: number, withPicture: boolean) =>
      `Expires ${expires}. ${size(count)} (${bytes(count)}), ${withPicture ? 'with its picture' : 'without its picture'}.`,
    who: 'Anyone with the link can view it; the server can’t.',
    locked: 'Opens with the password you chose. It isn’t stored anywhere: send it separately from the link.',
    once: 'Opens once, then it’s deleted. Opening it yourself counts.',
    otherWays: 'Other ways to share',
    qr: 'QR code',
    qrLabel: 'QR code of the link',
    embed: 'Embed in a page',
    embedLabel: 'Embed code',
    embedAbout: 'Anyone who can view that page can see this run.',
  },

  own: {
    title: 'My shares',
    about:
      'Links you made in this browser. Clear this site’s data and you can no longer delete these links before they expire.',
    none: 'Nothing shared yet. Open a run and press Share.',
    nameless: 'Untitled run',
    facts: (count: number, made: string) => `${size(count)} · created ${made}`,
    locked: 'password',
    once: 'opens once',
    expired: (when: string) => `Expired ${when}`,
    expiresIn: (time: string) => `Expires in ${time}`,
    forget: 'Remove from list',
    forgetNamed: (name: string) => `Remove “${name}” from the list`,
    open: 'Open',
    delete: 'Delete',
    deleteNamed: (name: string) => `Delete “${name}”`,
    sure: 'Delete this share?',
    goneForAll: 'It stops working for everyone who has the link.',
    keep: 'Keep',
  },

  /** A link whose delete token the browser refused to keep. */
  notKept: {
    title: 'Only this tab can delete the link',
    detail: 'The browser doesn’t let this page store the delete token: its storage is full or turned off.',
    advice: 'Once you close or reload this tab, the link lasts until it expires.',
  },

  /** Of a refusal that comes with a number. */
  waitFor: (time: string) => `Try again in ${time}.`,
  seconds: (count: number) => counted(count, { one: 'second', other: 'seconds' }),
  atMost: (count: number) => `The limit here is ${size(count)}.`,

  /** Making a link. `unexpected` stands for every code that is not here. */
  make: {
    unexpected: {
      title: 'Couldn’t create the link',
      detail: 'Something unexpected happened. Nothing was shared.',
      advice: 'Try again.',
    },
    'password-memory': {
      title: 'Not enough memory for a password',
      detail: 'Turning a password into a key takes 64 MB of memory. Nothing was shared.',
      advice: 'Close other tabs and try again, or share without a password.',
    },
    invalid: {
      title: 'This run can’t be shared',
      detail: 'Its steps don’t follow the format, so nobody could open the link. Nothing was shared.',
      advice: 'Ask again and share the new run.',
    },
    'too-large': {
      title: 'Too large to share',
      detail: 'It’s over the server’s limit. Nothing was shared.',
      advice: 'Leave the picture out, or share only up to an earlier step.',
    },
    'rate-limited': {
      title: 'Too many links at once',
      detail: 'The server asks you to wait a little. Nothing was shared.',
      advice: tryLater,
    },
    'storage-full': {
      title: 'The server is full',
      detail: 'It has no space left for shared runs. Nothing was shared.',
      advice: 'Try again later, or leave the picture out.',
    },
    'sharing-off': {
      title: 'Sharing is turned off here',
      detail: 'This site doesn’t offer links.',
      advice: 'Export the run as a file from your Library instead.',
    },
    server: {
      title: 'The server had a problem',
      detail: 'It didn’t accept the run. Nothing was shared.',
      advice: serverStays,
    },
    picture: {
      title: 'The picture can’t be shared safely',
      detail:
        'Its metadata (location, camera, name) couldn’t be removed, and it couldn’t be saved again. Nothing was shared.',
      advice: 'Leave the picture out, or open a PNG or JPEG copy of it and ask again.',
    },
    offline: {
      title: 'Can’t reach the server',
      detail: 'The connection dropped, or there is none. Nothing was shared.',
      advice: checkConnection,
    },
    'no-crypto': {
      title: 'This page can’t encrypt',
      detail: httpsOnly,
      advice: 'Open this site at its https:// address.',
    },
    aborted: { title: 'Canceled', detail: 'Nothing was shared.', advice: '' },
  },

  /** Deleting a link. Nobody knows whether a request that got no answer arrived, so the words assume the worse: it still works. */
  delete: {
    unexpected: {
      title: 'Couldn’t delete the link',
      detail: 'Something unexpected happened. The link still works.',
      advice: 'Try again.',
    },
    'wrong-key': {
      title: 'The server didn’t accept the delete token',
      detail: 'It isn’t the one this link was created with. The link still works.',
      advice: 'The link stops working when it expires.',
    },
    'rate-limited': {
      title: 'Too many requests',
      detail: 'The server asks you to wait a little. The link still works.',
      advice: tryLater,
    },
    'sharing-off': {
      title: 'Sharing is turned off here',
      detail: 'The server didn’t take the request. The link still works wherever it can be opened.',
      advice: 'Ask whoever runs this site to delete it, or wait until it expires.',
    },
    server: {
      title: 'The server had a problem',
      detail: 'It didn’t confirm the deletion, so assume the link still works.',
      advice: serverStays,
    },
    offline: {
      title: 'Can’t reach the server',
      detail: 'The connection dropped, or there is none. Assume the link still works.',
      advice: checkConnection,
    },
    aborted: { title: 'Canceled', detail: 'Assume the link still works.', advice: '' },
  },
};

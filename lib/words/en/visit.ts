/** What a visitor of a shared run sees, and why a link may not open. */
import { share } from './share';

const { size } = share;

const askAgain = 'Ask the person who sent it for a new link.';
const askForPassword = 'Ask the person who sent you the link for it.';
const copyAgain = 'Copy the whole link again from where you got it.';
const tryLater = 'Try again in a while.';
const checkConnection = 'Check your connection and try again.';
const serverStays = 'Try again. If it keeps happening, tell whoever runs this site.';
const httpsOnly = 'Browsers only allow encryption on https:// pages and on localhost.';

export const visit = {
  title: 'A shared run',
  titled: (question: string) => `A shared run: ${question}`,
  logo: 'Loupe, home',
  opening: 'Opening a shared run',
  openingSaid: 'Opening the shared run…',
  openingAmount: (part: number, whole: number) => `Opening: ${size(part)} of ${size(whole)}`,
  gate: {
    once: 'This link opens once',
    onceAbout:
      'Opening it deletes the run from the server, and the link stops working for everyone, you included. Once it’s open, you can keep a copy in your Library.',
    locked: 'Enter the password',
    lockedAbout: `This run is protected with a password. ${askForPassword}`,
    lockedToo: `It also needs a password. ${askForPassword}`,
    open: 'Open',
    openOnce: 'Open and delete',
    opening: 'Opening…',
    facts: (count: number, expires: string) => `${size(count)} · expires ${expires}`,
  },
  home: 'Home',
  ownTab: 'Open in a new tab',
  /** In a frame; what is marked is left out where there is no room. */
  openInLoupe: 'Open<more> in Loupe</more>',
  picture: 'Picture',
  talk: 'Question and answer',
  keys: 'Shortcuts',
  cut: (shown: number, of: number) => `Shared up to here: the first ${shown} of ${of} steps.`,
  facts: {
    label: 'About this share',
    readOnly: 'Read-only',
    cut: (shown: number, of: number) => `The first ${shown} of ${of} steps`,
    noPicture: 'Shared without its picture',
    pictureFailed: 'This browser can’t show its picture',
    once: 'Opened once, now deleted from the server',
  },
  /** Several runs by one link. */
  set: {
    title: (count: number) => `${count} shared runs`,
    place: (at: number, of: number) => `${at} of ${of}`,
    next: 'Next run',
    previous: 'Previous run',
    open: 'Open as a set',
    openHint: 'Save these runs in this browser and see them in a table',
  },
  copy: 'Copy to Library',
  copyHint: 'Copy this run to your Library and ask more',
  keep: 'Keep in Library',
  onlyCopy:
    '<strong>This is the only copy.</strong> The run was deleted from the server when you opened it. Keep it in your Library before you close this page.',
  notCopied: {
    title: 'Couldn’t copy it',
    detail: 'This browser doesn’t let the page save runs: its storage is full, in use by another tab, or turned off.',
    advice: 'Close other tabs of this site, or use a regular window, and try again. Nothing of yours was changed.',
  },

  /** Opening a link. Nothing of the share is shown in any of these cases. */
  open: {
    'no-key': {
      title: 'This link has no key',
      detail: 'A shared run is encrypted, and its key is the part of the link after “#”. This one ends before it.',
      advice: 'Copy the whole link again from where you got it. Some apps cut it off.',
    },
    'bad-link': {
      title: 'This link is incomplete',
      detail: 'Some characters are missing or were changed along the way.',
      advice: copyAgain,
    },
    'wrong-key': {
      title: 'Wrong key',
      detail: 'The run is here, but the part of the link after “#” doesn’t belong to it or was changed.',
      advice: copyAgain,
    },
    'password-needed': {
      title: 'Enter the password',
      detail: 'This run is protected with a password.',
      advice: askForPassword,
    },
    'wrong-password': {
      title: 'Wrong password',
      detail: 'The link is right, but this isn’t its password. Nothing is lost.',
      advice: 'Check it and try again.',
    },
    'too-costly': {
      title: 'This link asks for too much',
      detail: 'Checking its password would take more memory or time than any password should, so it wasn’t checked.',
      advice: 'Don’t trust it unless you know who made it. Ask for a new link.',
    },
    'password-memory': {
      title: 'Not enough memory to check the password',
      detail: 'It takes 64 MB or more, and your browser refused. Nothing is lost.',
      advice: 'Close other tabs and try again.',
    },
    opened: {
      title: 'This link was already opened',
      detail: 'It worked once. The run was deleted from the server after that.',
      advice: 'If it wasn’t you, tell the person who sent it that someone else has seen the run.',
    },
    tampered: {
      title: 'This run was altered',
      detail: 'What’s on the server isn’t what was shared, so none of it is shown.',
      advice: askAgain,
    },
    truncated: {
      title: 'Part of this run is missing',
      detail: 'It didn’t arrive completely.',
      advice: `Reload the page. If that doesn’t help: ${askAgain.charAt(0).toLowerCase()}${askAgain.slice(1)}`,
    },
    swapped: {
      title: 'A different run is in its place',
      detail: 'What’s on the server was shared under another link, so none of it is shown.',
      advice: askAgain,
    },
    'too-new': {
      title: 'Made with a newer version of Loupe',
      detail: 'This version can’t read its format yet.',
      advice: 'Reload the page to get the latest version. If that doesn’t help, this site is out of date.',
    },
    invalid: {
      title: 'This run can’t be shown',
      detail: 'It was encrypted with the right key but doesn’t follow the format.',
      advice: askAgain,
    },
    expired: {
      title: 'This link has expired',
      detail: 'The run is gone from the server.',
      advice: askAgain,
    },
    deleted: {
      title: 'This run was deleted',
      detail: 'The person who shared it, or whoever runs this site, took it down.',
      advice: askAgain,
    },
    'not-found': {
      title: 'Shared run not found',
      detail: 'It was deleted a while ago, or never was here.',
      advice: 'Check that the link is complete and goes to the right site.',
    },
    'too-large': {
      title: 'This run is too large to open',
      detail: 'The server sent more than any shared run can be.',
      advice: askAgain,
    },
    'rate-limited': {
      title: 'Too many requests',
      detail: 'The server asks you to wait a little.',
      advice: tryLater,
    },
    'storage-full': {
      title: 'The server had a problem',
      detail: 'It couldn’t send the run.',
      advice: tryLater,
    },
    'sharing-off': {
      title: 'Sharing is turned off here',
      detail: 'This site no longer offers links.',
      advice: 'Ask the person who sent it for the run as a file.',
    },
    server: {
      title: 'The server had a problem',
      detail: 'It couldn’t send the run.',
      advice: serverStays,
    },
    picture: {
      title: 'Can’t read the picture',
      detail: 'Your browser couldn’t decode it.',
      advice: 'Try another browser.',
    },
    offline: {
      title: 'Can’t reach the server',
      detail: 'The connection dropped, or there is none.',
      advice: checkConnection,
    },
    'no-crypto': {
      title: 'This page can’t decrypt',
      detail: httpsOnly,
      advice: 'Open this link at its https:// address.',
    },
    'insecure-frame': {
      title: 'This page can’t decrypt here',
      detail: 'It’s embedded in a page without encryption (http://), so the browser doesn’t allow it.',
      advice: 'Open the run in a new tab.',
    },
    aborted: { title: 'Stopped', detail: 'The run didn’t load.', advice: 'Try again.' },
  },
};

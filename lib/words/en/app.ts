import { playground } from './playground';

/** What the browser's tab, a preview of a link and a page that is not there say; the pages' names stand in the page as well. */
export const app = {
  title: 'Loupe: ask a picture, watch where it looks',
  titleOfPage: '%s · Loupe',
  description:
    'A vision-language model that runs on this page: it thinks with the picture, zooms in, looks again, and answers. Step through every look.',
  pages: { ...playground.pages, shared: 'A shared run' },
  shared: {
    description: 'An encrypted run, shared by link. Only people with the full link can read it.',
    previewTitle: 'A shared run in Loupe',
    preview: 'Encrypted. It opens for anyone with the full link.',
  },
  offline: {
    title: 'You’re offline',
    about: 'This page needs a connection. Asking about pictures works without one.',
    home: 'Ask about a picture',
  },
  notFound: {
    title: 'Page not found',
    about: 'There’s nothing at this address.',
    home: 'Home',
  },
};

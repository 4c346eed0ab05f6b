/** What the browser's tab, a preview of a link and a page that is not there say; the pages' names stand in the page as well. */
export const app = {
  title: 'Loupe: ask a picture, watch where it looks',
  titleOfPage: '%s · Loupe',
  description:
    'A vision-language model that runs in this page, thinks with the picture, zooms in, looks again and answers. Every look can be stepped through.',
  pages: {
    bench: 'Bench',
    learn: 'How it learned to look',
    library: 'Library',
    make: 'Make a scene',
    set: 'Sets',
    shared: 'A shared run',
  },
  shared: {
    description: 'An encrypted run, shared by link. Only who has the whole link can read it.',
    previewTitle: 'A shared run in Loupe',
    preview: 'Encrypted: it opens for those who have the whole link.',
  },
  notFound: {
    title: 'There is nothing here to look at.',
    about: 'The address leads to no page.',
    home: 'To the start',
  },
};

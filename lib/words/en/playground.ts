/** The first page and what stands around every page: header, start, the question, opening a picture. */
export const playground = {
  /** The pages' names, in the header, as headings and in the browser's tab. */
  pages: {
    library: 'Library',
    bench: 'Bench',
    learn: 'How it learned to look',
    make: 'Make a scene',
    compare: 'Compare two runs',
    sets: 'Sets',
    collection: 'Collection',
  },
  header: {
    home: 'Loupe, home',
    tools: 'Tools',
    newPicture: 'New picture',
    runs: 'Runs',
    /** Short for the pages of these names. */
    learn: 'Learn',
    bench: 'Bench',
    shares: 'My shares',
    settings: 'Settings',
    help: 'Shortcuts and help',
  },
  start: {
    /** Two lines. */
    title: ['Ask a picture.', 'Watch where it looks.'],
    about:
      'A small vision-language model thinks with the picture. It zooms in on what it can’t make out, looks again, and answers. You can step through every look.',
    private: 'Everything runs on this page. Nothing leaves your device.',
    knows:
      'The built-in model reads scenes of icons with small tags. For photos, <link>choose a larger model or a server</link>.',
    gallery: 'Or start with one of these',
    unseen: 'Not in its training data',
    learn: 'How does a model learn to look closer? <link>Watch one do it</link>',
    otherSystems: 'Have results from DeepEyes, Qwen3-VL, Inspect or others?',
    openThem: 'Open and step through them',
  },
  intake: {
    drop: 'Drop a picture anywhere',
    add: 'Add a picture',
    otherWays: 'or paste one, or add it another way',
    choose: 'Choose a file',
    opening: 'Opening…',
    photo: 'Take a photo',
    file: 'Picture file',
    camera: 'Camera photo',
    address: 'Picture URL',
    addressPlaceholder: 'https://…',
    fetch: 'Open',
    paste: 'Paste an answer',
  },
  composer: {
    label: 'Ask a question',
    question: 'Question',
    ask: 'Ask',
    askAnyway: 'Ask anyway',
    stop: 'Stop',
    placeholder: 'Ask about this picture',
    needsPicture: 'Add a picture, then ask',
  },
  dropHere: 'Drop to open',
  opening: 'Opening…',

  notice: {
    smallerPictures: 'Use smaller pictures',
    smaller: 'Choose something smaller',
    model: 'Choose a model',
    download: 'Download this run',
    keep: 'Save again',
    library: 'Open Library',
    goOn: 'Continue from there',
  },
};

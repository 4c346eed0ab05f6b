/** That there is a newer version of the app. */
export const update = {
  ready: 'A new version of Loupe is ready',
  about: 'It loads when you reload. Saved runs stay.',
  afterRun: 'You can update when this run is done.',
  reload: 'Reload now',
  later: 'Later',
};

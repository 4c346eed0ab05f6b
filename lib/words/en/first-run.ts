/** A recorded run that plays on the start page. */
export const firstRun = {
  label: 'A recorded run',
  recorded: 'Recorded with Loupe Nano',
  looks: 'It looks closer',
  play: 'Play again',
  pause: 'Pause',
  goOn: 'Play',
  ask: 'Ask it yourself',
};

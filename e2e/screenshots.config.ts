/** `npm run screenshots`: the ten main states and those of sharing in light and dark, wide and phone, into test-results/screenshots. */
import stories from '../playwright.config';

export default {
  ...stories,
  testDir: '.',
  testMatch: 'screenshots.ts',
  outputDir: '../test-results/e2e',
  projects: [{ name: 'screenshots', use: stories.projects?.[0]?.use ?? {} }],
};

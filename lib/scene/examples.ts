/** One question of each sort that the shipped model can answer, in its own words, where nothing is known of the picture. */
export const EXAMPLE_QUESTIONS: readonly string[] = [
  'What does the tag on the dog say?',
  'How many dots are on the tag of the book?',
  'Which has the larger number, the car or the clock?',
  'What color is the tag on the apple?',
  'Is there a bicycle in the picture?',
  'Is the tree left or right of the house?',
];

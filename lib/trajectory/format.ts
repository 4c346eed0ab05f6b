/** The newest version of the document, as it names itself. Apart from the schema, which whoever only folds events does without. */
export const TRAJECTORY_FORMAT = 'loupe-trajectory/2';

/** As `source.system` of a run that was pasted has it. */
export const PASTED = 'pasted';

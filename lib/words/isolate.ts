/** A name as it stands among words of ours: whatever marks of direction it holds end with it (Unicode's FSI and PDI). */
export const isolated = (name: string): string => `\u2068${name}\u2069`;

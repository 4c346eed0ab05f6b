export const engine = { problems: {} };

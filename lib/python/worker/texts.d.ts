/** Files that are bundled as text. */
declare module '*.py?raw' {
  const text: string;
  export default text;
}

declare module 'pyodide/pyodide.asm.mjs' {
  const createPyodideModule: (settings: object) => Promise<unknown>;
  export default createPyodideModule;
}

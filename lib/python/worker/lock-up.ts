/** After Pyodide has started: what is no part of the language itself goes, so that code which reaches JavaScript finds nothing there to use. */

/** ECMAScript's own globals. */
const LANGUAGE = new Set(
  (
    'globalThis Infinity NaN undefined eval isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent encodeURI encodeURIComponent escape ' +
    'unescape AggregateError Array ArrayBuffer AsyncDisposableStack BigInt BigInt64Array BigUint64Array Boolean DataView Date DisposableStack ' +
    'Error EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function Int8Array Int16Array Int32Array Intl Iterator Map ' +
    'Number Object Promise Proxy RangeError ReferenceError RegExp Set String SuppressedError Symbol SyntaxError TypeError Uint8Array ' +
    'Uint8ClampedArray Uint16Array Uint32Array URIError WeakMap WeakRef WeakSet Atomics JSON Math Reflect WebAssembly'
  ).split(' '),
);

export function lockUp(): void {
  const silent = () => undefined;
  const { crypto, performance, TextDecoder, TextEncoder } = globalThis;
  // What Pyodide goes on using.
  const kept: Readonly<Record<string, unknown>> = {
    performance: { now: performance.now.bind(performance), timeOrigin: performance.timeOrigin },
    crypto: { getRandomValues: crypto.getRandomValues.bind(crypto) },
    console: { log: silent, warn: silent, error: silent, info: silent, debug: silent },
    setTimeout: silent,
    clearTimeout: silent,
    TextDecoder,
    TextEncoder,
  };
  for (let place: object = globalThis; place !== Object.prototype; place = Object.getPrototypeOf(place) as object) {
    for (const name of Reflect.ownKeys(place)) {
      if (typeof name === 'string' && LANGUAGE.has(name)) continue;
      Reflect.deleteProperty(place, name);
    }
  }
  for (const [name, value] of Object.entries(kept)) Object.defineProperty(globalThis, name, { value });
}

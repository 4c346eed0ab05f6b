/** A WebAssembly module whose memory may not grow beyond a limit, whatever it asks for: the engine itself refuses, and Python says MemoryError. */

const PAGE = 65_536;
const MEMORY_SECTION = 5;

/** @throws where the module has no memory of its own with a limit */
export function capMemory(module: Uint8Array<ArrayBuffer>, bytes: number): Uint8Array<ArrayBuffer> {
  let at = 8; // past magic number and version
  const number = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = module[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < module.length) {
    const section = module[at++];
    const length = number();
    if (section !== MEMORY_SECTION) {
      at += length;
      continue;
    }
    const [count, flags] = [number(), number()];
    number(); // at least so many pages
    if (count !== 1 || (flags & 1) === 0) break;
    const from = at;
    number(); // at most
    const capped = module.slice();
    // As long as it was: a number may be written with more bytes than it needs.
    for (let rest = Math.floor(bytes / PAGE), place = from; place < at; place += 1, rest >>>= 7) {
      capped[place] = (rest & 0x7f) | (place < at - 1 ? 0x80 : 0);
    }
    return capped;
  }
  throw new Error('The module has no memory that could be limited.');
}

/**
 * What protocols want back unchanged with the next turn (signed or encrypted thoughts), kept beside runs and not in them: nobody can read what
 * is in it, so it is in no share and no export. In this browser it outlasts the page, locked with the conversation it belongs to: who has
 * deleted the run has nothing left to open it with.
 */
import type { Message } from '../contract';

/** Bytes by names. */
export interface EchoShelf {
  read(name: string): Promise<Uint8Array<ArrayBuffer> | null>;
  write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

export interface Echoes {
  /** @param messages a conversation that ends in the turn; null where it is not known any more */
  find(whose: string, messages: readonly Message[]): Promise<unknown>;
  keep(whose: string, messages: readonly Message[], echo: unknown): Promise<void>;
}

/** @param shelf null: they last as long as this object */
export function createEchoes(shelf: EchoShelf | null = openShelf()): Echoes {
  const here = new Map<string, unknown>();
  return {
    async find(whose, messages) {
      const conversation = textOf(whose, messages);
      if (here.has(conversation)) return here.get(conversation);
      if (!shelf) return null;
      try {
        const { name, key } = await lockOf(conversation);
        const bytes = await Promise.race([shelf.read(name), pause(READ_WITHIN_MS)]);
        if (!bytes) return null;
        const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes.slice(0, IV) }, key, bytes.slice(IV));
        return JSON.parse(new TextDecoder().decode(opened)) as unknown;
      } catch {
        return null; // a run goes on without
      }
    },
    async keep(whose, messages, echo) {
      const conversation = textOf(whose, messages);
      here.set(conversation, echo);
      if (!shelf) return;
      try {
        const { name, key } = await lockOf(conversation);
        const iv = crypto.getRandomValues(new Uint8Array(IV));
        const plain = new TextEncoder().encode(JSON.stringify(echo));
        const locked = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain));
        const bytes = new Uint8Array(IV + locked.length);
        bytes.set(iv);
        bytes.set(locked, IV);
        await shelf.write(name, bytes);
      } catch {
        // A browser that refuses storage: it then lasts as long as the page.
      }
    },
  };
}

/** Bytes. */
const IV = 12;

/** All that the turn depends on; of a picture its key. */
function textOf(whose: string, messages: readonly Message[]): string {
  return JSON.stringify([
    whose,
    ...messages.map((message) =>
      message.role === 'user'
        ? message.content.map((part) => (part.type === 'text' ? part.text : { image: part.image.key }))
        : { [message.role]: message.text },
    ),
  ]);
}

async function lockOf(conversation: string): Promise<{ name: string; key: CryptoKey }> {
  const digest = (text: string) => crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const name = new Uint8Array(await digest(`name ${conversation}`));
  const key = await crypto.subtle.importKey('raw', await digest(`key ${conversation}`), 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ]);
  return { name: Array.from(name, (byte) => byte.toString(16).padStart(2, '0')).join(''), key };
}

/** A storage that never answers does not hold a run. */
const READ_WITHIN_MS = 2000;

const pause = (ms: number): Promise<null> => new Promise((resolve) => setTimeout(resolve, ms, null));

const SHELF = 'loupe-echoes';
/** Turns; the oldest go. */
const MOST = 300;

/** This browser's; null where there is none, or no secure context. */
function openShelf(): EchoShelf | null {
  if (typeof caches === 'undefined' || typeof crypto === 'undefined' || !crypto.subtle) return null;
  // A name that nothing is ever fetched from.
  const addressOf = (name: string) => `https://echoes.invalid/${name}`;
  return {
    async read(name) {
      const found = await (await caches.open(SHELF)).match(addressOf(name));
      return found ? new Uint8Array(await found.arrayBuffer()) : null;
    },
    async write(name, bytes) {
      const shelf = await caches.open(SHELF);
      await shelf.put(addressOf(name), new Response(bytes));
      const all = await shelf.keys();
      for (const old of all.slice(0, Math.max(0, all.length - MOST))) await shelf.delete(old);
    },
  };
}

/**
 * From the text of a call in Qwen3.5's form to what it asks for (docs/protocol.md X4): `<function=name>` and in it
 * `<parameter=name>` value `</parameter>`, read as generously as Qwen's own parser does: ends that are missing end where the next
 * thing begins. A call in JSON, which models tuned on both forms write, is read as JSON.
 */
import type { ReadCall } from '../contract';
import { readJsonCall } from '../read-call';

const FUNCTION = /<function=([^>\n]*)>([\s\S]*)/;
const PARAMETER = /<parameter=([^>\n]*)>([\s\S]*?)(?=<\/parameter>|<parameter=|<\/function>|$)/g;

/** Parameters that are texts, whatever they look like: a label may be `7`. */
const TEXTS: ReadonlySet<string> = new Set(['label', 'code', 'query', 'url']);

export function readXmlCall(written: string): ReadCall {
  const [, name, body = ''] = FUNCTION.exec(written) ?? [];
  if (name === undefined) return readJsonCall(written);
  const values = new Map<string, unknown>();
  for (const [, given = '', value = ''] of body.matchAll(PARAMETER)) {
    const key = given.trim();
    // Of a name that comes twice the first counts, as with any reader of the form.
    if (!values.has(key)) values.set(key, valueOf(key, withoutFraming(value)));
  }
  // What a call may hold, and how large it may be, is one question, answered in one place.
  return readJsonCall(JSON.stringify({ name: name.trim(), arguments: Object.fromEntries(values) }));
}

/** A value has a line feed before and after it. */
function withoutFraming(value: string): string {
  return value.replace(/^\n/, '').replace(/\n$/, '');
}

/** As JSON; a text where it is none. */
function valueOf(key: string, value: string): unknown {
  if (TEXTS.has(key)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

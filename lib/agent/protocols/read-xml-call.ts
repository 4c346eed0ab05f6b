/**
 * From the text of a call in Qwen3.5's form to what it asks for (docs/protocol.md X4): `<function=name>` and in it
 * `<parameter=name>` value `</parameter>`, read as generously as Qwen's own parser does: ends that are missing end where the next
 * thing begins. A call in JSON, which models tuned on both forms write, is read as JSON.
 */
import { readCall, type ReadCall } from '../read-call';

const FUNCTION = /<function=([^>\n]*)>([\s\S]*)/;
const PARAMETER = /<parameter=([^>\n]*)>([\s\S]*?)(?=<\/parameter>|<parameter=|<\/function>|$)/g;

export function readXmlCall(text: string, toolName: string): ReadCall {
  const [, name, body = ''] = FUNCTION.exec(text) ?? [];
  if (name === undefined) return readCall(text, toolName);
  if (name.trim() !== toolName) return { ok: false, problem: 'unknown-tool' };
  const values = new Map<string, string>();
  for (const [, key = '', value = ''] of body.matchAll(PARAMETER)) {
    // Of a name that comes twice the first counts, as with any reader of the form.
    if (!values.has(key.trim())) values.set(key.trim(), withoutFraming(value));
  }
  const box = values.get('bbox_2d');
  if (box === undefined) return { ok: false, problem: 'no-box' };
  const label = values.get('label') ?? '';
  // What may stand in a box is one question, answered in one place.
  return readCall(JSON.stringify({ name: toolName, arguments: { bbox_2d: parsed(box), label } }), toolName);
}

/** A value has a line feed before and after it. */
function withoutFraming(value: string): string {
  return value.replace(/^\n/, '').replace(/\n$/, '');
}

/** As JSON; null where it is none. */
function parsed(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return null;
  }
}

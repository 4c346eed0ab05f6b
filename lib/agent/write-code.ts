/** A call of code with other code in its place, in the form in which it was written: the code as it stands, or as a text of JSON. */
import { codeOf, type StepOf } from '@/lib/trajectory';

/** @returns null where the code cannot be found in what was written */
export function withOtherCode(call: StepOf<'call'>, code: string): string | null {
  const before = codeOf(call);
  if (before === null) return null;
  const { written } = call;
  const asText = replaced(written, before, code);
  if (asText !== null) return asText;
  const asJson = replaced(written, inJson(before), inJson(code));
  if (asJson !== null) return asJson;
  // Set in as a whole, as models do: the fence says where it is.
  const fence = written.lastIndexOf(FENCE);
  const end = written.lastIndexOf('\n```');
  return fence >= 0 && end > fence ? written.slice(0, fence + FENCE.length) + code + written.slice(end) : null;
}

const FENCE = '```python\n';

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** The last place counts: of several blocks that one runs. */
function replaced(text: string, before: string, after: string): string | null {
  const at = text.lastIndexOf(before);
  return at < 0 ? null : text.slice(0, at) + after + text.slice(at + before.length);
}

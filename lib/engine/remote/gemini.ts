/**
 * Gemini's generateContent. What a call brought stands in its response from Gemini 3 on, beside it before; parts go back with their
 * signatures as they came. Boxes are asked for y first, in thousandths: that is the dialect's (lib/agent, `native-yx`).
 */
import { geminiChunk, type GeminiPart } from '@/lib/wire';
import { NOT_CARRIED_OUT, pictureOfCall } from './calls-told';
import { faultOf, readFault } from './faults';
import { givenIn } from './history';
import { parsed } from './messages';
import { picturesIn, wordsIn, type Part, type Turn, type Wire, type WireEvent } from './wire';

export const gemini: Wire = {
  id: 'gemini',
  echoes: true,
  models: '/models?pageSize=1000',
  headers: (key) => (key === null ? {} : { 'x-goog-api-key': key }),
  optional: ['seed', 'topK', 'temperature'],
  ask({ model, turns, tools, sampling, maxNewTokens, without }) {
    const system = turns.flatMap((turn) => (turn.role === 'system' ? [turn.text] : [])).join('\n\n');
    const settings = {
      temperature: sampling.temperature,
      topP: sampling.topP < 1 ? sampling.topP : undefined,
      topK: sampling.topK > 0 ? sampling.topK : undefined,
      seed: sampling.seed,
    };
    const kept = Object.entries(settings).filter(([name, value]) => value !== undefined && !without.has(name));
    const inResponse = takesPicturesInResponses(model);
    return {
      path: `/models/${encodeURIComponent(model)}:streamGenerateContent?alt=sse`,
      body: {
        contents: joined(turns.flatMap((turn) => contentOf(turn, { native: tools.length > 0, inResponse }))),
        ...(system !== '' && { systemInstruction: { parts: [{ text: system }] } }),
        ...(tools.length > 0 && {
          tools: [
            {
              functionDeclarations: tools.map(({ function: { name, description, parameters } }) => ({
                name,
                description,
                parametersJsonSchema: parameters,
              })),
            },
          ],
        }),
        generationConfig: { maxOutputTokens: maxNewTokens, ...Object.fromEntries(kept) },
      },
    };
  },
  reader: createReader,
};

const takesPicturesInResponses = (model: string): boolean => !/gemini-(1|2)/i.test(model);

interface Content {
  readonly role: 'user' | 'model';
  readonly parts: readonly unknown[];
}

const partsOf = (parts: readonly Part[]): unknown[] =>
  parts.map((part) => ('text' in part ? { text: part.text } : inline(part)));

const inline = ({ picture }: Extract<Part, { picture: unknown }>): unknown => ({
  inlineData: { mimeType: picture.type, data: picture.base64 },
});

function contentOf(
  turn: Turn,
  { native, inResponse }: { readonly native: boolean; readonly inResponse: boolean },
): readonly Content[] {
  switch (turn.role) {
    case 'system':
      return [];
    case 'user':
      return [{ role: 'user', parts: partsOf(turn.parts) }];
    case 'model': {
      const { echo, text, words, calls } = turn;
      if (Array.isArray(echo)) return [{ role: 'model', parts: echo }];
      const said = native ? words : text;
      const parts = [
        ...(said.trim() === '' ? [] : [{ text: said }]),
        ...calls.map((call) => ({ functionCall: { name: call.name, args: givenIn(call) } })),
      ];
      return parts.length === 0 ? [] : [{ role: 'model', parts }];
    }
    case 'result': {
      const { call, number, of, parts, failed } = turn;
      const pictures = picturesIn(parts).map((picture) => inline({ picture }));
      const functionResponse = {
        name: call.name,
        response: { [failed ? 'error' : 'result']: wordsIn(parts) },
        ...(inResponse && pictures.length > 0 && { parts: pictures }),
      };
      const named = of > 1 && pictures.length > 0 ? [{ text: pictureOfCall(number) }, ...pictures] : pictures;
      return [{ role: 'user', parts: [{ functionResponse }, ...(inResponse ? [] : named)] }];
    }
  }
}

/** Turns of one side are one; each call of the turn before has its response, under the id that came with it, before anything else. */
function joined(all: readonly Content[]): readonly Content[] {
  const out: Content[] = [];
  for (const content of all) {
    const last = out.at(-1);
    if (last?.role === content.role) out[out.length - 1] = { ...last, parts: [...last.parts, ...content.parts] };
    else out.push(content);
  }
  return out.map((content, at) => {
    const before = out[at - 1];
    return content.role === 'user' && before ? { ...content, parts: answered(content.parts, before.parts) } : content;
  });
}

/** Responses come in the order of their calls. */
function answered(parts: readonly unknown[], before: readonly unknown[]): readonly unknown[] {
  const calls = before.flatMap((part) => (isPart(part) && part.functionCall ? [part.functionCall] : []));
  const responses = parts.flatMap((part) =>
    isPart(part) && isObject(part.functionResponse) ? [part.functionResponse] : [],
  );
  const told = calls.map(({ id, name }, at) => ({
    functionResponse: {
      ...(id !== undefined && { id }),
      ...(responses[at] ?? { name, response: { error: NOT_CARRIED_OUT } }),
    },
  }));
  return [...told, ...parts.filter((part) => !(isPart(part) && isObject(part.functionResponse)))];
}

const isPart = (value: unknown): value is GeminiPart => typeof value === 'object' && value !== null;
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Why nothing was written, where that is what came. */
const BLOCKED = /SAFETY|RECITATION|BLOCKLIST|PROHIBITED|SPII|LANGUAGE|OTHER/;

function createReader(): ReturnType<Wire['reader']> {
  const echo: GeminiPart[] = [];
  let calls = 0;
  return ({ data }) => {
    const json = parsed(data);
    const read = geminiChunk.safeParse(json);
    if (!read.success || readFault(data) !== null) {
      const code = Number(/"code":\s*(\d{3})/.exec(data)?.[1] ?? 500);
      if (readFault(data) === null) return [{ type: 'problem', problem: { code: 'not-an-api' } }];
      return [{ type: 'problem', problem: faultOf({ status: code, body: data, model: '', key: null }) }];
    }
    const { candidates, usageMetadata: usage, promptFeedback } = read.data;
    const events: WireEvent[] = [];
    if (promptFeedback?.blockReason) {
      return [{ type: 'problem', problem: { code: 'blocked', params: { why: promptFeedback.blockReason } } }];
    }
    const [candidate] = candidates ?? [];
    for (const part of candidate?.content?.parts ?? []) {
      keep(echo, part);
      if (part.functionCall) {
        const { name, args } = part.functionCall;
        events.push({ type: 'call', index: calls, name, written: JSON.stringify(args ?? {}) });
        calls += 1;
      } else if (part.text) {
        events.push({ type: part.thought ? 'thought' : 'words', text: part.text, told: null });
      }
    }
    if (usage) {
      const output = (usage.candidatesTokenCount ?? 0) + (usage.thoughtsTokenCount ?? 0);
      const { promptTokenCount: prompt, cachedContentTokenCount: cached } = usage;
      events.push({ type: 'usage', usage: { prompt, cached: cached ?? 0, output } });
    }
    const finished = candidate?.finishReason;
    if (finished && BLOCKED.test(finished)) {
      events.push({ type: 'problem', problem: { code: 'blocked', params: { why: finished } } });
    } else if (finished) {
      events.push({ type: 'echo', turn: echo }, { type: 'end', reason: finished === 'MAX_TOKENS' ? 'length' : 'stop' });
    }
    return events;
  };
}

/** Pieces of one text are one part again; what has a signature stays a part of its own. */
function keep(echo: GeminiPart[], part: GeminiPart): void {
  const last = echo.at(-1);
  const isText = (one: GeminiPart) => one.text !== undefined && one.thoughtSignature === undefined;
  if (last && isText(last) && isText(part) && last.thought === part.thought) {
    echo[echo.length - 1] = { ...last, text: `${last.text ?? ''}${part.text ?? ''}` };
  } else {
    echo.push(part);
  }
}

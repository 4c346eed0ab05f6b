/**
 * Gemini's generateContent. What a call brought stands in its response from Gemini 3 on, beside it before; parts go back with their
 * signatures as they came. Boxes are asked for y first, in thousandths: that is the dialect's (lib/agent, `native-yx`).
 */
import { geminiChunk, type GeminiPart } from '@/lib/wire';
import { faultOf, readFault } from './faults';
import { givenIn } from './history';
import { parsed } from './messages';
import { ONE_A_TURN } from './one-a-turn';
import { picturesIn, wordsIn, type Part, type Turn, type Wire, type WireEvent } from './wire';

export const gemini: Wire = {
  id: 'gemini',
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
      const { echo, text, words, call } = turn;
      if (Array.isArray(echo)) return [{ role: 'model', parts: echo }];
      const said = native ? words : text;
      const parts = [
        ...(said.trim() === '' ? [] : [{ text: said }]),
        ...(call ? [{ functionCall: { name: call.name, args: givenIn(call) } }] : []),
      ];
      return parts.length === 0 ? [] : [{ role: 'model', parts }];
    }
    case 'result': {
      const { call, parts, failed } = turn;
      const pictures = picturesIn(parts).map((picture) => inline({ picture }));
      const functionResponse = {
        name: call.name,
        response: { [failed ? 'error' : 'result']: wordsIn(parts) },
        ...(inResponse && pictures.length > 0 && { parts: pictures }),
      };
      return [{ role: 'user', parts: [{ functionResponse }, ...(inResponse ? [] : pictures)] }];
    }
  }
}

/** Turns of one side are one; each call of the turn before has its response, under the id that came with it. */
function joined(all: readonly Content[]): readonly Content[] {
  const out: Content[] = [];
  for (const content of all) {
    const last = out.at(-1);
    const parts = last?.role === 'model' && content.role === 'user' ? answered(content, last) : content.parts;
    if (last?.role === content.role) out[out.length - 1] = { ...last, parts: [...last.parts, ...parts] };
    else out.push({ ...content, parts });
  }
  return out;
}

function answered({ parts }: Content, { parts: before }: Content): readonly unknown[] {
  const calls = before.flatMap((part) => (isPart(part) && part.functionCall ? [part.functionCall] : []));
  const [first, ...others] = calls;
  if (!first) return parts;
  const named = ({ id }: Readonly<Record<string, unknown>>) => (id === undefined ? {} : { id });
  const own = parts.map((part) =>
    isPart(part) && isResponse(part.functionResponse)
      ? { functionResponse: { ...named(first), ...part.functionResponse } }
      : part,
  );
  const unanswered = others.map((call) => ({
    functionResponse: { ...named(call), name: call.name, response: { error: ONE_A_TURN } },
  }));
  return [...own.slice(0, 1), ...unanswered, ...own.slice(1)];
}

const isPart = (value: unknown): value is GeminiPart => typeof value === 'object' && value !== null;
const isResponse = (value: unknown): value is object => typeof value === 'object' && value !== null;

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

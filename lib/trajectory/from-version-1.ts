/**
 * A document of version 1 as one of version 2. One picture, called p1, was given with a question; each crop is a view of it; a call that
 * could not be carried out is a call with a refusal. What version 1 let grow too long (it had few limits) is shortened.
 */
import { readJson, type Json } from './json';
import { fitName, TRAJECTORY_LIMITS } from './limits';
import type { Part, Picture, Step, Token, Trajectory } from './schema';
import { TRAJECTORY_FORMAT } from './format';
import type { Step1, Trajectory1 } from './schema-1';

const WHOLE = 'p1';

export function fromVersion1(run: Trajectory1): Trajectory {
  const { image, seen, world, settings, model, parent, stop } = run;
  const pictures: Picture[] = [
    {
      id: WHOLE,
      from: 'file',
      file: { hash: image.hash, mimeType: fitName(image.mimeType), name: fitName(image.name) },
      width: image.width,
      height: image.height,
    },
  ];
  const steps = stepsOf(run, pictures);
  const given: Part[] = [
    { picture: WHOLE, seen: seen && { ...seen, ...(world && { distance: world }) } },
    { text: fitText(run.question) },
  ];
  return {
    format: TRAJECTORY_FORMAT,
    id: run.id,
    title: fitName(run.title),
    createdAt: fitName(run.createdAt),
    updatedAt: fitName(run.updatedAt),
    pictures,
    given,
    models: [
      {
        id: fitName(model.id),
        name: fitName(model.name),
        version: fitName(model.version),
        device: model.device,
        ...(model.url !== undefined && { url: fitName(model.url) }),
      },
    ],
    dialect: fitName(run.protocol),
    systemPrompt: fitText(run.systemPrompt),
    settings: { ...settings, tools: settings.tools ? ['zoom'] : [] },
    steps,
    usage: run.usage,
    status: run.status,
    stop: stop && {
      ...stop,
      reason: stop.reason === 'repeated-box' ? 'repeated-call' : stop.reason,
      message: fitText(stop.message),
      code: stop.code === null ? null : fitName(stop.code),
    },
    parent: parent && { runId: fitName(parent.trajectoryId), steps: parent.step, change: null },
    source: null,
    truth: null,
  };
}

function stepsOf({ steps, image }: Trajectory1, pictures: Picture[]): Step[] {
  const taken = new Set(steps.flatMap((step) => ('callId' in step ? [step.callId] : [])));
  const freshId = (index: number): string => {
    let id = `refused-${index + 1}`;
    while (taken.has(id)) id += '+';
    taken.add(id);
    return id;
  };
  return steps.flatMap((step, index): Step[] => {
    const base = { turn: step.turn, span: step.span, tokens: step.tokens.map(fitToken) };
    switch (step.type) {
      case 'think':
      case 'answer':
        return [{ type: step.type, text: fitText(step.text), ...base }];
      case 'call': {
        const call = { type: 'call' as const, callId: step.callId, written: fitText(step.text), ...base };
        return [
          isUnfinished(step)
            ? { ...call, tool: '', input: null, label: '', state: 'writing', asked: null, place: null }
            : {
                ...call,
                tool: step.tool,
                input: valueOf(step.text, 'arguments'),
                label: fitName(step.label),
                state: 'read',
                asked: step.asked,
                place: { picture: WHOLE, box: step.askedInImage },
              },
        ];
      }
      case 'malformed': {
        const callId = freshId(index);
        const { problem, told, text } = step;
        const call = {
          type: 'call' as const,
          callId,
          label: '',
          asked: null,
          place: null,
          written: fitText(text),
          ...base,
        };
        if (problem === 'interrupted' && told === '') return [{ ...call, tool: '', input: null, state: 'writing' }];
        const refused = { problem: problem === 'repeated-box' ? 'repeated-call' : problem, told: fitText(told) };
        const at = { start: step.span.end, end: step.span.end };
        return [
          { ...call, tool: toolOf(text), input: valueOf(text, 'arguments'), state: 'read' },
          { type: 'result', callId, parts: [], refused, turn: step.turn, span: at, tokens: [] },
        ];
      }
      case 'result': {
        const { executed: region } = step;
        const id = `p${pictures.length + 1}`;
        const [width, height] = [region.x2 - region.x1, region.y2 - region.y1];
        // The whole of it where a damaged document cut nothing: a view has a size.
        const cut = width > 0 && height > 0 ? region : { x1: 0, y1: 0, x2: image.width, y2: image.height };
        pictures.push({
          id,
          from: 'view',
          of: WHOLE,
          region: cut,
          turn: 0,
          width: cut.x2 - cut.x1,
          height: cut.y2 - cut.y1,
        });
        const parts = [{ picture: id, seen: step.seen }];
        return [{ type: 'result', callId: step.callId, parts, refused: null, ...base }];
      }
      default:
        return step satisfies never;
    }
  });
}

/** Version 1 wrote a call that was not finished as one with an empty crop at the origin. */
function isUnfinished({ executed: { x1, y1, x2, y2 } }: Extract<Step1, { type: 'call' }>): boolean {
  return x1 === 0 && y1 === 0 && x2 === 0 && y2 === 0;
}

/** Calls were JSON with a name and arguments; null where there is no such value. */
function valueOf(text: string, key: 'name' | 'arguments'): Json {
  const call = readJson(text);
  if (typeof call !== 'object' || call === null || Array.isArray(call)) return null;
  return Object.entries(call).find(([name]) => name === key)?.[1] ?? null;
}

function toolOf(text: string): string {
  const name = valueOf(text, 'name');
  return name === 'image_zoom_in_tool' ? 'zoom' : typeof name === 'string' ? fitName(name) : '';
}

function fitToken({ id, text, logprob, top }: Step1['tokens'][number]): Token {
  return {
    id,
    text: fitName(text),
    logprob,
    top: top.map((other) => ({ id: other.id, text: fitName(other.text), logprob: other.logprob })),
  };
}

function fitText(text: string): string {
  return fitName(text, TRAJECTORY_LIMITS.text);
}

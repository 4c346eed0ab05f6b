/**
 * What a run used its tools for, in DeepEyesV2's classes (arXiv 2511.05271): crop, mark, numerical analysis, other code, image search, text
 * search. The classes are the paper's; it prints no rules for them, so these are ours, by what the call and its code say.
 */
import { boxesAt, codeOf, codeOutput, errorIn, isIdle, lastCursor, resultOf, rootPlace } from '@/lib/trajectory';
import type { StepOf, Trajectory } from '@/lib/trajectory';
import { area, intersection } from '@/lib/geometry';

export const TOOL_CLASSES = ['crop', 'mark', 'numeric', 'other-code', 'image-search', 'text-search', 'other'] as const;
/** `other`: a tool that the paper does not have. */
export type ToolClass = (typeof TOOL_CLASSES)[number];

export interface ToolUse {
  /** The call's step. */
  readonly step: number;
  readonly is: ToolClass;
  /** It was refused, or its code raised something: what was raised, or the problem's name. */
  readonly error: string | null;
  /** Code that does nothing, writes nothing and shows nothing: what the paper's first try at reinforcement learning taught a model. */
  readonly placeholder: boolean;
}

/** In the paper's order: of code that does several of them, the first counts. */
const CODE_RULES: readonly (readonly [ToolClass, RegExp])[] = [
  ['crop', /\.crop\s*\(|\[[^\]\n]{0,40}\d ?: ?\d[^\]\n]{0,40},[^\]\n]{0,40}:[^\]\n]{0,40}\]/],
  [
    'mark',
    /\bImageDraw\b|\.rectangle\s*\(|\.line\s*\(|\.ellipse\s*\(|\.polygon\s*\(|\bpatches\.|\badd_patch\s*\(|\bcv2\.(?:rectangle|line|circle|putText)\b/,
  ],
];

/** Reckoning: a library for it, a function for it, or an operator between values. */
const NUMERIC =
  /\bnp\.|\bnumpy\b|\bmath\.|\bstatistics\b|\b(?:sum|mean|max|min|abs|round|len)\s*\(|[\w)\]]\s*(?:\*\*?|\/\/?|%|[+-])\s*[\w(]/;

const IMAGE_SEARCH = /^(?:image_search|search_image|reverse_image_search|lens)$/i;
const TEXT_SEARCH = /search|browse|^open$|visit|fetch/i;
const CROPS = new Set(['zoom', 'image_zoom_in_tool', 'crop', 'crop_image', 'select_sub_image']);
const MARKS = /^(?:draw|mark|highlight|annotate|point)/i;

function classOf(call: StepOf<'call'>, hasPictures: boolean): ToolClass {
  const code = codeOf(call);
  if (code !== null) {
    const written = withoutComments(code);
    const found = CODE_RULES.find(([, rule]) => rule.test(written));
    if (found) return found[0];
    return !hasPictures && NUMERIC.test(written) ? 'numeric' : 'other-code';
  }
  if (CROPS.has(call.tool)) return 'crop';
  if (IMAGE_SEARCH.test(call.tool)) return 'image-search';
  if (TEXT_SEARCH.test(call.tool)) return 'text-search';
  if (MARKS.test(call.tool)) return 'mark';
  return call.place === null ? 'other' : 'crop';
}

const withoutComments = (code: string): string => code.replace(/^[ \t]*#.*$/gm, '');

/** One for each call that was written to its end, in order. */
export function toolUsesOf(run: Trajectory): readonly ToolUse[] {
  return run.steps.flatMap((step, index) => {
    if (step.type !== 'call' || step.state !== 'read') return [];
    const result = resultOf(run, step.callId);
    const hasPictures = result?.parts.some((part) => 'picture' in part) ?? false;
    const code = codeOf(step);
    const output = code !== null && result ? codeOutput(result) : { stdout: '', stderr: '' };
    const isSilent = output.stdout === '' && output.stderr === '' && !hasPictures;
    return [
      {
        step: index,
        is: classOf(step, hasPictures),
        error: result?.refused?.problem ?? errorIn(output),
        placeholder: code !== null && !result?.refused && isSilent && isIdle(code),
      },
    ];
  });
}

/** How often each class was used. */
export type ToolMix = Readonly<Record<ToolClass, number>>;

export function toolMixOf(uses: readonly Pick<ToolUse, 'is'>[]): ToolMix {
  const mix = Object.fromEntries(TOOL_CLASSES.map((one) => [one, 0])) as Record<ToolClass, number>;
  for (const { is } of uses) mix[is] += 1;
  return mix;
}

/**
 * Why a run with tools went wrong, in the paper's three sorts: a tool was carried out wrongly (its code failed, or it looked at the wrong
 * place), the wrong tool was chosen (none where there was something to find), or a right result was read wrongly. Our rules.
 */
export type ToolFault = 'execution' | 'choice' | 'analysis';

/** A look holds what was sought from this share of it on. Ours. */
const HOLDS = 0.5;

/** @param right whether the answer was; null: nobody knows. @returns null of a right run, and where it cannot be told */
export function toolFaultOf(run: Trajectory, right: boolean | null): ToolFault | null {
  if (right !== false || run.status !== 'done') return null;
  const uses = toolUsesOf(run);
  if (uses.length > 0 && uses.at(-1)?.error != null) return 'execution';
  const sought = (run.truth?.places ?? []).flatMap(({ place }) => rootPlace(run.pictures, place) ?? []);
  if (sought.length === 0) return null;
  const looks = boxesAt(run, lastCursor(run));
  if (looks.length === 0) return 'choice';
  const holds = looks.some(({ picture, asked }) =>
    sought.some(({ picture: of, box }) => {
      return of.id === picture && area(intersection(asked, box)) >= HOLDS * area(box);
    }),
  );
  return holds ? 'analysis' : 'execution';
}

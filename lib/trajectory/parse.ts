/**
 * The door of the document: whatever comes from disk, a link or a file is checked here once (version, schema, then what a
 * schema cannot say) and trusted inside. Never throws.
 */
import { problemsOf } from './check';
import type { TrajectoryProblem } from './check';
import { TRAJECTORY_LIMITS } from './limits';
import { migrate } from './migrate';
import { trajectorySchema } from './schema';
import type { Trajectory } from './schema';

export type ParsedTrajectory =
  | { readonly ok: true; readonly trajectory: Trajectory }
  | { readonly ok: false; readonly problems: readonly TrajectoryProblem[] };

/** So many problems of one document are told. */
const MOST_PROBLEMS = 20;

export function parseTrajectory(value: unknown): ParsedTrajectory {
  const overfull = overfullProblem(value);
  if (overfull) return { ok: false, problems: [overfull] };
  const migrated = migrate(value);
  if (!migrated.ok) {
    if (migrated.code === 'schema') return schemaProblems(migrated.issues);
    const message =
      migrated.code === 'newer-version'
        ? 'The run was written by a newer version of Loupe.'
        : 'This is not a Loupe trajectory.';
    return { ok: false, problems: [{ code: migrated.code, path: '', message }] };
  }
  const parsed = trajectorySchema.safeParse(migrated.document);
  if (!parsed.success) return schemaProblems(parsed.error.issues);
  const problems: TrajectoryProblem[] = [];
  for (const problem of problemsOf(parsed.data)) if (problems.push(problem) === MOST_PROBLEMS) break;
  return problems.length > 0 ? { ok: false, problems } : { ok: true, trajectory: parsed.data };
}

/** Counted before the schema looks at them one by one, whatever the version: a small file may unpack to millions. */
function overfullProblem(value: unknown): TrajectoryProblem | null {
  const { tokens: mostTokens, allAlternatives, allCorners } = TRAJECTORY_LIMITS;
  let tokens = 0;
  let alternatives = 0;
  let corners = 0;
  for (const step of listAt(value, 'steps').slice(0, TRAJECTORY_LIMITS.steps)) {
    const ofStep = listAt(step, 'tokens');
    tokens += ofStep.length;
    if (tokens > mostTokens) return { code: 'too-large', path: 'steps', message: `more than ${mostTokens} tokens` };
    for (const token of ofStep) alternatives += listAt(token, 'top').length;
    for (const mark of listAt(step, 'marks')) corners += listAt(memberAt(mark, 'shape'), 'points').length;
    if (corners > allCorners) return { code: 'too-large', path: 'steps', message: `more than ${allCorners} corners` };
  }
  return alternatives > allAlternatives
    ? { code: 'too-large', path: 'steps', message: `more than ${allAlternatives} alternatives` }
    : null;
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const list = memberAt(value, key);
  return Array.isArray(list) ? list : [];
}

/** Whatever holds it: the schema says later what it should have been. */
function memberAt(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly code?: unknown;
  /** Of a union: what each of its members says, with paths from there on. */
  readonly errors?: readonly (readonly Issue[])[];
}

function schemaProblems(issues: readonly Issue[]): ParsedTrajectory {
  const problems = issues
    .slice(0, MOST_PROBLEMS)
    .map(nearest)
    .map(({ path, message, code }) => ({
      code: code === 'too_big' ? ('too-large' as const) : ('schema' as const),
      path: path.map(String).join('.'),
      message,
    }));
  return { ok: false, problems };
}

/** What the member of a union that comes closest to the value says of it; the issue itself where it is of no union of objects. */
function nearest(issue: Issue): Issue {
  const [closest] = (issue.errors ?? []).toReversed().toSorted((a, b) => a.length - b.length);
  const inner = closest?.[0];
  return inner && inner.path.length > 0 ? nearest({ ...inner, path: [...issue.path, ...inner.path] }) : issue;
}

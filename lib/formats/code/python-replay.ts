/**
 * A program of Python, replayed as far as it opens, cuts and shows pictures. It is not run: statements are read by a small grammar, numbers
 * reckoned, and whatever goes beyond is passed over. Names live on between programs, as in a notebook.
 */
import type { World } from './python-calls';
import { createReader, type Scope } from './python-expression';
import { statementsOf, type Statement } from './python-tokens';
import { Beyond, itemsOf, UNKNOWN, type Value } from './python-values';

/** Values reckoned in one program. */
const MOST_STEPS = 20_000;
/** Rounds of all loops of a program. */
const MOST_ROUNDS = 500;

export interface PythonScope {
  /** @param notebook the last expression's value is shown */
  run(code: string, world: World, notebook: boolean): void;
}

export function createPython(): PythonScope {
  const names = new Map<string, Value>();
  return {
    run(code, world, notebook) {
      const scope: Scope = { names, world, code, left: { steps: MOST_STEPS } };
      const statements = statementsOf(code);
      const rounds = { left: MOST_ROUNDS };
      runBlock(statements, 0, statements.length, scope, rounds);
      if (notebook) showLast(statements, scope);
    },
  };
}

/** Statements that hold others behind a colon. */
const HEADS = new Set([
  'for',
  'with',
  'if',
  'elif',
  'else',
  'try',
  'except',
  'finally',
  'while',
  'def',
  'class',
  'async',
]);
/** Of those that are tried one after the other, the first is taken: nobody knows better. */
const PASSED = new Set(['elif', 'else', 'except', 'while', 'def', 'class', 'async']);

function runBlock(
  statements: readonly Statement[],
  from: number,
  to: number,
  scope: Scope,
  rounds: { left: number },
): void {
  for (let at = from; at < to;) {
    const statement = statements[at] as Statement; // `at` is inside
    const head = statement.tokens[0];
    if (head?.kind !== 'name' || !HEADS.has(head.text)) {
      attempt(() => runStatement(statement, 0, scope), statement, scope);
      at += 1;
      continue;
    }
    let end = at + 1;
    while (end < to && (statements[end] as Statement).indent > statement.indent) end += 1;
    const body: Body = { statement, from: at + 1, to: end, statements };
    if (!PASSED.has(head.text)) attempt(() => runHead(head.text, body, scope, rounds), statement, scope);
    at = end;
  }
}

interface Body {
  readonly statement: Statement;
  readonly statements: readonly Statement[];
  readonly from: number;
  readonly to: number;
}

function runHead(head: string, body: Body, scope: Scope, rounds: { left: number }): void {
  const { tokens, indent } = body.statement;
  const inside = (after: number) => {
    // `for a in b: cut(a)`, all in one line.
    const rest = tokens.slice(after);
    if (rest.length > 0) runBlock([{ indent, tokens: rest }], 0, 1, scope, rounds);
    runBlock(body.statements, body.from, body.to, scope, rounds);
  };
  if (head === 'for') {
    const at = tokens.findIndex(({ kind, text }) => kind === 'name' && text === 'in');
    if (at < 0) return;
    const reader = createReader(tokens, scope, at + 1);
    const items = itemsOf(reader.values());
    if (!items || !reader.take(':')) return;
    for (const item of items) {
      if ((rounds.left -= 1) < 0) return;
      bind(tokens.slice(1, at), item, scope);
      inside(reader.at());
    }
    return;
  }
  if (head === 'with') {
    const reader = createReader(tokens, scope, 1);
    const opened = reader.value();
    if (reader.take('as')) {
      const name = tokens[reader.at()];
      if (name?.kind === 'name') scope.names.set(name.text, opened);
    }
  }
  const colon = tokens.findLastIndex(({ kind, text }) => kind === 'sign' && text === ':');
  inside(colon < 0 ? tokens.length : colon + 1);
}

/** What goes beyond the grammar leaves the names it would have set unknown. */
function attempt(run: () => void, { tokens }: Statement, { names }: Scope): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof Beyond)) throw error;
    const [name, sign] = tokens;
    if (name?.kind === 'name' && sign?.text === '=') names.set(name.text, UNKNOWN);
  }
}

function runStatement({ tokens }: Statement, from: number, scope: Scope): void {
  const [first, second] = [tokens[from], tokens[from + 1]];
  if (first?.kind === 'name' && (first.text === 'import' || first.text === 'from' || first.text === 'return')) return;
  const equals = assignmentIn(tokens, from);
  if (equals < 0) {
    const value = createReader(tokens, scope, from).values();
    // `img.thumbnail((800, 800))` changes the picture itself.
    if (first?.kind === 'name' && second?.text === '.' && tokens[from + 2]?.text === 'thumbnail' && value.is === 'shot')
      scope.names.set(first.text, value);
    return;
  }
  const target = tokens.slice(from, equals);
  const sign = tokens[equals]?.text ?? '=';
  if (sign !== '=') {
    for (const { kind, text } of target) if (kind === 'name') scope.names.set(text, UNKNOWN);
    return;
  }
  // `a = b = value`
  const next = assignmentIn(tokens, equals + 1);
  if (next >= 0) runStatement({ indent: 0, tokens: tokens.slice(equals + 1) }, 0, scope);
  const value = createReader(tokens, scope, next >= 0 ? next + 1 : equals + 1).values();
  bind(target, value, scope);
}

/** Where a `=` stands outside of all brackets; -1 where none does. */
function assignmentIn(tokens: Statement['tokens'], from: number): number {
  let depth = 0;
  for (let at = from; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token?.kind !== 'sign') continue;
    if ('([{'.includes(token.text)) depth += 1;
    else if (')]}'.includes(token.text)) depth -= 1;
    else if (depth === 0 && /^(?:\/\/|\*\*|[+\-*/%])?=$/.test(token.text)) return at;
  }
  return -1;
}

/** Names with commas between take a list apart. */
function bind(target: Statement['tokens'], value: Value, { names }: Scope): void {
  const parts: Statement['tokens'][number][][] = [[]];
  let depth = 0;
  for (const token of target) {
    if (token.kind === 'sign' && '([{'.includes(token.text)) depth += 1;
    else if (token.kind === 'sign' && ')]}'.includes(token.text)) depth -= 1;
    else if (token.kind === 'sign' && token.text === ',' && depth <= (target[0]?.text === '(' ? 1 : 0)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  const told = parts.filter((part) => part.length > 0);
  if (told.length === 1 && parts.length === 1) {
    const [only, more] = told[0] ?? [];
    if (only?.kind === 'name' && !more) names.set(only.text, value);
    return;
  }
  const items = itemsOf(value);
  for (const [index, part] of told.entries()) {
    // `for i, (x, y) in …`: what stands in brackets is taken apart no further than by its names.
    const own = part.filter(({ kind }) => kind === 'name');
    const item = items?.[index] ?? UNKNOWN;
    if (own.length === 1 && own[0]) names.set(own[0].text, item);
    else for (const [at, { text }] of own.entries()) names.set(text, itemsOf(item)?.[at] ?? UNKNOWN);
  }
}

/** A notebook shows what its last line comes to. */
function showLast(statements: readonly Statement[], scope: Scope): void {
  const last = statements.at(-1);
  if (!last || last.indent > 0 || assignmentIn(last.tokens, 0) >= 0) return;
  if (last.tokens[0]?.kind === 'name' && HEADS.has(last.tokens[0].text)) return;
  // It was reckoned before, so nothing is done twice that another world would be told.
  const quiet: World = {
    ...scope.world,
    save: () => undefined,
    show: () => undefined,
    mark: () => undefined,
    tell: () => undefined,
  };
  attempt(
    () => {
      const value = createReader(last.tokens, { ...scope, world: quiet }).values();
      for (const one of value.is === 'list' ? value.items : [value]) if (one.is === 'shot') scope.world.show(one.shot);
    },
    last,
    scope,
  );
}

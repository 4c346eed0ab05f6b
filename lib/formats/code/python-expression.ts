/** Expressions of Python, reckoned while they are read. Nothing runs: what is not among the rules of python-calls.ts is unknown. */
import { attributeOf, callFunction, callMethod, type Arguments, type World } from './python-calls';
import { croppedShot } from './shot';
import { Beyond, itemsOf, listValue, numberValue, shotValue, textValue, UNKNOWN, type Value } from './python-values';
import type { CodeToken } from './python-tokens';

export interface Scope {
  readonly names: Map<string, Value>;
  readonly world: World;
  readonly code: string;
  /** Counted down with every value that is reckoned. */
  readonly left: { steps: number };
}

const DEEPEST = 40;
/** Rounds of a list that is made of another. */
const MOST_EACH = 200;

/** One expression, or several with commas between, from `at`. */
export function createReader(tokens: readonly CodeToken[], scope: Scope, start = 0) {
  let at = start;
  let depth = 0;
  const peek = (): string | null => {
    const token = tokens[at];
    return token && token.kind !== 'text' && token.kind !== 'pattern' ? token.text : null;
  };
  const take = (sign: string): boolean => {
    if (peek() !== sign) return false;
    at += 1;
    return true;
  };
  const expect = (sign: string): void => {
    if (!take(sign)) throw new Beyond(`no ${sign}`);
  };

  const sum = (): Value => {
    if ((depth += 1) > DEEPEST || (scope.left.steps -= 1) < 0) throw new Beyond('too much');
    let value = product();
    for (let sign = peek(); sign === '+' || sign === '-'; sign = peek()) {
      at += 1;
      value = reckon(sign, value, product());
    }
    depth -= 1;
    return value;
  };
  const product = (): Value => {
    let value = unary();
    for (let sign = peek(); sign === '*' || sign === '/' || sign === '//' || sign === '%'; sign = peek()) {
      at += 1;
      value = reckon(sign, value, unary());
    }
    return value;
  };
  const unary = (): Value => {
    if (take('-')) return reckon('-', numberValue(0), unary());
    if (take('+')) return unary();
    return postfix();
  };

  const postfix = (): Value => {
    const from = tokens[at]?.from ?? 0;
    let value = primary();
    for (;;) {
      if (take('.')) {
        const name = tokens[at];
        if (name?.kind !== 'name') throw new Beyond('no name');
        at += 1;
        value = attribute(value, name.text);
      } else if (take('(')) {
        const args = argumentsTo(')');
        value = called(value, args, writtenFrom(from));
      } else if (take('[')) value = indexed(value, from);
      else return value;
      if ((scope.left.steps -= 1) < 0) throw new Beyond('too much');
    }
  };
  const writtenFrom = (from: number): string => scope.code.slice(from, tokens[at - 1]?.to ?? from).slice(0, 500);

  const attribute = (of: Value, name: string): Value => {
    if (of.is === 'path' && of.of === null) return { is: 'path', path: `${of.path}.${name}`, of: null };
    // A call may follow; a size is asked for without one.
    if (of.is === 'shot' && peek() !== '(') return attributeOf(of.shot, name, scope.world);
    return { is: 'path', path: name, of };
  };
  const called = (value: Value, args: Arguments, written: string): Value => {
    if (value.is !== 'path') return UNKNOWN;
    if (value.of === null) return callFunction(value.path, args, scope.world);
    return callMethod(value.of, value.path, args, written, scope.world);
  };

  const argumentsTo = (close: string): Arguments => {
    const plain: Value[] = [];
    const named = new Map<string, Value>();
    while (!take(close)) {
      const [name, sign] = [tokens[at], tokens[at + 1]];
      if (name?.kind === 'name' && sign?.kind === 'sign' && sign.text === '=') {
        at += 2;
        named.set(name.text, value());
      } else if (take('*')) {
        const spread = value();
        plain.push(...(spread.is === 'list' ? spread.items : [UNKNOWN]));
      } else plain.push(value());
      if (take(close)) break;
      expect(',');
    }
    return { plain, named };
  };

  /** `[index]`, or rows and columns of a picture that is a field of numbers. */
  const indexed = (of: Value, from: number): Value => {
    const parts: (Value | readonly [Value | null, Value | null])[] = [];
    while (!take(']')) {
      let first: Value | null = peek() === ':' ? null : value();
      if (take(':')) {
        const second = peek() === ',' || peek() === ']' || peek() === ':' ? null : value();
        if (take(':') && peek() !== ',' && peek() !== ']') value();
        parts.push([first, second]);
        first = null;
      } else if (first) parts.push(first);
      if (take(']')) break;
      expect(',');
    }
    const [one, two] = parts;
    if (of.is === 'shot' && Array.isArray(one) && Array.isArray(two)) {
      const { size } = of.shot;
      const edge = (value: Value | null | undefined, otherwise: number | undefined): number => {
        if (value?.is === 'number') return value.number;
        if (value || otherwise === undefined) throw new Beyond('no edge');
        return otherwise;
      };
      const box = {
        x1: edge(two[0] as Value | null, 0),
        y1: edge(one[0] as Value | null, 0),
        x2: edge(two[1] as Value | null, size?.width),
        y2: edge(one[1] as Value | null, size?.height),
      };
      return shotValue(croppedShot(of.shot, box, writtenFrom(from)));
    }
    if (one === undefined || Array.isArray(one))
      return of.is === 'list' && Array.isArray(one) ? sliced(of, one) : UNKNOWN;
    return itemAt(of, one as Value);
  };

  const primary = (): Value => {
    const token = tokens[at];
    if (!token) throw new Beyond('nothing');
    at += 1;
    if (token.kind === 'number') return numberValue(Number(token.text.replaceAll('_', '')));
    if (token.kind === 'text') return textsFrom(token.text);
    if (token.kind === 'pattern') return filled(token.text, scope.names);
    if (token.kind === 'name') {
      if (['lambda', 'not', 'await', 'yield'].includes(token.text)) throw new Beyond(token.text);
      return scope.names.get(token.text) ?? { is: 'path', path: token.text, of: null };
    }
    if (token.text === '(') {
      if (take(')')) return listValue([]);
      const inner = list(')');
      return inner.several || inner.values.length !== 1 ? listValue(inner.values) : (inner.values[0] ?? UNKNOWN);
    }
    if (token.text === '[') return listValue(take(']') ? [] : list(']').values);
    if (token.text === '{') return map();
    throw new Beyond(token.text);
  };
  const textsFrom = (first: string): Value => {
    let said = first;
    while (tokens[at]?.kind === 'text') said += tokens[at++]?.text ?? '';
    return textValue(said);
  };
  const list = (close: string) => {
    const values: Value[] = [];
    let several = false;
    for (;;) {
      const from = at;
      values.push(value());
      if (take(close)) break;
      if (peek() === 'for') return { values: eachOf(from, close), several: true };
      expect(',');
      several = true;
      if (take(close)) break;
    }
    return { values, several };
  };
  /** `[cut(b) for b in boxes]`: what stands at `from`, once for each. */
  const eachOf = (from: number, close: string): Value[] => {
    at += 1;
    const names: string[] = [];
    for (; tokens[at] && peek() !== 'in'; at += 1) if (tokens[at]?.kind === 'name') names.push(tokens[at]?.text ?? '');
    expect('in');
    const items = itemsOf(value());
    // What is chosen among them nobody knows.
    if (!items || !take(close)) throw new Beyond('no list');
    const end = at;
    const made = items.slice(0, MOST_EACH).map((item) => {
      const [first = ''] = names;
      if (names.length === 1) scope.names.set(first, item);
      else for (const [nth, name] of names.entries()) scope.names.set(name, itemsOf(item)?.[nth] ?? UNKNOWN);
      at = from;
      return value();
    });
    at = end;
    return made;
  };
  const map = (): Value => {
    const entries: [Value, Value][] = [];
    while (!take('}')) {
      const key = value();
      expect(':');
      entries.push([key, value()]);
      if (take('}')) break;
      expect(',');
    }
    return { is: 'map', entries };
  };

  /** What is compared (`a < b`) or chosen (`a if b else c`) counts as its first value. */
  const value = (): Value => sum();

  return {
    value,
    /** Values with commas between are one list. */
    values(): Value {
      const first = value();
      if (peek() !== ',') return first;
      const items = [first];
      while (take(',') && at < tokens.length && peek() !== '=') items.push(value());
      return listValue(items);
    },
    at: () => at,
    peek,
    take,
  };
}

function reckon(sign: string, a: Value, b: Value): Value {
  if (a.is === 'number' && b.is === 'number') {
    const [x, y] = [a.number, b.number];
    switch (sign) {
      case '+':
        return numberValue(x + y);
      case '-':
        return numberValue(x - y);
      case '*':
        return numberValue(x * y);
      case '/':
        return numberValue(x / y);
      case '//':
        return numberValue(Math.floor(x / y));
      default:
        return numberValue(x - Math.floor(x / y) * y);
    }
  }
  if (sign === '+' && a.is === 'text' && b.is === 'text') return textValue((a.text + b.text).slice(0, 2_000));
  if (sign === '/' && a.is === 'text' && b.is === 'text') return textValue(`${a.text}/${b.text}`.slice(0, 2_000));
  if (sign === '+' && a.is === 'list' && b.is === 'list') return listValue([...a.items, ...b.items].slice(0, 500));
  return UNKNOWN;
}

function itemAt(of: Value, key: Value): Value {
  if (of.is === 'list' && key.is === 'number') return of.items.at(Math.trunc(key.number)) ?? UNKNOWN;
  if (of.is !== 'map') return UNKNOWN;
  const found = of.entries.find(([one]) =>
    one.is === 'text'
      ? key.is === 'text' && one.text === key.text
      : one.is === 'number' && key.is === 'number' && one.number === key.number,
  );
  return found?.[1] ?? UNKNOWN;
}

function sliced(of: Extract<Value, { is: 'list' }>, range: readonly (Value | null)[]): Value {
  const [from, to] = range.map((one) => (one?.is === 'number' ? Math.trunc(one.number) : undefined));
  return listValue(of.items.slice(from, to));
}

/** `f"crop_{i}.png"`: names alone stand in its braces, else nobody knows what it says. */
function filled(pattern: string, names: ReadonlyMap<string, Value>): Value {
  let known = true;
  const said = pattern.replace(/\{(\w{1,100})\}|\{[^{}]{0,200}\}/g, (_, name: string | undefined) => {
    const value = name === undefined ? undefined : names.get(name);
    if (value?.is === 'number') return String(value.number);
    if (value?.is === 'text') return value.text;
    known = false;
    return '';
  });
  return known ? textValue(said.slice(0, 2_000)) : UNKNOWN;
}

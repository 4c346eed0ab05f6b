/**
 * Python as statements of tokens: as much of its grammar as says where one statement ends, how deep it is indented and what its words are.
 * Bounded, linear, and never fails: what it does not know is an operator of one character.
 */

export interface CodeToken {
  readonly kind: 'name' | 'number' | 'text' | 'pattern' | 'sign';
  /** Of a text: what it says. `pattern`: an f-string. */
  readonly text: string;
  /** Where it begins and ends in the code. */
  readonly from: number;
  readonly to: number;
}

export interface Statement {
  /** Columns before it; those of a line share them. */
  readonly indent: number;
  readonly tokens: readonly CodeToken[];
}

const MOST_CODE = 200_000;
const MOST_TOKENS = 50_000;

const NAME = /[A-Za-z_]\w*/y;
const NUMBER = /(?:\d[\d_]{0,30}(?:\.\d{0,30})?|\.\d{1,30})(?:[eE][+-]?\d{1,3})?/y;
const SIGN = /\/\/=?|\*\*=?|->|:=|[+\-*/%]=|[=!<>]=|./suy;
const TEXT = /([rRbBuUfF]{0,2})("""|'''|"|')/y;

export function statementsOf(code: string): readonly Statement[] {
  const text = code.length > MOST_CODE ? code.slice(0, MOST_CODE) : code;
  const statements: Statement[] = [];
  let tokens: CodeToken[] = [];
  let indent = 0;
  let depth = 0;
  let count = 0;
  let at = 0;
  const end = () => {
    if (tokens.length > 0) statements.push({ indent, tokens });
    tokens = [];
    depth = 0;
  };
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const push = (kind: CodeToken['kind'], said: string, to: number) => {
    if (tokens.length === 0) indent = columnOf(text, at);
    tokens.push({ kind, text: said, from: at, to });
    count += 1;
    at = to;
  };
  while (at < text.length && count < MOST_TOKENS) {
    const letter = text[at] as string; // `at` is inside
    if (letter === '\n') {
      if (depth === 0) end();
      at += 1;
    } else if (letter === '#') {
      const line = text.indexOf('\n', at);
      at = line < 0 ? text.length : line;
    } else if (letter === '\\') at += text.startsWith('\r\n', at + 1) ? 3 : 2;
    else if (/\s/.test(letter)) at += 1;
    else {
      const quoted = match(TEXT);
      if (quoted) {
        const [whole, prefix = '', quote = ''] = quoted;
        const [said, to] = textIn(text, at + whole.length, quote, /r/i.test(prefix));
        push(/f/i.test(prefix) ? 'pattern' : 'text', said, to);
        continue;
      }
      const word = match(NAME);
      const number = word ? null : match(NUMBER);
      const found = word ?? number ?? match(SIGN);
      const said = found?.[0] ?? letter;
      if (!word && !number) {
        if (said === ';' && depth === 0) {
          at += 1;
          const same = indent;
          end();
          // What follows in the line stands as deep as what came before.
          indent = same;
          continue;
        }
        if (/[([{]/.test(said)) depth += 1;
        else if (/[)\]}]/.test(said)) depth = Math.max(0, depth - 1);
      }
      push(word ? 'name' : number ? 'number' : 'sign', said, at + said.length);
    }
  }
  end();
  return statements;
}

/** The column of the first word of the line, so that statements of one line share it. */
function columnOf(text: string, at: number): number {
  const line = text.lastIndexOf('\n', at - 1) + 1;
  let column = line;
  while (column < at && (text[column] === ' ' || text[column] === '\t')) column += 1;
  return column - line;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function textIn(text: string, from: number, quote: string, raw: boolean): readonly [string, number] {
  let said = '';
  let at = from;
  while (at < text.length && !text.startsWith(quote, at)) {
    const letter = text[at] as string; // `at` is inside
    if (letter === '\n' && quote.length === 1) break;
    if (letter === '\\' && at + 1 < text.length) {
      const next = text[at + 1] as string;
      said += raw ? `\\${next}` : next === '\n' ? '' : (ESCAPES[next] ?? next);
      at += 2;
    } else {
      said += letter;
      at += 1;
    }
  }
  return [said, text.startsWith(quote, at) ? at + quote.length : at];
}

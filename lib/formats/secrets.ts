/**
 * Keys and tokens that people's logs hold by accident: they are covered where a run is made, so that neither a page nor a share shows one. A
 * cover is as long as what it hides: places told in a text stay where they are.
 */

/** What services' keys begin with, and how long they are at least. */
const KEYS = new RegExp(
  [
    'sk-(?:ant|proj|or|svcacct|lf|live|test)?-?[\\w-]{20,400}',
    'pk-lf-[\\w-]{20,100}',
    '(?:ghp|gho|ghu|ghs|ghr)_\\w{30,100}',
    'github_pat_\\w{30,120}',
    'glpat-[\\w-]{20,60}',
    'hf_[A-Za-z]\\w{25,60}',
    'xox[abprs]-[\\w-]{10,200}',
    '(?:AKIA|ASIA)[A-Z0-9]{16}',
    'AIza[\\w-]{35}',
    'ya29\\.[\\w-]{20,400}',
    'gsk_\\w{30,80}',
    'xai-\\w{30,120}',
    'npm_\\w{30,60}',
    'ls(?:v2)?_(?:pt|sk)_\\w{20,120}',
    'eyJ[\\w-]{10,2000}\\.eyJ[\\w-]{10,4000}\\.[\\w-]{10,2000}',
  ].join('|'),
  'g',
);

/** What stands behind a name that says what it is. */
const NAMED =
  /((?:authorization|x-api-key|api[_-]?key|access[_-]?token|secret[_-]?key|client[_-]?secret|x-amz-signature|x-amz-security-token|password)["']?\s{0,3}[:=]\s{0,3}["']?(?:bearer |basic )?)([^\s"',;&<>]{8,400})/gi;

const BEARER = /(\bbearer )([\w.~+/=-]{20,400})/gi;

const PRIVATE_KEY = /-----BEGIN ([A-Z ]{0,30}PRIVATE KEY)-----[\s\S]{1,10000}?-----END \1-----/g;

/** Only where one of these stands is there anything to look for. */
const HINTS =
  /sk-|pk-lf|gh[opusr]_|github_pat|glpat|hf_|xox|AKIA|ASIA|AIza|ya29|gsk_|xai-|npm_|ls(?:v2)?_|eyJ|PRIVATE KEY|bearer|authorization|api[_-]?key|token|secret|signature|password/i;

const COVER = '•';

/** So many of its letters stay, so that a person knows which key it was. */
const KEPT = 4;

const covered = (secret: string): string => secret.slice(0, KEPT) + COVER.repeat(Math.max(0, secret.length - KEPT));

export interface Uncovered {
  readonly text: string;
  /** Secrets that were covered. */
  readonly count: number;
}

export function withoutSecrets(text: string): Uncovered {
  if (!HINTS.test(text)) return { text, count: 0 };
  let count = 0;
  const cover = (secret: string): string => {
    // A name of a variable, or what was covered already, is no secret.
    if (
      secret.includes(COVER) ||
      /^(?:\$|process\.|os\.|your|<|\{|\[|\*+$|x+$|none$|null$|true$|false$|undefined$)/i.test(secret)
    )
      return secret;
    count += 1;
    return covered(secret);
  };
  const made = text
    .replace(PRIVATE_KEY, (whole) => cover(whole))
    .replace(KEYS, (whole) => (isWordy(whole) ? whole : cover(whole)))
    .replace(BEARER, (_, before: string, secret: string) => before + cover(secret))
    .replace(NAMED, (whole, before: string, secret: string) => (hasDigit(secret) ? before + cover(secret) : whole));
  return { text: made, count };
}

const hasDigit = (text: string): boolean => /\d/.test(text);

/** `sk-learn-something-in-words` is no key: keys have digits and letters of both cases, or no dashes. */
const isWordy = (text: string): boolean => !hasDigit(text) || /^[a-z]+(?:-[a-z]+){2,}-?\d?$/.test(text);

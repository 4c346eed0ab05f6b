/** Spoils JSON: values of another type, what is far too much or too deep, keys that are gone, twice there or somebody else's. */

const NASTY = [
  null,
  true,
  false,
  0,
  -1,
  0.5,
  1,
  1e308,
  -1e308,
  9007199254740993,
  '',
  ' ',
  'NaN',
  '\ud800',
  '\u0000',
  '../../../etc/passwd',
  'data:image/png;base64,',
  'data:image/png;base64,AAAA',
  '<tool_call>',
  '</think>',
  '<think>'.repeat(50),
  '{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [1e999, -5, 0, 3]}}',
  '<tool_call>{"name": "x", "arguments": {"bbox_2d": [[1, 2], [3, 4]]}}',
  '<|im_start|>user\n<tool_response>',
  '\n'.repeat(500),
  [],
  {},
  [[]],
  [null],
  ['a'],
  { __proto__: null, constructor: 1 },
  [0, 0, 0, 0],
  [1e9, 1e9, -1e9, -1e9],
  ['1', '2', '3', '4'],
];

/** Rare, because it takes long to look at. */
function huge(random) {
  switch (random.below(6)) {
    case 0:
      return 'x'.repeat(random.below(300_000));
    case 1:
      return Array.from({ length: random.below(20_000) }, (_, index) => index);
    case 2:
      return Array.from({ length: random.below(3_000) }, () => ({ role: 'assistant', content: 'a' }));
    case 3: {
      let deep = 1;
      for (let left = random.below(3_000); left > 0; left -= 1) deep = random.below(2) === 0 ? [deep] : { a: deep };
      return deep;
    }
    case 4:
      return random
        .pick([' ', '\n', '<', '<think>', '\ud800', '标', '<tool_call>{', '[IMAGE 1]'])
        .repeat(random.below(30_000));
    default:
      return Object.fromEntries(Array.from({ length: random.below(5_000) }, (_, index) => [`k${index}`, index]));
  }
}

/** Every place of a value that can be changed, as its holder and its key. */
function placesOf(root) {
  const places = [];
  const open = [root];
  while (open.length > 0 && places.length < 3_000) {
    const holder = open.pop();
    if (typeof holder !== 'object' || holder === null) continue;
    for (const key of Object.keys(holder)) {
      places.push([holder, key]);
      open.push(holder[key]);
    }
  }
  return places;
}

/**
 * @param {ReturnType<import('./random.mjs').createRandom>} random
 * @param {unknown} json left as it is
 * @param {readonly unknown[]} others to take pieces from
 */
export function mutateJson(random, json, others) {
  const holder = { root: structuredClone(json) };
  for (let left = 1 + random.below(3); left > 0; left -= 1) {
    const places = placesOf(holder);
    const [at, key] = random.pick(places);
    const value = at[key];
    switch (random.below(9)) {
      case 0:
        at[key] = structuredClone(random.pick(NASTY));
        break;
      case 1:
        if (Array.isArray(at)) at.splice(Number(key), 1);
        else delete at[key];
        break;
      case 2:
        if (Array.isArray(at)) at.splice(Number(key), 0, structuredClone(value));
        else at[`${key}${random.pick(['', '_', 's'])}`] = structuredClone(value);
        break;
      case 3: {
        const [other, otherKey] = random.pick(placesOf({ other: random.pick(others) }));
        at[key] = structuredClone(other[otherKey]);
        break;
      }
      case 4:
        at[key] = random.pick([[value], { value }, String(value), [value, value], JSON.stringify(value) ?? null]);
        break;
      case 5:
        if (typeof value === 'number') at[key] = value * random.pick([-1, 0, 1000, 1e9, 0.001]);
        else if (typeof value === 'string') at[key] = value.slice(random.below(value.length + 1));
        break;
      case 6:
        if (typeof value === 'string') at[key] = spoiltText(random, value);
        break;
      case 7:
        if (random.below(40) === 0) at[key] = huge(random);
        else at[key] = structuredClone(random.pick(NASTY));
        break;
      default: {
        const [other, otherKey] = random.pick(places);
        // Never a value into one of its own.
        if (typeof other[otherKey] !== 'object' && typeof value !== 'object')
          [at[key], other[otherKey]] = [other[otherKey], value];
      }
    }
    if (typeof holder.root !== 'object') holder.root = { root: holder.root };
  }
  return holder.root;
}

/** Words that mean something to readers, in the wrong places. */
const PIECES = [
  '<tool_call>',
  '</tool_call>',
  '<think>',
  '</think>',
  '<answer>',
  '</answer>',
  '<code>',
  '<image>',
  '<|im_start|>user\n',
  '<|image_pad|>',
  '<sandbox_output>',
  '<grounding>{"bbox_2d": [0, 0, 1, 1], "source": "observation_1"}</grounding>',
  '{"bbox_2d": [9, 9, 1, 1]}',
  '\ufffd',
  '\ud83d',
  '\r\n',
  ' addCriterion\n\n',
];

function spoiltText(random, text) {
  const at = random.below(text.length + 1);
  const piece = random.pick(PIECES);
  const times = random.below(200) === 0 ? random.below(5_000) : 1;
  return text.slice(0, at) + piece.repeat(times) + text.slice(at + random.below(random.below(2) === 0 ? 1 : 12));
}

/** A text of JSON with what only a text can hold: a key twice, numbers that are none. */
export function spoilJsonText(random, text) {
  switch (random.below(3)) {
    case 0:
      return text.replace(/\d+/, random.pick(['NaN', 'Infinity', '-Infinity', '1e999', '01', '0x10', '.5']));
    case 1:
      return text.replace(/^\{"(\w+)":/, (_, key) => `{"${key}":1,"${key}":`);
    default:
      return text.replaceAll('"', random.below(20) === 0 ? "'" : '"').replace(/,/, random.pick([',,', ', ', '']));
  }
}

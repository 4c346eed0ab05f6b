/**
 * The rule that keeps what people read in one place: `words/in-table` fails on words of the interface outside lib/words. It looks at
 * text between tags, at what stands in a tag's or an object's place for words (`title`, `aria-label`, `label` …), and at sentences in any
 * string. What a programmer reads is left alone: thrown programming errors, the console, class names, types, import paths.
 */

/** Attributes and properties whose strings are read by people, whatever they look like. */
const READ_ATTRIBUTES = new Set([
  'advice',
  'alt',
  'description',
  'hint',
  'label',
  'legend',
  'note',
  'placeholder',
  'title',
  'aria-description',
  'aria-label',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
]);
const READ_PROPERTIES = new Set([...READ_ATTRIBUTES, 'ariaLabel', 'meaning', 'remedy']);

/** What is said to programmers: of these an argument may be a sentence. */
const FOR_PROGRAMMERS = new Set(['Error', 'RangeError', 'TypeError', 'DOMException', 'EvalError', 'AggregateError']);

/** Attributes in which words are names for machines. */
const CLASS_NAMES = /^(className|.*ClassName|style|data-.*|id|key|href|src|type|role|name|value|accept|rel|target|d)$/;

const LETTER = /\p{L}/u;
/** Two words or more, the first with a capital: "Right answers", "A run …". */
const SENTENCE = /^[“‘"'(]?\p{Lu}[\p{L}\p{N}’'-]*[,:;.]?\s+[“‘"'(]?[\p{L}\p{N}]/u;
/** Three words in a row as they stand in prose. Class names have hyphens, colons, slashes; lists of names have commas. */
const PROSE = /(?:^|[\s“‘("'])\p{L}[\p{L}’']*\s+\p{L}[\p{L}’']*\s+\p{L}[\p{L}’']*(?=$|[\s.,;:!?”’)"'…])/u;
/** Source of shaders is no prose. */
const SHADER = /@(?:group|compute|fragment|vertex)\b|\b(?:fn|struct) \w+ ?[({]/;

const isWords = (text) => !SHADER.test(text) && (SENTENCE.test(text.trim()) || PROSE.test(text));

/** A string's or template's text, holes as "…"; null for other nodes. */
function textOf(node) {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  if (node.type === 'TemplateLiteral') return node.quasis.map(({ value }) => value.cooked ?? value.raw).join('…');
  return null;
}

/** Where a value may come from: both ends of a condition, the parts of a sum. */
function* stringsIn(node) {
  switch (node?.type) {
    case 'ConditionalExpression':
      yield* stringsIn(node.consequent);
      yield* stringsIn(node.alternate);
      break;
    case 'LogicalExpression':
    case 'BinaryExpression':
      if (node.type === 'BinaryExpression' && node.operator !== '+') break;
      yield* stringsIn(node.left);
      yield* stringsIn(node.right);
      break;
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
      yield* stringsIn(node.expression);
      break;
    case 'TemplateLiteral':
      yield node;
      for (const part of node.expressions) yield* stringsIn(part);
      break;
    case 'Literal':
      yield node;
      break;
    default:
  }
}

const nameOf = (key) => (key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : '');

/** The name of a JSX attribute; a namespaced one is `a:b`. */
const attributeName = ({ name }) =>
  name.type === 'JSXNamespacedName' ? `${name.namespace.name}:${name.name.name}` : name.name;

/** Whether it is an error that says technical things, of a code of which people do not read them. */
function isTechnical({ callee, arguments: [code] }, technical) {
  const read = technical[nameOf(callee)];
  return read !== undefined && code?.type === 'Literal' && !read.includes(code.value);
}

/** Whether a string stands where only a programmer, a style sheet or a machine reads it. */
function isForMachines(node, technical) {
  for (let at = node; at.parent; at = at.parent) {
    const { parent } = at;
    switch (parent.type) {
      case 'ImportDeclaration':
      case 'ExportNamedDeclaration':
        if (parent.source === at) return true;
        break;
      case 'ExportAllDeclaration':
      case 'ImportExpression':
      case 'TSLiteralType':
      case 'TSTemplateLiteralType':
      case 'TaggedTemplateExpression':
        return true;
      case 'ExpressionStatement':
        return typeof parent.directive === 'string';
      case 'NewExpression':
        if (FOR_PROGRAMMERS.has(nameOf(parent.callee))) return true;
        if (isTechnical(parent, technical)) return true;
        break;
      case 'CallExpression':
        if (parent.callee.type === 'MemberExpression' && nameOf(parent.callee.object) === 'console') return true;
        break;
      case 'Property':
        // A font's name is the same in every language.
        if (parent.value === at && /font/i.test(nameOf(parent.key))) return true;
        break;
      case 'JSXAttribute':
        return CLASS_NAMES.test(attributeName(parent));
      case 'BlockStatement':
      case 'Program':
        return false;
      default:
    }
  }
  return false;
}

/** @type {import('eslint').Rule.RuleModule} */
const inTable = {
  meta: {
    type: 'problem',
    docs: { description: 'words that people read stand in lib/words' },
    schema: [
      {
        type: 'object',
        properties: {
          // Errors whose message is technical, and by their first argument the codes of which people read it all the same.
          technical: { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } },
        },
        additionalProperties: false,
      },
    ],
    messages: {
      words: 'People read “{{text}}”: put it into lib/words/en and take it from there (docs/words.md).',
    },
  },
  create(context) {
    const { technical = {} } = context.options[0] ?? {};
    const reported = new Set();
    const report = (node, text) => {
      if (reported.has(node)) return;
      reported.add(node);
      const shown = text.trim().replace(/\s+/g, ' ');
      context.report({
        node,
        messageId: 'words',
        data: { text: shown.length > 60 ? `${shown.slice(0, 60)}…` : shown },
      });
    };
    /** Strings in a place for words: a letter is enough. */
    const holdsWords = (value) => {
      for (const string of stringsIn(value)) {
        const text = textOf(string);
        if (text !== null && LETTER.test(text)) report(string, text);
      }
    };
    /** Strings in any place: a sentence, or prose. */
    const mayHoldWords = (node) => {
      const text = textOf(node);
      if (text !== null && isWords(text) && !isForMachines(node, technical)) report(node, text);
    };
    return {
      JSXText(node) {
        // What stands in <code> is a name for a machine: a file, a command.
        if (LETTER.test(node.value) && node.parent.openingElement?.name.name !== 'code') report(node, node.value);
      },
      JSXExpressionContainer(node) {
        if (node.parent.type === 'JSXElement' || node.parent.type === 'JSXFragment') holdsWords(node.expression);
      },
      JSXAttribute(node) {
        if (!READ_ATTRIBUTES.has(attributeName(node)) || !node.value) return;
        holdsWords(node.value.type === 'JSXExpressionContainer' ? node.value.expression : node.value);
      },
      Property(node) {
        if (!node.computed && node.parent.type === 'ObjectExpression' && READ_PROPERTIES.has(nameOf(node.key))) {
          if (!isForMachines(node, technical)) holdsWords(node.value);
        }
      },
      Literal: mayHoldWords,
      TemplateLiteral: mayHoldWords,
    };
  },
};

export const words = { meta: { name: 'loupe-words' }, rules: { 'in-table': inTable } };

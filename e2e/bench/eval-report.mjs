/** The numbers of an evaluation as text for a terminal: a table by kind, then looks, existence and cost. */

const percent = (share) => (share === null || share === undefined ? '–' : (100 * share).toFixed(1));
const decimal = (value, digits = 2) => (value === null || value === undefined ? '–' : value.toFixed(digits));

function printed(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((cells) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd(),
  );
}

/** @param {import('../../lib/bench').Summary} summary */
function table({ withTools, without }) {
  const columns = [...(withTools ? [['with tools', withTools]] : []), ...(without ? [['without', without]] : [])];
  const [, first] = columns[0];
  const row = (name, find) => {
    const shares = columns.map(([, column]) => find(column));
    const [a, b] = shares.map((share) => share?.accuracy ?? null);
    const gap = columns.length < 2 ? [] : [a === null || b === null ? '–' : (100 * (a - b)).toFixed(1)];
    return [name, String(shares[0]?.n ?? 0), ...shares.map((share) => percent(share?.accuracy)), ...gap];
  };
  return [
    ['percent right', 'n', ...columns.map(([name]) => name), ...(columns.length < 2 ? [] : ['gap'])],
    row('all', (column) => column),
    row('needs a closer look', (column) => column.needsZoom),
    row('needs none', (column) => column.needsNoZoom),
    ...Object.keys(first.byKind).map((kind) => row(kind, (column) => column.byKind[kind])),
  ];
}

function looksLines(looks) {
  if (!looks) return [];
  return [
    '',
    `calls per question            ${decimal(looks.callsPerQuestion)}`,
    `looked where needed           ${percent(looks.lookedWhereNeeded)} %`,
    `answered without call         ${percent(looks.answeredWithoutCall)} % of the questions that need none`,
    `mean IoU of calls             ${decimal(looks.meanIou)}`,
    `IoU of the last call          ${decimal(looks.lastCallIou)}`,
    `IoU by target, best call      ${decimal(looks.targetIou)}`,
    `tag in the last call, ≥ 10 px ${percent(looks.tagInLastCall)} %`,
  ];
}

function columnLines(name, column) {
  if (!column) return [];
  const { existence, tokensPerQuestion, secondsPerQuestion } = column;
  const cost = `${decimal(tokensPerQuestion, 1)} tokens and ${decimal(secondsPerQuestion)} s a question`;
  if (!existence) return [`${name}: ${cost}`];
  const { n, accuracy, precision, recall, f1, yesRatio } = existence;
  return [
    `${name}: ${cost}`,
    `  existence (n ${n}): accuracy ${percent(accuracy)}, precision ${percent(precision)}, recall ${percent(recall)}, F1 ${percent(f1)}, yes-ratio ${percent(yesRatio)}`,
  ];
}

/** @param {import('../../lib/bench').Summary} summary */
export function formatReport(summary) {
  return [
    ...printed(table(summary)),
    ...looksLines(summary.looks),
    '',
    ...columnLines('with tools', summary.withTools),
    ...columnLines('without', summary.without),
  ].join('\n');
}

/**
 * For an issue or a note: `run.md` and its pictures as a zip. Nothing that a model or a person wrote is taken for Markdown: it stands in
 * quotes or fences, escaped.
 */
import { resultOf, type StepOf, type Trajectory } from '@/lib/trajectory';
import type { ExportTools, RunToExport, Writer } from '../contract';
import { endingOf, runName, setName } from '../file-names';
import { bytesOfPicture } from '../shown-picture';
import { createZip, unused, type ZipFile } from '../zip-file';

export const writeMarkdown: Writer = async (runs, tools, progress) => {
  const zip = createZip();
  const taken = new Set<string>();
  let name = setName(runs.count);
  let done = 0;
  for await (const one of runs.each()) {
    progress(done, runs.count);
    done += 1;
    if (runs.count === 1) name = runName(one.run);
    const folder = runs.count === 1 ? '' : `${unused(taken, runName(one.run))}/`;
    await zip.add(`${folder}run.md`, await textOf(one, folder, zip, tools));
  }
  return { name: `${name}-markdown.zip`, blob: await zip.end() };
};

async function textOf(one: RunToExport, folder: string, zip: ZipFile, { drawing }: ExportTools): Promise<string> {
  const { run } = one;
  const lines: string[] = [`# ${escaped(run.title.replace(/\s+/g, ' ') || runName(run))}`];
  const put = async (name: string, bytes: Blob | null, alt: string) => {
    if (!bytes) return;
    const path = `pictures/${name}.${endingOf(bytes.type)}`;
    await zip.add(`${folder}${path}`, bytes);
    lines.push(`![${escaped(alt.replace(/\s+/g, ' '))}](${path})`);
  };
  await put('overview', await drawing.overview(one), 'overview');
  for (const part of run.given) if ('text' in part) lines.push(quoted(part.text));
  let look = 0;
  for (const step of run.steps) {
    if (step.type === 'think') lines.push(quoted(step.text));
    else if (step.type === 'call') {
      look += 1;
      lines.push(`**${look}. ${escaped(step.label || step.tool)}** ${boxWords(run, step)}`.trimEnd());
      const shown = resultOf(run, step.callId)?.parts.find((part) => 'picture' in part);
      if (shown && 'picture' in shown)
        await put(`look-${look}`, await bytesOfPicture(one, shown.picture, drawing), step.label || step.tool);
    } else if (step.type === 'result') {
      for (const part of step.parts) if ('text' in part) lines.push(fenced(part.text));
      if (step.refused && step.refused.told !== '') lines.push(fenced(step.refused.told));
    } else if (step.type === 'answer') lines.push(fenced(step.text));
    else if (step.type === 'said') for (const part of step.parts) if ('text' in part) lines.push(quoted(part.text));
  }
  const models = run.models.map(({ name }) => escaped(name)).join(', ');
  if (models !== '') lines.push(`<sub>${models}</sub>`);
  return `${lines.join('\n\n')}\n`;
}

function boxWords(run: Trajectory, { place }: StepOf<'call'>): string {
  if (!place) return '';
  const { x1, y1, x2, y2 } = place.box;
  const size = run.pictures.find(({ id }) => id === place.picture);
  const box = [x1, y1, x2, y2].map(Math.round).join(', ');
  return `\`[${box}]\`${size ? ` / ${Math.round(size.width)}×${Math.round(size.height)}` : ''}`;
}

/** HTML and Markdown alike. */
export function escaped(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+\-!|~>@:]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;');
}

const quoted = (text: string): string => escaped(text.trim()).replace(/^/gm, '> ');

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`{3,}/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text.trim()}\n${fence}`;
}

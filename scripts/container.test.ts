/**
 * The Dockerfile and the compose example, held to what README.md promises: dockerfile-utils finds no mistake, and the rules of
 * the house hold. It cannot say that an image builds: that takes Docker.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const read = (name: string) => readFileSync(join(process.cwd(), name), 'utf8');
const dockerfile = read('Dockerfile');

/** Instructions with their words; comments gone, continued lines joined. */
const instructions = dockerfile
  .replace(/^\s*#.*\n/gm, '')
  .replace(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => {
    const [, name = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    return { name, rest };
  });
const image = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));
const of = (name: string, among = image) => among.filter((each) => each.name === name).map(({ rest }) => rest);
const ignored = read('.dockerignore')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

function findings(text: string): string[] {
  return validate(text).map(
    ({ message, range }) => `line ${range.start.line + 1}: ${typeof message === 'string' ? message : message.value}`,
  );
}

describe('the Dockerfile', () => {
  it('has no mistake that the linter knows', () => {
    expect(findings(dockerfile)).toEqual([]);
  });

  it('pins the Node of both stages, and no newer than the app was tested with is asked for', () => {
    expect(of('FROM', instructions).map((from) => from.split(' ')[0])).toEqual([
      'node:22-bookworm-slim',
      'node:22-bookworm-slim',
    ]);
  });

  it('runs without root, on one port, with one volume and a health check', () => {
    expect(of('USER')).toEqual(['1000:1000']);
    expect(of('EXPOSE')).toEqual(['3000']);
    expect(of('VOLUME')).toEqual(['/data']);
    expect(of('HEALTHCHECK')[0]).toContain('/api/health');
    expect(of('CMD')).toEqual(['["node", "scripts/serve.mjs"]']);
    const last = image.map(({ name }) => name);
    for (const work of ['RUN', 'COPY']) expect(last.lastIndexOf(work)).toBeLessThan(last.indexOf('USER'));
  });

  it('copies only what there is, by COPY, and nothing from the network', () => {
    expect(of('ADD', instructions)).toEqual([]);
    const made = new Set(['node_modules', '.next']);
    for (const copy of of('COPY')) {
      const [from = '', ...paths] = copy.split(' ');
      expect(from).toBe('--from=build');
      for (const path of paths.slice(0, -1)) {
        const name = path.replace('/app/', '');
        expect(made.has(name) || existsSync(join(process.cwd(), name)), name).toBe(true);
        expect(made.has(name) || !ignored.includes(name), `${name} is in .dockerignore`).toBe(true);
      }
    }
  });

  it('leaves shares, secrets and history out of the image', () => {
    for (const name of ['.git', '.env*', 'data', 'node_modules']) expect(ignored).toContain(name);
  });
});

describe('the compose example', () => {
  const compose = parse(read('compose.yaml')) as {
    services: { loupe: Record<string, unknown> & { environment: Record<string, string> } };
    volumes: Record<string, unknown>;
  };
  const { loupe } = compose.services;

  it('keeps shares in a volume and everything else read-only', () => {
    expect(loupe.volumes).toEqual(['shares:/data']);
    expect(Object.keys(compose.volumes)).toEqual(['shares']);
    expect(loupe).toMatchObject({ read_only: true, cap_drop: ['ALL'], ports: ['127.0.0.1:3000:3000'] });
  });

  it('names only settings that README.md explains', () => {
    const readme = read('README.md');
    for (const name of read('compose.yaml').match(/LOUPE_[A-Z0-9_]+/g) ?? []) expect(readme).toContain(name);
    for (const name of read('lib/server/share-settings.ts').match(/LOUPE_[A-Z0-9_]+/g) ?? []) {
      expect(readme).toContain(name);
    }
  });
});

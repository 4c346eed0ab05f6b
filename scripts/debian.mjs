/** Packages of Debian for what tests need beside npm's, where this is Debian and we are root. Node built-ins only. */
import { existsSync } from 'node:fs';
import { runBeside, runCommand } from './install.mjs';

const ENV = { DEBIAN_FRONTEND: 'noninteractive' };

export const isDebianRoot = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** One command, and one at a time: while npm works, nobody here could start a second one, and apt gives way to no other apt. */
function command(names) {
  const install = `apt-get -q update && apt-get -q install -y --no-install-recommends ${names.join(' ')}`;
  return ['flock', ['/var/lock/loupe-packages', 'sh', '-c', install], ENV];
}

/** While other work goes on. @returns {Promise<boolean>} whether they are there now */
export async function installPackages(names) {
  return isDebianRoot() && (await runBeside(...command(names))) === 0;
}

/** @returns whether they are there now */
export function installPackagesNow(names) {
  return isDebianRoot() && runCommand(...command(names)) === 0;
}

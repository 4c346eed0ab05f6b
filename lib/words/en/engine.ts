/** What keeps a model from being loaded or from answering, where more is known than that it did not. */

const settingsToken = 'add your access token';
const withoutThinking = 'Load it without “thinking” in its address.';

const opened = (why: string) => `Opened the copy saved here: ${why}.`;

export const engine = {
  /** Why what is kept here opened without word of a newer one. */
  keptCopy: {
    gone: ({ host, status }: HostAnswer) => opened(`${host} no longer has it (${status})`),
    refused: ({ host, status }: HostAnswer) => opened(`${host} refused the request (${status})`),
    answered: ({ host, status }: HostAnswer) => opened(`${host} returned status ${status}`),
    unreachable: ({ host }: Host) => opened(`${host} can’t be reached`),
    offline: opened('this device is offline'),
    unusable: ({ host }: Host) => opened(`the version on ${host} can’t run here`),
  },

  /** Why this device and not the better one, and what is slower on it. A sentence each. */
  remarks: {
    'gpu-lost': 'WebGPU was lost too often.',
    'gpu-failed': ({ detail }: { readonly detail: string }) => `WebGPU didn’t work (${detail}).`,
    'no-gpu': ({ detail }: { readonly detail: string }) => `WebGPU isn’t available (${detail}).`,
    'no-shaders': 'Loupe’s own shaders don’t work on this GPU, so tokens take a little longer.',
    'no-choice': 'This GPU can’t pick tokens, so they take a little longer.',
    'slow-cache': ({ detail }: { readonly detail: string }) =>
      `The fast cache gave a wrong answer (${detail}), so a slower one is in use.`,
    recording: 'This is a recording.',
  },

  problems: {
    // Asking a hub or another server.
    'no-file': ({ path, host }: { readonly path: string; readonly host: string }) => `${host} doesn’t have ${path}.`,
    answered: ({ path, status, host }: Answered) => `${host} returned status ${status} for ${path}.`,
    busy: ({ path, status, host }: Answered) => `${host} returned status ${status} for ${path}. Try again in a while.`,
    silent: ({ host, path, seconds }: { readonly host: string; readonly path: string; readonly seconds: number }) =>
      `${host} hasn’t sent any of ${path} for ${seconds} seconds.`,
    offline: ({ path }: { readonly path: string }) =>
      `This device is offline and doesn’t have the whole model yet (${path} is missing). Connect and load again; the download picks up where it stopped.`,
    unreachable: ({ path, host, detail }: { readonly path: string; readonly host: string; readonly detail: string }) =>
      `Couldn’t get ${path} from ${host}: ${detail}. Check your connection, or choose another mirror.`,
    'broke-off': ({ path, detail }: { readonly path: string | null; readonly detail: string }) =>
      `The download${path === null ? '' : ` of ${path}`} was cut off: ${detail}`,
    'sent-nothing': ({ host, path }: { readonly host: string; readonly path: string }) =>
      `${host} sent none of ${path}.`,
    'another-part': ({ path }: { readonly path: string }) => `The wrong part of ${path} arrived.`,
    'other-length': ({ path, bytes }: { readonly path: string; readonly bytes: number }) =>
      `${path} isn’t ${bytes} bytes long, as its manifest says.`,
    'runtime-length': ({ path, bytes }: { readonly path: string; readonly bytes: number }) =>
      `${path} isn’t ${bytes} bytes long, as ONNX Runtime’s file is.`,
    'other-hash': ({ path, hash }: { readonly path: string; readonly hash: 'sha256' | 'git' }) =>
      `${path} isn’t the file its manifest lists (${hash === 'git' ? 'its git ID' : 'its SHA-256'} differs), even after a second try. It wasn’t saved. Try again later, or choose another mirror.`,

    // What a hub refuses.
    'no-hub-address': ({ endpoint }: { readonly endpoint: string }) =>
      `“${endpoint}” isn’t a hub address. It starts with https://.`,
    gated: ({ id, page, token }: { readonly id: string; readonly page: string; readonly token: boolean }) =>
      `${id} requires accepting its owner’s terms. Open ${page}, accept them${token ? '' : `, ${settingsToken}`}, then load again.`,
    'not-public': ({ host, id }: OnHub) =>
      `${host} has no public model named ${id}. Check the name; if it’s private, ${settingsToken}.`,
    'token-refused': ({ host, id }: OnHub) =>
      `${host} didn’t accept your access token for ${id}. Check the token and whether it has access to ${id}.`,
    'no-revision': ({ host, id }: OnHub) => `${id} doesn’t have that revision on ${host}. Correct it or leave it out.`,
    'no-such-file': ({ host, id }: OnHub) =>
      `${host} doesn’t have that file of ${id}. Check the name, or choose another mirror; some are incomplete.`,
    'no-such-model': ({ host, id }: OnHub) =>
      `${host} doesn’t have ${id}. Check the name, or choose another mirror; some are incomplete.`,
    'not-the-hub': ({ host, id, detail }: OnHub & { readonly detail: string }) =>
      `${host} didn’t describe ${id} the way a hub does (${detail}). Is it a hub’s address?`,
    'no-hashes': ({ host, id }: OnHub) =>
      `${host} doesn’t publish sizes and hashes for the files of ${id}, so downloads couldn’t be checked. Choose another mirror.`,

    // What a repository or a folder lacks.
    'text-too-long': ({ path, id }: OfModel) => `${path} of ${id} is too long to be valid.`,
    'no-config': ({ id }: Model) => `${id} has no config.json, so it can’t be loaded here.`,
    'no-end-token': ({ id }: Model) => `${id} doesn’t say which token ends an answer.`,
    'config-not-json': ({ path, id }: OfModel) => `${path} of ${id} isn’t JSON.`,
    'config-wrong': ({ path, id, detail }: OfModel & { readonly detail: string }) => `${path} of ${id}: ${detail}`,
    'no-onnx': ({ id }: Model) =>
      `${id} has no ONNX files. Look for a version that does; many are under onnx-community.`,
    'other-layout': ({ id, found, wanted }: Model & { readonly found: string; readonly wanted: string }) =>
      `The ONNX files of ${id} (${found}) are for another program. Loupe needs three graphs: ${wanted}, each in any one format. Look for a version like that; many are under onnx-community.`,
    'other-family': ({ id, family, known }: Model & { readonly family: string; readonly known: string }) =>
      `${id} is in the “${family}” family. Loupe can run these: ${known}.`,
    'no-such-format': ({ id, format, there }: Model & { readonly format: string; readonly there: string }) =>
      `${id} has no ${format} files; it has ${there}.`,
    'no-thinking': ({ id }: Model) => `The chat template of ${id} can’t turn thinking on or off. ${withoutThinking}`,
    'no-tokenizer': ({ id }: Model) => `${id} has no tokenizer.json, so it can’t be loaded here.`,
    'no-template': ({ id }: Model) => `${id} has no chat template, so it wasn’t made for chat.`,
    'no-measures': ({ id }: Model) => `config.json of ${id} doesn’t give the decoder’s dimensions.`,
    'folder-without-template': 'The folder has no chat template.',
    'manifest-not-json': ({ detail }: { readonly detail: string }) =>
      detail === '' ? 'manifest.json isn’t JSON.' : `manifest.json isn’t JSON: ${detail}`,
    'not-in-folder': ({ path }: { readonly path: string }) => `manifest.json lists ${path}, which isn’t in the folder.`,
    'other-in-folder': ({ path }: { readonly path: string }) =>
      `${path} isn’t the file manifest.json lists (its SHA-256 differs).`,

    // Addresses of models.
    'names-no-format': ({ address, format }: { readonly address: string; readonly format: string }) =>
      `“${address}” isn’t a valid model: there’s no “${format}” format.`,
    'names-no-model': ({ address, why }: { readonly address: string; readonly why: AddressProblem }) =>
      `“${address}” isn’t a valid model: ${addressProblems[why]}.`,

    // Keeping it here.
    'given-not-kept': ({ name }: { readonly name: string }) =>
      `“${name}” isn’t saved in this browser. Open its folder again.`,
    'file-not-kept': ({ path }: { readonly path: string }) =>
      `${path} is no longer saved in this browser. Open its folder again.`,
    'keeps-nothing':
      'This browser doesn’t save anything for this page, as in private windows. Use a regular window, or load the model from a hub.',
    'not-written':
      'Couldn’t save the model to disk. Free up space or delete models you no longer need, then open the folder again.',
    'file-not-written': ({ path, detail }: { readonly path: string; readonly detail: string }) =>
      `Couldn’t save ${path} to disk (${detail}). Free up space or delete models you no longer need, then load again; the download picks up where it stopped.`,
    'file-unreadable': ({ path }: { readonly path: string }) =>
      `Couldn’t read ${path} from disk. Delete the model and load it again.`,
    'no-room': ({ needed, free }: { readonly needed: number; readonly free: number }) =>
      `This model needs ${megabytes(needed)} more, but the browser only has ${megabytes(free)} left for this page. Free up space, delete models you no longer need, or choose a smaller format.`,

    // Running it.
    'unknown-family': ({ family }: { readonly family: string }) =>
      `This version doesn’t know the model family “${family}”.`,
    'unknown-dialect': ({ dialect }: { readonly dialect: string }) =>
      `This version doesn’t know the model’s dialect, “${dialect}”.`,
    'no-half-precision':
      'These weights use half precision, which this GPU doesn’t support (no shader-f16). Choose another format.',
  },
};

interface Answered {
  readonly path: string;
  readonly status: number;
  readonly host: string;
}

interface Model {
  readonly id: string;
}

interface OnHub extends Model {
  readonly host: string;
}

interface OfModel extends Model {
  readonly path: string;
}

const addressProblems = {
  'local-name': 'after local: comes the name of a folder',
  repository: 'after hub: comes owner/name',
  revision: 'after @ comes a branch, a tag or a commit',
  'max-pixels': 'maxPixels is a whole number',
  thinking: 'thinking is on or off',
};

type AddressProblem = keyof typeof addressProblems;

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

interface Host {
  readonly host: string;
}

interface HostAnswer extends Host {
  readonly status: number;
}

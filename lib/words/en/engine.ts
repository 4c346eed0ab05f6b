/** What keeps a model from being loaded or from answering, where more is known than that it did not. */

const settingsToken = 'put your access token into the settings';
const withoutThinking = 'Load it without “thinking” in its address.';

const opened = (why: string) => `Opened the copy kept here: ${why}.`;

export const engine = {
  /** Why what is kept here opened without word of a newer one. */
  keptCopy: {
    gone: ({ host, status }: HostAnswer) => opened(`${host} does not have it any more (${status})`),
    refused: ({ host, status }: HostAnswer) => opened(`${host} refused (${status})`),
    answered: ({ host, status }: HostAnswer) => opened(`${host} answered with status ${status}`),
    unreachable: ({ host }: Host) => opened(`${host} could not be reached`),
    offline: opened('this device is offline'),
    unusable: ({ host }: Host) => opened(`what ${host} has now cannot be used here`),
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
    'no-file': ({ path, host }: { readonly path: string; readonly host: string }) => `There is no ${path} on ${host}.`,
    answered: ({ path, status, host }: Answered) => `${path} was answered with status ${status} by ${host}.`,
    busy: ({ path, status, host }: Answered) =>
      `${path} was answered with status ${status} by ${host}. Try again in a while.`,
    silent: ({ host, path, seconds }: { readonly host: string; readonly path: string; readonly seconds: number }) =>
      `${host} has sent nothing of ${path} for ${seconds} seconds.`,
    offline: ({ path }: { readonly path: string }) =>
      `This device is offline, and not all of the model is on it yet (${path} is missing). Connect and load again: what has arrived is kept.`,
    unreachable: ({ path, host, detail }: { readonly path: string; readonly host: string; readonly detail: string }) =>
      `${path} could not be fetched from ${host}: ${detail}. Check the connection, or choose another mirror.`,
    'broke-off': ({ path, detail }: { readonly path: string | null; readonly detail: string }) =>
      `The download of ${path ?? 'The answer'} broke off: ${detail}`,
    'sent-nothing': ({ host, path }: { readonly host: string; readonly path: string }) =>
      `${host} sent nothing of ${path}.`,
    'another-part': ({ path }: { readonly path: string }) => `Another part of ${path} came than was asked for.`,
    'other-length': ({ path, bytes }: { readonly path: string; readonly bytes: number }) =>
      `${path} does not have the ${bytes} bytes its manifest names.`,
    'runtime-length': ({ path, bytes }: { readonly path: string; readonly bytes: number }) =>
      `${path} does not have the ${bytes} bytes of ONNX Runtime's file.`,
    'other-hash': ({ path, hash }: { readonly path: string; readonly hash: 'sha256' | 'git' }) =>
      `${path} is not the file its manifest names (${hash === 'git' ? "git's id" : 'its SHA-256'} differs), and was not a second time either. Nothing of it was kept: try again later, or choose another mirror.`,

    // What a hub refuses.
    'no-hub-address': ({ endpoint }: { readonly endpoint: string }) =>
      `“${endpoint}” is no address of a hub: it begins with https://.`,
    gated: ({ id, page, token }: { readonly id: string; readonly page: string; readonly token: boolean }) =>
      `${id} is not open to everybody. Its owner wants you to accept terms first: open ${page}, accept them${token ? '' : `, ${settingsToken}`}, then load again.`,
    'not-public': ({ host, id }: OnHub) =>
      `${host} knows no public model ${id}. Check its name; if it is private, ${settingsToken}.`,
    'token-refused': ({ host, id }: OnHub) =>
      `${host} does not accept your access token for ${id}. Check the token in the settings, and whether it may read ${id}.`,
    'no-revision': ({ host, id }: OnHub) => `${id} has no such revision on ${host}. Leave it out, or correct it.`,
    'no-such-file': ({ host, id }: OnHub) =>
      `${host} has no such file of ${id}. Check its name, or choose another mirror: some do not have everything.`,
    'no-such-model': ({ host, id }: OnHub) =>
      `${host} has no ${id}. Check its name, or choose another mirror: some do not have everything.`,
    'not-the-hub': ({ host, id, detail }: OnHub & { readonly detail: string }) =>
      `${host} described ${id} in a form that is not the hub's (${detail}). Is it the address of a hub?`,
    'no-hashes': ({ host, id }: OnHub) =>
      `${host} does not tell the sizes and hashes of the files of ${id}. Without them nothing that arrives could be checked: choose another mirror.`,

    // What a repository or a folder lacks.
    'text-too-long': ({ path, id }: OfModel) => `${path} of ${id} is too long to be what it should.`,
    'no-config': ({ id }: Model) => `${id} has no config.json: it is no model that can be loaded here.`,
    'no-end-token': ({ id }: Model) => `${id} does not say which token ends an answer.`,
    'config-not-json': ({ path, id }: OfModel) => `${path} of ${id} is not JSON.`,
    'config-wrong': ({ path, id, detail }: OfModel & { readonly detail: string }) => `${path} of ${id}: ${detail}`,
    'no-onnx': ({ id }: Model) =>
      `${id} has no ONNX files. Look for a repository of that model that has; many are under onnx-community.`,
    'other-layout': ({ id, found, wanted }: Model & { readonly found: string; readonly wanted: string }) =>
      `The ONNX files of ${id} (${found}) are laid out for another program. Here a model of three graphs is needed: ${wanted}, each in any one format. Look for such a repository of that model; many are under onnx-community.`,
    'other-family': ({ id, family, known }: Model & { readonly family: string; readonly known: string }) =>
      `${id} is of the family “${family}”; these can run here: ${known}.`,
    'no-such-format': ({ id, format, there }: Model & { readonly format: string; readonly there: string }) =>
      `${id} has no files in the format ${format}; it has ${there}.`,
    'no-thinking': ({ id }: Model) => `The chat template of ${id} has no switch for thinking. ${withoutThinking}`,
    'no-tokenizer': ({ id }: Model) => `${id} has no tokenizer.json: its words cannot be read here.`,
    'no-template': ({ id }: Model) => `${id} has no chat template: it was not made for conversations.`,
    'no-measures': ({ id }: Model) => `config.json of ${id} does not give the decoder's measures.`,
    'folder-without-template': 'The folder has no chat template.',
    'manifest-not-json': ({ detail }: { readonly detail: string }) =>
      detail === '' ? 'manifest.json is not JSON.' : `manifest.json is not JSON: ${detail}`,
    'not-in-folder': ({ path }: { readonly path: string }) =>
      `manifest.json names ${path}, which is not in the folder.`,
    'other-in-folder': ({ path }: { readonly path: string }) =>
      `${path} is not the file that manifest.json names (its SHA-256 differs).`,

    // Addresses of models.
    'names-no-format': ({ address, format }: { readonly address: string; readonly format: string }) =>
      `“${address}” names no model: there is no format "${format}".`,
    'names-no-model': ({ address, why }: { readonly address: string; readonly why: AddressProblem }) =>
      `“${address}” names no model: ${addressProblems[why]}.`,

    // Keeping it here.
    'given-not-kept': ({ name }: { readonly name: string }) =>
      `“${name}” is not kept in this browser. Open its folder again.`,
    'file-not-kept': ({ path }: { readonly path: string }) =>
      `${path} is no longer kept in this browser. Open its folder again.`,
    'keeps-nothing':
      'This browser keeps nothing for this page, as private windows do. Use a normal window, or load the model from an address.',
    'not-written':
      'The model could not be written to this disk. Make room, or delete models you no longer need, and open the folder again.',
    'file-not-written': ({ path, detail }: { readonly path: string; readonly detail: string }) =>
      `${path} could not be written to this disk (${detail}). What has arrived is kept: make room, or delete models you no longer need, and load again.`,
    'file-unreadable': ({ path }: { readonly path: string }) =>
      `${path} cannot be read from this disk: delete the model and load it again.`,
    'no-room': ({ needed, free }: { readonly needed: number; readonly free: number }) =>
      `${megabytes(needed)} are still to be kept for this model, and the browser gives this page ${megabytes(free)} more. Make room, delete models you no longer need, or choose a smaller format.`,

    // Running it.
    'unknown-family': ({ family }: { readonly family: string }) =>
      `No model family "${family}" is known to this engine.`,
    'unknown-dialect': ({ dialect }: { readonly dialect: string }) =>
      `This version doesn’t know the model’s dialect, “${dialect}”.`,
    'no-half-precision':
      'These weights are in half precision, which this graphics device cannot compute with (no shader-f16). Choose another format.',
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

/** What runs the model's code, loaded when the first code is to run. */
import type { Sandbox } from '@/lib/python/contract';

export function sandboxLater(): Sandbox {
  let made: Promise<Sandbox> | null = null;
  return {
    async run(request) {
      made ??= import('@/lib/python').then(({ createSandbox, keptLibraries }) =>
        createSandbox({ full: (signal) => keptLibraries(signal) }),
      );
      return (await made).run(request);
    },
    end: () => void made?.then((sandbox) => sandbox.end()),
  };
}

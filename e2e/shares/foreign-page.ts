/** Another site, on a port of its own: a page with frames in it that writes down what they say to it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ForeignSite {
  readonly origin: string;
  close(): Promise<void>;
}

interface ForeignOptions {
  /** Addresses of the frames. */
  readonly frames: readonly string[];
  readonly width?: number;
  /** The page is itself cross-origin isolated. */
  readonly isolated?: boolean;
}

export async function serveForeignPage({
  frames,
  width = 900,
  isolated = false,
}: ForeignOptions): Promise<ForeignSite> {
  const html = `<!doctype html><html lang="en"><title>A foreign page</title>
<body style="margin:24px;font:16px/1.5 Georgia,serif;background:#fff;color:#222;max-width:${width}px">
<h1>A post about pictures</h1><p>Here is a run, embedded. Step through it.</p>
${frames.map((src) => `<iframe src="${src}" style="width:100%;height:400px;border:0" title="A run in Loupe"></iframe>`).join('\n')}
<p>The post goes on below it.</p>
<script>
  window.said = [];
  addEventListener('message', ({ data, source, origin }) => {
    if (data?.source !== 'loupe') return;
    window.said.push({ ...data, origin });
    for (const frame of document.querySelectorAll('iframe')) {
      if (frame.contentWindow === source && data.type === 'size') frame.style.height = data.height + 'px';
    }
  });
</script></body></html>`;
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    if (isolated) {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    }
    response.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Listening on a port: the address is not a pipe's.
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

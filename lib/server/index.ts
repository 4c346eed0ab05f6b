/**
 * Server: what runs in Node behind a route, never in the page.
 *
 * - **policy**: a Content-Security-Policy as text. **stored form**: a file as it lies on disk (as it is, brotli, gzip).
 */
export { pagePolicy, WORKER_POLICY } from './content-policy';
export { staticHeaders, staticRewrites } from './static-files';

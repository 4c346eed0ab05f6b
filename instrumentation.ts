/**
 * Run once when the server starts, before the first request: settings that make no sense are said now, and the sweep of
 * expired shares begins.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || process.env.NEXT_PHASE === 'phase-production-build') return;
  const { readHubEndpoint } = await import('@/lib/server/hub-settings');
  readHubEndpoint(process.env);
  const { readConnect, readEndpoints } = await import('@/lib/server/endpoint-settings');
  readConnect(process.env);
  readEndpoints(process.env);
  const { startShares } = await import('@/lib/server/share-service');
  await startShares();
}

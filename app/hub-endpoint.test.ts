/** The hub that the server names to pages: what it takes is what a page would take from a person, and what it refuses is said. */
import { describe, expect, it } from 'vitest';
import { readHubEndpoint } from '@/lib/server/hub-settings';
import { SettingsError } from '@/lib/server/share-settings';
import { isEndpoint } from '@/lib/session';

describe('HF_ENDPOINT', () => {
  it.each([
    ['https://hf-mirror.com', 'https://hf-mirror.com'],
    [' https://mirror.example/hf/ ', 'https://mirror.example/hf'],
    ['http://localhost:9999', 'http://localhost:9999'],
    ['http://localhost', 'http://localhost'],
  ])('may be "%s"', (given, endpoint) => {
    expect(readHubEndpoint({ HF_ENDPOINT: given })).toBe(endpoint);
    expect(isEndpoint(endpoint)).toBe(true);
  });

  it.each([
    'hf-mirror.com',
    'ftp://a.b',
    'http://192.168.1.2:8080',
    'https://me:secret@a.b',
    'https://a.b?x=1',
    'https://a.b#x',
  ])('that is "%s" stops the server with its name and what it may be', (given) => {
    expect(isEndpoint(given)).toBe(false);
    const read = () => readHubEndpoint({ HF_ENDPOINT: given });
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(`HF_ENDPOINT is "${given}"; it has to be a hub’s address that begins with https://`);
  });

  it('that is empty or not there is none', () => {
    expect(readHubEndpoint({})).toBeNull();
    expect(readHubEndpoint({ HF_ENDPOINT: ' ' })).toBeNull();
  });
});

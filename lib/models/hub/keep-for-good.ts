/**
 * Asks the browser not to clear this page's storage by itself when the disk runs low. Only a page can ask, no worker.
 * @returns whether it agreed
 */
export async function keepForGood(): Promise<boolean> {
  try {
    // Typed as always present; not in old browsers, not outside secure contexts.
    const storage = navigator.storage as StorageManager | undefined;
    return (await storage?.persisted()) === true || (await storage?.persist()) === true;
  } catch {
    return false;
  }
}

/** Values that are dear to load, cached up to a limit in bytes. Requests for one that is being loaded wait for it. */

import { LRUCache } from 'lru-cache'

export interface LoadCache<T> {
  /** @returns `undefined` when `load` found none; that is not cached. @throws What `load` throws, to all who wait. */
  read(key: string): Promise<T | undefined>
  forget(key: string): void
}

/**
 * @param maxBytes - A value counts as a third of it at most: one that is larger leaves room for others.
 * @param load - `bytes` is the size of the value, by the caller's own measure.
 */
export function createLoadCache<T>(
  maxBytes: number,
  load: (key: string) => Promise<{ value: T; bytes: number } | undefined>,
): LoadCache<T> {
  const cache = new LRUCache<string, { value: T; bytes: number }>({
    maxSize: maxBytes,
    sizeCalculation: ({ bytes }) => Math.max(1, Math.min(Math.floor(maxBytes / 3), bytes)),
    fetchMethod: (key) => load(key),
    // A value that is forgotten while it is read is given to those who wait.
    ignoreFetchAbort: true,
  })
  return {
    read: async (key) => (await cache.fetch(key))?.value,
    forget: (key) => void cache.delete(key),
  }
}

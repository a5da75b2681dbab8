/** A cache of values that are expensive to load, limited in bytes. Concurrent requests for a value share one load. */

import { LRUCache } from 'lru-cache'

export interface LoadCache<T> {
  /**
   * @returns `undefined` if `load` found no value, which is not cached.
   *
   * @throws The error of `load`, to all waiting callers.
   */
  read(key: string): Promise<T | undefined>
  forget(key: string): void
}

/**
 * @param maxBytes - The limit of the total size. A larger value is cached alone.
 * @param load - Loads a value and returns its size in bytes, as estimated by the caller.
 */
export function createLoadCache<T>(
  maxBytes: number,
  load: (key: string) => Promise<{ value: T; bytes: number } | undefined>,
): LoadCache<T> {
  const cache = new LRUCache<string, { value: T; bytes: number }>({
    maxSize: maxBytes,
    sizeCalculation: ({ bytes }) => Math.min(maxBytes, Math.max(1, bytes)),
    fetchMethod: (key) => load(key),
    // A value that is forgotten while it is being loaded is still returned to waiting callers.
    ignoreFetchAbort: true,
  })
  return {
    read: async (key) => (await cache.fetch(key))?.value,
    forget: (key) => void cache.delete(key),
  }
}

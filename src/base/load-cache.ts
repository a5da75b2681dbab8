/**
 * A cache of values that are expensive to load, limited by the memory that the values occupy, not by the size of the data they
 * were loaded from: a compressed file may unpack to hundreds of times its size. Concurrent requests for a value share one load.
 */

import { LRUCache } from 'lru-cache'

/** A value and the memory that it occupies, in bytes: an estimate that is not far below. */
export interface LoadedValue<T> {
  value: T
  bytes: number
}

/** @typeParam Source - What a value is loaded from, if its key is not enough. */
export interface LoadCache<T, Source = void> {
  /**
   * @returns `undefined` if `load` found no value, which is not cached.
   *
   * @throws The error of `load`, to all waiting callers.
   */
  read(key: string, source: Source): Promise<T | undefined>
  forget(key: string): void
}

/**
 * @param maxBytes - The limit of the total size. A value counts as a third of it at most, so a larger one does not evict all others;
 *   what a value can occupy must be limited where it is written.
 * @param load - Loads a value. A value must not grow afterwards: what is loaded later belongs in a cache of its own.
 */
export function createLoadCache<T, Source = void>(
  maxBytes: number,
  load: (key: string, source: Source) => Promise<LoadedValue<T> | undefined>,
): LoadCache<T, Source> {
  const cache = new LRUCache<string, LoadedValue<T>, { source: Source }>({
    maxSize: maxBytes,
    sizeCalculation: ({ bytes }) => Math.max(1, Math.min(Math.floor(maxBytes / 3), bytes)),
    fetchMethod: (key, _, { context }) => load(key, context.source),
    // A value that is forgotten while it is being loaded is still returned to waiting callers.
    ignoreFetchAbort: true,
  })
  return {
    read: async (key, source) => (await cache.fetch(key, { context: { source } }))?.value,
    forget: (key) => void cache.delete(key),
  }
}

/** The memory that a string occupies: V8 stores two bytes for each character if one is beyond Latin-1, and a header. */
export const bytesOfString = (text: string): number => STRING_HEADER + text.length * (isLatin1(text) ? 1 : 2)

const STRING_HEADER = 24
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters of Latin-1.
const isLatin1 = (text: string): boolean => !/[^\u0000-\u00ff]/.test(text)

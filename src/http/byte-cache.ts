/** What was made once and is likely to be asked for again, kept while there is room. Not for what may change. */

import { LRUCache } from 'lru-cache'

/** What an entry takes beside its bytes. */
const OVERHEAD = 500
/** A larger entry would push out too many others. */
const MAX_SHARE = 0.1

export function createByteCache<T extends object>(
  maxBytes: number,
  bytesOf: (value: T) => number,
): LRUCache<string, T> {
  return new LRUCache({
    maxSize: maxBytes,
    maxEntrySize: Math.max(1, Math.floor(maxBytes * MAX_SHARE)),
    sizeCalculation: (value) => bytesOf(value) + OVERHEAD,
  })
}

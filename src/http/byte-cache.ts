/** An LRU cache with a limit in bytes, for immutable values. */

import { LRUCache } from 'lru-cache'

/** Estimated memory per entry, in addition to its bytes. */
const OVERHEAD = 500
/** The largest share of the cache for one entry. Larger entries are not cached, since they would evict too many others. */
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

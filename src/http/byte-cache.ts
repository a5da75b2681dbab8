/** What was made once and is likely to be asked for again, kept while there is room. Not for what may change. */

export interface ByteCache<T> {
  read(key: string): T | undefined
  keep(key: string, value: T, bytes: number): void
}

/** What an entry takes beside its bytes. */
const OVERHEAD = 500
/** A larger entry would push out too many others. */
const MAX_SHARE = 0.1

export function createByteCache<T>(maxBytes: number): ByteCache<T> {
  /** The one that was read last at the end. */
  const entries = new Map<string, { value: T; bytes: number }>()
  let total = 0

  return {
    read(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      entries.delete(key)
      entries.set(key, entry)
      return entry.value
    },

    keep(key, value, length) {
      const bytes = length + OVERHEAD
      if (bytes > maxBytes * MAX_SHARE || entries.has(key)) return
      entries.set(key, { value, bytes })
      total += bytes
      for (const [oldest, entry] of entries) {
        if (total <= maxBytes) break
        entries.delete(oldest)
        total -= entry.bytes
      }
    },
  }
}

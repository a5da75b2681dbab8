/**
 * Finished pages, kept while there is room. A page is what a set, a file and what is said about the job make it, so it
 * is the same until one of these is another.
 */

export interface FinishedPage {
  body: Uint8Array<ArrayBuffer>
  /** With its quotes. */
  etag: string
}

export interface PageCache {
  read(key: string): FinishedPage | undefined
  keep(key: string, page: FinishedPage): void
}

const MAX_BYTES = 64 * 1_048_576
/** A larger page is made anew each time; it would push out too many others. */
const MAX_SHARE = 0.1
/** What an entry takes beside its body. */
const OVERHEAD = 500

export function createPageCache(maxBytes = MAX_BYTES): PageCache {
  /** The one that was read last at the end. */
  const pages = new Map<string, FinishedPage>()
  let bytes = 0

  return {
    read(key) {
      const page = pages.get(key)
      if (page === undefined) return undefined
      pages.delete(key)
      pages.set(key, page)
      return page
    },

    keep(key, page) {
      const size = page.body.length + OVERHEAD
      if (size > maxBytes * MAX_SHARE || pages.has(key)) return
      pages.set(key, page)
      bytes += size
      for (const [oldest, { body }] of pages) {
        if (bytes <= maxBytes) break
        pages.delete(oldest)
        bytes -= body.length + OVERHEAD
      }
    },
  }
}

/** Registers a server with the storage, so that `docspool move` refuses to start while it runs. */

import { forLog, type Log } from '#base/log.ts'
import type { Backend } from './backend.ts'
import { pause } from './wakeup.ts'

const RETRY_MS = 1_000
/** The maximum delay of `setTimeout`. */
const FOREVER_MS = 2 ** 31 - 1

/** Works in the background: a server also runs while its storage is unavailable. @returns Ends it. */
export function announceServer(storage: Pick<Backend, 'workers' | 'locate'>, log: Log): () => Promise<void> {
  const over = new AbortController()

  async function stayRegistered(): Promise<void> {
    while (!over.signal.aborted) {
      try {
        // Nothing is written into another spool in its place.
        storage.locate()
        const lease = await storage.workers.register('server')
        await pause(FOREVER_MS, AbortSignal.any([over.signal, lease.lost]))
        await lease.release()
      } catch (error) {
        log.debug(forLog(error), 'the server could not be registered')
      }
      await pause(RETRY_MS, over.signal)
    }
  }

  const running = stayRegistered()
  return async () => {
    over.abort()
    // While the storage is unavailable, its end is found like that of a process that was killed.
    await Promise.race([running, pause(RETRY_MS, AbortSignal.timeout(RETRY_MS))])
  }
}

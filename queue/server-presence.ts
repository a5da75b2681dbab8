/** Registers a server with the storage, so that `docspool move` refuses to start while it runs. */

import { forLog, type Log } from '#base/log.ts'
import type { Backend } from './backend.ts'
import { sleep } from './wakeup.ts'

const RETRY_MS = 1_000
/** The maximum delay of `setTimeout`. */
const FOREVER_MS = 2 ** 31 - 1

/**
 * Register this process in the background, because a server also runs while its storage is unavailable.
 *
 * @returns A function that ends the registration.
 */
export function announceServer(storage: Pick<Backend, 'workers' | 'locate'>, log: Log): () => Promise<void> {
  const over = new AbortController()

  async function stayRegistered(): Promise<void> {
    while (!over.signal.aborted) {
      try {
        // Throws if another spool is in its place, so that nothing is written there.
        storage.locate()
        const lease = await storage.workers.register('server')
        await sleep(FOREVER_MS, AbortSignal.any([over.signal, lease.lost]))
        await lease.release()
      } catch (error) {
        log.debug(forLog(error), 'the server could not be registered')
      }
      await sleep(RETRY_MS, over.signal)
    }
  }

  const running = stayRegistered()
  return async () => {
    over.abort()
    // If the storage is unavailable, others will notice that this process has exited, as if it had been killed.
    await Promise.race([running, sleep(RETRY_MS, AbortSignal.timeout(RETRY_MS))])
  }
}

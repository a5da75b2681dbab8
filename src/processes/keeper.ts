/** The side of a program that `keep-running.ts` keeps: what it is told, and what it tells. Without a keeper nothing happens. */

import { z } from 'zod'

/** From the keeper. */
export const ToKept = z.enum(['ping', 'end now'])
export type ToKept = z.infer<typeof ToKept>

/** To the keeper: an answer to `ping`, that it ends because the spool cannot be used, or that the server listens, with its address. */
export const FromKept = z.union([z.literal('pong'), z.literal('no spool'), z.object({ ready: z.string() })])
export type FromKept = z.infer<typeof FromKept>

/** @param on - `onEndNow`: end without waiting for anything. `onGone`: the keeper has ended, perhaps before this call. */
export function connectToKeeper({ onEndNow, onGone }: { onEndNow(): void; onGone(): void }): void {
  // Undefined without a keeper; false when it was gone before this line was reached.
  if (process.connected === undefined) return
  process.on('message', (message) => {
    const { data } = ToKept.safeParse(message)
    if (data === 'ping') tellKeeper('pong')
    if (data === 'end now') onEndNow()
  })
  process.once('disconnect', onGone)
  if (!process.connected) onGone()
}

/** A keeper that is gone meanwhile is told nothing; `onGone` has been called. */
export function tellKeeper(message: FromKept): void {
  void sendToKeeper(message)
}

/** Resolves when it has left: for what is told last. */
export function sendToKeeper(message: FromKept): Promise<void> {
  return new Promise((resolve) => {
    if (!process.connected || process.send === undefined) return resolve()
    process.send(message, undefined, undefined, () => resolve())
  })
}

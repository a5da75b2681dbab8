/** The IPC channel of a program that `keep-running.ts` runs. Without such a parent, nothing is sent or received. */

import { z } from 'zod'

/** From the keeper. */
export const ToKept = z.enum(['ping', 'end now'])
export type ToKept = z.infer<typeof ToKept>

/** To the keeper: the answer to `ping`, that the program exits because the spool is not available, or the URL of the server. */
export const FromKept = z.union([z.literal('pong'), z.literal('no spool'), z.object({ ready: z.string() })])
export type FromKept = z.infer<typeof FromKept>

/** @param on - `onEndNow`: exit at once. `onGone`: the keeper has exited, possibly before this call. */
export function connectToKeeper({ onEndNow, onGone }: { onEndNow(): void; onGone(): void }): void {
  // Undefined without a keeper, false when it has already exited.
  if (process.connected === undefined) return
  process.on('message', (message) => {
    const { data } = ToKept.safeParse(message)
    if (data === 'ping') tellKeeper('pong')
    if (data === 'end now') onEndNow()
  })
  process.once('disconnect', onGone)
  if (!process.connected) onGone()
}

/** Does nothing when the keeper has exited. */
export function tellKeeper(message: FromKept): void {
  void sendToKeeper(message)
}

/** Resolves when the message has been sent. For the last message before exiting. */
export function sendToKeeper(message: FromKept): Promise<void> {
  return new Promise((resolve) => {
    if (!process.connected || process.send === undefined) return resolve()
    process.send(message, undefined, undefined, () => resolve())
  })
}

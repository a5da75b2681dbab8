/**
 * The IPC channel between a program and its keeper, the process that runs it (`keep-running.ts`). Does nothing without a keeper.
 */

import { z } from 'zod'

/** A message from the keeper. */
export const ToKept = z.enum(['ping', 'end now'])
export type ToKept = z.infer<typeof ToKept>

/**
 * A message to the keeper: an answer to `ping`, a notice that the program exits without a spool, or that it is ready, in a server
 * with its URL.
 */
export const FromKept = z.union([z.enum(['pong', 'no spool', 'ready']), z.object({ ready: z.string() })])
export type FromKept = z.infer<typeof FromKept>

interface KeeperCalls {
  /** The keeper wants this program to exit at once. */
  onEndNow(): void
  /** The keeper has exited, possibly before `connectToKeeper` was called. */
  onGone(): void
}

export function connectToKeeper({ onEndNow, onGone }: KeeperCalls): void {
  // `undefined` without a keeper, false if the keeper has already exited.
  if (process.connected === undefined) return
  process.on('message', (message) => {
    const { data } = ToKept.safeParse(message)
    if (data === 'ping') tellKeeper('pong')
    if (data === 'end now') onEndNow()
  })
  process.once('disconnect', onGone)
  if (!process.connected) onGone()
}

/** Send a message without waiting. Does nothing when the keeper has exited. */
export function tellKeeper(message: FromKept): void {
  void sendToKeeper(message)
}

/** Resolves when the message has been sent, or could not be. For the last message before exiting. */
export function sendToKeeper(message: FromKept): Promise<void> {
  return new Promise((resolve) => {
    if (!process.connected || process.send === undefined) return resolve()
    process.send(message, undefined, undefined, () => resolve())
  })
}

/** What a thread of a pool answers, and the loop in which it does. */

import { readlinkSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import path from 'node:path'
import { parentPort, type TransferListItem } from 'node:worker_threads'
import { AppError, isErrno } from '#base/errors.ts'

export type Reply = { answer: unknown } | { error: { code: string | undefined; message: string; stack: string } }

/**
 * Do what comes in, one task at a time, and say that this thread is ready.
 *
 * @param transfer - Of an answer, what is handed over instead of being copied.
 */
export function answerTasks<Task, Answer>(
  perform: (task: Task) => Promise<Answer>,
  transfer: (answer: Answer) => TransferListItem[] = () => [],
): void {
  const port = parentPort
  if (port === null) throw new Error('This is the program of a thread.')
  lowerPriority()
  port.on('message', async (task: Task) => {
    try {
      const answer = await perform(task)
      port.postMessage({ answer } satisfies Reply, transfer(answer))
    } catch (thrown) {
      port.postMessage({ error: toReply(thrown) } satisfies Reply)
    }
  })
  port.postMessage('ready')
}

/** Where there are fewer processors than work, the thread that answers requests goes first. On Linux alone threads have priorities. */
function lowerPriority(): void {
  try {
    const thread = Number(path.basename(readlinkSync('/proc/thread-self')))
    setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // Without /proc, or not allowed: the threads compete.
  }
}

function toReply(thrown: unknown): Extract<Reply, { error: unknown }>['error'] {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const isSystem = isErrno(error, 'ENOSPC', 'EDQUOT')
  const code = error instanceof AppError ? error.code : isSystem ? 'SPOOL_FULL' : undefined
  return { code, message: error.message, stack: error.stack ?? '' }
}

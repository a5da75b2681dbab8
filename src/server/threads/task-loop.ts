/** The thread's side of a pool: receives tasks and sends replies. */

import { constants, setPriority } from 'node:os'
import { parentPort, type TransferListItem } from 'node:worker_threads'
import { AppError, isErrno } from '#base/errors.ts'
import { readThreadId } from './cpu-wait.ts'

/** The first message of a thread. */
export interface Ready {
  /** From `readThreadId`. */
  threadId: number | undefined
}

export type Reply = { answer: unknown } | { error: { code: string | undefined; message: string; stack: string } }

/**
 * Handle tasks from the pool and report that this thread is ready.
 *
 * @param transfer - The objects of an answer to transfer instead of copying.
 */
export function answerTasks<Task, Answer>(
  perform: (task: Task) => Promise<Answer>,
  transfer: (answer: Answer) => TransferListItem[] = () => [],
): void {
  const port = parentPort
  if (port === null) throw new Error('Expected to run in a thread.')
  const threadId = readThreadId()
  lowerPriority(threadId)
  port.on('message', async (task: Task) => {
    try {
      const answer = await perform(task)
      port.postMessage({ answer } satisfies Reply, transfer(answer))
    } catch (thrown) {
      port.postMessage({ error: toReply(thrown) } satisfies Reply)
    }
  })
  port.postMessage({ threadId } satisfies Ready)
}

/** Give the thread that handles requests precedence when CPUs are scarce. Only Linux has priorities of threads. */
function lowerPriority(threadId: number | undefined): void {
  if (threadId === undefined) return
  try {
    setPriority(threadId, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // Without permission, all threads have the same priority.
  }
}

function toReply(thrown: unknown): Extract<Reply, { error: unknown }>['error'] {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const isSystem = isErrno(error, 'ENOSPC', 'EDQUOT')
  const code = error instanceof AppError ? error.code : isSystem ? 'SPOOL_FULL' : undefined
  return { code, message: error.message, stack: error.stack ?? '' }
}

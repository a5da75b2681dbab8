/** Opens the queue of the configured spool, for the server and for commands. */

import type { Config } from '#base/config.ts'
import type { Log } from '#base/log.ts'
import { openQueue, openQueueToRead, type Queue, type QueueReader } from '#queue/open-queue.ts'

export function openLocalQueue(config: Config, log: Log): Promise<Queue> {
  return openQueue(config.spoolDir, config, { log, clock: Date.now, expect: config.expectSpool })
}

/** Open the queue for reading; nothing is written. */
export function readLocalQueue(config: Config, log: Log): Promise<QueueReader> {
  return openQueueToRead(config.spoolDir, { log, clock: Date.now })
}

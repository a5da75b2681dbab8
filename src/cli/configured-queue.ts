/** Opens the configured queue, for the server and for commands. */

import type { Config } from '#base/config.ts'
import { createLog, type Log } from '#base/log.ts'
import type { OnMetricEvent } from '#queue/metric-events.ts'
import { openQueue, openQueueToRead, type Queue, type QueueReader } from '#queue/open-queue.ts'
import { placeOf } from '#queue/open-storage.ts'
import { requireSpool, requireUsableFolder } from '#queue/require-spool.ts'

/** @param onMetricEvent - Called for jobs that are taken over from dead workers. */
export function openConfiguredQueue(config: Config, log: Log, onMetricEvent?: OnMetricEvent): Promise<Queue> {
  const deps = { log, clock: Date.now, expect: config.expectSpool, ...(onMetricEvent && { onMetricEvent }) }
  return openQueue(placeOf(config), config, deps)
}

/** Open the queue for reading; nothing is written. */
export function readConfiguredQueue(config: Config, log: Log): Promise<QueueReader> {
  return openQueueToRead(placeOf(config), { log, clock: Date.now })
}

/** Open the queue, read from it, and close it. Nothing is logged. */
export async function withQueue<T>(config: Config, read: (queue: QueueReader) => Promise<T>): Promise<T> {
  const queue = await readConfiguredQueue(config, createLog('queue', 'silent'))
  try {
    return await read(queue)
  } finally {
    await queue.close()
  }
}

/** For commands that must not create a spool. @throws {NoSpool} */
export async function requireQueue(config: Config): Promise<void> {
  if (config.databaseUrl === null) await requireSpool(config.spoolDir)
}

/** Also checks the local folder, for commands that change it even with a database. @throws {SpoolUnusable} */
export async function requireQueueAndFolder(config: Config): Promise<void> {
  await requireQueue(config)
  if (config.databaseUrl !== null) requireUsableFolder(config.spoolDir)
}

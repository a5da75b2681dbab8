/**
 * Callbacks that are to be told, by name alone: when each is due, its lane, its id and its job. A rename takes one, and
 * has one winner.
 */

import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { isErrno } from '#base/errors.ts'
import type { Outbox, OutboxItem } from '#queue/backend.ts'
import type { Listing } from './listing.ts'
import { outboxName, parseOutboxName, type SpoolPaths } from './paths.ts'
import type { GroupSync } from './sync.ts'
import { touch } from './work.ts'

export interface OutboxDeps {
  outbox: Listing
  sync: GroupSync
}

export function createOutbox(paths: SpoolPaths, { outbox, sync }: OutboxDeps): Outbox {
  return {
    async add(item, dueMs) {
      const end = `-${item.callbackId}-${item.jobId}`
      const known = (await outbox.names()).filter((name) => name.endsWith(end))
      // The listing may lag behind.
      if (known.some((name) => existsSync(`${paths.outbox}/${name}`))) return
      const name = outboxName({ ...item, dueMs })
      await touch(`${paths.outbox}/${name}`)
      await sync(paths.outbox)
      outbox.add(name)
    },
    async listDue(now) {
      const due: OutboxItem[] = []
      for (const name of await outbox.names()) {
        const item = parseOutboxName(name)
        if (item === undefined) continue
        if (item.dueMs > now) break
        due.push(item)
      }
      return due
    },
    async move(item, dueMs) {
      const [from, to] = [outboxName(item), outboxName({ ...item, dueMs })]
      outbox.remove(from)
      try {
        await rename(`${paths.outbox}/${from}`, `${paths.outbox}/${to}`)
      } catch (error) {
        if (isErrno(error, 'ENOENT')) return undefined
        outbox.add(from)
        throw error
      }
      outbox.add(to)
      return { ...item, dueMs: Math.trunc(dueMs) }
    },
    async drop(item) {
      const name = outboxName(item)
      await rm(`${paths.outbox}/${name}`, { force: true })
      outbox.remove(name)
    },
  }
}

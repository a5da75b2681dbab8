/**
 * Pending webhook deliveries. Each is an empty file whose name encodes the due time, the lane, the callback and the job (see
 * `outboxName`). A delivery is claimed by renaming its file, which only one process can do.
 */

import { existsSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { isErrno } from '#base/errors.ts'
import type { Outbox, OutboxItem } from '#queue/backend.ts'
import { outboxName, parseOutboxName } from './file-names.ts'
import type { GroupSync } from './group-sync.ts'
import type { Listing } from './listing.ts'
import type { SpoolPaths } from './paths.ts'
import { touch } from './work-queue.ts'

export interface OutboxDeps {
  outbox: Listing
  sync: GroupSync
}

export function createOutbox(paths: SpoolPaths, { outbox, sync }: OutboxDeps): Outbox {
  return {
    async add(item, dueMs) {
      const end = `-${item.callbackId}-${item.jobId}`
      const known = (await outbox.names()).filter((name) => name.endsWith(end))
      // The listing may be out of date.
      if (known.some((name) => existsSync(`${paths.outbox}/${name}`))) return
      const name = outboxName({ ...item, dueMs })
      await touch(`${paths.outbox}/${name}`)
      await sync(paths.outbox)
      outbox.add(name)
    },
    async listDue(now) {
      // Names are sorted and start with the zero-padded due time, so the first one that is not due ends the search.
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

/** `docspool move`: copies everything from a spool to a database, or back, while no program uses either. */

import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Config } from '#base/config.ts'
import { isDatabaseUrl } from '#base/database-settings.ts'
import { AppError } from '#base/errors.ts'
import { failpoint } from '#base/failpoint.ts'
import { forLog, type Log } from '#base/log.ts'
import { isOfThisMachine } from '#base/process.ts'
import { PROGRAM } from '#base/program.ts'
import { Releasers } from '#base/releasers.ts'
import { sha256Of } from '#base/sha256.ts'
import { LEASE_MS } from '#queue/lease.ts'
import { type MovableQueue, partsOfQueue } from '#queue/move-queue.ts'
import { openToMove, openWhole, type StoragePlace } from '#queue/open-storage.ts'
import { requireSpool } from '#queue/require-spool.ts'
import { unmarkBesideDatabase } from '#queue/spool/database-mark.ts'
import { toSpoolError } from '#queue/to-spool-error.ts'
import type { MovedItem, MovedPart } from '#queue/transfer.ts'
import { refuseOthersSpool } from './spool-owner.ts'

/** Thrown when a move is not possible, or is not complete. */
export class MoveRefused extends AppError {
  readonly code = 'MOVE_REFUSED'
}

export interface MoveCommand {
  from: string
  to: string
  say(text: string): void
}

const POLL_MS = 500

/** @throws {MoveRefused} @throws Errors of opening the storages. */
export async function runMove({ from, to, say }: MoveCommand, config: Config, log: Log): Promise<void> {
  const [source, target] = [placeFrom(from, config), placeFrom(to, config)]
  const folders = [source, target].filter((place) => typeof place === 'string')
  const [folder] = folders
  const databaseUrl = [source, target].flatMap((place) => (typeof place === 'string' ? [] : [place.databaseUrl]))[0]
  if (folders.length !== 1 || folder === undefined || databaseUrl === undefined) {
    throw new MoveRefused('A move is from a spool to a database, or from a database to a spool.', {
      hint: 'See docs/postgres.md.',
    })
  }
  refuseOthersSpool({ ...config, spoolDir: folder }, 'move')
  const releasers = new Releasers()
  try {
    const queues = await openQueues(source, target, log, releasers)
    const { openDocspoolDatabase } = await import('#database/open.ts')
    const database = await openDocspoolDatabase(databaseUrl, { isReading: source !== folder })
    releasers.push(() => database.close())
    const { createSharedSets } = await import('#store/postgres/shared-sets.ts')
    const { setsToDatabase, setsToFolder } = await import('#store/postgres/move-sets.ts')
    const { createSpendStore } = await import('#cluster/spend-store.ts')
    const { spendToDatabase, spendToFolder } = await import('#cluster/move-spend.ts')
    const [docs, spend] = [path.join(folder, 'docs'), path.join(folder, 'spend')]
    const [sets, store] = [createSharedSets(database), createSpendStore(database)]
    const parts = [
      ...partsOfQueue(queues.source, queues.target, queues.check),
      {
        name: 'costs of models by day',
        ...(source === folder ? spendToDatabase(spend, database, store) : spendToFolder(store, spend)),
      },
      {
        name: 'document sets',
        ...(source === folder ? setsToDatabase(docs, sets) : setsToFolder(sets, docs, log)),
      },
    ]
    await moveAll(queues, parts, say)
    if (target === folder) await unmarkBesideDatabase(folder)
  } catch (error) {
    throw toSpoolError(error)
  } finally {
    await releasers.releaseAll().catch((error) => log.debug(forLog(error), 'a storage could not be closed'))
  }
}

/** A folder, the URL of a database without a password, or `database` for the configured one. @throws {MoveRefused} */
function placeFrom(text: string, { databaseUrl }: Config): StoragePlace {
  if (text === 'database') {
    if (databaseUrl !== null) return { databaseUrl }
    throw new MoveRefused('DOCSPOOL_DATABASE_URL is not set.', { hint: 'Set it, or name another database.' })
  }
  if (!/^postgres(?:ql)?:/.test(text)) return path.resolve(text)
  if (!isDatabaseUrl(text)) {
    throw new MoveRefused('The address of the database is not valid.', {
      hint: 'Expected postgres://user@host/database.',
    })
  }
  const url = new URL(text)
  if (url.password !== '' && text !== databaseUrl) {
    throw new MoveRefused('Other users can read a password on the command line in the list of processes.', {
      hint: 'Put the address into DOCSPOOL_DATABASE_URL and name it `database`, or the password into PGPASSWORD.',
    })
  }
  return { databaseUrl: databaseUrl !== null && withoutPassword(databaseUrl) === text ? databaseUrl : text }
}

function withoutPassword(text: string): string {
  const url = new URL(text)
  url.password = ''
  return url.href
}

interface Queues {
  source: MovableQueue
  target: MovableQueue
  /** @throws {MoveRefused} Something in the source is damaged. */
  check(): void
}

async function openQueues(from: StoragePlace, to: StoragePlace, log: Log, releasers: Releasers): Promise<Queues> {
  const options = { log, clock: Date.now, leaseMs: LEASE_MS }
  const damaged: string[] = []
  if (typeof from === 'string') {
    await requireSpool(from)
    // Recovers records that a killed program left only in its journal.
    await (await openWhole(from, { ...options, expect: true })).close()
  }
  await (await openWhole(from, { ...options, isReading: true })).close()
  const onQuarantined = ({ file, reason }: { file: string; reason: string }): unknown =>
    damaged.push(`${file} (${reason})`)
  const source = await openToMove(from, { ...options, isReading: true, onQuarantined })
  releasers.push(() => source.close())
  await refuseRunning(source, 'source')
  const target = await openToMove(to, options)
  releasers.push(() => target.close())
  await refuseRunning(target, 'target')
  return {
    source,
    target,
    check() {
      const [first] = damaged
      if (first === undefined) return
      throw new MoveRefused(`The source is damaged: ${first}.`, {
        hint: `Run \`${PROGRAM} fsck\` on it, or restore it from a backup.`,
      })
    },
  }
}

async function moveAll({ source, target }: Queues, parts: readonly MovedPart[], say: (text: string) => void) {
  const from = source.transfer.id
  const leases = [await source.workers.register('move'), await target.workers.register('move')]
  try {
    const before = await target.transfer.readMove()
    if (before?.source === from && before.isFinished) {
      say(`Everything from the ${from} has been moved already; nothing was done.`)
      return
    }
    if (before?.source !== from) await refuseUsed(parts, before?.source)
    await target.transfer.writeMove({ source: from, isFinished: false })
    failpoint('move:begun')
    const moved: { part: MovedPart; tally: Tally }[] = []
    for (const part of parts) {
      moved.push({ part, tally: await tallyOf(part.copy()) })
      failpoint('move:copied')
    }
    await target.transfer.sync()
    for (const { part, tally } of moved) {
      const found = await tallyOf(part.list())
      if (found.count !== tally.count || found.sha256 !== tally.sha256) {
        throw new MoveRefused(
          `${part.name}: the source has ${tally.count} (SHA-256 ${tally.sha256}), the target ${found.count} (SHA-256 ${found.sha256}).`,
          { hint: 'The target must not be used. Empty it, and move again.' },
        )
      }
      say(`${part.name}: ${tally.count}, SHA-256 ${tally.sha256}, the same in both`)
    }
    failpoint('move:checked')
    await refuseRunning(source, 'source')
    await target.transfer.writeMove({ source: from, isFinished: true })
    say(
      `Moved from the ${from} to the ${target.transfer.id}. The source is unchanged; do not start a program on it again.`,
    )
  } finally {
    for (const lease of leases) await lease.release()
  }
}

/** A program on another machine may have died, so this waits until its lease would expire. Moves of this process do not count. */
async function refuseRunning({ workers }: MovableQueue, side: string): Promise<void> {
  const end = performance.now() + LEASE_MS + 2 * POLL_MS
  for (;;) {
    const [other] = (await workers.listLive()).filter(({ role, pid }) => role !== 'move' || pid !== process.pid)
    if (other === undefined) return
    const { role = 'supervisor', pid, host } = other
    if (isOfThisMachine(other) || performance.now() > end) {
      throw new MoveRefused(`A ${role} uses the ${side}: process ${pid} on ${host}.`, {
        hint: 'Stop all programs on both sides first.',
      })
    }
    await delay(POLL_MS)
  }
}

async function refuseUsed(parts: readonly MovedPart[], other: string | undefined): Promise<void> {
  if (other !== undefined) {
    throw new MoveRefused(`The target has data that was moved from the ${other}.`, { hint: 'Name an empty one.' })
  }
  for (const part of parts) {
    for await (const _ of part.list()) {
      throw new MoveRefused(`The target is not empty: it has ${part.name}.`, { hint: 'Name a new folder or database.' })
    }
  }
}

interface Tally {
  count: number
  /** SHA-256 of the sorted SHA-256 digests of all items, so that their order does not matter. */
  sha256: string
}

async function tallyOf(items: AsyncIterable<MovedItem>): Promise<Tally> {
  const digests: string[] = []
  for await (const { id, text } of items) digests.push(sha256Of(`${id}\n${text}`))
  return { count: digests.length, sha256: sha256Of(digests.sort().join('\n')) }
}

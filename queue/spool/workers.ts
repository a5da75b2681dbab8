/**
 * Workers and their heartbeats. A worker's file identifies its process, which shows on the same machine and boot whether the worker
 * is alive. Otherwise its lease decides: a lock whose modification time it renews. This process measures the time since the last
 * renewal by its own monotonic clock, so that no worker is declared dead because of clock changes.
 */

import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { lstat, mkdir, rm, rmdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { z } from 'zod'
import { isErrno } from '#base/errors.ts'
import { readPlain, writeNewFile } from '#base/files.ts'
import { readBootId, readOwnStart, readPidNamespace } from '#base/process.ts'
import { type Lease, type Role, WorkerInfo, type Workers } from '#queue/backend.ts'
import { hasExited } from '#queue/worker-process.ts'
import { isWorkerId, parseWorkerName } from './file-names.ts'
import { Listing } from './listing.ts'
import { keepLock } from './lock.ts'
import type { SpoolPaths } from './paths.ts'
import type { SpoolRoot } from './root.ts'

const Info = WorkerInfo.extend({
  pid: z.int().positive(),
  /** Identifies the spool's folder; from `SpoolRoot.locate`. Older versions did not write it. */
  folder: z.string().optional(),
})
type Info = z.infer<typeof Info>

export interface WorkersDeps {
  root: Pick<SpoolRoot, 'locate'>
  /** A worker without a heartbeat for this long is considered dead. */
  leaseMs: number
  isReading: boolean
}

export function createWorkers(paths: SpoolPaths, { root, leaseMs, isReading }: WorkersDeps): Workers {
  const here = { bootId: readBootId(), pidNamespace: readPidNamespace(), host: hostname() }
  // Cached, because both folders are read several times a second but rarely change.
  const workerNames = new Listing(paths.workers, isReading)
  const holders = new Listing(paths.active, isReading)
  const known = new Map<string, Info>()
  /** The last heartbeat of each worker, and when it was first observed (`performance.now()`). */
  const beats = new Map<string, { stamp: number; observedAt: number }>()
  /** Current leases of this process, which are never considered dead here: `keepLock` reports when one is lost. */
  const own = new Set<string>()
  /** Released leases of this process whose files could not be removed because the spool was unavailable. */
  const abandoned = new Set<string>()

  async function register(role?: Role): Promise<Lease> {
    const worker = `${process.pid}-${readOwnStart() || '0'}-${randomBytes(4).toString('hex')}`
    const info: Info = { worker, role, pid: process.pid, pidStart: readOwnStart(), ...here, folder: root.locate() }
    const file = paths.worker(worker)
    const lost = new AbortController()
    own.add(worker)
    function lose(): void {
      own.delete(worker)
      lost.abort()
    }
    await writeNewFile(file, `${JSON.stringify(info)}\n`)
    const release = await keepLock(file, leaseMs, lose).catch((error) => {
      lose()
      throw error
    })
    await mkdir(paths.activeOf(worker), { mode: 0o700 })
    return {
      worker,
      lost: lost.signal,
      async release() {
        own.delete(worker)
        await release()
        if (!(await retire(worker).catch(() => false))) abandoned.add(worker)
      },
    }
  }

  async function readInfo(worker: string): Promise<Info | undefined> {
    const cached = known.get(worker)
    if (cached !== undefined) return cached
    try {
      const info = Info.parse(JSON.parse((await readPlain(paths.worker(worker))).text))
      known.set(worker, info)
      return info
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return undefined
      // If the file is incomplete or damaged, only the lease counts.
      return { worker, pid: 0, pidStart: '', bootId: '', pidNamespace: '', host: '' }
    }
  }

  async function listRegistered(): Promise<string[]> {
    return (await workerNames.names()).flatMap((name) => parseWorkerName(name) ?? [])
  }

  async function listLive(): Promise<WorkerInfo[]> {
    const dead = new Set((await listDead()).map(({ worker }) => worker))
    const live = (await listRegistered()).filter((worker) => !dead.has(worker))
    return (await Promise.all(live.map(readInfo))).filter((info) => info !== undefined)
  }

  async function listDead(): Promise<{ worker: string; info: WorkerInfo | undefined }[]> {
    const registered = new Set(await listRegistered())
    const holding = await listHolding()
    const dead: { worker: string; info: WorkerInfo | undefined }[] = []
    for (const worker of new Set([...registered, ...holding])) {
      if (own.has(worker)) continue
      const info = await readInfo(worker)
      if (info === undefined || isDead(info)) dead.push({ worker, info: isOfCopy(info) ? undefined : info })
    }
    for (const cache of [known, beats]) {
      for (const worker of cache.keys()) if (!registered.has(worker)) cache.delete(worker)
    }
    return dead
  }

  /** Workers with a folder for entries. Other names are skipped; the next check quarantines them. */
  async function listHolding(): Promise<string[]> {
    return (await holders.names()).filter(isWorkerId)
  }

  /** True for a worker that was registered in the original of a copied folder: its processes do not belong to this spool. */
  const isOfCopy = (info: Info | undefined): boolean => info?.folder !== undefined && info.folder !== root.locate()

  function isDead(info: WorkerInfo): boolean {
    if (abandoned.has(info.worker)) return true
    if (hasExited(info, here)) return true
    // The machine has been restarted since the worker was registered.
    if (info.host === here.host && info.bootId !== here.bootId && info.bootId !== '') return true
    return hasNoBeat(info.worker)
  }

  function hasNoBeat(worker: string): boolean {
    const stamp = readBeat(worker)
    const before = beats.get(worker)
    if (before?.stamp === stamp) return performance.now() - before.observedAt > leaseMs
    beats.set(worker, { stamp, observedAt: performance.now() })
    return false
  }

  /** The time of the last heartbeat; -1 when there is no lock. */
  const readBeat = (worker: string): number =>
    statSync(`${paths.worker(worker)}.lock`, { throwIfNoEntry: false })?.mtimeMs ?? -1

  async function retire(worker: string): Promise<boolean> {
    // If another folder is in the spool's place, missing entries do not mean that the worker holds none.
    root.locate()
    try {
      await rmdir(paths.activeOf(worker))
    } catch (error) {
      if (isErrno(error, 'ENOTEMPTY', 'EEXIST')) return false
      if (!isErrno(error, 'ENOENT')) throw error
    }
    await rm(`${paths.worker(worker)}.lock`, { recursive: true, force: true })
    await rm(paths.worker(worker), { force: true })
    abandoned.delete(worker)
    return true
  }

  async function isRegistered(worker: string): Promise<boolean> {
    if (!isWorkerId(worker)) return false
    return (await lstat(paths.worker(worker)).catch(() => undefined)) !== undefined
  }

  return { register, isRegistered, listLive, listDead, retire }
}

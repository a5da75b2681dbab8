/** What happens to the programs: `kill -9` and SIGSTOP for a while, and a git server that is out of order for a moment. */

import { setTimeout as pause } from 'node:timers/promises'
import type { GitHttpServer } from '../support/git-http.ts'
import type { Keeper } from './keeper.ts'
import { increment } from './ledger.ts'
import { type Found, findProcesses, type Kind, signal } from './processes.ts'
import type { Random } from './random.ts'
import { type History, newestOf, type Witness } from './witness.ts'
import type { World } from './world.ts'

/** A claim that was held by a process when it was killed. */
export interface Interrupted {
  jobId: string
  epoch: number
  /** Milliseconds since the epoch. */
  at: number
  /** Another process was stopped at that time, which may have been the one to take the claim back. */
  isAmidStops: boolean
}

export interface Faults {
  readonly kills: Record<Kind, number>
  readonly stops: Record<Kind, number>
  /** Stops of a supervisor that outlasted its lease. */
  longStops: number
  gitTroubles: number
  /** What happened to the storage and the network, by name. */
  readonly troubles: Map<string, number>
  readonly interrupted: Interrupted[]
  /** Troubles that could not be made or mended. */
  readonly failed: string[]
  /** When servers were killed, milliseconds since the epoch. */
  readonly serverKills: number[]
  /** End the faults; what is stopped goes on. */
  end(): Promise<void>
}

export interface FaultOptions {
  keeper: Keeper
  witness: Witness
  git: GitHttpServer
  random: Random
  world: Pick<World, 'machines' | 'troubles'>
  /** No fault outlasts this much time. */
  seconds: number
}

/** Longer than a supervisor may be silent (`LEASE_MS`). */
const LEASE_S = 15
const STOP_S = { worker: [0.1, 3], server: [0.1, 4], supervisor: [0.1, 6] } as const
const LONG_STOP_S = [LEASE_S + 1, LEASE_S + 9] as const

export function startFaults({ keeper, witness, git, random, world, seconds }: FaultOptions): Faults {
  const stopped = new Map<number, NodeJS.Timeout>()
  const over = new AbortController()
  const going = new Set<Promise<void>>()
  const endsAt = performance.now() + seconds * 1_000
  const calm = { ...git.faults }
  const none = (): Record<Kind, number> => ({ server: 0, supervisor: 0, worker: 0 })

  const faults: Faults = {
    kills: none(),
    stops: none(),
    longStops: 0,
    gitTroubles: 0,
    troubles: new Map(),
    interrupted: [],
    failed: [],
    serverKills: [],
    async end() {
      over.abort()
      await loop
      await Promise.all(going)
      for (const pid of stopped.keys()) resume(pid)
      git.faults = calm
    },
  }

  async function strike(): Promise<void> {
    const names = Object.keys(world.troubles)
    const what = random.weighted({ kill: 55, stop: 39, git: 6, trouble: names.length === 0 ? 0 : 100 })
    if (what === 'git') return await troubleGit()
    if (what === 'trouble') return beginTrouble()
    const kind = random.weighted<Kind>({ worker: 50, supervisor: 30, server: 20 })
    // What is stopped is spared: it is to go on, and to meet what others did meanwhile.
    const isVictim = (found: Found): boolean => found.kind === kind && !stopped.has(found.pid)
    const victims = (await findProcesses(world.machines)).filter(isVictim)
    if (victims.length === 0) return
    const { pid } = random.pick(victims)
    if (what === 'kill') await kill(kind, pid)
    else stop(kind, pid)
  }

  async function kill(kind: Kind, pid: number): Promise<void> {
    await witness.look()
    const held = [...witness.histories.values()].flatMap((history) => claimOf(history, kind, pid))
    keeper.expectDeath(pid)
    const at = Date.now()
    if (!signal(pid, 'SIGKILL')) return
    faults.kills[kind] += 1
    if (kind === 'server') faults.serverKills.push(at)
    faults.interrupted.push(...held.map((claim) => ({ ...claim, at, isAmidStops: stopped.size > 0 })))
  }

  function stop(kind: Kind, pid: number): void {
    const isLong = kind === 'supervisor' && random.chance(0.4)
    const [least, most] = isLong ? LONG_STOP_S : STOP_S[kind]
    const wanted = random.between(least, most)
    const stopSeconds = Math.min(wanted, (endsAt - performance.now()) / 1_000)
    if (stopSeconds <= 0 || stopped.has(pid) || !signal(pid, 'SIGSTOP')) return
    faults.stops[kind] += 1
    if (stopSeconds > LEASE_S) faults.longStops += 1
    stopped.set(
      pid,
      setTimeout(() => resume(pid), stopSeconds * 1_000),
    )
  }

  function resume(pid: number): void {
    clearTimeout(stopped.get(pid))
    stopped.delete(pid)
    signal(pid, 'SIGCONT')
  }

  async function troubleGit(): Promise<void> {
    faults.gitTroubles += 1
    git.faults = { status: 503 }
    await pause(random.between(200, 1_000), undefined, { signal: over.signal }).catch(() => undefined)
    git.faults = calm
  }

  /** Beside what else happens. */
  function beginTrouble(): void {
    const weights = Object.fromEntries(Object.entries(world.troubles).map(([name, { weight }]) => [name, weight]))
    const name = random.weighted(weights)
    const begun = world.troubles[name]?.strike(random, over.signal) ?? Promise.resolve(false)
    const ended: Promise<void> = begun
      .then((isDone) => void (isDone && increment(faults.troubles, name)))
      .catch((error) => void faults.failed.push(`${name}: ${error}`))
      .finally(() => going.delete(ended))
    going.add(ended)
  }

  const loop = (async () => {
    while (!over.signal.aborted && performance.now() < endsAt) {
      await pause(random.between(200, 2_200), undefined, { signal: over.signal }).catch(() => undefined)
      if (!over.signal.aborted) await strike()
    }
  })()
  return faults
}

/** The claim of a job that this process works on, if it does. */
function claimOf(history: History, kind: Kind, pid: number): { jobId: string; epoch: number }[] {
  const newest = newestOf(history)
  if (newest?.status !== 'processing') return []
  const { jobId } = history
  const { epoch, worker = '' } = newest
  const isHeld =
    kind === 'supervisor'
      ? worker.startsWith(`${pid}-`)
      : kind === 'worker' && history.spawned.get(epoch)?.includes(pid) === true
  return isHeld ? [{ jobId, epoch }] : []
}

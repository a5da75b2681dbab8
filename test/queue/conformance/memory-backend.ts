/**
 * A storage in memory, for the tests alone: it shows that the interfaces know no file system. Handles share one `State`;
 * what goes in and out is copied, and every call yields first, so that callers interleave as processes do.
 */
import { rankOf } from '#queue/ageing.ts'
import {
  type Backend,
  type Entry,
  entryOf,
  type FoundPlace,
  type ListPosition,
  type Workers,
  type WorkQueue,
} from '#queue/backend.ts'
import { LeaseLost } from '#queue/errors.ts'
import type { Job, JobIn } from '#queue/job.ts'
import { createFollowed } from './memory-follows.ts'
import { createIndexes } from './memory-indexes.ts'
import { keyOf, pause, type Removed, type State } from './memory-state.ts'

const byOrder = (a: Entry, b: Entry): number =>
  rankOf(a) - rankOf(b) || a.priority - b.priority || (a.jobId < b.jobId ? -1 : 1)

let counter = 0

export function createMemoryBackend(state: State, clock: () => number): Backend {
  const hint = (topic: string): void => {
    for (const watcher of state.watchers) if (watcher.topic === topic) setImmediate(watcher.onHint)
  }
  const jobOf = (jobId: string): Job | undefined => {
    const stored = state.records.get(jobId)
    return stored === undefined || stored.status === 'removed' ? undefined : stored
  }

  /** Write `next` as the revision after `rev`; everything happens before anybody else gets on. */
  function swap(jobId: string, rev: number, next: Job | Removed): boolean {
    if ((state.records.get(jobId)?.rev ?? 0) !== rev || state.records.get(jobId)?.status === 'removed') return false
    state.records.set(jobId, structuredClone(next))
    hint(jobId)
    return true
  }

  async function create(job: JobIn<'queued'>): Promise<boolean> {
    await pause()
    if (jobOf(job.job_id) !== undefined) return false
    const before = state.records.get(job.job_id)
    const { rev, epoch } = before ?? { rev: 0, epoch: 0 }
    state.records.set(job.job_id, structuredClone({ ...job, rev: rev + 1, epoch }))
    hint(job.job_id)
    return true
  }

  async function push(entry: Entry, notBefore: number | null): Promise<void> {
    await pause()
    if (notBefore === null) state.ready.set(keyOf(entry), { ...entry })
    else state.delayed.set(`${notBefore} ${keyOf(entry)}`, { entry: { ...entry }, notBefore })
    hint('queue')
  }

  const indexes = createIndexes(state, clock, hint)
  const work: WorkQueue = {
    push,
    async claim(worker, isAdmitted = () => true) {
      await pause()
      const hands = state.held.get(worker)
      if (hands === undefined) throw new LeaseLost('This worker is not registered.')
      const first = [...state.ready.values()].sort(byOrder).find(isAdmitted)
      if (first === undefined) return undefined
      state.ready.delete(keyOf(first))
      hands.set(keyOf(first), first)
      hint('queue')
      return { ...first }
    },
    isReady: async (entry) => state.ready.has(keyOf(entry)),
    holds: async (worker, entry) => state.held.get(worker)?.has(keyOf(entry)) ?? false,
    async putBack(worker, entry, notBefore) {
      await pause()
      if (state.held.get(worker)?.delete(keyOf(entry))) await push(entry, notBefore)
    },
    async hold(worker, entry) {
      await pause()
      state.held.get(worker)?.set(keyOf(entry), { ...entry })
    },
    async drop(worker, entry) {
      await pause()
      state.held.get(worker)?.delete(keyOf(entry))
    },
    async discard(entry) {
      await pause()
      state.ready.delete(keyOf(entry))
      for (const [key, late] of state.delayed) if (keyOf(late.entry) === keyOf(entry)) state.delayed.delete(key)
      hint('queue')
    },
    async promoteDue(now) {
      await pause()
      for (const [key, { entry, notBefore }] of state.delayed) {
        if (notBefore > now) continue
        state.delayed.delete(key)
        state.ready.set(keyOf(entry), entry)
      }
      const next = Math.min(...[...state.delayed.values()].map((late) => late.notBefore))
      return Number.isFinite(next) ? next : undefined
    },
    countWaiting: async () => state.ready.size + state.delayed.size,
    position: async (entry) => [...state.ready.values()].filter((other) => byOrder(other, entry) < 0).length + 1,
    claimedBy: async (worker) => [...(state.held.get(worker)?.values() ?? [])].map((entry) => ({ ...entry })),
    isPaused: async () => state.paused !== undefined,
  }

  const workers: Workers = {
    async register(role) {
      await pause()
      const worker = `worker-${counter++}`
      const lost = new AbortController()
      state.workers.set(worker, { info: { worker, role, ...NOWHERE }, isAlive: true, lost })
      state.held.set(worker, new Map())
      return {
        worker,
        lost: lost.signal,
        async release() {
          const employed = state.workers.get(worker)
          if (employed !== undefined) employed.isAlive = false
          if (state.held.get(worker)?.size === 0) forgetWorker(worker)
        },
      }
    },
    isRegistered: async (worker) => state.workers.has(worker),
    listLive: async () => [...state.workers.values()].filter(({ isAlive }) => isAlive).map(({ info }) => info),
    async listDead() {
      await pause()
      const dead = [...state.workers.values()].filter((employed) => !employed.isAlive)
      return dead.map(({ info }) => ({ worker: info.worker, info }))
    },
    async retire(worker) {
      await pause()
      if ((state.held.get(worker)?.size ?? 0) > 0) return false
      state.workers.get(worker)?.lost.abort()
      forgetWorker(worker)
      return true
    },
  }
  function forgetWorker(worker: string): void {
    state.workers.delete(worker)
    state.held.delete(worker)
  }

  /** Where each id is found, by kind. */
  function findPlaces(): Map<string, FoundPlace[]> {
    const found = new Map<string, FoundPlace[]>()
    const note = (kind: FoundPlace['kind'], { jobId, submittedMs }: ListPosition, remove: () => unknown): void => {
      const step = async (): Promise<void> => void remove()
      found.set(jobId, [...(found.get(jobId) ?? []), { kind, submittedMs, remove: step }])
    }
    for (const [key, entry] of state.ready) note('waiting', entry, () => state.ready.delete(key))
    for (const [key, { entry }] of state.delayed) note('waiting', entry, () => state.delayed.delete(key))
    for (const hands of state.held.values()) {
      for (const [key, entry] of hands) note('held', entry, () => hands.delete(key))
    }
    for (const [key, place] of state.ended) note('ended', place, () => state.ended.delete(key))
    return found
  }

  return {
    jobs: {
      async read(jobId) {
        await pause()
        return structuredClone(jobOf(jobId))
      },
      async confirm() {
        await pause()
      },
      create,
      async update(current, next) {
        await pause()
        const written = { ...next, rev: current.rev + 1 }
        return swap(current.job_id, current.rev, written) ? structuredClone(written) : undefined
      },
      async remove({ job_id, rev, epoch }) {
        await pause()
        if (!swap(job_id, rev, { status: 'removed', rev: rev + 1, epoch })) return false
        state.marks.delete(job_id)
        return true
      },
    },
    ...{ work, workers, ...indexes },
    cancels: {
      async mark(job) {
        state.marks.set(job.job_id, job.submitted_at)
      },
      isMarked: async (job) => state.marks.get(job.job_id) === job.submitted_at,
      async clear(jobId) {
        state.marks.delete(jobId)
      },
    },
    keys: {
      async take(key, record) {
        await pause()
        const held = state.keys.get(key)
        if (held !== undefined) return { ...held }
        state.keys.set(key, { ...record })
        return record
      },
      async release(key, { request }) {
        const held = state.keys.get(key)
        if (held?.request === request && held.outcome === null) state.keys.delete(key)
      },
      async settle(key, record) {
        state.keys.set(key, { ...record })
      },
    },
    ...createFollowed(state),
    outbox: {
      async add(item, dueMs) {
        await pause()
        if (!state.outbox.has(item.callbackId)) state.outbox.set(item.callbackId, { ...item, dueMs })
      },
      async listDue(now) {
        await pause()
        const due = [...state.outbox.values()].filter(({ dueMs }) => dueMs <= now)
        return due.sort((a, b) => a.dueMs - b.dueMs).map((item) => ({ ...item }))
      },
      async move(item, dueMs) {
        await pause()
        if (state.outbox.get(item.callbackId)?.dueMs !== item.dueMs) return undefined
        const moved = { ...item, dueMs: Math.trunc(dueMs) }
        state.outbox.set(item.callbackId, moved)
        return { ...moved }
      },
      async drop(item) {
        await pause()
        if (state.outbox.get(item.callbackId)?.dueMs === item.dueMs) state.outbox.delete(item.callbackId)
      },
    },
    async accept(job) {
      await indexes.catalog.note(job)
      if (!(await create(job))) return false
      await push(entryOf(job), null)
      return true
    },
    async audit(scope) {
      await pause()
      const places = findPlaces()
      const ids = [...state.records.keys()].filter((id) => jobOf(id) !== undefined)
      const isSuspect = (id: string): boolean => scope === 'all' || places.get(id)?.length !== 1 || !state.notes.has(id)
      const strays = [...places.keys()].filter((id) => jobOf(id) === undefined)
      const suspects = [...ids.filter(isSuspect), ...strays].map((jobId) => ({
        jobId,
        places: places.get(jobId) ?? [],
      }))
      return { jobs: ids.length, suspects, swept: 0 }
    },
    watch(what, onHint) {
      const watcher = { topic: what === 'queue' ? 'queue' : what.jobId, onHint }
      state.watchers.add(watcher)
      return () => state.watchers.delete(watcher)
    },
    uncheckedJobs: 0,
    clear: async () => false,
    locate: () => '',
    absences: 0,
    foreignFiles: async () => [],
    prepare: async () => false,
    probe: async () => [],
    async close() {},
  }
}

const NOWHERE = { pid: 0, pidStart: '', bootId: 'none', pidNamespace: 'none', host: 'none' }

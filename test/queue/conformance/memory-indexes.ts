/** What lies beside records and queue in the storage in memory: the catalog, events, retention and the operator's switch. */
import { secretOfJob } from '#base/private-jobs.ts'
import type { Backend, Catalog, Control, EventLog, Expiry, ListPosition, QueueStats } from '#queue/backend.ts'
import type { Status } from '#queue/contract.ts'
import { submittedMs } from '#queue/job.ts'
import type { JobEvent } from '#queue/job-event.ts'
import { held, pause, placeKey, type State, waiting } from './memory-state.ts'

/** Events that a log takes; of these, log lines get half. */
const MAX_EVENTS = 1_000
/** Events that one read gives. */
const PIECE = 100

const newestFirst = (a: ListPosition, b: ListPosition): number =>
  b.submittedMs - a.submittedMs || (a.jobId === b.jobId ? 0 : a.jobId < b.jobId ? 1 : -1)

type Indexes = Pick<Backend, 'catalog' | 'events' | 'expiry' | 'control' | 'stats'>

export function createIndexes(state: State, clock: () => number, hint: (topic: string) => void): Indexes {
  const catalog: Catalog = {
    async note(job) {
      await pause()
      state.notes.set(job.job_id, job.repo_url)
    },
    async addEnded(job) {
      await pause()
      const place = { jobId: job.job_id, submittedMs: submittedMs(job) }
      state.ended.set(`${job.status} ${placeKey(place)}`, { ...place, status: job.status })
    },
    async removeEnded(job) {
      await pause()
      state.ended.delete(`${job.status} ${placeKey({ jobId: job.job_id, submittedMs: submittedMs(job) })}`)
    },
    async forget(job) {
      await pause()
      state.notes.delete(job.job_id)
    },
    async newest({ status, repoUrl, nameHas, withPrivate, limit, after, before }) {
      await pause()
      const places: ListPosition[] = []
      if (status === undefined || status === 'queued') places.push(...waiting(state))
      if (status === undefined || status === 'processing') places.push(...held(state))
      for (const place of state.ended.values()) if ((status ?? place.status) === place.status) places.push(place)
      const unique = new Map(places.map((place) => [placeKey(place), place]))
      return [...unique.values()]
        .filter(({ jobId }) => repoUrl === undefined || state.notes.get(jobId) === repoUrl)
        .filter(({ jobId }) => nameHas === undefined || jobId.toLowerCase().includes(nameHas.toLowerCase()))
        .filter(({ jobId }) => withPrivate || secretOfJob(jobId) === undefined)
        .filter((place) => before !== undefined || after === undefined || newestFirst(after, place) < 0)
        .filter((place) => before === undefined || newestFirst(before, place) > 0)
        .sort((a, b) => (before === undefined ? newestFirst(a, b) : newestFirst(b, a)))
        .slice(0, limit)
        .map(({ jobId, submittedMs }) => ({ jobId, submittedMs }))
    },
    async counts() {
      const ended = [...state.ended.values()]
      const count = (status: Status): number => ended.filter((place) => place.status === status).length
      const [queued, processing] = [waiting(state).length, held(state).length]
      return { queued, processing, completed: count('completed'), failed: count('failed') }
    },
  }

  const eventsOf = (jobId: string, epoch: number): JobEvent[] => state.events.get(`${jobId} ${epoch}`) ?? []
  const events: EventLog = {
    open(jobId, epoch) {
      let isClosed = false
      let isFull = false
      return {
        async append(event) {
          const all = eventsOf(jobId, epoch)
          const fits = all.length < (event.type === 'log' ? MAX_EVENTS / 2 : MAX_EVENTS)
          if (isClosed || (!fits && isFull)) return
          state.events.set(`${jobId} ${epoch}`, all)
          all.push(
            fits ? structuredClone(event) : { type: 'log', at: event.at, level: 'warn', text: 'The log is full.' },
          )
          isFull ||= !fits
          hint(jobId)
        },
        async close() {
          isClosed = true
        },
      }
    },
    read: async (jobId, epoch) => structuredClone(eventsOf(jobId, epoch)),
    async readFrom(jobId, epoch, offset) {
      const all = state.events.get(`${jobId} ${epoch}`)
      if (all === undefined || offset > all.length) return undefined
      const piece = structuredClone(all.slice(offset, offset + PIECE))
      const next = offset + piece.length
      return { events: piece.map((event, n) => ({ event, next: offset + n + 1 })), next, isMore: next < all.length }
    },
    async lastProgress(jobId, epoch) {
      const last = eventsOf(jobId, epoch).findLast((event) => event.type === 'progress')
      return last === undefined ? null : { stage: last.stage, percent: last.percent, text: last.text }
    },
  }

  const expiry: Expiry = {
    async oldestEnded({ beforeMs, after, limit }) {
      await pause()
      return [...state.ended.values()]
        .filter((place) => place.submittedMs < beforeMs && (after === undefined || newestFirst(after, place) > 0))
        .sort((a, b) => newestFirst(b, a))
        .slice(0, limit)
        .map(({ jobId, submittedMs }) => ({ jobId, submittedMs }))
    },
    async removeEmptyDays() {},
    async mark(jobId) {
      state.expired.set(jobId, clock())
    },
    isMarked: async (jobId) => state.expired.has(jobId),
    async unmark(jobId) {
      state.expired.delete(jobId)
    },
    async sweepMarks({ beforeMs, isDry }) {
      const old = [...state.expired].filter(([, ms]) => ms < beforeMs)
      if (!isDry) for (const [jobId] of old) state.expired.delete(jobId)
      return { swept: old.length, isEnd: true }
    },
    jobsOf: async (repoUrl) => [...state.notes].filter(([, url]) => url === repoUrl).map(([jobId]) => jobId),
  }

  const control: Control = {
    async pause(by) {
      state.paused ??= { since: new Date(clock()).toISOString(), by }
      return { ...state.paused }
    },
    async resume() {
      const wasPaused = state.paused !== undefined
      state.paused = undefined
      return wasPaused
    },
    read: async () => state.paused && { ...state.paused },
  }

  const stats: QueueStats = {
    async oldestWaiting() {
      const oldest = Math.min(...waiting(state).map(({ submittedMs }) => submittedMs))
      return Number.isFinite(oldest) ? oldest : undefined
    },
    countWorkers: async () =>
      [...state.workers.values()].filter(({ info, isAlive }) => isAlive && info.role === undefined).length,
    lastBeat: async () => (state.workers.size === 0 ? undefined : Date.now()),
  }

  return { catalog, events, expiry, control, stats }
}

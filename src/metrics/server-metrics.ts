/** The metrics of a server: requests, the queue, the counts of all supervisors and the cost of models. */

import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { GENERATOR_VERSION } from '#base/version.ts'
import type { Metrics } from '#http/metrics.ts'
import type { SpendReader } from '#http/spend.ts'
import type { JobQueue } from '#queue/contract.ts'
import type { FollowedRepositories } from '#queue/follows/followed-repositories.ts'
import { sumOfSpend } from '#queue/job-spend.ts'
import type { DocumentsSize } from './documents-size.ts'

export interface ServerMetricsDeps {
  /** The sums of the counts of all supervisors. */
  readJobMetrics(): Promise<Registry>
  queue: Pick<JobQueue, 'state'> & { follows?: Pick<FollowedRepositories, 'list'> }
  spend: SpendReader
  /** Free bytes on the spool's disk; `null` if unknown. */
  freeBytes(): Promise<number | null>
  /** The documents as a supervisor measured them last, and the limit of their size in bytes, 0 for none. */
  documents: { readSize(): Promise<DocumentsSize | undefined>; maxBytes: number }
  clock(): number
}

const REQUEST_BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
const ANSWER_BUCKETS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80]

export function createServerMetrics(deps: ServerMetricsDeps): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name: `docspool_${name}_total`, help, labelNames, registers })
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `docspool_${name}`, help, labelNames, registers })

  gauge('build_info', 'Always 1; the version is a label.', ['version']).set({ version: GENERATOR_VERSION }, 1)
  const requests = counter('http_requests', 'Requests.', ['method', 'route', 'status'])
  const durations = new Histogram({
    name: 'docspool_http_request_duration_seconds',
    help: 'Time from a request to the first byte of its response.',
    labelNames: ['method', 'route'],
    buckets: REQUEST_BUCKETS,
    registers,
  })
  const sent = counter('http_sent_bytes', 'Bytes of responses, including headers.')
  const streams = gauge('event_streams', 'Open event streams.')
  const answers = {
    all: counter('answers', "Natural-language questions, by how the model's answer ended or why there was none.", [
      'ended',
    ]),
    sentences: counter('answer_sentences', "Sentences in models' answers, shown or removed.", ['verdict']),
    rated: counter('answer_feedback', "Readers' ratings of answers.", ['useful']),
    firstWords: new Histogram({
      name: 'docspool_answer_first_words_seconds',
      help: "Time from a question to the first words of the model's answer.",
      buckets: ANSWER_BUCKETS,
      registers,
    }),
  }
  const queue = {
    isUp: gauge('spool_up', '1 while the spool can be read, otherwise 0, and metrics of the queue are absent.'),
    jobs: gauge('jobs', 'Jobs by state.', ['state']),
    oldest: gauge('queue_oldest_age_seconds', 'Age of the oldest waiting job; 0 when none is waiting.'),
    paused: gauge('queue_paused', '1 while the queue is paused, otherwise 0.'),
    supervisors: gauge('supervisors', 'Live supervisors.'),
    beat: gauge('supervisor_heartbeat_age_seconds', 'Age of the newest heartbeat of any supervisor.'),
    follows: gauge('followed_repositories', 'Followed repositories.'),
    failedLooks: gauge('followed_looks_failed', 'Followed repositories whose last check failed.'),
    failedRefs: gauge('followed_versions_failed', 'Branches and tags of followed repositories whose last job failed.'),
    free: gauge('spool_free_bytes', "Free bytes on the spool's disk."),
    documents: gauge('documents', 'Document sets, at the last check by a supervisor.'),
    documentBytes: gauge('documents_bytes', 'Size of the document sets on disk, as a supervisor measured it last.'),
    documentLimit: gauge('documents_limit_bytes', 'Maximum size of documents; infinite without a limit.'),
  }
  const model = {
    calls: counter('model_calls', 'Requests to models.'),
    kept: counter('model_answers_kept', 'Requests to models answered from the cache.'),
    tokens: counter('model_tokens', 'Tokens of requests (input) and answers (output).', ['direction']),
    cost: counter('model_cost_usd', 'Cost of models, US dollars.'),
    callsToday: gauge('model_calls_today', 'Requests to models today (UTC).'),
    tokensToday: gauge('model_tokens_today', 'Tokens today (UTC).'),
    costToday: gauge('model_cost_usd_today', 'Cost of models today (UTC), US dollars.'),
    callsLimit: gauge('model_calls_per_day_limit', 'Maximum requests to models per day.'),
    tokensLimit: gauge('model_tokens_per_day_limit', 'Maximum tokens per day.'),
    costLimit: gauge('model_cost_usd_per_day_limit', 'Maximum cost per day, US dollars.'),
  }

  async function updateQueue(): Promise<void> {
    try {
      const { counts, oldestWaitingMs, paused, workers, beatAgeMs } = await deps.queue.state()
      const follows = (await deps.queue.follows?.list()) ?? []
      queue.isUp.set(1)
      for (const [state, count] of Object.entries(counts)) queue.jobs.set({ state }, count)
      queue.oldest.set((oldestWaitingMs ?? 0) / 1_000)
      queue.paused.set(paused === null ? 0 : 1)
      queue.supervisors.set(workers)
      queue.follows.set(follows.length)
      queue.failedLooks.set(follows.filter(({ error }) => error !== null).length)
      queue.failedRefs.set(follows.flatMap(({ refs }) => refs).filter(({ failure }) => failure !== null).length)
      setOrOmit(queue.beat, beatAgeMs === null ? null : beatAgeMs / 1_000)
    } catch {
      queue.isUp.set(0)
      queue.jobs.reset()
      const { oldest, paused, supervisors, beat, follows, failedLooks, failedRefs } = queue
      for (const each of [oldest, paused, supervisors, beat, follows, failedLooks, failedRefs]) each.remove()
    }
    setOrOmit(queue.free, await deps.freeBytes())
    const size = await deps.documents.readSize()
    setOrOmit(queue.documents, size?.sets ?? null)
    setOrOmit(queue.documentBytes, size?.bytes ?? null)
    queue.documentLimit.set(deps.documents.maxBytes || Number.POSITIVE_INFINITY)
  }

  /** Counters decrease when old days are removed, which Prometheus treats as a restart. A missing limit is shown as infinity. */
  async function updateSpend(): Promise<void> {
    const days = await deps.spend.readDays()
    const day = new Date(deps.clock()).toISOString().slice(0, 10)
    const total = sumOfSpend(days)
    const today = sumOfSpend(days.filter((each) => each.day === day))
    const { limits } = deps.spend
    for (const each of [model.calls, model.kept, model.tokens, model.cost]) each.reset()
    model.calls.inc(total.calls)
    model.kept.inc(total.kept)
    model.tokens.inc({ direction: 'input' }, total.input_tokens)
    model.tokens.inc({ direction: 'output' }, total.output_tokens)
    model.cost.inc(total.cost_usd)
    model.callsToday.set(today.calls)
    model.tokensToday.set(today.input_tokens + today.output_tokens)
    model.costToday.set(today.cost_usd)
    model.callsLimit.set(limits.calls ?? Number.POSITIVE_INFINITY)
    model.tokensLimit.set(limits.tokens ?? Number.POSITIVE_INFINITY)
    model.costLimit.set(limits.cost_usd ?? Number.POSITIVE_INFINITY)
  }

  return {
    contentType: registry.contentType,
    async text() {
      const [jobs] = await Promise.all([deps.readJobMetrics(), updateQueue(), updateSpend()])
      return await Registry.merge([registry, jobs]).metrics()
    },
    answered({ route, method, status, seconds }) {
      requests.inc({ method, route, status: String(status) })
      durations.observe({ method, route }, seconds)
    },
    answeredQuestion({ ended, sentences, firstWordsS }) {
      answers.all.inc({ ended: ended.replaceAll(' ', '_') })
      for (const [verdict, count] of Object.entries(sentences)) answers.sentences.inc({ verdict }, count)
      if (firstWordsS !== undefined) answers.firstWords.observe(firstWordsS)
    },
    rated: (isUseful) => answers.rated.inc({ useful: String(isUseful) }),
    sent: (bytes) => sent.inc(Math.max(0, bytes)),
    streamOpened(signal) {
      if (signal.aborted) return
      streams.inc()
      signal.addEventListener('abort', () => streams.dec(), { once: true })
    },
  }
}

/** Set a gauge, or remove its sample if the value is unknown. */
function setOrOmit(gauge: Gauge, value: number | null): void {
  if (value === null) gauge.remove()
  else gauge.set(value)
}

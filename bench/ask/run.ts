/**
 * Answers of a model on real repositories, with the scripted stand-in of the tests, well-behaved and hostile, by seeds: whether a
 * citation that a reader sees is false, whether budgets are kept, and how long after the model's first words they arrive. Server,
 * stand-in and reader share this process, so the delay is that of all three.
 */

import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Sentence } from '#ask/answer.ts'
import { readConfig } from '#base/config.ts'
import { createLog } from '#base/log.ts'
import { startServer } from '#server/serve.ts'
import { createSetStore } from '#store/sets.ts'
import { draftsIn, faultsOfSentences, isEvil, readServerSent, type ServerSent } from '../../test/ask-model/judge.ts'
import { createRandom, type Random } from '../../test/chaos/random.ts'
import { MemoryQueue } from '../../test/http/memory-queue.ts'
import type { Behaviour } from '../../test/support/model/behaviour.ts'
import { type ModelServer, startModelServer } from '../../test/support/model/server.ts'
import { percentile, print, readFlag } from '../measure.ts'
import { listsOf } from '../prose/figures.ts'
import { makeDocuments, openSubject, PRICE } from '../prose/subject.ts'

const JOB = 'acme--subject'
const QUESTIONS = 3
const CALLS = 4
/** A turn is tried so often while nothing was said. */
const TRIES = 3
const BUSY_MS = 1_000
/** What all questions of a seed together may spend, of every second one: too little for them. */
const POOR_USD = 0.05

interface Totals {
  answers: number
  withModel: number
  shown: number
  struck: number
  falseOnes: string[]
  drafts: number
  evilDrafts: string[]
  overBudget: string[]
  delaysMs: number[]
}

export async function run(): Promise<void> {
  const folders = listsOf('repo').map((folder) => path.resolve(folder))
  if (folders.length === 0) throw new Error('Name a checkout: make bench ONLY="ask --repo=/path/to/repository".')
  for (const folder of folders) {
    print(`\n  ${path.basename(folder)}`)
    const subject = await openSubject(folder)
    try {
      const { set } = await makeDocuments(subject)
      const files = readFiles(folder)
      for (const behaviour of ['well-behaved', 'hostile-chat'] as const) {
        const totals = none()
        for (let seed = 1; seed <= readFlag('seeds', 20); seed++) await askSeed(seed, behaviour, set, files, totals)
        for (const line of linesOf(behaviour, totals)) print(`    ${line}`)
      }
    } finally {
      await subject.close()
    }
  }
}

const none = (): Totals => ({
  ...{ answers: 0, withModel: 0, shown: 0, struck: 0, falseOnes: [], drafts: 0, evilDrafts: [], overBudget: [] },
  delaysMs: [],
})

async function askSeed(
  seed: number,
  behaviour: 'well-behaved' | 'hostile-chat',
  set: Parameters<ReturnType<typeof createSetStore>['publish']>[0],
  files: Readonly<Record<string, string>>,
  totals: Totals,
): Promise<void> {
  const isHostile = behaviour === 'hostile-chat'
  const isPoor = isHostile && seed % 2 === 0
  const slow: Behaviour = { name: 'slow', pieceMs: 20 }
  const model = await startModelServer({ seed, behaviour: isHostile ? behaviour : slow })
  const spool = await mkdtemp(path.join(tmpdir(), 'docspool-bench-ask-'))
  const queue = new MemoryQueue()
  const key = await createSetStore(path.join(spool, 'docs')).publish(set)
  queue.move(
    JOB,
    { status: 'completed', repo_url: 'https://github.com/acme/subject', resolved_commit: set.manifest.commit },
    key,
  )
  const settings = {
    ...{ DOCSPOOL_PORT: '0', DOCSPOOL_SPOOL_DIR: spool, LLM_BASE_URL: model.url, MAIN_MODEL: 'stand-in' },
    ...{ DOCSPOOL_PRICES: `stand-in=${PRICE.input}/${PRICE.output}`, DOCSPOOL_MAX_COST_USD_PER_DAY: '0' },
    ...{ DOCSPOOL_ASK_CALLS: String(CALLS), DOCSPOOL_LLM_TIMEOUT_S: '3', DOCSPOOL_QUESTIONS_PER_HOUR: '0' },
    DOCSPOOL_SEARCHES_PER_MINUTE: '0',
    DOCSPOOL_ASK_COST_USD_PER_HOUR: isPoor ? String(POOR_USD) : '0',
  }
  const server = await startServer({
    config: readConfig(settings, {}),
    log: createLog('bench', 'silent'),
    signal: new AbortController().signal,
    openQueue: async () => Object.assign(queue, { close: async () => undefined }),
  })
  try {
    const random = createRandom(seed)
    for (let n = 0; n < QUESTIONS; n++) {
      const question = questionOf(files, random.fork(`question ${n}`))
      const before = model.seen.length
      const { events, firstMs } = await read(server.url, question)
      await model.idle()
      judge(`seed ${seed}, ${question}`, events, files, totals)
      const requests = model.seen.slice(before)
      if (requests.length > CALLS * TRIES) totals.overBudget.push(`seed ${seed}: ${requests.length} requests`)
      const wordsAt = requests.at(-1)?.wordsAt
      if (!isHostile && firstMs !== undefined && wordsAt !== undefined) totals.delaysMs.push(firstMs - wordsAt)
    }
    const costUsd = costOf(model)
    if (isPoor && costUsd > POOR_USD) totals.overBudget.push(`seed ${seed}: $${costUsd.toFixed(4)} of $${POOR_USD}`)
  } finally {
    await server.close(0)
    await model.close()
    await rm(spool, { recursive: true, force: true, maxRetries: 5 })
  }
}

const costOf = ({ counters }: ModelServer): number =>
  (counters.inputTokens * PRICE.input + counters.outputTokens * PRICE.output) / 1e6

/** Also when the first words of the model came, in milliseconds since the epoch. */
async function read(origin: string, question: string): Promise<{ events: ServerSent[]; firstMs: number | undefined }> {
  const answer = await fetch(`${origin}/api/ask`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ job_id: JOB, question }),
  })
  // The thread that finds the evidence has a deadline, which a busy machine misses.
  if (answer.status === 503) {
    await pause(BUSY_MS)
    return await read(origin, question)
  }
  if (!answer.ok || answer.body === null) throw new Error(`${answer.status}: ${await answer.text()}`)
  const reader = answer.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let firstMs: number | undefined
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true })
    if (firstMs === undefined && /^event: (?:words|sentence)$/m.test(text))
      firstMs = performance.timeOrigin + performance.now()
  }
  return { events: readServerSent(text), firstMs }
}

function judge(
  about: string,
  events: readonly ServerSent[],
  files: Readonly<Record<string, string>>,
  totals: Totals,
): void {
  const sentences = events.flatMap(({ type, data }) => (type === 'sentence' ? [data.sentence as Sentence] : []))
  const { written } = (events.at(-1)?.data.answer ?? {}) as { written?: { struck: number } | null }
  totals.answers += 1
  if (written != null) totals.withModel += 1
  totals.shown += sentences.length
  totals.struck += events.filter(({ type }) => type === 'struck').length
  totals.falseOnes.push(...faultsOfSentences(sentences, files).map((fault) => `${about}: ${fault}`))
  const drafts = draftsIn(events)
  totals.drafts += drafts.length
  totals.evilDrafts.push(...drafts.filter(isEvil).map((draft) => `${about}: ${draft}`))
}

/** As at the commit of the checkout. */
function readFiles(folder: string): Record<string, string> {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', maxBuffer: 1e9 })
  const paths = git('ls-tree', '-r', '--name-only', '-z', 'HEAD').split('\0').filter(Boolean)
  return Object.fromEntries(paths.map((each) => [each, git('show', `HEAD:${each}`).replaceAll('\r\n', '\n')]))
}

/** About a name that the code defines. */
function questionOf(files: Readonly<Record<string, string>>, random: Random): string {
  const form =
    /^[ \t]*(?:export |public |async |pub )*(?:def|class|func|function|fn|interface|const) ([A-Za-z]\w{3,40})/gm
  const names = Object.entries(files)
    .filter(([file]) => /\.(?:py|[jt]sx?|go|rb|rs|java|cs|php)$/.test(file) && !/test/i.test(file))
    .flatMap(([, text]) => [...text.matchAll(form)].map(([, name = '']) => name))
  const name = random.pick(names)
  return random.pick([
    `What does \`${name}\` do?`,
    `Who uses \`${name}\`?`,
    `How does ${name} work, and what does it call?`,
  ])
}

function linesOf(behaviour: string, totals: Totals): string[] {
  const { answers, withModel, shown, struck, falseOnes, drafts, evilDrafts, overBudget, delaysMs } = totals
  const ms = (percent: number): string => `${percentile(delaysMs, percent).toFixed(0)} ms`
  return [
    `${behaviour}: ${answers} answers, ${withModel} of them by the model; ${shown} sentences shown, ${struck} struck`,
    `  false citations or sentences shown: ${falseOnes.length}; over a budget: ${overBudget.length}; drafts ${drafts}, bad ${evilDrafts.length}`,
    ...(delaysMs.length > 0
      ? [
          `  first words after the stand-in's own: median ${ms(50)}, 90 % ${ms(90)}, most ${ms(100)} (${delaysMs.length} answers)`,
        ]
      : []),
    ...[...falseOnes, ...overBudget, ...evilDrafts].slice(0, 10).map((fault) => `    ${fault}`),
  ]
}

/** The `Answerer` of a server: budgets, stored answers, and the evidence alone when no model can answer. */

import { setMaxListeners } from 'node:events'
import type { Answer, Written } from '#ask/answer.ts'
import type { AnswerEvent } from '#ask/answer-events.ts'
import type { AskSettings, LlmSettings } from '#base/model-settings.ts'
import { createYield } from '#base/yield-to-event-loop.ts'
import { BudgetSpent } from '#generate/prose/ask.ts'
import { createLedger, type Ledger } from '#generate/prose/budget/ledger.ts'
import { createPrices } from '#generate/prose/budget/prices.ts'
import { createSharedLedger } from '#generate/prose/budget/shared-ledger.ts'
import type { SharedSpend } from '#generate/prose/budget/shared-spend.ts'
import { summarise } from '#generate/prose/budget/summarise.ts'
import { createAnswerStore } from '#generate/prose/client/answer-store.ts'
import { createChat } from '#generate/prose/client/chat.ts'
import { baseUrlOf } from '#generate/prose/client/create-model.ts'
import { languageOf } from '#generate/prose/language-detection.ts'
import type { Graphs } from '#graph-queries/graphs.ts'
import type { Answerer, QuestionForModel } from '#http/answerer.ts'
import type { SetReader } from '#store/sets.ts'
import { answerQuestion } from './answer-question.ts'
import { answerIdOf, createKeptAnswers } from './kept-answers.ts'
import type { SetSources } from './opened-files.ts'
import type { Exchange } from './prompts.ts'
import { SetGround } from './set-ground.ts'

export interface AnswererDeps {
  /** Its `ask` is not `null`. */
  settings: LlmSettings
  graphs: Graphs
  sets: Pick<SetReader, 'readFile' | 'findSource' | 'readSource'>
  /** Spending is recorded below it together with that of jobs; answers are stored below it, too. */
  spoolDir: string
  /** Records spending together with that of other machines, instead of below `spoolDir`. */
  sharedSpend?: SharedSpend | undefined
  log(level: 'warn', text: string): void
  /** Milliseconds since the epoch. */
  clock?: () => number
}

/** Time limit of one answer, from the question to its last word. */
const ANSWER_MS = 80_000
/** Maximum number of questions that are being answered. */
const MAX_AT_ONCE = 64
/** Checking sentences yields to other requests at least this often. */
const SLICE_MS = 10
const HOUR_MS = 3_600_000

export function createAnswerer(deps: AnswererDeps): Answerer {
  const { settings, graphs, sets, spoolDir, sharedSpend, log, clock = Date.now } = deps
  if (settings.ask === null) throw new TypeError('Expected settings with a model that answers questions.')
  const ask: AskSettings = settings.ask
  const spendDir = `${spoolDir}/spend`
  const endpoint = baseUrlOf(settings)
  const isMoneyLimited = settings.perDay.costUsd > 0 || ask.perHour.costUsd > 0
  const priceOf = createPrices({ baseUrl: endpoint, prices: settings.prices, isMoneyLimited, log })
  const kept = createKeptAnswers(createAnswerStore(`${spoolDir}/asked`), (text) => log('warn', text))
  const chat = createChat({ ...settings, mainModel: ask.model }, { ledger: ledgerOfHour, log })
  let current: { hour: number; ledger: Ledger } | undefined
  let answering = 0
  let summed: Promise<unknown> = Promise.resolve()

  /** In the journal of the day, the questions of an hour count as one job. */
  function ledgerOfHour(): Ledger {
    const hour = Math.floor(clock() / HOUR_MS)
    if (current?.hour !== hour) {
      const job = `questions ${new Date(hour * HOUR_MS).toISOString().slice(0, 13)}`
      const common = { job, perJob: ask.perHour, perDay: settings.perDay, priceOf, log }
      const ledger =
        sharedSpend === undefined
          ? createLedger({ ...common, folder: spendDir, now: clock })
          : createSharedLedger({ ...common, spend: sharedSpend })
      current = { hour, ledger }
    }
    return current.ledger
  }

  const idOf = ({ key, question, previous }: Pick<QuestionForModel, 'key' | 'question' | 'previous'>): string =>
    answerIdOf({ set: key, question, previous, model: ask.model, endpoint })

  /** The previous questions, with their answers if these are still stored. */
  function exchangesOf({ key, previous }: QuestionForModel): Exchange[] {
    return previous.map((question, index) => {
      const known = kept.read(idOf({ key, question, previous: previous.slice(0, index) }))
      return { question, answer: known?.written.sentences.map(({ text }) => text).join(' ') ?? null }
    })
  }

  async function* write(
    asked: QuestionForModel,
    id: string,
    signal: AbortSignal,
  ): AsyncGenerator<AnswerEvent, Written> {
    const ground = new SetGround(sourcesOf(asked, { graphs, sets }, signal), createYield(signal, SLICE_MS))
    const language = languageOf(asked.question) ?? asked.language
    try {
      const { question, evidence, jobId, service } = asked
      const about = { question, evidence, jobId, service, ground, language, previous: exchangesOf(asked) }
      const outcome = yield* answerQuestion(about, chat, ask, signal)
      const written: Written = { answer_id: id, model: ask.model, is_kept: false, ...outcome }
      // An answer that broke off may be complete the next time.
      if (written.ended !== 'cut') {
        const { key: set, previous } = asked
        kept.write(id, { set, question, previous: [...previous], written, is_shared: false, useful: 0, not_useful: 0 })
      }
      return written
    } finally {
      asked.charge(ground.work)
      if (sharedSpend === undefined) {
        // Updates the sums for pages and metrics; if this fails, the next answer or job does it.
        summed = summed.then(() => summarise(spendDir)).catch(() => undefined)
        await summed
      }
    }
  }

  return {
    model: ask.model,
    async *answer(asked, outer) {
      const { evidence } = asked
      const without = (reason: Answer['without_model']): AnswerEvent => ({
        type: 'answer',
        answer: { ...evidence, without_model: reason },
      })
      const withWritten = (written: Written): AnswerEvent => ({
        type: 'answer',
        answer: { ...evidence, basis: 'model', written, without_model: null },
      })
      yield { type: 'evidence', answer: evidence }
      const id = idOf(asked)
      const known = kept.read(id)
      if (known !== undefined) {
        for (const sentence of known.written.sentences) yield { type: 'sentence', sentence }
        return yield withWritten({ ...known.written, answer_id: id, is_kept: true })
      }
      if (answering >= MAX_AT_ONCE) return yield without('busy')
      answering += 1
      const limit = new AbortController()
      // All look-ups and requests of an answer listen to it; Node warns of a leak at more than ten.
      setMaxListeners(0, limit.signal, outer)
      const timer = setTimeout(() => limit.abort(), ANSWER_MS)
      const abort = (): void => limit.abort()
      outer.addEventListener('abort', abort, { once: true })
      if (outer.aborted) abort()
      try {
        yield withWritten(yield* write(asked, id, limit.signal))
      } catch (error) {
        outer.throwIfAborted()
        if (!(error instanceof BudgetSpent)) log('warn', `A question was not answered: ${(error as Error).message}`)
        yield without(error instanceof BudgetSpent ? 'budget' : 'failed')
      } finally {
        answering -= 1
        clearTimeout(timer)
        outer.removeEventListener('abort', abort)
        limit.abort()
      }
    },
    async rate(id, key, isUseful) {
      const found = kept.read(id)
      if (found?.set !== key) return false
      const { useful, not_useful } = found
      kept.write(id, { ...found, ...(isUseful ? { useful: useful + 1 } : { not_useful: not_useful + 1 }) })
      return true
    },
    async share(id, key) {
      const found = kept.read(id)
      if (found?.set !== key) return false
      if (!found.is_shared) kept.write(id, { ...found, is_shared: true })
      return true
    },
    async readShared(id, key) {
      const found = kept.read(id)
      if (found?.set !== key || !found.is_shared) return undefined
      return { question: found.question, answer: { ...found.written, answer_id: id, is_kept: true } }
    },
  }
}

/** Reads the set itself: checks make no requests for the caller, but their cost is charged. */
function sourcesOf(
  { key }: QuestionForModel,
  { graphs, sets }: Pick<AnswererDeps, 'graphs' | 'sets'>,
  signal: AbortSignal,
): SetSources {
  const pages = new Map<string, Promise<string | undefined>>()
  const decoder = new TextDecoder()
  async function readPage(file: string): Promise<string | undefined> {
    const bytes = await sets.readFile(key, file)
    return bytes === undefined ? undefined : decoder.decode(bytes)
  }
  return {
    graph: (question) => graphs.ask(key, question, { signal, client: undefined }),
    async source(file) {
      const row = await sets.findSource(key, file)
      // A name below `source/` is usually the path, but not always.
      if (row?.path !== file) return undefined
      const found = await sets.readSource(key, row.name)
      return found === undefined ? undefined : { text: found.text, name: row.name }
    },
    page(file) {
      const page = pages.get(file) ?? readPage(file)
      pages.set(file, page)
      return page
    },
  }
}

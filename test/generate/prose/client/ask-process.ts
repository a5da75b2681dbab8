/** A process that asks questions until it is killed, and writes a line for each that is answered: `ask-process.ts <url> <spool> <how many>`. */

import { writeSync } from 'node:fs'
import path from 'node:path'
import { createLedger } from '#generate/prose/budget/ledger.ts'
import { createAnswerStore } from '#generate/prose/client/answer-store.ts'
import { createModel } from '#generate/prose/client/create-model.ts'
import { ask, never, settingsFor } from './endpoint.ts'

const [url = '', spool = '', count = ''] = process.argv.slice(2)
const log = (_: 'warn', text: string): void => console.error(text)
const settings = settingsFor(url)
const { perJob, perDay } = settings
const ledger = createLedger({
  folder: path.join(spool, 'spend'),
  job: 'killed',
  perJob,
  perDay,
  priceOf: () => ({ input: 0, output: 0 }),
  log,
})
const model = createModel(settings, { answers: createAnswerStore(path.join(spool, 'answers')), ledger, log })
const questions = Array.from({ length: Number(count) }, (_, at) => `question ${at}`)
await Promise.all(
  questions.map(async (question) => {
    await model.ask(ask(question), never)
    writeSync(1, `${question}\n`)
  }),
)

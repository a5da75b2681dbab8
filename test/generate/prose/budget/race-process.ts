/**
 * A process that tries to reserve all of each day's budget, at a moment that it is told, together with others:
 * `race-process.ts <folder> <job>`. Prints on which days it could.
 */

import { BudgetSpent } from '#generate/prose/ask.ts'
import { createLedger } from '#generate/prose/budget/ledger.ts'

const DAYS = 300
/** Between one day and the next, on the real clock. */
const STEP_MS = 4

const [folder = '', job = ''] = process.argv.slice(2)
let day = 0
const ledger = createLedger({
  folder,
  job,
  perJob: { costUsd: 0, tokens: 0, calls: 0 },
  perDay: { costUsd: 0, tokens: 0, calls: 1 },
  priceOf: () => ({ input: 0, output: 0 }),
  log: (_, text) => console.error(text),
  now: () => day * 86_400_000,
})
process.stdout.write('ready\n')
const startMs = Number(await new Promise((resolve) => process.stdin.once('data', resolve)))
const won: number[] = []
for (; day < DAYS; day += 1) {
  while (Date.now() < startMs + day * STEP_MS) {
    // All wait for the same millisecond.
  }
  try {
    ledger.reserve({ model: 'm', about: 'a', inputTokens: 1, outputTokens: 1 })
    won.push(day)
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error
  }
}
process.stdout.write(`won ${JSON.stringify(won)}\n`)
process.exit(0)

/** A process that spends until the budget of the day ends, and prints how often it could: `spend-process.ts <folder> <job>`. */

import { BudgetSpent } from '#generate/prose/ask.ts'
import { createLedger } from '#generate/prose/budget/ledger.ts'

const [folder = '', job = ''] = process.argv.slice(2)
const ledger = createLedger({
  folder,
  job,
  perJob: { costUsd: 0, tokens: 0, calls: 0 },
  perDay: { costUsd: 0, tokens: 100_000, calls: 0 },
  priceOf: () => ({ input: 1, output: 1 }),
  log: (_, text) => console.error(text),
})
process.stdout.write('ready\n')
// Until all are there.
await new Promise((resolve) => process.stdin.once('data', resolve))
let spent = 0
try {
  for (;;) {
    const reservation = ledger.reserve({ model: 'm', about: 'a', inputTokens: 90, outputTokens: 80 })
    await new Promise((resolve) => setImmediate(resolve))
    reservation.settle({ inputTokens: 90, outputTokens: 10 })
    spent += 100
  }
} catch (error) {
  if (!(error instanceof BudgetSpent)) throw error
}
process.stdout.write(`spent ${spent}\n`)
process.exit(0)

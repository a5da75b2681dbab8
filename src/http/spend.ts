/** The cost of models: `GET /api/spend`. */

import type { Hono } from 'hono'
import { z } from 'zod'
import { plainLine } from '#base/control-characters.ts'
import { JobSpend, sumOfSpend } from '#queue/job-spend.ts'
import { formatCost } from '#templates/format.ts'
import { formOf } from './content-negotiation.ts'
import type { AppDeps, AppEnv } from './deps.ts'
import { jsonText } from './job-lines.ts'

/** The cost of one model on one day (UTC). */
const SpendDay = z.object({ ...JobSpend.shape, day: z.iso.date(), model: z.string() })
export type SpendDay = z.infer<typeof SpendDay>

const Limit = z.number().nonnegative().nullable()

const SpendLimits = z
  .object({ cost_usd: Limit, tokens: Limit, calls: Limit })
  .describe('What all jobs together may spend in a day; null for no limit.')
export type SpendLimits = z.infer<typeof SpendLimits>

export const SpendAnswer = z.object({
  day: z.iso.date().describe('Today, UTC.'),
  today: JobSpend,
  limits: SpendLimits,
  total: JobSpend.describe('Sum of all known days.'),
  days: z.array(SpendDay).readonly().describe('Newest first, one entry for each model.'),
})

export interface SpendReader {
  /** All known days; empty when they cannot be read. Never rejects. */
  readDays(): Promise<readonly SpendDay[]>
  readonly limits: SpendLimits
}

const NONE: SpendReader = { readDays: async () => [], limits: { cost_usd: null, tokens: null, calls: null } }

export function addSpendRoutes(app: Hono<AppEnv>, { spend = NONE, clock }: AppDeps): void {
  async function read(): Promise<z.infer<typeof SpendAnswer>> {
    const days = await spend.readDays()
    const day = new Date(clock()).toISOString().slice(0, 10)
    return {
      day,
      today: sumOfSpend(days.filter((each) => each.day === day)),
      limits: spend.limits,
      total: sumOfSpend(days),
      days,
    }
  }

  app.get('/api/spend', async (c) => {
    const { days, ...sums } = await read()
    c.header('Cache-Control', 'no-store')
    if (formOf(c) === 'text') return c.text(`${spendLine(sums.today, sums.limits)}\n`)
    const newestFirst = [...days].sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : a.model < b.model ? -1 : 1))
    return c.body(jsonText({ ...sums, days: newestFirst }), 200, { 'Content-Type': 'application/json' })
  })
}

/** `today  12 calls  3 kept  40000 tokens in  5210 tokens out  $0.12 of $20.00`. */
function spendLine(today: JobSpend, limits: SpendLimits): string {
  const limit = limits.cost_usd === null ? '' : ` of ${formatCost(limits.cost_usd)}`
  const columns = [
    'today',
    `${today.calls} calls`,
    `${today.kept} kept`,
    `${today.input_tokens} tokens in`,
    `${today.output_tokens} tokens out`,
    `${formatCost(today.cost_usd)}${limit}`,
  ]
  return plainLine(columns.join('  '))
}

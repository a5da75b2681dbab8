/** The spending of all machines on models: messages between a ledger (`shared-ledger.ts`) and the storage. */

import { z } from 'zod'

const Count = z.int().nonnegative()
const Id = z.uuid()

/** Sums of requests, their tokens and cost. */
const Figures = z.object({ calls: Count, inputTokens: Count, outputTokens: Count, microUsd: Count })
export type Figures = z.infer<typeof Figures>

/** Limits of `Totals`; 0 means unlimited. */
const Limit = z.object({ calls: Count, tokens: Count, microUsd: Count })

const Reserve = z.object({
  type: z.literal('reserve'),
  id: Id,
  /** The job that limits apply to; see `LedgerOptions`. */
  job: z.string().max(300),
  model: z.string().max(200),
  inputTokens: Count,
  outputTokens: Count,
  microUsd: Count,
  jobLimit: Limit,
  dayLimit: Limit,
})
export type SpendRequest = Omit<z.infer<typeof Reserve>, 'type'>

const SpendQuestion = z.discriminatedUnion('type', [
  Reserve,
  z.object({ type: z.literal('settle'), id: Id, figures: Figures }),
  z.object({ type: z.literal('release'), id: Id }),
  z.object({ type: z.literal('spent'), job: z.string().max(300) }),
])
export type SpendQuestion = z.infer<typeof SpendQuestion>

/** `refused` is the reason for a refusal. */
export const SpendAnswer = z.object({ refused: z.string().max(1_000).optional(), spent: Figures.optional() })
export type SpendAnswer = z.infer<typeof SpendAnswer>

export interface SharedSpend {
  /**
   * Reserve the maximum cost of a request. Idempotent by its id.
   *
   * @returns The reason for a refusal; `undefined` if the cost is reserved.
   */
  reserve(request: SpendRequest): Promise<string | undefined>
  /** Replace a reservation by the actual cost, once. */
  settle(id: string, figures: Figures): Promise<void>
  /** Remove a reservation: the request was never sent. */
  release(id: string): Promise<void>
  /** The spending settled for a job. */
  spent(job: string): Promise<Figures>
}

export const NO_FIGURES: Figures = { calls: 0, inputTokens: 0, outputTokens: 0, microUsd: 0 }

/** Accesses the shared spend through a channel that carries questions and answers. */
export function askSharedSpend(ask: (question: SpendQuestion) => Promise<unknown>): SharedSpend {
  const put = async (question: SpendQuestion): Promise<SpendAnswer> => SpendAnswer.parse(await ask(question))
  return {
    reserve: async (request) => (await put({ type: 'reserve', ...request })).refused,
    settle: async (id, figures) => void (await put({ type: 'settle', id, figures })),
    release: async (id) => void (await put({ type: 'release', id })),
    spent: async (job) => (await put({ type: 'spent', job })).spent ?? NO_FIGURES,
  }
}

/** The other end of the channel. @throws Errors of the storage, or a `ZodError`. */
export async function answerFromSpend(spend: SharedSpend, message: unknown): Promise<SpendAnswer> {
  const question = SpendQuestion.parse(message)
  switch (question.type) {
    case 'reserve': {
      const refused = await spend.reserve(question)
      return refused === undefined ? {} : { refused }
    }
    case 'settle':
      await spend.settle(question.id, question.figures)
      return {}
    case 'release':
      await spend.release(question.id)
      return {}
    case 'spent':
      return { spent: await spend.spent(question.job) }
  }
}

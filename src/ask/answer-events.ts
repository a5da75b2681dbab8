/** Events that report the progress of a model's answer. */

import { z } from 'zod'
import { Answer, Sentence } from './answer.ts'

/**
 * In this order: `evidence` first; then `look_up`, `words`, `sentence` and `struck` as they come; `answer` last. `words` belong
 * to a sentence that is being written; `sentence` or `struck` replaces them.
 */
export const AnswerEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('evidence'), answer: Answer }),
  z.object({ type: z.literal('look_up'), tool: z.string(), about: z.string() }),
  z.object({ type: z.literal('words'), text: z.string() }),
  z.object({ type: z.literal('sentence'), sentence: Sentence }),
  z.object({ type: z.literal('struck') }),
  z.object({ type: z.literal('answer'), answer: Answer }),
])
export type AnswerEvent = z.infer<typeof AnswerEvent>

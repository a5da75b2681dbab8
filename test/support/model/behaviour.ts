/** What the stand-in can be told to do. Data only; `reply.ts` does it. */

/** All names, for suites that go through them. */
export const behaviourNames = [
  'well-behaved',
  'garbage',
  'truncated',
  'invented',
  'indices',
  'html',
  'obeys',
  'refusal',
  'filtered',
  'chatty',
  'wrong-language',
  'liar',
  'huge',
  'hostile',
  'no-schema',
  'no-json',
  'no-max-tokens',
  'no-temperature',
  'no-model',
  'no-quota',
  'unauthorised',
  'busy',
  'broken',
  'too-long',
  'hang',
  'cut',
  'caller',
  'slow',
  'hostile-chat',
] as const

export type BehaviourName = (typeof behaviourNames)[number]

/**
 * A name alone takes the defaults. `times` counts the requests with the same prompt; the later ones are answered well.
 *
 * - `truncated`: the text stops in its middle and says `finish`, `length` by default.
 * - `refusal`: in `message.refusal` (`field`, the default) or as prose in the place of the answer (`text`).
 * - `busy`: 429 with `Retry-After: retryAfterS` (1), once by default.
 * - `broken`: `status` (500), always by default.
 * - `too-long`: 400 `context_length_exceeded` for prompts of more than `tokens` (1000), the stand-in's own count.
 * - `hang`: says nothing from the `start` (the default), or falls silent in the `middle` of the answer.
 * - `html`: `markup` in turn in the texts, its own by chance.
 * - `caller`: in a conversation with tools, calls them without end, in wrong forms; else `well-behaved`.
 * - `slow`: `pieceMs` (20) between the pieces of a stream.
 * - `huge`: a well-formed answer of `bytes` (20 MB).
 */
export type Behaviour =
  | BehaviourName
  | { name: BehaviourName }
  | { name: 'truncated'; finish: 'length' | 'stop' }
  | { name: 'refusal'; as: 'field' | 'text' }
  | { name: 'busy'; times?: number; retryAfterS?: number }
  | { name: 'broken'; times?: number; status?: number }
  | { name: 'too-long'; tokens: number }
  | { name: 'hang'; at: 'start' | 'middle' }
  | { name: 'html'; markup: readonly string[] }
  | { name: 'huge'; bytes: number }
  | { name: 'slow'; pieceMs: number }

/** What `hostile` draws from beside `well-behaved`: all that gives an answer, but for `huge`, which would take seconds each. */
export const hostileMix: readonly Behaviour[] = [
  'garbage',
  { name: 'truncated', finish: 'length' },
  { name: 'truncated', finish: 'stop' },
  'invented',
  'indices',
  'html',
  'obeys',
  { name: 'refusal', as: 'field' },
  { name: 'refusal', as: 'text' },
  'filtered',
  'chatty',
  'wrong-language',
  'liar',
]

/** What `hostile-chat` draws from beside `well-behaved`: the same for conversations with tools, where a connection may break, too. */
export const hostileChatMix: readonly Behaviour[] = [
  ...hostileMix.filter((one) => one !== 'indices' && one !== 'wrong-language'),
  'caller',
  'cut',
  { name: 'hang', at: 'middle' },
  { name: 'slow', pieceMs: 5 },
]

/** What a behaviour makes of a prompt. Pure: the same behaviour, prompt and chance give the same reply. */

import type { Random } from '../../chaos/random.ts'
import { writeAnswer } from './author.ts'
import { type Behaviour, type BehaviourName, hostileChatMix, hostileMix } from './behaviour.ts'
import {
  type CitedSentence,
  isChat,
  misplace,
  renderSentences,
  writeCalls,
  writeManyCalls,
  writeSentences,
} from './chat.ts'
import { writeGarbage } from './garbage.ts'
import type { Prompt } from './prompt.ts'
import { type ChatRequest, inputTokensOf, type Said, tokensOf } from './protocol.ts'
import * as refusals from './refusals.ts'
import { twist } from './twist.ts'
import { chatAround, twistChatty } from './twist-chatty.ts'
import { twistHtml, twistMarkup } from './twist-html.ts'
import { twistIndices } from './twist-indices.ts'
import { twistInvented } from './twist-invented.ts'
import { twistObeys } from './twist-obeys.ts'

export type Reply =
  /** `usage` here is a lie; without it the true one is reported. `breaksOff` in the middle of the body. */
  | { kind: 'answer'; said: Said; breaksOff?: 'connection' | 'silence'; pieceMs?: number }
  | { kind: 'refusal'; refusal: refusals.Refusal }
  | { kind: 'silence' }

export interface Asked {
  request: ChatRequest
  prompt: Prompt
  /** The key that the client sent. */
  key: string | undefined
  /** Earlier requests with the same prompt that met the same behaviour. */
  earlier: number
}

/** With its options, where it has any. */
export type BehaviourOptions = Exclude<Behaviour, BehaviourName>

/** The behaviour as an object; of `hostile`, what it turns out to be this time. */
export function settle(behaviour: Behaviour, random: Random): BehaviourOptions {
  const options = typeof behaviour === 'string' ? { name: behaviour } : behaviour
  if (options.name !== 'hostile' && options.name !== 'hostile-chat') return options
  const chance = random.fork('hostile')
  const mix = options.name === 'hostile' ? hostileMix : hostileChatMix
  return settle(chance.chance(1 / 4) ? 'well-behaved' : chance.pick(mix), random)
}

export function replyTo(asked: Asked, options: BehaviourOptions, random: Random): Reply {
  return refuse(asked, options) ?? answer(asked, options, random)
}

function refuse({ request, earlier }: Asked, options: BehaviourOptions): Reply | undefined {
  const refusal = (condition: boolean, what: () => refusals.Refusal): Reply | undefined =>
    condition ? { kind: 'refusal', refusal: what() } : undefined
  const timesOr = (fallback: number) => ('times' in options ? (options.times ?? fallback) : fallback)
  const form = request.response_format
  switch (options.name) {
    case 'no-schema':
      return refusal(form?.type === 'json_schema', () => refusals.noSchema)
    case 'no-json':
      return refusal(form !== undefined && form !== null, () => refusals.noJson)
    case 'no-max-tokens':
      return refusal(typeof request.max_tokens === 'number', () => refusals.noMaxTokens)
    case 'no-temperature':
      return refusal((request.temperature ?? 1) !== 1, () => refusals.noTemperature(request.temperature ?? 1))
    case 'no-model':
      return refusal(true, () => refusals.noModel(request.model))
    case 'no-quota':
      return refusal(true, () => refusals.noQuota)
    case 'unauthorised':
      return refusal(true, () => refusals.unauthorised)
    case 'busy':
      return refusal(earlier < timesOr(1), () =>
        refusals.busy('retryAfterS' in options ? (options.retryAfterS ?? 1) : 1),
      )
    case 'broken':
      return refusal(earlier < timesOr(Infinity), () =>
        refusals.broken('status' in options ? (options.status ?? 500) : 500),
      )
    case 'too-long': {
      const limit = 'tokens' in options ? options.tokens : 1000
      const tokens = inputTokensOf(request)
      return refusal(tokens > limit, () => refusals.tooLong(limit, tokens))
    }
    case 'hang':
      return 'at' in options && options.at === 'middle' ? undefined : { kind: 'silence' }
    default:
      return undefined
  }
}

function answer(asked: Asked, options: BehaviourOptions, random: Random): Reply {
  const { prompt, request } = asked
  const say = (text: string, more: Partial<Said> = {}): Reply => ({
    kind: 'answer',
    said: { text, finish: 'stop', ...more },
  })
  const isQuestion = isChat(request)
  if (isQuestion && options.name === 'caller')
    return say('I look it up.', { calls: writeManyCalls(random.fork('calls')), finish: 'tool_calls' })
  const calls = isQuestion ? writeCalls(request) : []
  if (calls.length > 0 && !ATTACKS_AT_ONCE.has(options.name)) return say('', { calls, finish: 'tool_calls' })
  const write = (claims: number, language?: string): unknown =>
    isQuestion
      ? writeSentences(request, random.fork('sentences'), 2 * claims)
      : writeAnswer(prompt, random, claims, language)
  const textOf = (value: unknown): string =>
    isQuestion && Array.isArray(value) ? renderSentences(value as CitedSentence[]) : plainTextOf(value)
  const limit = request.max_completion_tokens ?? request.max_tokens ?? Infinity
  /** A good answer, changed, that fits; where even the shortest does not, it ends where a model would be stopped. */
  const within = (change: (value: unknown) => unknown = (value) => value, language?: string): Reply => {
    const texts = [3, 2, 1].map((claims) => textOf(change(write(claims, language))))
    const fitting = texts.find((text) => tokensOf(text) <= limit)
    if (fitting !== undefined) return say(fitting)
    const [, , shortest = ''] = texts
    return say(
      Buffer.from(shortest)
        .subarray(0, limit * 4)
        .toString()
        .replace(/\uFFFD$/, ''),
      { finish: 'length' },
    )
  }
  const twisted = random.fork('twist')
  switch (options.name) {
    case 'garbage':
      return say(writeGarbage(twisted))
    case 'truncated': {
      const text = textOf(write(3))
      const finish = 'finish' in options ? options.finish : 'length'
      return say(text.slice(0, Math.floor(text.length * twisted.between(0.3, 0.8))), { finish })
    }
    case 'invented':
      return within((value) =>
        twistInvented(isQuestion ? misplace(value as CitedSentence[]) : value, twisted.fork('invented')),
      )
    case 'indices':
      return within((value) => twistIndices(value, twisted.fork('indices')))
    case 'html':
      return within((value) =>
        'markup' in options ? twistMarkup(value, options.markup) : twistHtml(value, twisted.fork('html')),
      )
    case 'obeys':
      return within((value) => twistObeys(value, prompt, asked.key, twisted.fork('obeys')))
    case 'refusal':
      if ('as' in options && options.as === 'text') return say("I'm sorry, but I can't help with that request.")
      return say('', { refusal: "I'm sorry, I cannot assist with that request." })
    case 'filtered':
      return say('', { finish: 'content_filter' })
    case 'chatty':
      return say(chatAround(textOf(twistChatty(write(3), twisted)), twisted))
    case 'wrong-language':
      return within(undefined, twisted.pick(['en', 'de', 'fr', 'es', 'zh', 'ja'].filter((l) => l !== prompt.language)))
    case 'liar':
      return say(textOf(write(3)), { usage: twisted.pick(lies) })
    case 'huge':
      return say(huge(write(3), 'bytes' in options ? options.bytes : 20 * 1024 * 1024))
    case 'cut':
      return { ...within(), breaksOff: 'connection' } as Reply
    case 'hang':
      return { ...within(), breaksOff: 'silence' } as Reply
    case 'slow':
      return { ...within(), pieceMs: 'pieceMs' in options ? options.pieceMs : 20 } as Reply
    default:
      return within()
  }
}

const lies: readonly unknown[] = [
  { prompt_tokens: -5, completion_tokens: -1_000_000, total_tokens: -1_000_005 },
  { prompt_tokens: 1e15, completion_tokens: 1e15, total_tokens: 2e15 },
  { prompt_tokens: 0.5, completion_tokens: 1e-9, total_tokens: 'many' },
  { prompt_tokens: '12', completion_tokens: null, total_tokens: [] },
  { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
  { input: 1 },
  null,
]

/** Spoil the first turn already, instead of looking things up. */
const ATTACKS_AT_ONCE: ReadonlySet<string> = new Set(['garbage', 'refusal', 'filtered'])

function plainTextOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The first prose of the answer, said again until the whole is about this large; still well formed. */
function huge(value: unknown, bytes: number): string {
  let isGrown = false
  const grown = twist(value, {
    text(text, key) {
      if (isGrown || !/summary|text|answer|title/.test(key)) return text
      isGrown = true
      return `${text} `.repeat(Math.ceil(bytes / (Buffer.byteLength(text) + 1)))
    },
  })
  const text = plainTextOf(grown)
  return isGrown ? text : text + ' '.repeat(bytes)
}

/** Asks a question with its follow-ups: lookups in the code, and a second try if too little of the answer can be published. */

import type { LookUp } from './answer-schemas.ts'
import { type Answer, type Ask, BudgetSpent, type Message, type Model, QuestionTooLong } from './ask.ts'
import { estimateTokens } from './client/estimate.ts'
import { asData, asLine, block, bodyOf, excerpt } from './code-context.ts'
import type { GroundTruth } from './ground-truth.ts'
import { faultsMessage, foundMessage } from './prompts.ts'

/** Limits on the lookups before an answer, and on the tokens of what each of them finds. */
const MAX_LOOKS = 2
const LOOK_TOKENS = 6_000
/** A question with less code than this is not shortened any more. */
const MIN_CODE_TOKENS = 1_000
/** Limits on what one lookup may ask for; the rest is ignored. */
const MAX_READS = 6
const MAX_SEARCHES = 3
const MAX_QUERY = 80
/** Limits on the lines found for one search, and on those of a file that is read as a whole. */
const MAX_HITS = 8
const MAX_FILE_LINES = 120
/** Share of claims that may be dropped; beyond it, the model gets the reasons and is asked again. */
const ACCEPTABLE = 1 / 3

/** A checked answer. */
export interface Assessed<R> {
  result: R
  published: number
  dropped: number
  faults: readonly string[]
}

export interface Conversation<T, R> {
  /** The question with at most `maxTokens` of code; called again with less if the endpoint says that it does not fit. */
  ask(maxTokens: number): Ask<T>
  /** Tokens for excerpts of the code. */
  maxTokens: number
  /** The lookups that the model requests before it answers. */
  wants?(value: T): LookUp
  /** Pure: the same answer always gets the same result. */
  assess(value: T): Assessed<R>
  near: ReadonlySet<string>
}

export interface CheckedAnswer<R> extends Assessed<R> {
  /** The model that wrote it. */
  model: string
}

/** @throws The errors of `Model.ask` for the first answer; if a later one fails, the last successful answer is used. */
export async function writeWithLookups<T, R>(
  model: Model,
  ground: GroundTruth,
  conversation: Conversation<T, R>,
  signal: AbortSignal,
): Promise<CheckedAnswer<R>> {
  const { question, answer } = await askFitting(model, conversation, signal)
  const messages: Message[] = [...question.messages]
  let current = answer
  for (let look = 0; look < MAX_LOOKS && conversation.wants !== undefined; look++) {
    const wanted = conversation.wants(current.value)
    if (!wantsMore(wanted)) break
    messages.push({ role: 'assistant', content: current.text })
    messages.push(foundMessage(lookUp(wanted, ground, conversation.near, LOOK_TOKENS)))
    const next = await further(model, { ...question, messages: [...messages], isFurther: true }, signal)
    if (next === undefined) {
      // The answer so far is checked, and quoted below if it has faults.
      messages.length -= 2
      break
    }
    current = next
  }
  const first = { ...conversation.assess(current.value), model: current.model }
  if (first.dropped <= (first.published + first.dropped) * ACCEPTABLE) return first
  messages.push({ role: 'assistant', content: current.text }, faultsMessage(first.faults))
  const again = await further(model, { ...question, messages, isFurther: true }, signal)
  if (again === undefined) return first
  const second = { ...conversation.assess(again.value), model: again.model }
  return second.published > first.published ? second : first
}

/** Asks with half as much code each time the endpoint reports that the question is too long. */
async function askFitting<T, R>(
  model: Model,
  conversation: Conversation<T, R>,
  signal: AbortSignal,
): Promise<{ question: Ask<T>; answer: Answer<T> }> {
  for (let maxTokens = conversation.maxTokens; ; maxTokens = Math.floor(maxTokens / 2)) {
    const question = conversation.ask(maxTokens)
    try {
      return { question, answer: await model.ask(question, signal) }
    } catch (error) {
      if (!(error instanceof QuestionTooLong) || maxTokens < MIN_CODE_TOKENS) throw error
    }
  }
}

/** @returns `undefined` on failure, unless the failure ends the whole job. */
async function further<T>(model: Model, question: Ask<T>, signal: AbortSignal): Promise<Answer<T> | undefined> {
  try {
    return await model.ask(question, signal)
  } catch (error) {
    if (signal.aborted || error instanceof BudgetSpent) throw error
    return undefined
  }
}

function wantsMore({ read, search }: LookUp): boolean {
  return read.some((name) => name.trim() !== '') || search.some((query) => query.trim().length > 2)
}

/**
 * Answers a lookup: definitions by name, and lines that contain a text.
 *
 * @param maxTokens - Limit on the text; parts that exceed it are left out.
 */
export function lookUp(wanted: LookUp, ground: GroundTruth, near: ReadonlySet<string>, maxTokens: number): string {
  const parts: string[] = []
  let used = 0
  const add = (text: string): void => {
    const cost = estimateTokens(text)
    if (used + cost > maxTokens) return
    used += cost
    parts.push(text)
  }
  for (const name of wanted.read.slice(0, MAX_READS)) {
    const meaning = ground.meaningOf(name.slice(0, 200), near)
    const id = meaning.kind === 'thing' || meaning.kind === 'repaired' ? meaning.refersTo : undefined
    const component = id === undefined ? undefined : ground.components.get(id)
    if (component !== undefined) add(bodyOf(ground, component))
    else if (id !== undefined && ground.files.has(id)) add(excerpt(ground, id, 1, MAX_FILE_LINES))
    else add(block('found', [asData(`there is no \`${name.slice(0, 80)}\``)]))
  }
  for (const query of wanted.search.slice(0, MAX_SEARCHES)) add(search(query.trim().slice(0, MAX_QUERY), ground, near))
  return parts.length === 0 ? block('found', ['nothing']) : parts.join('\n')
}

/** Lines that contain the text, ignoring case; near files first. */
function search(query: string, ground: GroundTruth, near: ReadonlySet<string>): string {
  const wanted = query.toLowerCase()
  const hits: string[] = []
  const paths = [...near, ...[...ground.files.keys()].filter((path) => !near.has(path))]
  for (const path of paths) {
    if (hits.length >= MAX_HITS || wanted.length < 3) break
    const text = ground.files.get(path)?.text?.toLowerCase()
    if (text?.includes(wanted) !== true) continue
    for (const [index, line] of ground.shownLinesOf(path).entries()) {
      if (hits.length >= MAX_HITS) break
      if (line.toLowerCase().includes(wanted)) hits.push(asLine(`${path}:${index + 1}: ${line.trim().slice(0, 200)}`))
    }
  }
  return block('found', hits.length === 0 ? [asData(`nothing contains ${JSON.stringify(query)}`)] : hits)
}

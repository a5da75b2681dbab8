/** Flags and figures of this folder. */

import type { Generated } from '#generate/options.ts'
import type { ModelServer } from '../../test/support/model/server.ts'

/** The values of a flag that may stand several times. */
export function listsOf(name: string): string[] {
  return process.argv.filter((one) => one.startsWith(`--${name}=`)).map((one) => one.slice(name.length + 3))
}

export function totalsOf({ spend }: Generated): string {
  const { calls = 0, kept = 0, inputTokens = 0, outputTokens = 0, costUsd = 0 } = spend ?? {}
  return `${calls} questions, ${kept} from before, ${inputTokens} tokens in, ${outputTokens} out, $${costUsd.toFixed(4)}`
}

/** Slots by verdict. */
export function slotsOf(made: Generated): string {
  const { prose } = JSON.parse(String(made.set.files.get('verification.json') ?? '{}')) as {
    prose?: { slots: { verdict: string; published: number; dropped: number }[] }
  }
  const slots = prose?.slots ?? []
  const count = (verdict: string): number => slots.filter((slot) => slot.verdict === verdict).length
  const sum = (of: 'published' | 'dropped'): number => slots.reduce((total, slot) => total + slot[of], 0)
  return `${slots.length} slots: ${count('accepted')} accepted, ${count('repaired')} repaired, ${count('offline')} offline; ${sum('published')} claims published, ${sum('dropped')} dropped`
}

/** What the books and the server say of the same run, when they differ. */
export function bookFaults(
  made: Generated,
  server: ModelServer,
  before = { requests: 0, input: 0, output: 0 },
): string[] {
  const { calls = 0, inputTokens = 0, outputTokens = 0 } = made.spend ?? {}
  const { requests, inputTokens: input, outputTokens: output } = server.counters
  const differ = (what: string, ours: number, theirs: number): string[] =>
    ours === theirs ? [] : [`${what}: ${ours} in our books, ${theirs} by the server`]
  return [
    ...differ('requests', calls, requests - before.requests),
    ...differ('tokens in', inputTokens, input - before.input),
    ...differ('tokens out', outputTokens, output - before.output),
  ]
}

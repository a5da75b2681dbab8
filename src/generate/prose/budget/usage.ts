/** Tokens that an endpoint says it counted, which may be nothing, or nonsense. */

export interface Usage {
  inputTokens: number
  outputTokens: number
}

/** Counts beyond this many times what could be are nonsense; some endpoints count a template of theirs with the question. */
const ABSURD = 100

/**
 * The counts to go by: those of the endpoint, and the bound in the place of one that is missing or absurd (negative, no
 * whole number, beyond 100 times the bound).
 *
 * @returns With what was absurd, in words; `undefined` when nothing was.
 */
export function sensibleUsage(
  said: { inputTokens?: unknown; outputTokens?: unknown } | null,
  bound: Usage,
): { usage: Usage; absurd: string | undefined } {
  const odd: string[] = []
  const take = (name: keyof Usage): number => {
    const value = said?.[name]
    if (value === undefined || value === null) return bound[name]
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= ABSURD * bound[name])
      return value
    odd.push(`${name} ${String(JSON.stringify(value)).slice(0, 40)}`)
    return bound[name]
  }
  const usage = { inputTokens: take('inputTokens'), outputTokens: take('outputTokens') }
  return { usage, absurd: odd.length === 0 ? undefined : odd.join(', ') }
}

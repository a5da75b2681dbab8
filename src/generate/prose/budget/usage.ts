/** Sanitises token counts reported by an endpoint, which may be missing or nonsense. */

export interface Usage {
  inputTokens: number
  outputTokens: number
}

/** Counts above this multiple of the bound are nonsense; some endpoints also count their own template. */
const ABSURD = 100

/**
 * The reported counts, each replaced by the bound if it is missing or absurd (negative, not a whole number, or more
 * than 100 times the bound).
 *
 * @returns Also a description of implausible numbers; `undefined` if there are none.
 */
export function sensibleUsage(
  reported: { inputTokens?: unknown; outputTokens?: unknown } | null,
  bound: Usage,
): { usage: Usage; absurd: string | undefined } {
  const odd: string[] = []
  const take = (name: keyof Usage): number => {
    const value = reported?.[name]
    if (value === undefined || value === null) return bound[name]
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= ABSURD * bound[name])
      return value
    odd.push(`${name} ${String(JSON.stringify(value)).slice(0, 40)}`)
    return bound[name]
  }
  const usage = { inputTokens: take('inputTokens'), outputTokens: take('outputTokens') }
  return { usage, absurd: odd.length === 0 ? undefined : odd.join(', ') }
}

/** Sums of spent or reserved amounts, and their limits. Money is in whole millionths of a US dollar. */

import type { Price, SpendLimit } from '#base/model-settings.ts'

export interface Totals {
  /** Requests. */
  calls: number
  /** Input and output tokens together. */
  tokens: number
  /** Millionths of a US dollar, which is tokens times the price of a million tokens. An integer, so that sums are exact. */
  microUsd: number
}

export const zeroTotals = (): Totals => ({ calls: 0, tokens: 0, microUsd: 0 })

/** Adds in place; `sign` −1 subtracts. */
export function add(sum: Totals, part: Totals, sign: 1 | -1 = 1): void {
  sum.calls += sign * part.calls
  sum.tokens += sign * part.tokens
  sum.microUsd += sign * part.microUsd
}

/** A limit in the units of `Totals`; 0 means unlimited. Amounts below a millionth of a dollar are rounded up to one. */
export const limitOf = ({ calls, tokens, costUsd }: SpendLimit): Totals => ({
  calls,
  tokens,
  microUsd: costUsd > 0 ? Math.max(1, Math.floor(costUsd * 1e6)) : 0,
})

/** The first limit that `more` would exceed; `undefined` when none. */
export function exceededLimit(more: Totals, spent: Totals, limit: Totals): keyof Totals | undefined {
  return (['microUsd', 'tokens', 'calls'] as const).find((unit) => {
    return limit[unit] > 0 && spent[unit] + more[unit] > limit[unit]
  })
}

/** Why `more` is refused; `undefined` if it is within the limit. */
export function describeExcess(more: Totals, spent: Totals, limit: Totals, whose: string): string | undefined {
  const unit = exceededLimit(more, spent, limit)
  if (unit === undefined) return undefined
  const [all, used, next] = [limit[unit], spent[unit], more[unit]].map((amount) => nameOf(unit, amount))
  return `The budget of ${whose} is ${all}; ${used} are spent or reserved, and the next request may cost ${next}`
}

/** The cost in millionths of a US dollar, rounded up. */
export function costOf(price: Price, inputTokens: number, outputTokens: number): number {
  // Corrects the rounding error of binary fractions before rounding up.
  return Math.ceil(price.input * inputTokens + price.output * outputTokens - 1e-6)
}

/** Formats an amount: `US$ 0.42`, `1200 tokens`, `3 calls`. */
function nameOf(unit: keyof Totals, amount: number): string {
  if (unit === 'microUsd') return `US$ ${(amount / 1e6).toFixed(amount < 10_000 ? 6 : 2)}`
  return `${amount} ${unit}`
}

/** Sums of what is spent or reserved, and the limits they are held against. Money is whole millionths of a US dollar. */

import type { Price, SpendLimit } from '#base/model-settings.ts'

export interface Totals {
  /** Requests. */
  calls: number
  /** Of questions and answers together. */
  tokens: number
  /** Millionths of a US dollar: a price for a million tokens times tokens is just that, and whole numbers add up exactly. */
  microUsd: number
}

export const nothing = (): Totals => ({ calls: 0, tokens: 0, microUsd: 0 })

/** `sign` −1 takes away. */
export function add(sum: Totals, part: Totals, sign: 1 | -1 = 1): void {
  sum.calls += sign * part.calls
  sum.tokens += sign * part.tokens
  sum.microUsd += sign * part.microUsd
}

/** A limit in the units of `Totals`; 0 is no limit, and an amount below a millionth of a dollar is that. */
export const limitOf = ({ calls, tokens, costUsd }: SpendLimit): Totals => ({
  calls,
  tokens,
  microUsd: costUsd > 0 ? Math.max(1, Math.floor(costUsd * 1e6)) : 0,
})

/** Which limit `more` would break; `undefined` when all hold. */
export function brokenBy(more: Totals, spent: Totals, limit: Totals): keyof Totals | undefined {
  return (['microUsd', 'tokens', 'calls'] as const).find((unit) => {
    return limit[unit] > 0 && spent[unit] + more[unit] > limit[unit]
  })
}

/** Rounded up. */
export function costOf(price: Price, inputTokens: number, outputTokens: number): number {
  // The small part taken off is what binary fractions add to a whole number.
  return Math.ceil(price.input * inputTokens + price.output * outputTokens - 1e-6)
}

/** `US$ 0.42`, `1200 tokens`, `3 calls` */
export function nameOf(unit: keyof Totals, amount: number): string {
  if (unit === 'microUsd') return `US$ ${(amount / 1e6).toFixed(amount < 10_000 ? 6 : 2)}`
  return `${amount} ${unit}`
}

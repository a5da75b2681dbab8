/** What a token of a model costs: by the settings first, then by the built-in table; nothing at an endpoint of one's own. */

import type { Price } from '#base/model-settings.ts'
import { isLocalEndpoint } from './local-endpoint.ts'
import { PRICES } from './price-table.ts'

const FREE: Price = { input: 0, output: 0 }
/** For a model that no table knows, while money is limited: more than most models cost. */
export const ASSUMED_PRICE: Price = { input: 15, output: 75 }

export interface PriceOptions {
  baseUrl: string
  /** By model, `DOCSPOOL_PRICES`. */
  prices: ReadonlyMap<string, Price>
  /** Whether any limit is one of money; without it an unknown model costs 0. */
  isMoneyLimited: boolean
  log(level: 'warn', text: string): void
}

/** A function that says what a model costs; it warns once of each model whose price it had to assume. */
export function createPrices({ baseUrl, prices, isMoneyLimited, log }: PriceOptions): (model: string) => Price {
  const known = new Map<string, Price>()
  const find = (model: string): Price => {
    const set = longestPrefix(model, prices)
    if (isLocalEndpoint(baseUrl)) return set?.value ?? FREE
    const listed = listedPrice(model)
    // A price that is set for `gpt-x` is not one for `gpt-x-mini`, where the table knows that.
    if (set !== undefined && (listed === undefined || set.rest <= listed.rest)) return set.value
    if (listed !== undefined) return listed.value
    if (!isMoneyLimited) return FREE
    log(
      'warn',
      `No price is known for ${model}; US$ ${ASSUMED_PRICE.input} and ${ASSUMED_PRICE.output} for a million tokens are assumed. ` +
        `Set DOCSPOOL_PRICES=${model}=input/output.`,
    )
    return ASSUMED_PRICE
  }
  return (model) => {
    const price = known.get(model) ?? find(model)
    known.set(model, price)
    return price
  }
}

/** By the built-in table; `undefined` for a model that it lacks. */
export function listedPrice(model: string): { value: Price; rest: number } | undefined {
  // At OpenRouter.
  if (model.endsWith(':free')) return { value: FREE, rest: 0 }
  const found = longestPrefix(plainName(model), TABLE)
  return found && { value: { input: found.value[0], output: found.value[1] }, rest: found.rest }
}

const TABLE: ReadonlyMap<string, readonly [number, number]> = new Map(Object.entries(PRICES))

/** `anthropic/claude-sonnet-4.5:beta` → `claude-sonnet-4-5:beta`, `models/gemini-2.5-pro` → `gemini-2-5-pro` */
const plainName = (model: string): string => model.toLowerCase().replace(/^.*\//, '').replaceAll('.', '-')

/**
 * What the longest name stands for that `model` begins with; a name ends where no letter or digit goes on.
 *
 * @returns With the number of characters behind the name.
 */
function longestPrefix<T>(model: string, table: ReadonlyMap<string, T>): { value: T; rest: number } | undefined {
  for (let end = model.length; end > 0; end -= 1) {
    if (end < model.length && /[A-Za-z0-9]/.test(model.charAt(end))) continue
    const found = table.get(model.slice(0, end))
    if (found !== undefined) return { value: found, rest: model.length - end }
  }
  return undefined
}

/** Determines the price of a model: from the settings, else from the built-in table; free at a local endpoint. */

import type { Price } from '#base/model-settings.ts'
import { isPrivateName } from '#base/public-address.ts'
import { PRICES } from './price-table.ts'

const FREE: Price = { input: 0, output: 0 }
/** The price of unknown models when money is limited: higher than that of most models. */
export const ASSUMED_PRICE: Price = { input: 15, output: 75 }

export interface PriceOptions {
  baseUrl: string
  /** Prices keyed by model, from `DOCSPOOL_PRICES`. */
  prices: ReadonlyMap<string, Price>
  /** Whether any limit is in money; if not, an unknown model counts as free. */
  isMoneyLimited: boolean
  log(level: 'warn', text: string): void
}

/** Looks up prices, and warns once for each model whose price is unknown. */
export function createPrices({ baseUrl, prices, isMoneyLimited, log }: PriceOptions): (model: string) => Price {
  const known = new Map<string, Price>()
  const find = (model: string): Price => {
    const set = longestPrefix(model, prices)
    if (isLocalEndpoint(baseUrl)) return set?.value ?? FREE
    const listed = listedPrice(model)
    // A price set for `gpt-x` does not apply to `gpt-x-mini` if the table has that.
    if (set !== undefined && (listed === undefined || set.rest <= listed.rest)) return set.value
    if (listed !== undefined) return listed.value
    const counted = isMoneyLimited
      ? `US$ ${ASSUMED_PRICE.input} and ${ASSUMED_PRICE.output} per million tokens are assumed`
      : 'its cost counts as nothing'
    log('warn', `The price of ${model} is unknown; ${counted}. Set DOCSPOOL_PRICES=${model}=input/output.`)
    return isMoneyLimited ? ASSUMED_PRICE : FREE
  }
  return (model) => {
    const price = known.get(model) ?? find(model)
    known.set(model, price)
    return price
  }
}

/** The price in the built-in table; `undefined` for a model that is not listed. */
export function listedPrice(model: string): { value: Price; rest: number } | undefined {
  // Free models of OpenRouter.
  if (model.endsWith(':free')) return { value: FREE, rest: 0 }
  const found = longestPrefix(plainName(model), TABLE)
  return found && { value: { input: found.value[0], output: found.value[1] }, rest: found.rest }
}

const TABLE: ReadonlyMap<string, readonly [number, number]> = new Map(Object.entries(PRICES))

/** `anthropic/claude-sonnet-4.5:beta` → `claude-sonnet-4-5:beta`, `models/gemini-2.5-pro` → `gemini-2-5-pro` */
const plainName = (model: string): string => model.toLowerCase().replace(/^.*\//, '').replaceAll('.', '-')

/** The next part of a version, `-7` in `gpt-5-7`; dates and revisions have more digits: `gpt-5-2025-08-07`, `kimi-k2-0905`. */
const NEXT_VERSION_PART = /^[.-]\d{1,2}(?![A-Za-z0-9])/

/**
 * The entry with the longest name that `model` begins with. A name must end before a separator, and a name that ends with a
 * version is not the name of a later version: the price of `gpt-5` says nothing about `gpt-5.7`.
 *
 * @returns Also the number of characters after the name.
 */
function longestPrefix<T>(model: string, table: ReadonlyMap<string, T>): { value: T; rest: number } | undefined {
  for (let end = model.length; end > 0; end -= 1) {
    if (end < model.length && /[A-Za-z0-9]/.test(model.charAt(end))) continue
    if (/\d/.test(model.charAt(end - 1)) && NEXT_VERSION_PART.test(model.slice(end))) continue
    const found = table.get(model.slice(0, end))
    if (found !== undefined) return { value: found, rest: model.length - end }
  }
  return undefined
}

/** @param baseUrl - A URL; an invalid one is not local. */
export function isLocalEndpoint(baseUrl: string): boolean {
  if (!URL.canParse(baseUrl)) return false
  const host = new URL(baseUrl).hostname.replace(/\.$/, '')
  // A name without a dot is in a container or office network.
  return isPrivateName(host) || !/[.:]/.test(host)
}

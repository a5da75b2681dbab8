/**
 * Reads the definition of a macro with one rule whose arguments are fixed fragments, then at most one repetition: the
 * items that its body declares by the name of a fragment, `pub fn $name(…)`. Other macros are not read.
 */

import { blockTokens, type Token } from './macro-tokens.ts'

/** A token of the matcher, or a fragment such as `$name:ident` (`name` with its `$`). */
export type Pattern = { readonly text: string } | { readonly name: string; readonly spec: string }

export interface MacroRule {
  readonly fixed: readonly Pattern[]
  /** The repetition after the fixed patterns; a separator of '' means none. */
  readonly list: { readonly pattern: readonly Pattern[]; readonly separator: string } | undefined
  readonly items: readonly MacroItem[]
}

/** An item that the body declares. */
export interface MacroItem {
  readonly keyword: string
  /** The fragment that names it, with its `$`. */
  readonly fragment: string
  /** The doc comments and attributes above it. */
  readonly before: readonly (readonly Token[])[]
  /** Up to the body or `;`. */
  readonly header: readonly Token[]
  readonly isInList: boolean
  /** The type in whose `impl` it is, or the fragment that names this type. */
  readonly receiver: string | undefined
}

const KEYWORDS = new Set(['fn', 'struct', 'enum', 'union', 'trait', 'type', 'const', 'static'])
const MAX_ITEMS = 20

/** @param start - The offset of `macro_rules!`. */
export function readMacroRule(text: string, start: number): MacroRule | undefined {
  const open = text.slice(start, start + 200).search(/[([{]/)
  const all = open < 0 ? [] : blockTokens(text, start + open)
  const [, matcher] = all
  const arrow = all[matcher?.close ?? -1] === undefined ? -1 : (matcher?.close ?? -1) + 1
  const body = all[arrow + 1]
  if (all[arrow]?.text !== '=>' || body?.close === undefined || matcher?.close === undefined) return undefined
  // Multiple rules often call each other.
  if (all.slice(body.close + 1, -1).some((one) => one.text !== ';')) return undefined
  const read = readMatcher(all, 2, matcher.close)
  if (read === undefined) return undefined
  const items = itemsIn(all, arrow + 2, body.close)
  return items.length === 0 ? undefined : { ...read, items }
}

function readMatcher(all: readonly Token[], from: number, to: number): Omit<MacroRule, 'items'> | undefined {
  const fixed: Pattern[] = []
  for (let at = from; at < to; at++) {
    const [token, next, spec] = [all[at], all[at + 1], all[at + 2]]
    if (token?.text === '$' && next?.close !== undefined) {
      const pattern = readMatcher(all, at + 2, next.close)
      const isOnce = /^[*+?]$/.test(all[next.close + 1]?.text ?? '')
      const end = next.close + (isOnce ? 1 : 2)
      if (pattern === undefined || pattern.list !== undefined || all[end]?.text === '?') return undefined
      const separator = isOnce ? '' : (all[next.close + 1]?.text ?? '')
      const rest = all.slice(end + 1, to).map((one) => one.text)
      return /^(?:[,;]|\$\([,;]\)[?*])?$/.test(rest.join(''))
        ? { fixed, list: { pattern: pattern.fixed, separator } }
        : undefined
    }
    if (token?.text.startsWith('$') && next?.text === ':') {
      fixed.push({ name: token.text, spec: spec?.text ?? '' })
      at += 2
    } else if (token !== undefined) fixed.push({ text: token.text })
  }
  return { fixed, list: undefined }
}

/** The items between two tokens, also those in a repetition or an `impl`. Other blocks are skipped. */
function itemsIn(all: readonly Token[], from: number, to: number, isInList = false, receiver?: string): MacroItem[] {
  const items: MacroItem[] = []
  let first = from
  for (let at = from; at < to && items.length < MAX_ITEMS; at++) {
    const [token, next] = [all[at], all[at + 1]]
    if (token?.text === '$' && next?.close !== undefined && !isInList && at === first) {
      for (const item of itemsIn(all, at + 2, next.close, true, receiver)) items.push(item)
      const end = all.slice(next.close).findIndex((one) => /^[*+?]$/.test(one.text))
      at = end < 0 ? to : next.close + end
      first = at + 1
    } else if (token !== undefined && KEYWORDS.has(token.text) && next?.text.startsWith('$')) {
      const end = endOfHeader(all, at, to)
      const before = marksAbove(all, first, at)
      const header = all.slice(first + before.flat().length, end)
      items.push({ keyword: token.text, fragment: next.text, before, header, isInList, receiver })
      at = all[end]?.close ?? end
      first = at + 1
    } else if (token?.text === 'impl' && receiver === undefined) {
      const open = endOfHeader(all, at, to)
      const end = all[open]?.close ?? open
      const type = receiverOf(all.slice(at + 1, open))
      for (const item of itemsIn(all, open + 1, end, isInList, type)) items.push(item)
      at = end
      first = at + 1
    } else if (token?.close !== undefined) {
      at = token.close
      if (token.text === '{') first = at + 1
    } else if (token?.text === ';') first = at + 1
  }
  return items
}

/** The type of `impl<'v> Value<'v>`; '' for a trait's. */
function receiverOf(header: readonly Token[]): string {
  return header.some((one) => one.text === 'for') ? '' : (header[endOfGenerics(header)]?.text ?? '')
}

/** The index after the type parameters at the start of a header; 0 if there are none. */
function endOfGenerics(header: readonly Token[]): number {
  let depth = 0
  for (const [index, { text }] of header.entries()) {
    if (text === '<') depth++
    else if (text === '>') depth--
    if (depth === 0) return text === '>' ? index + 1 : 0
  }
  return 0
}

function marksAbove(all: readonly Token[], from: number, to: number): Token[][] {
  const marks: Token[][] = []
  for (let at = from; at < to && (all[at]?.isDoc || all[at]?.text === '#'); ) {
    const end = all[at]?.isDoc ? at + 1 : (all[at + 1]?.close ?? at) + 1
    marks.push(all.slice(at, end))
    at = end
  }
  return marks
}

/** The index of the `{` or `;` after a header. */
function endOfHeader(all: readonly Token[], from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const { text, close } = all[at] ?? { text: '' }
    if (text === '{' || text === ';') return at
    if (close !== undefined) at = close
  }
  return to
}

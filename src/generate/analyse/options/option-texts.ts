/**
 * Reads the texts and defaults of options from expressions: string literals, also concatenated, formatted or translated, constants
 * and short computations.
 */

import { literalAt } from '#generate/analyse/reads/defaults.ts'
import { endOf, kindAt, type ReadTree, startOf, textAt } from '#generate/analyse/reads/read-tree.ts'
import { MAX_TEXT } from './file-options.ts'
import { partsOf } from './option-tree.ts'

const MAX_DEPTH = 12
/** A computed default: a call without arguments, `default_path()`, or a product, `5*time.Second`. */
const COMPUTED = /^(?:[A-Za-z_][\w.:]{0,50}\(\)|\w[\w.]{0,40}(?: ?\* ?\w[\w.]{0,40}){1,3})$/
const OPENS = /^[A-Za-z@$]{0,3}#{0,3}("""|'''|["'`])/
const TRANSLATES = /^(?:_|gettext|gettext_lazy|N_|t|dedent|textwrap\.dedent|inspect\.cleandoc|_t|ugettext)$/
const ESCAPES: Readonly<Record<string, string>> = { n: ' ', t: ' ', r: '', '\n': '' }

/** A string literal, also concatenated or in a call that translates it; `null` for anything else. */
export function wordsAt(tree: ReadTree, node: number, depth = 0): string | null {
  if (depth > MAX_DEPTH) return null
  const kind = kindAt(tree, node)
  if (kind === 'concatenated_string' || kind === 'chained_string') return joined(tree, partsOf(tree, node), depth)
  if (/^(?:binary_operator|binary_expression|binary|parenthesized_expression|array_creation_expression)$/.test(kind)) {
    if (kind !== 'parenthesized_expression' && !/[+.]/.test(betweenParts(tree, node))) return null
    return joined(tree, partsOf(tree, node), depth)
  }
  if (/^call/.test(kind)) {
    const [callee, list] = partsOf(tree, node)
    if (callee === undefined || list === undefined || !TRANSLATES.test(textAt(tree, callee))) return null
    const [only] = partsOf(tree, list)
    return only === undefined ? null : wordsAt(tree, only, depth + 1)
  }
  if (!/string|encapsed/.test(kind)) return null
  return quoted(tree.text.slice(startOf(tree, node), Math.min(endOf(tree, node), startOf(tree, node) + 8 * MAX_TEXT)))
}

/**
 * Help with `…` in place of computed parts. An ending with such a part is dropped if the rest is complete without it: a list
 * (`hide devices: ` + names), a sentence (`Words. By default ` + value), or brackets.
 */
export const proseAt = (tree: ReadTree, node: number): string => helpAt(tree, node).replace(COMPUTED_END, '')

const COMPUTED_END = /(?:(?<![:\s])\s{0,9}:\s{0,9}|(?<=[.!?])\s[^.!?…]{0,200}|\s\([^()…]{0,100})…[).\s]{0,3}$/

/** Encloses the name of a value in help: `f"at least {MINIMUM}"`. */
const HOLE = '\u{F0001}'
const HOLES = /\u{F0001}([\w.]{0,130})\u{F0001}/gu

/** Replaces the names in help from `proseAt` with their values, unknown ones with `…`; drops the same endings. */
export function fillHoles(text: string, literalFor: (name: string) => string | undefined): string {
  if (!text.includes(HOLE)) return text
  const full = text.replace(HOLES, (_, name: string) => literalFor(name) ?? '…').replace(COMPUTED_END, '')
  return /\p{L}/u.test(full) ? full : ''
}

/** `f"at least {MINIMUM}"` with each name between two `HOLE`s, and `…` for other expressions; `null` for any other string. */
function formattedString(tree: ReadTree, node: number): string | null {
  if (kindAt(tree, node) !== 'string') return null
  const [prefix] = /^(?:[fF][rR]?|[rR][fF])(?=["'])/.exec(textAt(tree, node).slice(0, 3)) ?? []
  if (prefix === undefined) return null
  const content = quoted(textAt(tree, node).slice(prefix.length, 8 * MAX_TEXT))
  if (content === null) return null
  return content.replace(/\{\{|\}\}|\{([^{}]{0,100})\}/g, (found, hole?: string) => {
    if (hole === undefined) return found.slice(1)
    const [, name] = /^([A-Za-z_]\w{0,60}(?:\.(?!value\b)\w{1,60})?)(?:\.value)?(?:![rs])?$/.exec(hole.trim()) ?? []
    return name === undefined ? '…' : HOLE + name + HOLE
  })
}

function helpAt(tree: ReadTree, node: number): string {
  const whole = wordsAt(tree, node) ?? formattedString(tree, node)
  if (whole !== null) return whole
  const kind = kindAt(tree, node)
  if (/^call/.test(kind)) return formattedAt(tree, node)
  if (!/^(?:binary_operator|binary_expression|binary|parenthesized_expression|concatenated_string)$/.test(kind))
    return ''
  const isSum = kind === 'parenthesized_expression' || kind === 'concatenated_string' || joins(tree, node)
  const text = isSum ? gathered(tree, partsOf(tree, node), 0) : ''
  return /\p{L}/u.test(text) ? text : ''
}

const FORMATS = /^(?:fmt\.)?Sprintf$|^(?:String\.)?format$/
const VERB = /%(?:\d\$)?[-+#0 ]{0,4}\d{0,3}(?:\.\d{1,3})?[a-zA-Z]/g

/** `fmt.Sprintf("in %s", folder)`, with `…` in place of the values. */
function formattedAt(tree: ReadTree, node: number): string {
  const [callee, list] = partsOf(tree, node)
  if (callee === undefined || list === undefined || !FORMATS.test(textAt(tree, callee).slice(0, 40))) return ''
  const [first] = partsOf(tree, list)
  const words = first === undefined ? null : wordsAt(tree, first)
  return words === null ? '' : words.replace(VERB, '…').replaceAll('%%', '%')
}

function gathered(tree: ReadTree, parts: readonly number[], depth: number): string {
  const texts = parts.map((part): string => {
    const words = wordsAt(tree, part) ?? formattedString(tree, part)
    if (words !== null) return words
    const isMore = /^(?:binary_operator|binary_expression|binary|parenthesized_expression|concatenated_string)$/.test(
      kindAt(tree, part),
    )
    return isMore && depth < MAX_DEPTH && !/%/.test(betweenParts(tree, part))
      ? gathered(tree, partsOf(tree, part), depth + 1)
      : '…'
  })
  return texts.join('').replace(/…+/g, '…')
}

/** Whether a node concatenates texts with `+` or `.`, rather than formatting one with `%`. */
const joins = (tree: ReadTree, node: number): boolean => /^\s*[+.]\s*$/.test(betweenParts(tree, node))

function betweenParts(tree: ReadTree, node: number): string {
  const [left, right] = partsOf(tree, node)
  return left === undefined || right === undefined ? '' : tree.text.slice(endOf(tree, left), startOf(tree, right))
}

function joined(tree: ReadTree, parts: readonly number[], depth: number): string | null {
  const texts = parts.map((part) => wordsAt(tree, part, depth + 1))
  return texts.length === 0 || texts.includes(null) ? null : texts.join('')
}

/** The unescaped content of a string literal; `null` if it is interpolated or followed by more code. */
export function quoted(literal: string): string | null {
  const [opening, quote = ''] = OPENS.exec(literal) ?? []
  if (opening === undefined) return null
  const prefix = opening.slice(0, -quote.length)
  const end = quote + '#'.repeat(prefix.split('#').length - 1)
  if (!literal.endsWith(end) || literal.length < opening.length + end.length) return null
  const content = literal.slice(opening.length, literal.length - end.length)
  if (/[fF$]/.test(prefix) && content.includes('{')) return null
  if (quote === '`' && content.includes('${')) return null
  if (/[rR@]/.test(prefix) || quote === '`') return content
  return content.replace(/\\([\s\S])/g, (_, sign: string) => ESCAPES[sign] ?? sign)
}

/** A default as shown in a table: a literal, a constant or a short computation; `null` for none or an uninformative one. */
export function defaultAt(tree: ReadTree, node: number | undefined): string | null {
  if (node === undefined) return null
  const text = textAt(tree, node).slice(0, 80)
  if (/^(?:""|''|None|nil|null|false|False|\[\]|\(\)|\{\})$/.test(text)) return null
  const literal = literalAt(tree, node)
  if (literal !== null) return literal === '' ? null : literal
  if (COMPUTED.test(text)) return text
  return /^[A-Za-z_][\w.:]{0,50}$/.test(text) && /[A-Z]/.test(text) ? text : null
}

/** Finds the keys of a map literal, or the items of a list literal, that a constant is initialised with. */

import { PHP } from '#generate/formats/lexical-rules.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import { LANGUAGES } from '#generate/pages/calls/code-languages.ts'
import { equalsIn } from '#generate/signature-values.ts'

const MAX_LINES = 600
const MAX_LINE = 300
const MAX_KEYS = 200
/** A literal is `"~~~"` in masked code. */
const KEY = /(?:("~*"|[\w.$/-]{1,60})\s{0,9}(?::(?!:)|=>|=(?!=))|:(\w{1,60})\s{0,9}=>)/y
const ITEM = /(?:("~*")|:?([A-Z_a-z][\w.]{0,60}))\s{0,9}(?:,|[\]})]|$)/y
/** What may come before the bracket, as in `Map.of(`. */
const OPEN = /\s{0,9}(?:[\w.]{1,60} ?)?[[{(]/y
/** `map[string]int{`, `[]string{` */
const GO_OPEN = /\s{0,9}[\w.*[\]]{0,120}\{/y
const TEXT = /^[\w.$/-]{1,60}$/
const ITEM_TEXT = /^[^'"`]{1,60}$/

/** Top-level keys only; empty if the value is not a table. */
export function tableKeys(lines: readonly string[], language: string): string[] {
  const rules = Object.hasOwn(LANGUAGES, language) ? LANGUAGES[language] : undefined
  if (rules === undefined) return []
  const text = lines
    .slice(0, MAX_LINES)
    .map((line) => line.slice(0, MAX_LINE))
    .join('\n')
  const masked = MaskedCode.of(rules === PHP ? `<?${text}` : text, rules)
  if (masked === undefined) return []
  const { code } = masked
  const equals = equalsIn(code)
  const value = (equals < 0 ? code.indexOf(':') : equals) + 1
  const open = value === 0 ? undefined : matchAt(language === 'go' ? GO_OPEN : OPEN, code, value)
  if (open === undefined) return []
  const keys: string[] = []
  let depth = 0
  let isAtItem = false
  for (let at = value + open[0].length - 1; at < code.length && keys.length < MAX_KEYS; at++) {
    const sign = code[at] ?? ''
    if (/\s/.test(sign)) continue
    if (isAtItem && depth === 1) {
      const found = keyAt(masked, at)
      if (found !== undefined) keys.push(found)
    }
    isAtItem = false
    if ('[{('.includes(sign)) {
      depth++
      isAtItem = true
    } else if (']})'.includes(sign)) {
      if (--depth <= 0) break
    } else if (sign === ',') isAtItem = true
  }
  return [...new Set(keys)]
}

function keyAt({ code, literals }: MaskedCode, at: number): string | undefined {
  const key = matchAt(KEY, code, at)
  const [, literal, name] = key ?? matchAt(ITEM, code, at) ?? []
  const isLiteral = literal?.startsWith('"') === true
  if (!isLiteral) return literal ?? name
  const text = literals.get(at) ?? ''
  return (key === undefined ? ITEM_TEXT : TEXT).test(text) ? text : undefined
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at
  return pattern.exec(text) ?? undefined
}

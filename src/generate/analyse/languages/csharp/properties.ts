/** Adds accessors to the signatures of C# properties and indexers, because they determine who may read and set a property. */

import { D, D_WIDTH, DECL_KINDS, type FileFacts, NONE } from '#generate/analyse/engine/facts.ts'
import { endOfBracket } from '#generate/attributes.ts'
import { codeOf } from './directives.ts'

/** Maximum number of characters read of a property: its accessors may have long bodies. */
const MAX_TEXT = 4_000
const MAX_SIGNATURE = 500
/** The name of indexers. */
const INDEXER = 'this[]'
const ACCESSOR = /(?:^|[;{}\s])((?:(?:private|protected|internal|readonly)\s+){0,2}(?:get|set|init))\s*(?=[;{]|=>)/g

/** Adds `{ get; private set; } = 5` to the signatures of properties and indexers, in place. */
export function addAccessors({ decls, strings }: FileFacts, text: string): void {
  for (let row = 0; row < decls.length; row += D_WIDTH) {
    const name = strings[decls[row + D.name] ?? NONE] ?? ''
    if (DECL_KINDS[decls[row + D.kind] ?? 0] !== 'field' && name !== INDEXER) continue
    const start = decls[row + D.start] ?? 0
    const whole = text.slice(start, Math.min(decls[row + D.end] ?? start, start + MAX_TEXT))
    const { accessors, rest } = accessorsOf(codeOf(whole), name)
    const signature = strings[decls[row + D.signature] ?? NONE] ?? ''
    const signed = `${signature} { ${accessors.map((one) => `${one};`).join(' ')} }${initialOf(whole, rest)}`
    if (accessors.length === 0 || signed.length > MAX_SIGNATURE) continue
    decls[row + D.signature] = strings.push(signed) - 1
  }
}

interface Accessors {
  /** Such as `get` and `private set`. */
  accessors: string[]
  /** The text after them. */
  rest: string
}

const NONE_FOUND: Accessors = { accessors: [], rest: '' }

/** The accessors of the declaration at the start of a text; none unless it is a property. */
function accessorsOf(whole: string, name: string): Accessors {
  // The parser inserts an empty name for a missing one.
  if (name === '') return NONE_FOUND
  let from = -1
  const word = name === INDEXER ? 'this' : name
  for (let at = whole.indexOf(word); at >= 0 && from < 0; at = whole.indexOf(word, at + 1)) {
    const last = at + word.length
    const isName = !/[\w.]/.test(whole[at - 1] ?? '') && !/\w/.test(whole[last] ?? '')
    const end = name === INDEXER && whole[last] === '[' ? endOfBracket(whole, last) : last
    const after = isName ? /^\s*(?=\{|=>)/.exec(whole.slice(end, end + 80)) : null
    if (after !== null) from = end + after[0].length
  }
  if (from < 0) return NONE_FOUND
  if (whole.startsWith('=>', from)) return { accessors: ['get'], rest: '' }
  const { outer, rest } = outermost(whole.slice(from))
  return { accessors: [...outer.matchAll(ACCESSOR)].map(([, accessor = '']) => accessor.replace(/\s+/g, ' ')), rest }
}

/** Longest initial value shown, in characters. */
const MAX_INITIAL = 60

/**
 * The initial value after the accessors, such as ` = 5`; ` = …` if it is longer or contains braces.
 *
 * @param rest - The code after the accessors.
 */
function initialOf(whole: string, rest: string): string {
  if (!rest.trimStart().startsWith('=')) return ''
  const tail = whole.slice(whole.lastIndexOf('}') + 1).trim()
  if (!tail.startsWith('=')) return ' = …'
  const value = tail.slice(1, tail.endsWith(';') ? -1 : undefined).trim()
  return value.length <= MAX_INITIAL && /^[^;{}\n]+$/.test(value) ? ` = ${value}` : ' = …'
}

/** The text in the first braces, without the text in nested braces, and the text after them; '' if they are not closed. */
function outermost(text: string): { outer: string; rest: string } {
  let depth = 0
  let outer = ''
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at)
    if (sign === '{') depth++
    if (depth <= 1 || (depth === 2 && sign === '{')) outer += sign
    if (sign === '}') depth--
    if (depth === 0) return { outer, rest: text.slice(at + 1) }
  }
  return { outer: '', rest: '' }
}

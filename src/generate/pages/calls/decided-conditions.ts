/** Decides conditions by the arguments of the caller that are constants. */

import type { Condition } from './conditions.ts'

/** What is known of a parameter. */
export type Constant = 'none' | 'true' | 'false'

const NEGATED = /^(?:not |! ?)(?=[\w$(])/
const TEST = /^([\w$]{1,80}) (is not|is|==|!=) (?:None|null|NULL|nil|nullptr)$/

/** Without those that always hold; `null` if one of them never does. */
export function undecided(
  conditions: readonly Condition[],
  constants: ReadonlyMap<string, Constant>,
): readonly Condition[] | null {
  if (constants.size === 0) return conditions
  const left: Condition[] = []
  for (const one of conditions) {
    const value = one.kind === 'if' || one.kind === 'unless' ? truthOf(one.code, constants) : undefined
    if (value === undefined) left.push(one)
    else if (value !== (one.kind === 'if')) return null
  }
  return left
}

/** The value of a condition of at most a line; `undefined` where it is not known, or has literals or operators of other kinds. */
function truthOf(code: string, constants: ReadonlyMap<string, Constant>): boolean | undefined {
  if (/["'`…?;]/.test(code)) return undefined
  const either = splitAt(code, /^(?: or | ?\|\| ?)/)
  if (either.length > 1) return combined(either, true, constants)
  const both = splitAt(code, /^(?: and | ?&& ?)/)
  if (both.length > 1) return combined(both, false, constants)
  const negated = NEGATED.exec(code)
  if (negated !== null) {
    const value = truthOf(code.slice(negated[0].length), constants)
    return value === undefined ? undefined : !value
  }
  if (code.startsWith('(') && code.endsWith(')') && !code.slice(1, -1).includes('(')) {
    return code.slice(1, -1).includes(')') ? undefined : truthOf(code.slice(1, -1).trim(), constants)
  }
  const [, name = code, operator] = TEST.exec(code) ?? []
  const value = constants.get(name)
  if (value === undefined) return undefined
  if (operator === undefined) return value === 'true'
  return (value === 'none') === (operator === 'is' || operator === '==')
}

/** @param decisive - The value of one part that decides the whole. */
function combined(
  parts: readonly string[],
  decisive: boolean,
  constants: ReadonlyMap<string, Constant>,
): boolean | undefined {
  const values = parts.map((part) => truthOf(part, constants))
  if (values.includes(decisive)) return decisive
  return values.includes(undefined) ? undefined : !decisive
}

/** The parts between operators outside of brackets. */
function splitAt(code: string, operator: RegExp): string[] {
  const parts: string[] = []
  let [depth, start] = [0, 0]
  for (let at = 0; at < code.length; at++) {
    const sign = code[at] ?? ''
    if ('([{'.includes(sign)) depth++
    else if (')]}'.includes(sign)) depth--
    const found = depth === 0 ? operator.exec(code.slice(at, at + 8)) : null
    if (found === null) continue
    parts.push(code.slice(start, at).trim())
    start = at + found[0].length
    at = start - 1
  }
  return [...parts, code.slice(start).trim()]
}

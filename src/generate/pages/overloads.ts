/** What tells overloads of one name apart at a call: how many arguments are given, and how many each takes. */

import type { Component } from '#generate/model.ts'

const GENERIC = /<[\w\s.,?&<>[\]]{0,120}>/y
const OPTIONAL = /=|^\w+\?\s*:/
const REST = /\.\.\.|\b(?:vararg|params)\b|^\*/

/**
 * How many arguments stand between two brackets of bare code.
 *
 * @param closes - The place of the closing bracket, by that of the opening one.
 */
export function argumentsAt(bare: string, closes: ReadonlyMap<number, number>, open: number): number {
  const end = closes.get(open) ?? open
  let commas = 0
  let isAny = false
  for (let at = open + 1; at < end; at++) {
    const sign = bare[at] ?? ''
    if (sign === ',') {
      commas += 1
      isAny = false
      continue
    }
    // White space, or what stands for a letter of a comment.
    if (sign <= ' ') continue
    isAny = true
    if (sign === '(' || sign === '[' || sign === '{') at = closes.get(at) ?? at
    else if (sign === '<') {
      GENERIC.lastIndex = at
      at += Math.max(0, (GENERIC.exec(bare)?.[0].length ?? 0) - 1)
    }
  }
  return commas + (isAny ? 1 : 0)
}

/** Whether a component may be called with so many arguments, by its signature. */
export function takes({ name, signature }: Component, given: number): boolean {
  const parameters = parametersOf(signature, name)
  if (parameters === null) return true
  const receivers = parameters.filter((one) => /^this\s/.test(one)).length
  const needed = parameters.filter((one) => !OPTIONAL.test(one) && !REST.test(one)).length - receivers
  const most = parameters.some((one) => REST.test(one)) ? Number.POSITIVE_INFINITY : parameters.length - receivers
  return given >= needed && given <= most
}

/** Between the parentheses after the name; `null` when there are none. */
function parametersOf(signature: string, name: string): string[] | null {
  const at = signature.indexOf('(', signature.indexOf(name) + name.length)
  if (at === -1) return null
  const parameters: string[] = []
  let depth = 0
  let from = at + 1
  for (let index = at; index < signature.length; index++) {
    const sign = signature[index] ?? ''
    const isArrow = sign === '>' && /[-=]/.test(signature[index - 1] ?? '')
    if (/[([{<]/.test(sign)) depth += 1
    else if (/[)\]}>]/.test(sign) && !isArrow) depth -= 1
    if (depth > 1 || (sign !== ',' && depth > 0)) continue
    parameters.push(signature.slice(from, index).trim())
    from = index + 1
    if (depth === 0) break
  }
  return parameters.filter((one) => one !== '')
}

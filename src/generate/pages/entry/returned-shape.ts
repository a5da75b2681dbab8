/** Infers what an untyped JavaScript function returns, if all its returns agree: `DiskStorage`, `function (req, res, next)`. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { withAsync } from './async-head.ts'

const SCRIPTS = new Set(['javascript', 'jsx'])
const MAX_LINES = 600
const MAX_LINE = 300
const RETURN = /(?:^\s{0,80}|[{};)]\s{0,9})return\b\s{0,4}([^\n]{0,200})/
const MADE = /^new (\p{Lu}[\p{L}\p{N}_$]{0,60})\b/u
const FUNCTION = /^(?:async )?function\*? ?[\w$]{0,60} ?(\([^()]{0,120}\))/
const NAMED = /^([\p{L}_$][\p{L}\p{N}_$]{0,60})(?:\.bind\(this\))?;?$/u
const DECLARES = /^\s{0,80}(?:async )?function\*? ([\w$]{1,60}) ?(\([^()]{0,120}\))/

/** @returns `undefined` if it returns nothing, a promise, different things, or something that the code does not show. */
export function returnedShape(repo: RepoIndex, component: Component): string | undefined {
  const { kind, file, startLine, endLine, signature, details } = component
  const isFunction = kind === 'function' || kind === 'method'
  if (!isFunction || !SCRIPTS.has(repo.files.get(file)?.language ?? '') || endLine - startLine > MAX_LINES)
    return undefined
  const isAsync = /^async\b/.test(signature) || withAsync(repo, component, signature) !== signature
  if (isAsync || /\)\s?:/.test(signature) || (details?.returns ?? []).length > 0) return undefined
  const inside = new Map<string, string>()
  const shapes = new Set<string | undefined>()
  let depth = 0
  let inner = Number.POSITIVE_INFINITY
  for (const [index, line] of codeLines(repo, file, startLine, endLine).entries()) {
    const text = line.slice(0, MAX_LINE)
    const [, name, parameters] = index === 0 ? [] : (DECLARES.exec(text) ?? [])
    if (depth === 1 && name !== undefined) inside.set(name, `function ${parameters}`)
    const value = depth > 0 && depth < inner ? RETURN.exec(text)?.[1] : undefined
    if (value !== undefined) shapes.add(shapeOf(value.trim(), inside))
    if (index > 0 && /\bfunction\b|=>\s{0,4}\{/.test(text)) inner = Math.min(inner, depth + 1)
    depth += text.split('{').length - text.split('}').length
    if (depth < inner) inner = Number.POSITIVE_INFINITY
  }
  const [only] = shapes
  return shapes.size === 1 ? only : undefined
}

function shapeOf(value: string, inside: ReadonlyMap<string, string>): string | undefined {
  const [, made] = MADE.exec(value) ?? []
  const [, parameters] = FUNCTION.exec(value) ?? []
  // `new RegExp(text).test(given)` is no object of that class.
  if (made !== undefined) return /\)\s{0,4}\??[.[(]/.test(withoutInner(value)) ? undefined : made
  return parameters === undefined ? inside.get(NAMED.exec(value)?.[1] ?? '') : `function ${parameters}`
}

/** Without what is in parentheses: `new RegExp().test()`. */
function withoutInner(value: string): string {
  let depth = 0
  let kept = ''
  for (const sign of value) {
    if (sign === ')') depth--
    if (depth === 0) kept += sign
    if (sign === '(') depth++
  }
  return kept
}

/** The named functions within a function, which are no components: what of its body has a name to be found by. */

import type { Component } from '#generate/model.ts'
import { bareCode } from './bare-code.ts'
import { bodyShape } from './body-shape.ts'
import { lineAt, lineStarts } from './source-order.ts'
import type { Survey } from './survey.ts'

export interface InnerFunction {
  name: string
  startLine: number
  endLine: number
}

/** Shorter ones are as plain as the lines around them. */
const MIN_LINES = 3
const MAX_HEAD = 400
const HEAD_OF_LINE = /^(?:async\s+)?def\s+([A-Za-z_]\w*)/
/** What stands before the body: `function dispatch(i: number): Promise<Context> {`, `const dispatch = async (i) => {`. */
const HEADS = [
  /\bfunction\s*\*?\s+([\w$]+)\s*(?:<[^<>]{0,100}>)?\([^{};]*$/,
  /\b(?:const|let|var)\s+([\w$]+)\s*(?::[^=;{}]{1,200})?=\s*(?:async\s*)?(?:function\b|\(|[\w$]+\s*=>|<)[^{};]*$/,
  /\b(\w+)\s*:?=\s*func\s*\([^{};]*$/,
  /\bfn\s+(\w+)\s*(?:<[^{};]{0,200}>)?\([^{};]*$/,
  /\bfun\s+(\w+)\s*\([^{};]*$/,
  /\bfunc\s+(\w+)\s*\([^{};]*$/,
]

/** In order of lines; none of what is a component itself, such as the methods of a class that a function makes. */
export function innerFunctions(survey: Survey, component: Component): InnerFunction[] {
  const file = survey.files.get(component.file)
  const bare = file === undefined ? null : bareCode(file)
  if (file === undefined || bare === null || component.endLine - component.startLine < MIN_LINES) return []
  const lines = lineStarts(file, bare)
  const start = lines[component.startLine - 1] ?? 0
  const known = new Set((survey.members.get(component.id) ?? []).map(({ startLine }) => startLine))
  const found = new Map<number, InnerFunction>()
  for (const { from, to, kind } of bodyShape(bare, start, lines[component.endLine] ?? bare.length, file.language ?? '')
    .parts) {
    if (kind !== 'nested') continue
    const head = headOf(bare, start, from)
    if (head === undefined) continue
    const [startLine, endLine] = [lineAt(lines, head.at), lineAt(lines, Math.max(head.at, lastOf(bare, from, to)))]
    if (startLine === component.startLine || known.has(startLine) || found.has(startLine)) continue
    if (endLine - startLine + 1 >= MIN_LINES) found.set(startLine, { name: head.name, startLine, endLine })
  }
  return [...found.values()].sort((a, b) => a.startLine - b.startLine)
}

function headOf(bare: string, start: number, from: number): { name: string; at: number } | undefined {
  const def = HEAD_OF_LINE.exec(bare.slice(from, from + MAX_HEAD))?.[1]
  if (def !== undefined) return { name: def, at: from }
  const begin = Math.max(start, from - MAX_HEAD)
  const before = bare.slice(begin, from)
  for (const head of HEADS) {
    const match = head.exec(before)
    if (match?.[1] !== undefined) return { name: match[1], at: begin + match.index }
  }
  return undefined
}

/** The last place of a part that is no white space. */
function lastOf(bare: string, from: number, to: number): number {
  let at = to - 1
  while (at > from && /\s/.test(bare[at] ?? '')) at -= 1
  return at
}

/** Finds the calls of a body whose targets are its own parameters. */

import { PHP } from '#generate/formats/lexical-rules.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { readParameters } from '#generate/signature-parameters.ts'
import { bodyOf } from './calls.ts'
import { LANGUAGES } from './code-languages.ts'

const MAX_LINES = 1_000
/** Matches a name before a parenthesis. */
const CALL = /(?<![\p{L}\p{N}_$])[\p{L}_$][\p{L}\p{N}_$]*(?=\??\()/gu
/** Matches the code before the name of a definition. */
const DEFINES = /\b(?:def|fn|fun|func|function|get|set)\s+$/
const RECEIVER = /(?<![\p{L}\p{N}_$])([\p{L}_$][\p{L}\p{N}_$]*)\??(?:\.|->|::)$/u
/** Matches methods that call a function value. */
const INVOKES = /^(?:call|invoke|Invoke|apply)$/

export interface ParameterCall {
  name: string
  /** Line of the first call, from 1; so is the column. */
  line: number
  column: number
}

/** In the order of the code; empty for a language without lexical rules. */
export function parameterCalls(repo: RepoIndex, component: Component): ParameterCall[] {
  const body = bodyOf(repo, component)
  const language = repo.files.get(body.file)?.language ?? ''
  const lexicalRules = LANGUAGES[language]
  if (lexicalRules === undefined || body.endLine - body.startLine >= MAX_LINES) return []
  if (body.kind !== 'function' && body.kind !== 'method') return []
  const text = codeLines(repo, body.file, body.startLine, body.endLine).join('\n')
  const masked = MaskedCode.of(lexicalRules === PHP ? `<?${text}` : text, lexicalRules)
  if (masked === undefined) return []
  const given = new Set(
    readParameters(body.signature, body.name, language)?.map(({ name }) => name.replace(/^\W+/, '')),
  )
  const found = new Map<string, ParameterCall>()
  for (const { 0: name, index: at } of masked.code.matchAll(CALL)) {
    const before = masked.code.slice(Math.max(0, at - 100), at)
    if (DEFINES.test(before)) continue
    const receiver = /[.:>]$/.test(before) ? RECEIVER.exec(before)?.[1] : undefined
    const called = receiver === undefined ? name : INVOKES.test(name) ? receiver : ''
    const isOwn = receiver !== undefined || !/[.:>]$/.test(before)
    if (!isOwn || !given.has(called) || found.has(called)) continue
    const line = masked.lineAt(at)
    found.set(called, { name: called, line: body.startLine + line - 1, column: at - masked.startOfLine(line) + 1 })
  }
  return [...found.values()]
}

/** The code of bodies without comments and the contents of literals, to find what the analysis does not resolve. */

import { memoized } from '#base/memoize.ts'
import { C_LIKE, GO, JAVASCRIPT, type LexicalRules, PHP, PYTHON, RUBY, RUST } from '#generate/formats/lexical-rules.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Component, SourceFile } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

const RULES: Readonly<Record<string, LexicalRules>> = {
  ...{ c: C_LIKE, csharp: C_LIKE, java: C_LIKE, kotlin: C_LIKE, swift: C_LIKE, go: GO, rust: RUST },
  ...{ javascript: JAVASCRIPT, jsx: JAVASCRIPT, typescript: JAVASCRIPT, tsx: JAVASCRIPT },
  ...{ php: PHP, python: PYTHON, ruby: RUBY },
}

/** The code of a file; `undefined` if its language is not masked. */
export const maskedOf = memoized(({ text, language }: SourceFile): MaskedCode | undefined => {
  const rules = RULES[language ?? '']
  return rules === undefined || text == null ? undefined : MaskedCode.of(text, rules)
})

/** The innermost block of a line, -1 for none; `undefined` if the line has several of its own. */
export function blockAt(repo: RepoIndex, file: string, line: number): number | undefined {
  const blocks = repo.occurrences.blocksOf(file)
  const isInLine = blocks.filter(({ startLine, endLine }) => startLine === line && endLine === line)
  return isInLine.length > 1 ? undefined : blocks.findLastIndex((one) => one.startLine <= line && line <= one.endLine)
}

/** The innermost block of several lines around a line; -1 for none. */
export const blockAround = (repo: RepoIndex, file: string, line: number): number =>
  repo.occurrences
    .blocksOf(file)
    .findLastIndex((one) => one.startLine <= line && line <= one.endLine && one.startLine < one.endLine)

const MAX_BEFORE = 120
/** Matches what a name is passed to, before the name. */
const PASSED = /(\.?[\w$]{1,40})\((?:[^()]{0,80},\s?)?$/

/** Where a body calls a name or passes it to another function, which is '' for a call. */
export function usesOfName(
  repo: RepoIndex,
  { file, startLine, endLine }: Component,
  name: string,
): { line: number; isCall: boolean; callee: string }[] {
  const source = repo.files.get(file)
  const masked = source === undefined ? undefined : maskedOf(source)
  if (masked === undefined) return []
  const start = masked.startOfLine(startLine)
  const code = masked.code.slice(start, masked.startOfLine(endLine + 1))
  const found: { line: number; isCall: boolean; callee: string }[] = []
  for (let at = code.indexOf(name); at >= 0; at = code.indexOf(name, at + name.length)) {
    if (/[\w$.]/.test(code[at - 1] ?? '') || /[\w$]/.test(code[at + name.length] ?? '')) continue
    const isCall = /^\s?\(/.test(code.slice(at + name.length, at + name.length + 2))
    const [, callee = ''] = isCall ? [] : (PASSED.exec(code.slice(Math.max(0, at - MAX_BEFORE), at)) ?? [])
    found.push({ line: masked.lineAt(start + at), isCall, callee })
  }
  return found
}

/** Where a function calls itself, also in a function that it makes: no edge of the graph, and a use all the same. */

import { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Component } from '#generate/model.ts'
import { LANGUAGES } from '#generate/pages/calls/code-languages.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { Survey } from '#generate/pages/survey.ts'
import { readParameters } from '#generate/signature-parameters.ts'

const MAX_LINES = 1_000
const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u
const CALL = /(?<![\p{L}\p{N}_$])[\p{L}_$][\p{L}\p{N}_$]*(?=\()/gu
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu
const OWN = /(?<![\w$])(?:this|self|\$this)(?:\.|->)$/
const DEFINES = /\b(?:def|fn|fun|func|function|get|set|new|class)\s+$/

/** Lines of its calls of itself, in order; of a method those on its own value alone. */
export function selfCalls(survey: Survey, component: Component): number[] {
  const { name, kind, file, startLine, endLine, signature, label } = component
  const language = survey.files.get(file)?.language ?? ''
  const rules = LANGUAGES[language]
  if ((kind !== 'function' && kind !== 'method') || rules === undefined || label !== undefined || !NAME.test(name))
    return []
  if (endLine - startLine >= MAX_LINES) return []
  // What it is given may have its name.
  if (readParameters(signature, name, language)?.some((one) => one.name.replace(/^\W+/, '') === name) === true)
    return []
  const code = MaskedCode.of(codeLines(survey, file, startLine, endLine).join('\n'), rules)?.code ?? ''
  const begin = endOfHeading(code, name)
  // What the analysis found to be another definition of that name.
  const others = new Set(
    survey.occurrences
      .usesIn(component.id)
      .filter(({ to }) => to !== component.id && survey.components.get(to)?.name === name)
      .map(({ line }) => line),
  )
  const lines = new Set<number>()
  for (const { 0: called, index } of code.matchAll(CALL)) {
    const before = code.slice(Math.max(0, index - 40), index)
    if (called !== name || index < begin || DEFINES.test(before)) continue
    if (kind === 'function' ? /[.:>]$/.test(before) : !OWN.test(before)) continue
    lines.add(startLine + code.slice(0, index).split('\n').length - 1)
  }
  return [...lines].filter((line) => !others.has(line))
}

/** Behind the parameters, which may begin below decorators or what a template takes. */
function endOfHeading(code: string, name: string): number {
  const found = [...code.matchAll(WORD)].find(({ 0: word, index }) => word === name && code[index - 1] !== '@')
  if (found === undefined) return code.length
  let at = found.index + name.length
  for (const [open, close] of ['<>', '()']) {
    at += /^\s{0,40}/.exec(code.slice(at, at + 40))?.[0].length ?? 0
    if (code[at] !== open) continue
    for (let depth = 0; at < code.length; at++) {
      if (code[at] === open) depth++
      // No end of a list: `=>`, `->`.
      else if (code[at] === close && !(close === '>' && /[=-]/.test(code[at - 1] ?? '')) && --depth === 0) break
    }
    at++
  }
  return at
}

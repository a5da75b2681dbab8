/**
 * Finds the code that decides which program a file starts: the arguments of calls that start a process, directly or by a
 * function of the same file, and the values of the names in them.
 */

import { append } from '#base/long-arrays.ts'
import type { MaskedCode, Span } from '#generate/formats/masked-code.ts'

/**
 * Limits on the calls, names, functions, and values of a name that are followed, and on the characters of a value and a body.
 */
const MAX_CALLS = 400
const MAX_NAMES = 100
const MAX_FUNCTIONS = 400
const MAX_VALUES = 4
const MAX_VALUE = 2_000
const MAX_BODY = 20_000
/** Calls that start a process. */
const START =
  /\b(?:execa\w{0,20}|execFile(?:Sync)?|execSync|(?:child_process|cp)\.exec|spawn(?:Sync)?|fork|subprocess\.\w{1,30}|Popen|os\.system|exec\.Command(?:Context)?|Open3\.\w{1,30}|IO\.popen|Process\.spawn|Command::new|proc_open|shell_exec)[ \t]?(?=\()/g
/** `const run = promisify(execFile)` */
const ALIAS = /\b([\w$]{1,60})\s?=\s?(?:[\w.]{1,30}\.)?promisify\((?:[\w.]{1,30}\.)?(?:exec|execFile)\)/g
/** `function run(`, `const run = (`, `def run(`; group 1 or 2 is the name. */
const FUNCTION =
  /\b(?:function|def|func)\s{1,4}([\w$]{1,60})\s?(?=\()|\b(?:const|let|var)\s{1,4}([\w$]{1,60})\s?=\s?(?:async\s{1,4})?(?:function\s{0,4})?(?=\()/g
const NAME = /(?<![.\w$])[A-Za-z_$][\w$]{0,60}/g
const CALL = /(?:(?<![.\w$])|\b(?:self|this|cls)\.)([A-Za-z_$][\w$]{0,60})[ \t]?(?=\()/g
const ASSIGNMENT = /(?<![.\w$])([A-Za-z_$][\w$]{0,60})(?:\s?:\s?[\w.<>[\]]{1,40})?[ \t]?:?=(?![=>~])/g

/** @returns Ranges of the code, which may overlap. */
export function startArguments(masked: MaskedCode): Span[] {
  const { code } = masked
  const starts = [...code.matchAll(START)].slice(0, MAX_CALLS)
  const starters = new Set([...code.matchAll(ALIAS)].slice(0, MAX_FUNCTIONS).map(([, name = '']) => name))
  for (const name of functionsAround(masked, starts)) starters.add(name)
  const calls = [...code.matchAll(CALL)].filter(([, name = '']) => starters.has(name)).slice(0, MAX_CALLS)
  const spans = [...starts, ...calls].flatMap(({ index, 0: call }) => argumentsOf(masked, index + call.length))
  const values = new Map<string, Span[]>()
  for (const { index, 0: start, 1: name = '' } of code.matchAll(ASSIGNMENT)) {
    const from = index + start.length
    const known = values.get(name) ?? []
    values.set(name, known)
    if (known.length < MAX_VALUES) known.push({ start: from, end: endOfValue(code, from) })
  }
  const seen = new Set<string>()
  // Values are added during the iteration, since they may contain names too.
  for (const span of spans) {
    for (const [name] of masked.codeOf(span).matchAll(NAME)) {
      if (seen.size === MAX_NAMES) return spans
      if (!seen.has(name)) append(spans, values.get(name) ?? [])
      seen.add(name)
    }
  }
  return spans
}

function argumentsOf(masked: MaskedCode, open: number): Span[] {
  const end = masked.argumentsAt(open)?.end
  return end === undefined ? [] : [{ start: open + 1, end: end - 1 }]
}

/** The names of functions whose bodies contain one of the calls. */
function functionsAround(masked: MaskedCode, calls: readonly RegExpExecArray[]): string[] {
  const found = new Set<string>()
  for (const match of [...masked.code.matchAll(FUNCTION)].slice(0, MAX_FUNCTIONS)) {
    const open = match.index + match[0].length
    const afterParameters = masked.argumentsAt(open)?.end
    if (afterParameters === undefined) continue
    const end = endOfBody(masked, match.index, afterParameters)
    if (calls.some(({ index }) => index > open && index < end)) found.add(match[1] ?? match[2] ?? '')
  }
  return [...found]
}

/** The end of a function's body: of its braces, its only expression, or its indented lines. */
function endOfBody(masked: MaskedCode, start: number, afterParameters: number): number {
  const { code } = masked
  const [head = ''] = /^[^{;\n]{0,200}/.exec(code.slice(afterParameters, afterParameters + 200)) ?? []
  const next = afterParameters + head.length
  if (code[next] === '{') return masked.argumentsAt(next)?.end ?? next
  if (head.includes('=>')) return endOfValue(code, afterParameters)
  const margin = (line: string): number => line.length - line.trimStart().length
  const from = code.lastIndexOf('\n', start) + 1
  const own = margin(code.slice(from, start + 1))
  let end = code.indexOf('\n', afterParameters)
  while (end >= 0 && end - from < MAX_BODY) {
    const after = code.indexOf('\n', end + 1)
    const line = code.slice(end + 1, after < 0 ? code.length : after)
    if (line.trim() !== '' && margin(line) <= own) break
    if (after < 0) return code.length
    end = after
  }
  return end < 0 ? code.length : end
}

/** The end of an expression: the end of its line, or of the line on which its brackets close. */
function endOfValue(code: string, from: number): number {
  let depth = 0
  const limit = Math.min(code.length, from + MAX_VALUE)
  for (let at = from; at < limit; at++) {
    const character = code[at] ?? ''
    if ('([{'.includes(character)) depth++
    else if (')]}'.includes(character) && --depth < 0) return at
    else if (depth === 0 && (character === '\n' || character === ';') && code.slice(from, at).trim() !== '') return at
  }
  return limit
}

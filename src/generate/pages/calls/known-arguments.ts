/** Tracks known arguments along a chain of calls: functions that are passed as parameters, and parameters that are null, given or by default. */

import { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { readParameters } from '#generate/signature-parameters.ts'
import type { CallSite } from './call-sites.ts'
import { bodyOf } from './calls.ts'
import { LANGUAGES } from './code-languages.ts'

export interface KnownArguments {
  /** Functions by the name of the parameter. */
  functions: ReadonlyMap<string, Component>
  /** Parameters that are `null`, `None` or `nil`. */
  nothing: ReadonlySet<string>
}

export const NO_KNOWN_ARGUMENTS: KnownArguments = { functions: new Map(), nothing: new Set() }

const NOTHING = /^(?:null|NULL|None|nil|nullptr|undefined|std::nullopt)$/
const NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u
const NAMED = /^([\p{L}_$][\p{L}\p{N}_$]*) {0,4}[=:] {0,4}(?![ =:])(.+)$/su
/** Limit on the lines of one call. */
const MAX_LINES = 30
const MAX_BODY = 400

/** The known arguments of a call; empty if the caller calls the function several times. */
export function knownArgumentsOf(
  repo: RepoIndex,
  caller: Component,
  before: KnownArguments,
  callee: Component,
  site: CallSite,
): KnownArguments {
  if (site.places.length !== 1) return NO_KNOWN_ARGUMENTS
  const language = repo.files.get(caller.file)?.language ?? ''
  const rules = LANGUAGES[language]
  const runs = bodyOf(repo, callee)
  const parameters = readParameters(runs.signature, runs.name, repo.files.get(runs.file)?.language ?? '')
  if (rules === undefined || parameters === null || runs.kind === 'class' || runs.kind === 'struct')
    return NO_KNOWN_ARGUMENTS
  const text = codeLines(repo, caller.file, site.line, site.line + MAX_LINES).join('\n')
  const masked = MaskedCode.of(text, rules)
  const open = masked?.code.indexOf('(', masked.code.indexOf(callee.name, Math.max(0, site.column - 1))) ?? -1
  const spans = open < 0 ? undefined : masked?.argumentsAt(open)
  if (masked === undefined || spans === undefined) return NO_KNOWN_ARGUMENTS
  const functions = new Map<string, Component>()
  const nothing = new Set<string>()
  const names = parameters.map(({ name }) => name.match(WORDS)?.[0] ?? '')
  const given = new Set<string>()
  for (const [at, span] of spans.list.entries()) {
    const written = masked.codeOf(span)
    const named = NAMED.exec(written)
    const isNamed = named !== null && names.includes(named[1] ?? '')
    const name = isNamed ? (named[1] ?? '') : names[at]
    const value = (isNamed ? (named[2] ?? '') : written).trim()
    if (name === undefined) continue
    given.add(name)
    if (NOTHING.test(value)) nothing.add(name)
    if (!NAME.test(value)) continue
    const line = site.line + masked.lineAt(span.start) - 1
    const known = before.functions.get(value) ?? functionAt(repo, caller, value, line)
    if (known !== undefined) functions.set(name, known)
    if (before.nothing.has(value)) nothing.add(name)
  }
  const isSpread = spans.list.some((span) => /^(?:\*|\.\.\.|&)|\.\.\.$/.test(masked.codeOf(span)))
  if (!isSpread)
    for (const [at, { default: value }] of parameters.entries())
      if (NOTHING.test(value) && !given.has(names[at] ?? '')) nothing.add(names[at] ?? '')
  return { functions, nothing }
}

/** The function that a name refers to in a line of a body. */
function functionAt(repo: RepoIndex, caller: Component, name: string, line: number): Component | undefined {
  const used = repo.occurrences.usesIn(caller.id).filter((use) => use.line === line)
  return used
    .flatMap(({ to }) => repo.components.get(to) ?? [])
    .find((one) => one.name === name && (one.kind === 'function' || one.kind === 'method'))
}

/** Whether a call cannot happen if these parameters are null: `a == null ? b : call(a)`, `if (a) call(a)`. */
export function isImpossible(repo: RepoIndex, body: Component, given: KnownArguments, site: CallSite): boolean {
  if (given.nothing.size === 0 || !site.isBranch || site.places.length !== 1) return false
  const { file } = body
  if (body.endLine - body.startLine > MAX_BODY) return false
  const rules = LANGUAGES[repo.files.get(file)?.language ?? '']
  const from = Math.max(body.startLine, repo.occurrences.blockOf(file, site.block)?.startLine ?? site.line)
  const mask = (lines: readonly string[]): string =>
    rules === undefined ? '' : (MaskedCode.of(lines.join('\n'), rules)?.code ?? '')
  const lines = codeLines(repo, file, from, site.line)
  const last = lines.at(-1)?.slice(0, Math.max(0, site.column - 1)) ?? ''
  const before = mask([...lines.slice(0, -1), last])
  const whole = mask(codeLines(repo, file, body.startLine, body.endLine))
  return [...given.nothing].some((name) => NAME.test(name) && !isAssigned(whole, name, body) && excludes(before, name))
}

const WORDS = /[\p{L}_$][\p{L}\p{N}_$]*/gu
/** Placeholder for the name in patterns. */
const MARK = '\uE000'
const ASSIGNS = /(?<!\.)\uE000 {0,4}(?:[-+|&?:]|\|\||\?\?|&&)?=(?![=>])/
const SOME =
  /(?<!\.)\uE000 {0,4}(?:!==? {0,4}(?:null|NULL|None|nil|nullptr|undefined)\b|is not None\b|&&)|\bif {0,4}\(? {0,4}\uE000 {0,4}(?:[):\n]|$)|\bunless \uE000\.nil\?/
const NONE = /(?<!\.)\uE000 {0,4}===? {0,4}(?:null|NULL|None|nil|nullptr|undefined) {0,4}\?/
/** Matches the beginning of code for which the condition is false. */
const ELSE = /\belse\b|\belif\b|[;}]/

const marked = (code: string, name: string): string => code.replace(WORDS, (word) => (word === name ? MARK : word))

function isAssigned(code: string, name: string, { startLine, endLine }: Component): boolean {
  const rest = endLine === startLine ? code : code.slice(Math.max(0, code.search(/[{:\n]/)))
  return ASSIGNS.test(marked(rest, name))
}

/** Whether the condition before a call requires that a name is not null. */
function excludes(before: string, name: string): boolean {
  // The other operand of `||` may be true without it.
  if (before.includes('||') || /\bor\b/.test(before)) return false
  const code = marked(before, name)
  const none = NONE.exec(code)
  if (none !== null) {
    const after = code.slice(none.index + none[0].length)
    return hasColon(after) && !/[;,]/.test(after)
  }
  const some = SOME.exec(code)
  const after = some === null ? '' : code.slice(some.index + some[0].length)
  return some !== null && !ELSE.test(after) && !(after.includes('?') && hasColon(after.slice(after.indexOf('?'))))
}

/** Whether the code contains the `:` of a conditional expression. */
const hasColon = (code: string): boolean => code.replaceAll('::', '').includes(':')

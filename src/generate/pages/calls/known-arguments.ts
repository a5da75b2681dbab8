/** Tracks known arguments along a chain of calls: functions that are passed as parameters, and parameters that are constants, given or by default. */

import { MaskedCode } from '#generate/formats/masked-code.ts'
import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { readParameters } from '#generate/signature-parameters.ts'
import type { CallSite } from './call-sites.ts'
import { bodyOf } from './calls.ts'
import { LEXICAL_RULES } from './code-languages.ts'
import type { Constant } from './decided-conditions.ts'

export interface KnownArguments {
  /** Functions by the name of the parameter. */
  functions: ReadonlyMap<string, Component>
  /** Parameters that are constants and keep their values. */
  constants: ReadonlyMap<string, Constant>
}

export const NO_KNOWN_ARGUMENTS: KnownArguments = { functions: new Map(), constants: new Map() }

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
  const rules = LEXICAL_RULES[language]
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
  const constants = new Map<string, Constant>()
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
    const constant = constantOf(value) ?? before.constants.get(value)
    if (constant !== undefined) constants.set(name, constant)
    if (!NAME.test(value)) continue
    const line = site.line + masked.lineAt(span.start) - 1
    const known = before.functions.get(value) ?? functionAt(repo, caller, value, line)
    if (known !== undefined) functions.set(name, known)
  }
  const isSpread = spans.list.some((span) => /^(?:\*|\.\.\.|&)|\.\.\.$/.test(masked.codeOf(span)))
  if (!isSpread)
    for (const [at, { default: value }] of parameters.entries())
      if (!given.has(names[at] ?? '')) {
        const constant = constantOf(value)
        if (constant !== undefined) constants.set(names[at] ?? '', constant)
      }
  const whole = constants.size === 0 ? '' : codeOf(repo, runs)
  for (const name of constants.keys())
    if (whole === null || !NAME.test(name) || isAssigned(whole, name, runs)) constants.delete(name)
  return { functions, constants }
}

function constantOf(value: string): Constant | undefined {
  if (NOTHING.test(value)) return 'none'
  return /^[Tt]rue$/.test(value) ? 'true' : /^[Ff]alse$/.test(value) ? 'false' : undefined
}

/** The masked code of a body; `null` for one that is too long. */
function codeOf(repo: RepoIndex, { file, startLine, endLine }: Component): string | null {
  const rules = LEXICAL_RULES[repo.files.get(file)?.language ?? '']
  if (rules === undefined || endLine - startLine > MAX_BODY) return null
  return MaskedCode.of(codeLines(repo, file, startLine, endLine).join('\n'), rules)?.code ?? null
}

/** The function that a name refers to in a line of a body. */
function functionAt(repo: RepoIndex, caller: Component, name: string, line: number): Component | undefined {
  const used = repo.occurrences.usesIn(caller.id).filter((use) => use.line === line)
  return used
    .flatMap(({ to }) => repo.components.get(to) ?? [])
    .find((one) => one.name === name && (one.kind === 'function' || one.kind === 'method'))
}

const WORDS = /[\p{L}_$][\p{L}\p{N}_$]*/gu
/** Placeholder for the name in patterns. */
const MARK = '\uE000'
const ASSIGNS = /(?<!\.)\uE000 {0,4}(?:[-+|&?:]|\|\||\?\?|&&)?=(?![=>])/
const marked = (code: string, name: string): string => code.replace(WORDS, (word) => (word === name ? MARK : word))

function isAssigned(code: string, name: string, { startLine, endLine }: Component): boolean {
  const rest = endLine === startLine ? code : code.slice(Math.max(0, code.search(/[{:\n]/)))
  return ASSIGNS.test(marked(rest, name))
}

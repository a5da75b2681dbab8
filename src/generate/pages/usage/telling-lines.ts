/**
 * Chooses the lines of a file that show how something is used: complete calls that succeed, without duplicates. Declarations,
 * calls by a namesake, preparations of tests, stand-ins and failures are left out.
 */

import type { Component } from '#generate/model.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { isTest, type RepoIndex } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { expectsFailure, failsAt, feedsFailure } from './failing-tests.ts'
import { REMARK, shownCode } from './shown-code.ts'
import { costOfNothing, givenIn, MOCKS, SHOWS_NONE } from './shows-nothing.ts'
import { isAssertion } from './statement.ts'
import type { UseLine } from './use-lines.ts'

/** Limit on the lines that are ranked. */
const MAX_LINES = 200
/** Match the names of functions that prepare tests, and of stand-ins. */
const PREPARES = /(?:^|\.)(?:set_?up|tear_?down|before|after)(?:_?(?:all|each|class))?$/i
const STANDS_IN = /dummy|fake|mock|stub/i
/** Matches lines that only name something: imports, exports, attributes, and heads of functions and types. */
const NAMES_ONLY =
  /^(?:import|from|use|using|export (?:\{|\*|type)|extern|typedef|package|#|\[|@(?:Test|Mock)|(?:unsafe )?impl\b|\}?\s?from\b)/
/** Matches the definition of a constructor of C++: `Plan::Plan(int left) {`. */
const DEFINES = /^(?:\w{1,60}::){0,4}(\w{1,60})::~?\1\(/
const HEAD = /\b(?:async def|def|fn|fun|func|function|constructor)\b[^{}=]{0,300}/g
const DECLARES_TYPE =
  /^(?:\w{1,20} ){0,5}(?:class|enum|extension|interface|object|protocol|record|struct|trait|union)\b/
/** Matches calls that pass on a variable with all arguments: `plan(*args)`, `Plan::of(...$given)`. */
const SPREADS = /\((?:(?:\.{3}|\*{1,2})\$?\w{1,60}(?:, ?\*\*\w{1,60})?|\w{1,60}\.{3})\)/
/** Matches a line that goes on with a chain of calls, or ends a call. */
const GOES_ON = /^(?:\?\.|\.|->|::|[)\]}])/
const LITERAL = /["'`]|(?<![\p{L}\p{N}_$])\d|\b(?:true|false|True|False)\b/u

/** A line, with the component or file that contains it. */
export interface Told extends UseLine {
  user: string
}

/** Best first, then in the order of lines; only the first of lines with the same text. Often empty. */
export function tellingFirst(repo: RepoIndex, component: Component, path: string, lines: readonly Told[]): Told[] {
  const texts = new Set<string>()
  const told = lines.slice(0, MAX_LINES).map((use) => ({ use, text: shownCode(repo, path, use) }))
  const countOf = (use: Told, text: string): number => givenIn(text, use.name ?? '').values.length
  const most = told.reduce((max, { use, text }) => Math.max(max, countOf(use, text)), 0)
  const isOfTests = isTest(path, repo)
  const rows = told.flatMap(({ use, text }) => {
    const plain = text.replace(REMARK, '')
    if (texts.has(plain) || !shows(repo, component, use, plain)) return []
    texts.add(plain)
    if (failsAt(repo, path, use.line) || feedsFailure(repo, use.user, path)) return []
    if (isOfTests && isPreparation(use.user)) return []
    const isOdd = isOfTests && expectsFailure(repo, use.user, path, use.line)
    const { values } = givenIn(text, use.name ?? '')
    const isShort = values.length < most || (values.length > 0 && !values.some((one) => LITERAL.test(one)))
    const isAbout = isOfTests && isNamedAfter(use.user, component)
    return [{ use, rank: rankOf(use, text) + (isShort ? 1 : 0) + (isOdd ? 4 : 0) - (isAbout ? 1 : 0) }]
  })
  return rows.sort((a, b) => a.rank - b.rank || a.use.line - b.use.line).map(({ use }) => use)
}

/** Whether the name of a test contains that of what it uses. */
export function isNamedAfter(user: string, { name }: Component): boolean {
  const about = comparableName(name)
  return about.length > 2 && user.includes('#') && comparableName(user.slice(user.indexOf('#') + 1)).includes(about)
}

/** Whether the id of a component is that of a function that prepares tests, or of a stand-in. */
function isPreparation(id: string): boolean {
  const name = id.includes('#') ? id.slice(id.indexOf('#') + 1) : ''
  return PREPARES.test(name) || STANDS_IN.test(name)
}

/** Whether a line uses something as a user would: calls, creates or extends it, or passes it on. */
function shows(repo: RepoIndex, component: Component, { name, user, isCall }: Told, text: string): boolean {
  // A call by another name is not informative: `key()` for `def f(key=hashkey)`.
  if (name === null || text === '' || [NAMES_ONLY, SHOWS_NONE, DEFINES].some((form) => form.test(text))) return false
  if (GOES_ON.test(text) || text.startsWith('…') || SPREADS.test(text) || MOCKS.test(text.replaceAll(name, '')))
    return false
  // A method that only calls its namesake delegates to it.
  if (repo.components.get(user)?.name === component.name) return false
  // `plan({`
  if (/[([{]$/.test(text) && !/[\p{L}\p{N}"']/u.test(text.replaceAll(name, ''))) return false
  const isType = TYPES.has(component.kind)
  if (!isType && isCall) return true
  if (isType && DECLARES_TYPE.test(text)) return extendsIt(text, name)
  const code = isType ? text.replace(HEAD, (head) => ' '.repeat(head.length)) : text
  for (let at = code.indexOf(name); at >= 0; at = code.indexOf(name, at + name.length)) {
    const [before, behind] = [code.slice(0, at), code.slice(at + name.length)]
    if (/[\p{L}\p{N}_$]$/u.test(before) || /^[\p{L}\p{N}_$]/u.test(behind)) continue
    if (isType ? usesType(component, before, behind) : usesValue(component, before, behind)) return true
  }
  return false
}

const GENERIC = /^(?:<[^<>]{0,200}>|::<[^<>]{0,200}>|\[[^[\]]{0,200}\](?=\())/

/** `new Plan(`, `Plan(`, `Plan {`, `Plan.of(`, but not `Plan.class`, a type of a variable, an attribute or a declaration. */
function usesType({ kind, file }: Component, before: string, behind: string): boolean {
  if (/@[\w.]{0,80}$|\b(?:instanceof|is|as|typeof|catch \(|class|struct|func|fn|:)\s?$/.test(before)) return false
  const after = behind.replace(GENERIC, '')
  if (/\bnew\s[\w.:\\]{0,80}$/.test(before) || /^\((?!\s?\*)/.test(after)) return true
  if (/^\s?\{\s?[\w.}"]/.test(after) && /(?:[=(,&[\]{]|\breturn)\s?(?:\w{1,60}(?:\.|::)){0,4}$/.test(before))
    return true
  const [, member = '', rest = ''] = /^(?:\.|::|->)(\w{1,80})(.*)$/s.exec(after) ?? []
  if (kind === 'enum') return member !== '' && member !== 'class'
  // `Plan.of(1)`; other members of it have their own uses.
  const isCalled = file.endsWith('.rb') || /^(?:[!?]?\(|<|::<|\s?\{)/.test(rest)
  return /^\p{Ll}/u.test(member) && isCalled
}

/** Whether the head of a type names another one as its base, not as the type of a parameter. */
function extendsIt(text: string, name: string): boolean {
  const before = text.slice(0, text.lastIndexOf(name))
  const depth = before.split('(').length - before.split(')').length
  return depth === 0 ? /[:<,]\s|\b(?:extends|implements|with)\s/.test(before) : depth === 1 && text.endsWith('):')
}

/** A call, an argument, or the value of a constant or a property. */
function usesValue({ kind }: Component, before: string, behind: string): boolean {
  const after = behind.replace(GENERIC, '')
  if (/\b(?:def|fn|fun|func|function|new\.target)\s$/.test(before)) return false
  if (/^(?:[([{]|!\s?[([{]|\s["'])/.test(after) || /@[\w.]{0,80}$/.test(before)) return true
  if (kind === 'constant' || kind === 'field')
    return !/^\s?(?:[:=](?![=:])|[-+*/|&]=)/.test(after) && /[^\s]/.test(before)
  // Ruby calls need no parentheses; elsewhere `plan.run` may be the value of a property.
  if (/[.:]$/.test(before) && /^(?:[!?]|\.|\s|$|[),;])/.test(after)) return true
  // Passed on: `router.use(plan)`.
  return /[(,[:={]\s?&?$/.test(before) && /^\s?(?:[),\]}]|$)/.test(after)
}

function rankOf({ name }: Told, text: string): number {
  const isEmpty = text.includes(`${name}()`) || costOfNothing(text, name ?? '') > 0
  const checks = isAssertion(text) && showsResult(text, name ?? '') ? -2 : 0
  return (isEmpty ? 3 : 0) + (isTorn(text) ? 4 : 0) + checks
}

/** Whether a line also contains a literal besides the arguments of the call: the result of it. */
function showsResult(text: string, name: string): boolean {
  const at = text.indexOf(name)
  const behind = text.slice(at + name.length).replace(/^\([^()]{0,200}(?:\([^()]{0,200}\)[^()]{0,200}){0,8}\)/, '')
  return LITERAL.test(`${text.slice(0, at)} ${behind}`)
}

/** Whether a line is part of a longer statement. */
function isTorn(text: string): boolean {
  if (/[.,…]$/.test(text)) return true
  let depth = 0
  for (const char of text) depth += '([{'.includes(char) ? 1 : ')]}'.includes(char) ? -1 : 0
  return depth < 0
}

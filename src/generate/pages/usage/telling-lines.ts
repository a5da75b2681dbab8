/**
 * Chooses the lines of a file that show how something is used: complete calls that succeed, without duplicates. Declarations,
 * calls by a namesake, stand-ins and failures are left out.
 */

import type { Component } from '#generate/model.ts'
import { wordAt } from '#generate/pages/code-lines.ts'
import { isTestEnd, type RepoIndex } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { expectsFailure, failsAt, feedsFailure } from './failing-tests.ts'
import { REMARK, shownCode } from './shown-code.ts'
import { costOfNothing, givenIn, MOCKS, NO_BODY, SHOWS_NONE } from './shows-nothing.ts'
import { isAssertion } from './statement.ts'
import type { UseLine } from './use-lines.ts'

/** Limit on the lines that are ranked. */
const MAX_LINES = 200
/** Matches lines that only name something: imports, exports, attributes, and heads of functions and types. */
const NAMES_ONLY =
  /^(?:import|from|use|using|export (?:\{|\*|type)|extern|typedef|package|#|\[|@(?:Test|Mock)|(?:unsafe )?impl\b|\}?\s?from\b)/
/** Matches the definition of a constructor of C++: `Plan::Plan(int left) {`. */
const DEFINES = /^(?:\w{1,60}::){0,4}(\w{1,60})::~?\1\(/
const HEAD = /\b(?:async def|def|fn|fun|func|function|constructor)\b[^{}=]{0,300}/g
const DECLARES_TYPE =
  /^(?:\w{1,20} ){0,5}(?:class|enum|extension|interface|object|protocol|record|struct|trait|union)\b/
/** Matches calls that pass on all arguments: `plan(*args)`, `plan(name, **options)`, `Plan::of(...$given)`. */
const SPREADS = /[(,] ?(?:(?:\.{3}|\*{1,2})\$?\w{1,60}|\w{1,60}\.{3})\)/
/** Matches a line that goes on with a chain of calls, or ends a call. */
const GOES_ON = /^(?:\?\.|\.|->|::|[)\]}])/
/** Matches arguments that name a mistake, and code that replaces what is there. */
const MISUSED = /["'`](?:not an?\b|invalid|unknown|wrong|bad\b|missing|non-?exist)|\bmonkeypatch\b/i
/** Matches what precedes the name in a statement that is a call alone, whose result is not used. */
const ALONE = /^(?:(?:await|defer|go|new|yield|this) )?[\w$@.:>&*!?\\()-]*$/
/** Matches what precedes the name where the result is only kept or returned: `const plan = await this.`. */
const BOUND =
  /^(?:return|with|async with|(?:[\w$.*&:<>[\]]{1,60}\s){0,4}[\w$.*&@[\]]{1,60}\s?:?=)\s(?:(?:await|try|yield)\s)?[\w$@.:>*!?\\()-]*$/
/** Matches text, a block or a function among arguments. */
const GIVES_CODE = /["'`{]|=>|->|\bfunc(?:tion)?\b|\blambda\b|\bdo\b/
const LITERAL = /["'`]|(?<![\p{L}\p{N}_$])\d|\b(?:true|false|True|False)\b/u

/** A line, with the component or file that contains it. */
export interface Told extends UseLine {
  user: string
}

/** A line and its code; the best has the lowest rank. */
export interface Shown extends Told {
  readonly code: string
  readonly rank: number
}

/** Best first, then in the order of lines; only the first of lines with the same code. Often empty. */
export function tellingFirst(repo: RepoIndex, component: Component, path: string, lines: readonly Told[]): Shown[] {
  const codes = new Set<string>()
  const shown = lines.slice(0, MAX_LINES).flatMap((use): Shown[] => {
    const code = shownCode(repo, path, use.line)
    const plain = code.replace(REMARK, '')
    if (codes.has(plain) || !shows(repo, component, use, plain)) return []
    codes.add(plain)
    if (failsAt(repo, path, use.line) || feedsFailure(repo, use.user, path)) return []
    const isOfTest = isTestEnd(use.user, repo)
    if (!teaches(component, use, plain, isOfTest)) return []
    if (isOfTest && (expectsFailure(repo, use.user, path, use.line) || !givesLiterals(plain, use.name ?? ''))) return []
    const { values } = givenIn(code, use.name ?? '')
    const isVague = values.length > 0 && !values.some((one) => LITERAL.test(one))
    const rank = rankOf(use, code) + operatorsIn(plain) / 8 + (isVague ? 1 : 0) + use.aside
    return [{ ...use, code, rank }]
  })
  return shown.sort((a, b) => a.rank - b.rank || a.line - b.line)
}

/** Whether a line calls a name with a literal among the arguments. */
function givesLiterals(text: string, name: string): boolean {
  const at = wordAt(text, name)
  const behind = at < 0 ? '' : text.slice(at + name.length)
  return /^(?:[!?]?[([<{]| ["'\d:[])/.test(behind) && LITERAL.test(behind)
}

/** Whether a line uses something as a user would: calls, creates or extends it, or passes it on. */
function shows(repo: RepoIndex, component: Component, { name, user, isCall, aside }: Told, text: string): boolean {
  // A call by another name is not informative: `key()` for `def f(key=hashkey)`.
  if (name === null || text === '' || [NAMES_ONLY, SHOWS_NONE, DEFINES].some((form) => form.test(text))) return false
  if (GOES_ON.test(text) || SPREADS.test(text) || MOCKS.test(text.replaceAll(name, ''))) return false
  // A method that only calls its namesake delegates to it.
  if (repo.components.get(user)?.name === component.name) return false
  // `plan({`
  if (/[([{]$/.test(text) && !/[\p{L}\p{N}"']/u.test(text.replaceAll(name, ''))) return false
  const isType = TYPES.has(component.kind)
  // Patterns and checks name it.
  if ((isType && /^case\b/.test(text)) || (!isTestEnd(user, repo) && isAssertion(text))) return false
  if (!isType && isCall) return true
  if (isType && DECLARES_TYPE.test(text)) return extendsIt(text, name)
  const code = isType ? text.replace(HEAD, (head) => ' '.repeat(head.length)) : text
  for (let at = code.indexOf(name); at >= 0; at = code.indexOf(name, at + name.length)) {
    const [before, behind] = [code.slice(0, at), code.slice(at + name.length)]
    if (/[\p{L}\p{N}_$]$/u.test(before) || /^[\p{L}\p{N}_$]/u.test(behind)) continue
    if (isType ? usesType(repo, component, before, behind) : usesValue(component, before, behind, aside)) return true
  }
  return false
}

/**
 * Whether a line says more than the name: what comes of it, or what it is given. A call alone on its line needs words or code as
 * arguments, an assertion something to compare with, and an object that is created arguments.
 */
function teaches({ kind, name: own }: Component, { name, isCall }: Told, text: string, isOfTest: boolean): boolean {
  if (MISUSED.test(text) || NO_BODY.test(text)) return false
  if (text.startsWith('@') && (isOfTest || !text.includes('('))) return false
  const at = text.indexOf(name ?? '')
  const behind = text.slice(at + (name ?? '').length)
  if (isOfTest && isAssertion(text)) return LITERAL.test(text)
  if (!TYPES.has(kind) && BOUND.test(text.slice(0, at)) && /^(?:\(\))?[\s?!;:{)]{0,4}$/.test(behind)) return false
  if (!isCall && !TYPES.has(kind)) return text.replace(/[;,]$/, '') !== name
  const isEmpty = /^(?:[.:]{1,2}\w{1,60})?(?:\(\)|;|$)/.test(behind)
  if (isEmpty && (TYPES.has(kind) || /\bnew\s[\w.:\\]{0,80}$/.test(text.slice(0, at)))) return false
  if (!ALONE.test(text.slice(0, at)) || / [-+*/<>=?&|]{1,2} /.test(behind)) return true
  return !/^set(?:_|\p{Lu})/u.test(own) && GIVES_CODE.test(behind)
}

/** Number of operators and calls in a line, at most 7: the plainest is the best example. */
const operatorsIn = (text: string): number => Math.min(7, text.match(/ [-+*/%<>|&?:]{1,2} |\.\w|[([{]/g)?.length ?? 0)

const GENERIC = /^(?:<[^<>]{0,200}>|::<[^<>]{0,200}>|\[[^[\]]{0,200}\](?=\())/

/** `new Plan(`, `Plan(`, `Plan {`, `Plan.of(`, but not `Plan.class`, a type of a variable, an attribute or a declaration. */
function usesType(repo: RepoIndex, component: Component, before: string, behind: string): boolean {
  if (/@[\w.]{0,80}$|\b(?:instanceof|is|as|typeof|catch \(|class|struct|func|fn|:)\s?$/.test(before)) return false
  const after = behind.replace(GENERIC, '')
  if (/\bnew\s[\w.:\\]{0,80}$/.test(before) || /^\((?!\s?\*)/.test(after)) return true
  if (/^\s?\{\s?[\w.}"]/.test(after) && /(?:[=(,&[\]{]|\breturn)\s?(?:\w{1,60}(?:\.|::)){0,4}$/.test(before))
    return true
  const [, member = '', rest = ''] = /^(?:\.|::|->)(\w{1,80})(.*)$/s.exec(after) ?? []
  if (component.kind === 'enum') return member !== '' && member !== 'class'
  const isCalled = component.file.endsWith('.rb') || /^(?:[!?]?\(|<|::<|\s?\{)/.test(rest)
  return isCalled && (member === 'new' || makes(repo, component, member))
}

/** Whether a visible member of a type gives one: `static of(days: number): Plan`. Other members have their own uses. */
function makes(repo: RepoIndex, { id, name }: Component, member: string): boolean {
  const own = (repo.members.get(id) ?? []).find((one) => one.name === member)
  if (own === undefined || !own.exported || own.visibility !== 'public') return false
  const result = own.signature.slice(own.signature.lastIndexOf(')') + 1)
  return (
    [name, 'Self', 'self', 'static'].some((one) => wordAt(result, one) >= 0) || own.signature.startsWith(`${name} `)
  )
}

/** Whether the head of a type names another one as its base, not as the type of a parameter. */
function extendsIt(text: string, name: string): boolean {
  const before = text.slice(0, text.lastIndexOf(name))
  const depth = before.split('(').length - before.split(')').length
  return depth === 0 ? /[:<,]\s|\b(?:extends|implements|with)\s/.test(before) : depth === 1 && text.endsWith('):')
}

/** A call, an argument, or the value of a constant or a property. */
function usesValue({ kind }: Component, before: string, behind: string, aside: number): boolean {
  const after = behind.replace(GENERIC, '')
  if (/\b(?:def|fn|fun|func|function|new\.target)\s$/.test(before)) return false
  if (/^(?:[([{]|!\s?[([{]|\s["'])/.test(after) || /@[\w.]{0,80}$/.test(before)) return true
  if (kind === 'constant' || kind === 'field')
    return !/^\s?(?:[:=](?![=:])|[-+*/|&]=)/.test(after) && /[^\s]/.test(before)
  // Ruby calls need no parentheses; elsewhere `plan.run` may be the value of a property.
  if (/[.:]$/.test(before) && /^(?:[!?]|\.|\s|$|[),;])/.test(after)) return true
  // Passed on: `router.use(plan)`. In a branch it is one of several.
  return aside === 0 && /[(,[:={]\s?&?$/.test(before) && /^\s?(?:[),\]}]|$)/.test(after)
}

function rankOf({ name }: Told, text: string): number {
  const isEmpty = text.includes(`${name}()`) || costOfNothing(text, name ?? '') > 0
  const checks = isAssertion(text) && showsResult(text, name ?? '') ? -2 : 0
  return (isEmpty ? 3 : 0) + checks
}

/** Whether a line also contains a literal besides the arguments of the call: the result of it. */
function showsResult(text: string, name: string): boolean {
  const at = text.indexOf(name)
  const behind = text.slice(at + name.length).replace(/^\([^()]{0,200}(?:\([^()]{0,200}\)[^()]{0,200}){0,8}\)/, '')
  return LITERAL.test(`${text.slice(0, at)} ${behind}`)
}

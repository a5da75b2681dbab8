/**
 * Sets the visibility of Ruby methods from calls in the body of a class: `private` and the like, for all following
 * methods or for the named ones, `module_function` and `extend self`. Also marks the instance variables of the class itself.
 */

import { lowerBound } from '#base/binary-search.ts'
import { push } from '#base/multimap.ts'
import {
  D,
  D_WIDTH,
  DECL_KINDS,
  E,
  E_WIDTH,
  type FileFacts,
  Flag,
  NONE,
  Op,
  Use,
  VISIBILITIES,
} from '#generate/analyse/engine/facts.ts'

const WORDS = new Set([
  'public',
  'protected',
  'private',
  'module_function',
  'private_class_method',
  'private_constant',
  'extend',
])

/** Sets visibility and flags in place. */
export function readMethodVisibility(facts: FileFacts, text: string): void {
  nameSetters(facts, text)
  markBareNew(facts)
  const sections = new Map<number, { word: string; start: number }[]>()
  /** Calls that name a method, applied later because they take precedence over the section of the method. */
  const later: (() => void)[] = []
  const { exprs } = facts
  const calls = callsByCallee(facts)
  const byScope = new Map<number, number[]>()
  /** Scopes that extend themselves. */
  const extended = new Set<number>()
  /** Keyed by scope and name. */
  const byName = new Map<string, number[]>()
  for (const decl of declsOf(facts)) {
    push(byScope, column(facts, decl, D.scope), decl)
    push(byName, `${column(facts, decl, D.scope)} ${facts.strings[column(facts, decl, D.name)]}`, decl)
  }
  for (const all of byScope.values()) all.sort((a, b) => column(facts, a, D.start) - column(facts, b, D.start))
  const declared = (scope: number, word: string, start: number, arg: number): number[] => {
    const isMeant = (decl: number): boolean =>
      word === 'private_constant' || isSingleton(facts, text, decl) === (word === 'private_class_method')
    if (arg === NONE) return definedIn(facts, text, byScope.get(scope) ?? [], start).filter(isMeant)
    return (byName.get(`${scope} ${nameAt(facts, text, arg)}`) ?? []).filter(isMeant)
  }
  for (let at = 0; at < exprs.length; at += E_WIDTH) {
    const word = facts.strings[exprs[at + E.name] ?? NONE] ?? ''
    if (exprs[at + E.op] !== Op.ref || !WORDS.has(word)) continue
    const scope = exprs[at + E.scope] ?? 0
    const start = exprs[at + E.start] ?? 0
    const call = calls.get(at / E_WIDTH)
    const args = call === undefined ? [] : listOf(facts, exprs[call * E_WIDTH + E.list] ?? NONE)
    if (word === 'extend') {
      const isSelf = args.length === 1 && exprs[(args[0] ?? 0) * E_WIDTH + E.op] === Op.this
      if (isSelf) extended.add(scope)
    } else if (args.length === 0) push(sections, scope, { word, start })
    else for (const arg of args) later.push(() => applyTo(facts, declared(scope, word, start, arg), word))
  }
  for (const scope of extended)
    for (const decl of byScope.get(scope) ?? []) if (isMethod(facts, decl)) spellAsOfModule(facts, decl)
  for (const decl of declsOf(facts)) {
    const around = sections.get(column(facts, decl, D.scope))
    if (around === undefined || !isMethod(facts, decl)) continue
    const declared = column(facts, decl, D.start)
    // Sections are in text order.
    const last = around[lowerBound(around.length, (index) => (around[index]?.start ?? 0) < declared) - 1]
    // Sections apply to instance methods: `def self.x` stays public.
    if (last !== undefined && !isSingleton(facts, text, decl)) applyTo(facts, [decl], last.word)
  }
  for (const apply of later) apply()
  markVariables(facts)
}

/** A bare `new` makes an instance as well. */
function markBareNew({ exprs, strings }: FileFacts): void {
  for (let at = 0; at < exprs.length; at += E_WIDTH) {
    if (exprs[at + E.op] === Op.ref && strings[exprs[at + E.name] ?? NONE] === 'new') exprs[at + E.use] = Use.call
  }
}

/** `x.name = …` calls `name=`. */
function nameSetters(facts: FileFacts, text: string): void {
  const { exprs, strings } = facts
  const known = new Map<string, number>()
  for (let at = 0; at < exprs.length; at += E_WIDTH) {
    if (exprs[at + E.op] !== Op.member || exprs[at + E.use] !== Use.call) continue
    const name = strings[exprs[at + E.name] ?? NONE] ?? ''
    const end = (exprs[at + E.start] ?? 0) + name.length
    if (!/^\w+$/.test(name) || !/^[ \t]*=(?![=~>])/.test(text.slice(end, end + 20))) continue
    const setter = known.get(name) ?? strings.push(`${name}=`) - 1
    known.set(name, setter)
    exprs[at + E.name] = setter
  }
}

function callsByCallee({ exprs }: FileFacts): Map<number, number> {
  const calls = new Map<number, number>()
  for (let at = 0; at < exprs.length; at += E_WIDTH) {
    if (exprs[at + E.op] === Op.call) calls.set(exprs[at + E.left] ?? NONE, at / E_WIDTH)
  }
  return calls
}

/** The methods and fields that a line defines behind a call, such as `private def plan`. @param declared - In text order. */
function definedIn(facts: FileFacts, text: string, declared: readonly number[], start: number): number[] {
  const end = text.indexOf('\n', start)
  const startOf = (at: number): number => column(facts, declared[at] ?? NONE, D.start)
  const first = lowerBound(declared.length, (at) => startOf(at) < start)
  const last = end < 0 ? declared.length : lowerBound(declared.length, (at) => startOf(at) <= end)
  return declared.slice(first, last).filter((decl) => isMethod(facts, decl) || kindOf(facts, decl) === 'field')
}

/** The name that an argument is: `:plan`, `'plan'`. */
function nameAt({ exprs }: FileFacts, text: string, arg: number): string | undefined {
  const at = exprs[arg * E_WIDTH + E.start] ?? 0
  return /^:?["']?([\w]+[?!=]?)/.exec(text.slice(at, at + 200))?.[1]
}

function applyTo(facts: FileFacts, decls: readonly number[], word: string): void {
  for (const decl of decls) {
    const at = decl * D_WIDTH
    if (word === 'module_function') {
      facts.decls[at + D.flags] = column(facts, decl, D.flags) | Flag.shared
      spellAsOfModule(facts, decl)
      facts.notes.push(`module_function ${facts.strings[column(facts, decl, D.name)] ?? ''}`)
      continue
    }
    const visibility = word.startsWith('private') ? 'private' : word === 'protected' ? 'protected' : 'public'
    facts.decls[at + D.visibility] = VISIBILITIES.indexOf(visibility)
    const flags = column(facts, decl, D.flags)
    facts.decls[at + D.flags] = visibility === 'public' ? flags | Flag.exported : flags & ~Flag.exported
  }
}

/** `def self.plan` for a method of a module that is called on the module itself. */
function spellAsOfModule({ decls, strings }: FileFacts, decl: number): void {
  const signature = strings[decls[decl * D_WIDTH + D.signature] ?? NONE] ?? ''
  if (/^def (?!self\.)/.test(signature))
    decls[decl * D_WIDTH + D.signature] = strings.push(signature.replace('def ', 'def self.')) - 1
}

/** An instance variable outside methods, or in a class method, belongs to the class object. */
function markVariables(facts: FileFacts): void {
  const startOf = (decl: number): number => column(facts, decl, D.start)
  // Methods around the current declaration, innermost last.
  const open: number[] = []
  for (const decl of [...declsOf(facts)].sort((a, b) => startOf(a) - startOf(b) || a - b)) {
    while (open.length > 0 && column(facts, open.at(-1) ?? NONE, D.end) <= startOf(decl)) open.pop()
    if (isFunction(facts, decl)) open.push(decl)
    const name = facts.strings[column(facts, decl, D.name)] ?? ''
    if (kindOf(facts, decl) !== 'field' || !/^@[^@]/.test(name)) continue
    const around = open.at(-1)
    if (around === undefined || (column(facts, around, D.flags) & Flag.static) !== 0)
      facts.decls[decl * D_WIDTH + D.flags] = column(facts, decl, D.flags) | Flag.static
  }
}

/** Whether a declaration is a method of the class itself: `def self.x`. */
function isSingleton(facts: FileFacts, text: string, decl: number): boolean {
  const start = column(facts, decl, D.start)
  return /^def\s+(?:self|[A-Z]\w*)\s*\./.test(text.slice(start, start + 100))
}

function isMethod(facts: FileFacts, decl: number): boolean {
  const name = facts.strings[column(facts, decl, D.name)] ?? ''
  return isFunction(facts, decl) || (kindOf(facts, decl) === 'field' && !name.startsWith('@'))
}

function isFunction(facts: FileFacts, decl: number): boolean {
  return kindOf(facts, decl) === 'function'
}

function kindOf(facts: FileFacts, decl: number): string {
  return DECL_KINDS[column(facts, decl, D.kind)] ?? ''
}

function column(facts: FileFacts, decl: number, at: number): number {
  return facts.decls[decl * D_WIDTH + at] ?? NONE
}

function* declsOf(facts: FileFacts): Iterable<number> {
  const count = facts.decls.length / D_WIDTH
  for (let decl = 0; decl < count; decl++) yield decl
}

function listOf({ lists }: FileFacts, at: number): readonly number[] {
  return at === NONE ? [] : Array.from(lists.subarray(at + 1, at + 1 + (lists[at] ?? 0)))
}

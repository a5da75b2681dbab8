/**
 * Finds the condition under which a definition exists: an enclosing `if` in Ruby, Python and PHP, the enclosing `#if`
 * branch in C, C++, C# and Swift, and `#[cfg(…)]` in Rust.
 */

import { branchesByMargin } from '#generate/branches.ts'
import type { Component, SourceFile } from '#generate/model.ts'
import { cfgAttribute, cfgConditions } from '#generate/rust-cfg.ts'

const BY_BRANCH = new Set(['c', 'cpp', 'csharp', 'swift'])
const BY_MARGIN = new Set(['php', 'python', 'ruby'])
/** Not constants and fields, which are often assigned conditionally. */
const NEVER = new Set<Component['kind']>(['constant', 'field'])
/** Limit on the characters of a condition; longer ones are cut. */
const MAX_CHARS = 100
/** Limit on the characters read of a line: a condition and the start of a comment. */
const MAX_LINE = 400

/** Limit on the lines of attributes and modifiers before the name of a definition. */
const MAX_BEFORE_NAME = 30
/** Matches what may precede the name: attributes such as `[Obsolete("…")]`, `[[nodiscard]]`, `@objc(name)`, directives, comments. */
const NOT_NAME = /^\s*(?:(?:#|\/[/*]|\*).*|(?:(?:\[+[^[\]]*\]+|@\w+(?:\([^()]*\))?)\s*)+)/

/**
 * Adds the condition of each component that has one. Left out if it is the condition of the parent, or if the component
 * has the condition '', which means that every branch defines it.
 */
export function withConditions(components: readonly Component[], files: ReadonlyMap<string, SourceFile>): Component[] {
  const cfg = cfgConditions(files)
  let last: { file: string; conditionAt: (one: Component) => string | undefined } = {
    file: '',
    conditionAt: () => undefined,
  }
  const conditionOf = (one: Component): string | undefined => {
    const { language, text } = files.get(one.file) ?? {}
    if (language == null || text == null || NEVER.has(one.kind)) return undefined
    if (!BY_BRANCH.has(language) && !BY_MARGIN.has(language)) return undefined
    if (last.file !== one.file) {
      const lines = text.split('\n')
      last = { file: one.file, conditionAt: BY_BRANCH.has(language) ? byBranch(lines) : byMargin(lines) }
    }
    const condition = last.conditionAt(one) ?? ''
    return condition === ''
      ? undefined
      : condition.length > MAX_CHARS
        ? `${condition.slice(0, MAX_CHARS - 1)}…`
        : condition
  }
  const byId = new Map(components.map((one) => [one.id, one]))
  const found = components.map((one) => (one.file.endsWith('.rs') ? cfgOf(one, byId, cfg) : conditionOf(one)))
  const foundById = new Map(components.map(({ id }, index) => [id, found[index]]))
  return components.map((one, index) => {
    if (one.condition === '') {
      const { condition: _, ...always } = one
      return always
    }
    const condition = found[index]
    return condition === undefined || condition === foundById.get(one.parent ?? '') ? one : { ...one, condition }
  })
}

function byMargin(lines: readonly string[]): (one: Component) => string | undefined {
  const conditions = branchesByMargin(lines)
  return ({ startLine }) => conditions[startLine - 1]
}

/** A branch that ends before the name of the definition guards only an attribute or a modifier. */
function byBranch(lines: readonly string[]): (one: Component) => string | undefined {
  const branches = branchesOf(lines)
  return (one) => aroundBoth(branches[one.startLine - 1], branches[nameLineOf(one, lines) - 1])?.shown
}

/** The line with the name of a definition, below its attributes; its first line if the name is not found. */
function nameLineOf({ name, startLine, endLine }: Component, lines: readonly string[]): number {
  const last = Math.min(endLine, startLine + MAX_BEFORE_NAME)
  for (let line = startLine; line <= last; line++) {
    const text = (lines[line - 1] ?? '').slice(0, MAX_LINE).replace(NOT_NAME, '')
    if (text.split(/[^\p{L}\p{N}_$]+/u).includes(name)) return line
  }
  return startLine
}

/** The conditions that the parent does not have. */
function cfgOf(
  { file, startLine, parent }: Component,
  byId: ReadonlyMap<string, Component>,
  cfg: ReturnType<typeof cfgConditions>,
): string | undefined {
  const owner = byId.get(parent ?? '')
  const around = new Set(owner === undefined ? [] : cfg(owner.file, owner.startLine))
  const own = cfg(file, startLine).filter((one) => !around.has(one))
  return own.length === 0 ? undefined : cfgAttribute(own)
}

/** A branch of `#if … #endif`. */
interface Branch {
  /** Its directive as shown, `#ifdef USE_ICU`; '' for an include guard. */
  readonly directive: string
  /** The innermost directive here that is not a guard; '' if there is none. */
  readonly shown: string
  readonly outer: Branch | undefined
  readonly depth: number
}

/** For each line, the innermost branch around it; for an `#else`, one with the negated condition. */
function branchesOf(lines: readonly string[]): (Branch | undefined)[] {
  let open: Branch | undefined
  const enter = (directive: string): void => {
    const shown = directive === '' ? (open?.shown ?? '') : directive
    open = { directive, shown, outer: open, depth: (open?.depth ?? 0) + 1 }
  }
  return lines.map((whole, index) => {
    const line = whole.slice(0, MAX_LINE)
    const [, word = '', rest = ''] =
      /^\s*#\s*(ifdef|ifndef|if|elif|elifdef|elifndef|else|endif)\b(.*)$/.exec(line) ?? []
    const remark = rest.search(/\/[/*]/)
    const words = (remark < 0 ? rest : rest.slice(0, remark)).replace(/\s+/g, ' ').trim()
    if (word === 'endif') open = open?.outer
    else if (word.startsWith('el')) {
      const before = open?.directive ?? ''
      open = open?.outer
      enter(word === 'else' ? otherOf(before) : `#${word} ${words}`)
    } else if (word !== '') enter(isGuard(word, words, lines, index + 1) ? '' : `#${word} ${words}`)
    return open
  })
}

/** The innermost branch around both of two lines. They are at most `MAX_BEFORE_NAME` apart, so the loop is short. */
function aroundBoth(one: Branch | undefined, other: Branch | undefined): Branch | undefined {
  let [a, b] = [one, other]
  while (a !== b) {
    if ((a?.depth ?? 0) > (b?.depth ?? 0)) a = a?.outer
    else b = b?.outer
  }
  return a
}

/** Limit on the lines between `#ifndef` and `#define` of an include guard. */
const MAX_BETWEEN = 10

/** Whether this is an include guard, `#ifndef A_H` or `#if !defined(A_H)` above `#define A_H`, or `#ifdef __cplusplus`. */
function isGuard(word: string, words: string, lines: readonly string[], next: number): boolean {
  if (/^(?:defined ?\(? ?)?__cplusplus\b ?\)?$/.test(words)) return word !== 'ifndef'
  const name = word === 'ifndef' ? words : word === 'if' ? /^! ?defined ?\(? ?(\w+) ?\)?$/.exec(words)?.[1] : undefined
  if (name === undefined) return false
  const below = lines
    .slice(next, next + MAX_BETWEEN)
    .find((line) => !/^\s*(?:$|\/[/*]|\*)/.test(line.slice(0, MAX_LINE)))
  return /^\s*#\s*define\s+(\w+)/.exec(below?.slice(0, MAX_LINE) ?? '')?.[1] === name
}

/** The directive shown for the branch after `#else`. A second `#else`, which is an error, changes nothing. */
function otherOf(branch: string): string {
  const [, word = '', words = ''] = /^#(\w+) (.*)$/.exec(branch) ?? []
  if (word === 'else') return branch
  if (word === 'if' && words === '0') return ''
  if (word === 'ifdef') return `#ifndef ${words}`
  if (word === 'ifndef') return `#ifdef ${words}`
  return word === 'if' && /^[\w()]+(?:\([^()]*\))?$/.test(words)
    ? `#if !${words}`
    : words === ''
      ? ''
      : `#else of #${word} ${words}`
}

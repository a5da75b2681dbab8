/**
 * Finds the condition under which a definition exists: an `if` around a definition of Ruby, Python or PHP, the `#if`
 * branch around one of C, C++, C# or Swift, the `#[cfg(…)]` of one of Rust.
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

/** A member that exists whenever its parent does has no condition. */
export function withConditions(components: readonly Component[], files: ReadonlyMap<string, SourceFile>): Component[] {
  const cfg = cfgConditions(files)
  let last: { file: string; conditions: readonly (string | undefined)[] } = { file: '', conditions: [] }
  const conditionOf = (one: Component): string | undefined => {
    const { language, text } = files.get(one.file) ?? {}
    if (language == null || text == null || NEVER.has(one.kind)) return undefined
    if (!BY_BRANCH.has(language) && !BY_MARGIN.has(language)) return undefined
    if (last.file !== one.file) {
      const lines = text.split('\n')
      last = { file: one.file, conditions: BY_BRANCH.has(language) ? branchesOf(lines) : branchesByMargin(lines) }
    }
    const condition = last.conditions[one.startLine - 1] ?? ''
    return condition === ''
      ? undefined
      : condition.length > MAX_CHARS
        ? `${condition.slice(0, MAX_CHARS - 1)}…`
        : condition
  }
  const byId = new Map(components.map((one) => [one.id, one]))
  const found = components.map((one) => (one.file.endsWith('.rs') ? cfgOf(one, byId, cfg) : conditionOf(one)))
  const byParent = new Map(components.map(({ id }, index) => [id, found[index]]))
  return components.map((one, index) => {
    const condition = found[index]
    return condition === undefined || condition === byParent.get(one.parent ?? '') ? one : { ...one, condition }
  })
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

/**
 * For each line, the condition of the innermost `#if` around it; for an `#else`, the negated condition. Include guards
 * do not count.
 */
function branchesOf(lines: readonly string[]): string[] {
  /** The branch of each open conditional, and the innermost branch there that is not a guard. */
  const open: { branch: string; shown: string }[] = []
  const enter = (branch: string): void => {
    open.push({ branch, shown: branch === '' ? (open.at(-1)?.shown ?? '') : branch })
  }
  return lines.map((whole, index) => {
    const line = whole.slice(0, MAX_LINE)
    const [, word = '', rest = ''] = /^\s*#\s*(ifdef|ifndef|if|elif|else|endif)\b(.*)$/.exec(line) ?? []
    const remark = rest.search(/\/[/*]/)
    const words = (remark < 0 ? rest : rest.slice(0, remark)).replace(/\s+/g, ' ').trim()
    if (word === 'endif') open.pop()
    else if (word === 'elif' || word === 'else') {
      const before = open.pop()?.branch ?? ''
      enter(word === 'elif' ? `#elif ${words}` : otherOf(before))
    } else if (word !== '') enter(isGuard(word, words, lines, index + 1) ? '' : `#${word} ${words}`)
    return open.at(-1)?.shown ?? ''
  })
}

/** Lines between the two lines of an include guard. */
const MAX_BETWEEN = 10

/** Whether this is an include guard, `#ifndef A_H` or `#if !defined(A_H)` above `#define A_H`, or a line for C++ alone. */
function isGuard(word: string, words: string, lines: readonly string[], next: number): boolean {
  if (/^(?:defined ?\(? ?)?__cplusplus\b ?\)?$/.test(words)) return word !== 'ifndef'
  const name = word === 'ifndef' ? words : word === 'if' ? /^! ?defined ?\(? ?(\w+) ?\)?$/.exec(words)?.[1] : undefined
  if (name === undefined) return false
  const below = lines
    .slice(next, next + MAX_BETWEEN)
    .find((line) => !/^\s*(?:$|\/[/*]|\*)/.test(line.slice(0, MAX_LINE)))
  return /^\s*#\s*define\s+(\w+)/.exec(below?.slice(0, MAX_LINE) ?? '')?.[1] === name
}

/** The branch after `#else`. A second `#else`, which is an error, changes nothing. */
function otherOf(branch: string): string {
  const [, word = '', words = ''] = /^#(\w+) (.*)$/.exec(branch) ?? []
  if (word === 'else') return branch
  if (word === 'ifdef') return `#ifndef ${words}`
  if (word === 'ifndef') return `#ifdef ${words}`
  return word === 'if' && /^[\w()]+(?:\([^()]*\))?$/.test(words)
    ? `#if !${words}`
    : words === ''
      ? ''
      : `#else of #${word} ${words}`
}

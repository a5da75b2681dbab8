/**
 * Finds the condition under which a definition exists: an enclosing `if` in Ruby, Python and PHP, the enclosing `#if`
 * branches in C, C++, C# and Swift, a conditional extension of Swift, and `#[cfg(…)]` in Rust.
 */

import { branchesByMargin } from '#generate/branches.ts'
import type { Component, SourceFile } from '#generate/model.ts'
import { compileDefault } from './compile-defaults.ts'
import { aroundBoth, directiveBranches } from './directive-branches.ts'
import { extensionHeads } from './extension-heads.ts'
import { cfgAttribute, cfgConditions } from './rust-cfg.ts'

const BY_BRANCH = new Set(['c', 'cpp', 'csharp', 'swift'])
const BY_MARGIN = new Set(['php', 'python', 'ruby'])
/** Languages whose fields are declared, not assigned, below a condition. */
const DECLARES = new Set(['csharp', 'swift'])
/** Other languages leave out constants and fields, which are often assigned conditionally. */
const NEVER = new Set<Component['kind']>(['constant', 'field'])
/** Limit on the characters of a condition; longer ones are truncated, or left out if they belong to directives. */
const MAX_CHARS = 100
/** Limit on the characters read of a line: a condition and the start of a comment. */
const MAX_LINE = 400

/** Limit on the lines of attributes and modifiers before the name of a definition. */
const MAX_BEFORE_NAME = 30
/**
 * Matches what may precede the name: attributes such as `[Obsolete("…")]`, `[[nodiscard]]`, `@objc(name)`, directives,
 * comments.
 */
const NOT_NAME = /^\s*(?:(?:#|\/[/*]|\*).*|(?:(?:\[+[^[\]]*\]+|@\w+(?:\([^()]*\))?)\s*)+)/

/**
 * Adds the condition of each component that has one, and the defaults of macros. Without the conditions of the parent; left out if the component
 * has the condition '', which means that every branch defines it.
 */
export function withConditions(components: readonly Component[], files: ReadonlyMap<string, SourceFile>): Component[] {
  const cfg = cfgConditions(files)
  const defaults = new Map<Component, string>()
  let last: { file: string; lines: readonly string[]; conditionAt: (one: Component) => string | undefined } = {
    file: '',
    lines: [],
    conditionAt: () => undefined,
  }
  const conditionOf = (one: Component): string | undefined => {
    const { language, text } = files.get(one.file) ?? {}
    if (language == null || text == null || (NEVER.has(one.kind) && !DECLARES.has(language))) return undefined
    if (!BY_BRANCH.has(language) && !BY_MARGIN.has(language)) return undefined
    if (last.file !== one.file) {
      const lines = text.split('\n')
      last = {
        file: one.file,
        lines,
        conditionAt: BY_BRANCH.has(language) ? byBranch(lines, language) : byMargin(lines),
      }
    }
    const value = compileDefault(one, last.lines)
    if (value !== undefined) defaults.set(one, value)
    const condition = last.conditionAt(one) ?? ''
    if (condition.length <= MAX_CHARS) return condition === '' ? undefined : condition
    return BY_BRANCH.has(language) ? undefined : `${condition.slice(0, MAX_CHARS - 1)}…`
  }
  const byId = new Map(components.map((one) => [one.id, one]))
  const found = components.map((one) => (one.file.endsWith('.rs') ? cfgOf(one, byId, cfg) : conditionOf(one)))
  const foundById = new Map(components.map(({ id }, index) => [id, found[index]]))
  return components.map((whole, index) => {
    const value = defaults.get(whole)
    const one = value === undefined ? withBaseConditions(whole, cfg) : { ...whole, default: value }
    if (one.condition === '') {
      const { condition: _, ...always } = one
      return always
    }
    const around = foundById.get(one.parent ?? '')
    const condition = found[index]
    if (condition === undefined || condition === around) return one
    return {
      ...one,
      condition: condition.startsWith(`${around}, #`) ? condition.slice(`${around}, `.length) : condition,
    }
  })
}

/** Adds the conditions of the `impl` blocks that state its supertypes, without those of the type itself. */
function withBaseConditions(one: Component, cfg: ReturnType<typeof cfgConditions>): Component {
  if (one.bases === undefined || !one.file.endsWith('.rs')) return one
  const around = new Set(cfg(one.file, one.startLine))
  const bases = one.bases.map((base) => {
    const own = cfg(base.file, base.line).filter((condition) => !around.has(condition))
    const all = [...(own.length === 0 ? [] : [cfgAttribute(own)]), base.condition ?? ''].filter((text) => text !== '')
    return all.length === 0 ? base : { ...base, condition: all.join(' ') }
  })
  return { ...one, bases }
}

function byMargin(lines: readonly string[]): (one: Component) => string | undefined {
  const conditions = branchesByMargin(lines)
  return ({ startLine }) => conditions[startLine - 1]
}

/** A branch that ends before the name of the definition guards only an attribute or a modifier. */
function byBranch(lines: readonly string[], language: string): (one: Component) => string | undefined {
  const branches = directiveBranches(lines)
  let heads: (string | undefined)[] | undefined
  return (one) => {
    const shown =
      NEVER.has(one.kind) && language !== 'csharp'
        ? undefined
        : aroundBoth(branches[one.startLine - 1], branches[nameLineOf(one, lines) - 1])?.shown
    if (shown !== undefined || language !== 'swift') return shown
    heads ??= extensionHeads(lines)
    return heads[one.startLine - 1]
  }
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

/** Finds the variables that the fields of pydantic's settings classes are read from: `class Settings(BaseSettings): port: int = 80`. */

import type { DirectRead } from './file-reads.ts'
import { plainLiteral, stringLiteral } from './literals.ts'
import { childrenOf, kindAt, type ReadTree, startOf, textAt } from './read-tree.ts'

const BASE = /(?:^|\.)BaseSettings$/
/** Limit on the characters of a class that are searched for its prefix. */
const MAX_CLASS = 50_000
const PREFIX = /\benv_prefix["']?\s{0,4}[=:]\s{0,4}["']([\w.-]{0,60})["']/
/** Matches the name of a variable that replaces that of the field. */
const ALIAS = /[(,]\s{0,40}(?:validation_alias|alias|env)\s{0,4}=\s{0,4}["']([\w.-]{1,100})["']/
const FIELD = /^(?:\w{1,40}\.)?Field\(/
const MAX_VALUE = 2_000
/** A literal without brackets or quotes in it. */
const WORD = String.raw`(?:"[^"\n]{0,80}"|'[^'\n]{0,80}'|[\w.+-]{1,60})`
/** The default in a `Field(…)`: its first argument, or `default`. */
const DEFAULT = new RegExp(
  String.raw`[(,]\s{0,40}default\s{0,4}=\s{0,4}(${WORD})\s{0,40}[,)]|^[^(]{1,60}\(\s{0,40}(${WORD})\s{0,40}[,)]`,
)

export class SettingsFields {
  readonly #tree: ReadTree
  /** The names of the settings classes so far; others of the file may extend them. */
  readonly #names = new Set<string>()
  #last = { node: -1, prefix: null as string | null }

  constructor(tree: ReadTree) {
    this.#tree = tree
  }

  /** @param around - The ancestors of the assignment. */
  readAt(assignment: number, around: readonly number[], lineAt: (offset: number) => number): DirectRead | undefined {
    const tree = this.#tree
    const owner = around.at(-3)
    if (owner === undefined || kindAt(tree, owner) !== 'class_definition') return undefined
    const prefix = this.#prefixOf(owner)
    if (prefix === null) return undefined
    const [target, type, value] = childrenOf(tree, assignment)
    if (target === undefined || type === undefined || kindAt(tree, type) !== 'type') return undefined
    const field = textAt(tree, target).slice(0, 100)
    const written = value === undefined ? '' : textAt(tree, value).slice(0, MAX_VALUE)
    // A field with a value of its own class is a group of settings.
    const isGroup = /^\w{0,80}\(/.test(written) && !FIELD.test(written)
    if (!/^[A-Za-z]\w{0,99}$/.test(field) || isGroup || /\bClassVar\b/.test(textAt(tree, type).slice(0, 100)))
      return undefined
    const alias = FIELD.test(written) ? ALIAS.exec(written)?.[1] : undefined
    const [, named, first] = (FIELD.test(written) ? DEFAULT.exec(written) : null) ?? []
    const literal = FIELD.test(written) ? (named ?? first ?? '') : written
    return {
      kind: 'environment',
      name: (alias ?? prefix + field).toUpperCase(),
      default: stringLiteral(literal, true) ?? plainLiteral(literal),
      line: lineAt(startOf(tree, assignment)),
      written: field,
    }
  }

  /** The prefix of the variables of a class; `null` if it is no settings class. */
  #prefixOf(owner: number): string | null {
    if (this.#last.node === owner) return this.#last.prefix
    const tree = this.#tree
    const parts = childrenOf(tree, owner)
    const bases = parts.find((part) => kindAt(tree, part) === 'argument_list')
    const isSettings = (bases === undefined ? [] : childrenOf(tree, bases)).some((base) => {
      const name = textAt(tree, base).slice(0, 200)
      return BASE.test(name) || this.#names.has(name)
    })
    if (isSettings && parts[0] !== undefined) this.#names.add(textAt(tree, parts[0]))
    const prefix = isSettings ? (PREFIX.exec(textAt(tree, owner).slice(0, MAX_CLASS))?.[1] ?? '') : null
    this.#last = { node: owner, prefix }
    return prefix
  }
}

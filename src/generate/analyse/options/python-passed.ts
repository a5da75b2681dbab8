/** Joins the parsers of a Python file with the options that functions add to the parsers passed to them. */

import type { ReadTree } from '#generate/analyse/reads/read-tree.ts'
import type { OptionFacts } from './file-options.ts'
import type { Arg } from './option-tree.ts'
import { type Branch, isTrueFor, type Parameter } from './python-parameters.ts'

const MAX_PASSED = 1_000

/** The holder of the options that a function adds to one of its parameters. */
export const groupOf = (callee: string, at: string | number): string => `${callee}(${at})`

const GROUP = /\((?:-?\d+)\)$/

export class PassedParsers {
  readonly #tree: ReadTree
  readonly #facts: OptionFacts
  /** The parameters of all functions of the file, by name. */
  readonly #parameters = new Map<string, readonly Parameter[]>()
  readonly #passed: { holder: string; callee: string; place: string; args: readonly Arg[] }[] = []
  /** Holders with `parents` that are parameters, `group` as in `groupOf`. */
  readonly #parents: { holder: string; group: string }[] = []
  /** Options that a function adds only if another parameter is true or false, keyed by the group of all. */
  readonly #conditional = new Map<string, { group: string; branch: Branch }[]>()

  constructor(tree: ReadTree, facts: OptionFacts) {
    this.#tree = tree
    this.#facts = facts
  }

  define(name: string, parameters: readonly Parameter[]): void {
    this.#parameters.set(name, parameters)
  }

  /** @param place - The position of the argument, or its name. */
  pass(holder: string, callee: string, place: string, args: readonly Arg[]): void {
    if (this.#passed.length < MAX_PASSED) this.#passed.push({ holder, callee, place, args })
  }

  /** Notes that a parser has the options of a parameter. */
  inherit(holder: string, group: string): void {
    if (this.#parents.length < MAX_PASSED) this.#parents.push({ holder, group })
    else this.#facts.open(holder)
  }

  /** Notes that some options of a group are added in a branch. @returns Their own group. */
  addBranch(all: string, branch: Branch): string {
    const group = `${all}?${branch.isTrue ? '' : '!'}${branch.name}`
    const known = this.#conditional.get(all) ?? []
    if (known.every((one) => one.group !== group)) this.#conditional.set(all, [...known, { group, branch }])
    return group
  }

  /** Adds the options to the parsers, once the whole file is read. */
  join(): void {
    const holders = new Map<string, Set<string>>()
    for (const { holder, callee, place, args } of this.#passed) {
      const parameters = this.#parameters.get(callee)
      const at = /^\d/.test(place) ? place : (parameters?.findIndex(({ name }) => name === place) ?? -1)
      const group = groupOf(callee, at)
      holders.set(group, (holders.get(group) ?? new Set()).add(holder))
      if (parameters === undefined) this.#facts.pass(holder, group)
      else this.#take(holder, group, parameters, args)
    }
    // Functions that only other files call.
    for (const [all, some] of this.#conditional)
      if (!holders.has(all)) for (const { group } of some) this.#facts.take(all, group)
    for (const { holder, group } of this.#parents) {
      const parent = onlyHolder(holders, group)
      if (parent === undefined) this.#facts.open(holder)
      else this.#facts.take(holder, parent)
    }
  }

  #take(holder: string, group: string, parameters: readonly Parameter[], args: readonly Arg[]): void {
    if (this.#facts.hasCommand(group)) this.#facts.take(holder, group)
    for (const { group: some, branch } of this.#conditional.get(group) ?? []) {
      const isTrue = isTrueFor(this.#tree, parameters, args, branch.name)
      if (isTrue === undefined) this.#facts.open(holder)
      if (isTrue === branch.isTrue) this.#facts.take(holder, some)
    }
  }
}

/** The only holder that is passed to a parameter, also from parameter to parameter. */
function onlyHolder(holders: ReadonlyMap<string, ReadonlySet<string>>, group: string): string | undefined {
  const seen = new Set<string>()
  let at = group
  while (GROUP.test(at)) {
    const [only, ...others] = holders.get(at) ?? []
    if (only === undefined || others.length > 0 || seen.has(at)) return undefined
    seen.add(at)
    at = only
  }
  return at
}

/** Finds the calls in one file that never return, by the rules in `never-returning.ts`. Declarations in other files are not known. */

import { type BlockTree, childAt, endOf, headOf, kindOf, startOf } from './block-tree.ts'
import { nameOf } from './closures.ts'
import type { CompiledGrammar } from './compile-grammar.ts'
import type { LibraryExits } from './never-returning.ts'
import type { Leave } from './rules.ts'

/** Limit on the characters of a function's head, which may declare that the function never returns. */
const MAX_HEAD = 1_000
/** Limit on the characters at the start of a call, which name its callee. */
const MAX_CALLEE = 120
const CALLEE = /^(?:\$?(\w{1,60})\s{0,4}(?:\.|->|::)\s{0,4})?(\w{1,60})\s{0,4}(?:<[^<>()]{0,60}>)?\(/
const SELF: ReadonlySet<string> = new Set(['this', 'self', 'Self', 'static', 'cls', 'super', 'parent'])
const TYPES = /\b(?:class|struct|enum|trait|interface|object|impl)\s{1,4}(\w{1,60})/g

interface UsedLibrary extends LibraryExits {
  readonly names: ReadonlySet<string>
}

export class FileExits {
  readonly #libraries: readonly UsedLibrary[]
  /** Functions of the file that never return. */
  readonly #functions: ReadonlySet<string>
  readonly #owners: ReadonlySet<string>

  constructor(tree: BlockTree, grammar: CompiledGrammar) {
    const { text } = tree
    this.#libraries = (grammar.grammar.neverReturning?.libraries ?? []).flatMap((library) => {
      const found = [...text.matchAll(library.uses)]
      return found.length === 0 ? [] : [{ ...library, names: new Set(found.flatMap(([, name]) => name ?? [])) }]
    })
    this.#functions = neverReturningIn(tree, grammar)
    this.#owners =
      this.#functions.size === 0
        ? SELF
        : new Set([...SELF, ...[...text.matchAll(TYPES)].flatMap(([, name]) => name ?? [])])
  }

  /** @returns How the call at the node leaves; `undefined` if it may return. */
  leaveAt(tree: BlockTree, node: number): Leave | undefined {
    if (this.#libraries.length === 0 && this.#functions.size === 0) return undefined
    const text = headOf(tree, node, MAX_CALLEE)
    for (const { calls, names, leaves } of this.#libraries) {
      const call = calls.exec(text)
      if (call !== null && (names.size === 0 || names.has(call[1] ?? ''))) return leaves
    }
    if (this.#functions.size === 0) return undefined
    const [, owner, name = ''] = CALLEE.exec(text) ?? []
    return this.#functions.has(name) && (owner === undefined || this.#owners.has(owner)) ? 'throw' : undefined
  }
}

/** The names of functions in this file that never return, unless another function of the name returns. */
function neverReturningIn(tree: BlockTree, grammar: CompiledGrammar): Set<string> {
  const never = new Set<string>()
  const { mention, head } = grammar.grammar.neverReturning ?? {}
  if (mention?.test(tree.text) !== true || head === undefined) return never
  const promised = new Set<string>()
  const returning = new Set<string>()
  for (let node = 0; node < tree.size; node++) {
    const kind = kindOf(tree, node)
    if (grammar.rules[kind]?.makes !== 'function' && grammar.signatures[kind] !== 1) continue
    const body = bodyOf(tree, grammar, node)
    const end = body === -1 ? endOf(tree, node) : startOf(tree, body)
    const start = startOf(tree, node)
    const isNever = head.test(tree.text.slice(start, Math.min(end, start + MAX_HEAD)).trimEnd())
    if (!isNever && body === -1) continue
    const name = nameOf(tree, grammar, [], node) ?? declaratorNameOf(tree, grammar, node, end)
    if (name === null) continue
    if (!isNever) returning.add(name)
    else if (body === -1) promised.add(name)
    else never.add(name)
  }
  for (const name of returning) never.delete(name)
  // A definition need not repeat what its prototype or abstract declaration promises.
  for (const name of promised) never.add(name)
  return never
}

/** @returns -1 if there is none. */
function bodyOf(tree: BlockTree, { bodyField, bodies }: CompiledGrammar, node: number): number {
  const end = tree.after[node] ?? 0
  for (let child = node + 1; child < end; child = tree.after[child] ?? end)
    if ((tree.fields[child] ?? 0) === bodyField || bodies[kindOf(tree, child)] === 1) return child
  return -1
}

/** The name in a declarator, as in C; `void A::f()` has none. */
function declaratorNameOf(tree: BlockTree, { declarators }: CompiledGrammar, node: number, end: number): string | null {
  const last = tree.after[node] ?? 0
  for (let part = node + 1; part < last && startOf(tree, part) < end; part++) {
    if (declarators[kindOf(tree, part)] !== 1) continue
    const name = headOf(tree, childAt(tree, part, 0), 61)
    return /^\w{1,60}$/.test(name) ? name : null
  }
  return null
}

/**
 * Divides a file into the parts between which dependencies are recorded. A key names a part: the path of its file, a
 * NUL, a letter, and the rest:
 *
 * - `n A.b`: what binds the name `b` in the class `A`, or a name at the top of the file: heads of definitions, values;
 * - `t A.b`: the text of the body of a function; `r A.b`: the result of calling it;
 * - `l 7`: a name or a definition inside a function; replaced by its own dependencies when they are cached;
 * - `x b`: whether `import *` imports the name; `x *`: all exports; `n *`: all names at the top of the file;
 * - `f`: the rest of the file, and everything that depends on it.
 *
 * The key of a submodule is `folder/name`, NUL, `m`. In memory a part is a `Reader`.
 */

import type { Reader } from '#generate/analyse/memoized-evaluator.ts'
import { NONE } from '#generate/analyse/syntax-tree.ts'
import type { Binding, Definition, FileFacts } from './facts.ts'
import { K } from './syntax.ts'

export const nameKey = (path: string, name: string): string => `${path}\0n${name}`
const bodyKey = (path: string, definition: string): string => `${path}\0t${definition}`
export const exportKey = (path: string, name: string): string => `${path}\0x${name}`
export const restKey = (path: string): string => `${path}\0f`
export const submoduleKey = (folder: string, name: string): string =>
  folder === '' ? `${name}\0m` : `${folder}/${name}\0m`

/** Base limit on the parts of a file, and the characters that add one more: any name may be looked up in any class. */
const MAX_PARTS = 2_000
const CHARACTERS_OF_PART = 8

/** The parts of a file, made when they are first needed. */
export class Parts {
  readonly #file: FileFacts
  readonly #isDivided: boolean
  readonly #byKey = new Map<string, Reader>()
  readonly #tops = new Map<string, Reader>()
  readonly #exports = new Map<string, Reader>()
  readonly #members = new Map<Definition, Map<string, Reader>>()
  readonly #results = new Map<Definition, Reader>()
  readonly #bodies = new Map<Definition, string>()
  /** For each node, the index of its part; 0 for the rest. */
  #partOf: Uint16Array | Uint32Array | undefined
  readonly #all: Reader[] = []
  readonly rest: Reader

  /** @param isDivided - False if nothing is cached: all is one part. */
  constructor(file: FileFacts, isDivided: boolean) {
    this.#file = file
    this.#isDivided = isDivided
    this.rest = this.#make('f')
  }

  /** The part of this key, if anything was derived from it. */
  made(key: string): Reader | undefined {
    return this.#byKey.get(key)
  }

  get all(): Iterable<Reader> {
    return this.#byKey.values()
  }

  /** The part that a node belongs to. */
  at(node: number): Reader {
    if (!this.#isDivided) return this.rest
    this.#partOf ??= this.#divide()
    return this.#all[this.#partOf[node] ?? 0] ?? this.rest
  }

  /** The part of a name at the top of the file, whether it is bound or not. */
  named(name: string): Reader {
    if (!this.#isDivided) return this.rest
    return this.#known(this.#tops, name, 'n')
  }

  /** The part of whether `import *` imports a name. */
  exported(name: string): Reader {
    return this.#isDivided ? this.#known(this.#exports, name, 'x') : this.rest
  }

  /** The part of a member of a class, whether it exists or not. */
  member(owner: Definition, name: string): Reader {
    if (!this.#isDivided) return this.rest
    let members = this.#members.get(owner)
    if (members === undefined) {
      members = new Map()
      this.#members.set(owner, members)
    }
    return this.#known(members, name, `n${owner.key}.`)
  }

  /** The part of the result of a function. */
  result(definition: Definition): Reader {
    if (definition.isLocal || !this.#isDivided) return this.at(definition.node)
    let part = this.#results.get(definition)
    if (part === undefined) {
      part = this.#make(`r${definition.key}`)
      this.#results.set(definition, part)
    }
    return part
  }

  /** The key of the body of a function that is not local. */
  body(definition: Definition): string {
    let key = this.#bodies.get(definition)
    if (key === undefined) {
      key = this.#isDivided ? bodyKey(this.#file.path, definition.key) : this.rest.path
      this.#bodies.set(definition, key)
    }
    return key
  }

  /** The part of a name; once there are too many, the rest of the file. */
  #known(parts: Map<string, Reader>, name: string, prefix: string): Reader {
    let part = parts.get(name)
    if (part !== undefined) return part
    if (this.#byKey.size > MAX_PARTS + this.#file.tree.text.length / CHARACTERS_OF_PART) return this.rest
    part = this.#make(prefix + name)
    parts.set(name, part)
    return part
  }

  #make(key: string): Reader {
    const part = { path: `${this.#file.path}\0${key}`, reads: new Set<string>() }
    this.#byKey.set(part.path, part)
    return part
  }

  #divide(): Uint16Array | Uint32Array {
    const { tree, top, definitions } = this.#file
    const partOf = tree.size < 65_536 ? new Uint16Array(tree.size) : new Uint32Array(tree.size)
    this.#all.push(this.rest)
    const numberOf = (part: Reader): number => this.#all.push(part) - 1
    const local = (): number => numberOf(this.#make(`l${this.#all.length}`))
    const fill = (part: number, node: number): void => {
      if (node !== NONE) partOf.fill(part, node, tree.afterOf(node))
    }
    const note = (part: number, bindings: readonly Binding[]): void => {
      for (const { annotation, expression, node } of bindings) {
        partOf[node] = part
        fill(part, expression)
        fill(part, annotation)
      }
    }
    for (const definition of definitions) {
      const { isLocal, outer, returned, body, kind } = definition
      const block = tree.childOfKind(definition.node, K.block)
      const part = isLocal
        ? local()
        : numberOf(
            definition.parent === null ? this.named(definition.name) : this.member(definition.parent, definition.name),
          )
      partOf.fill(part, outer, block === NONE ? tree.afterOf(outer) : block)
      const parameters = new Set(definition.parameters.values())
      if (kind === 'function' || isLocal) {
        for (const bindings of body?.names.values() ?? []) {
          const own = bindings.filter((one) => one.definition === null && !parameters.has(one))
          if (own.length > 0) note(local(), own)
        }
        for (const bindings of definition.instanceFields.values()) note(local(), bindings)
      }
      const result = isLocal || returned.length === 0 ? part : numberOf(this.result(definition))
      for (const node of returned) fill(result, node)
    }
    const noteNames = (part: Reader, bindings: readonly Binding[]): void => {
      const own = bindings.filter((one) => one.definition === null || one.definition.kind === 'variable')
      if (own.length > 0) note(numberOf(part), own)
    }
    for (const [name, bindings] of top.names) noteNames(this.named(name), bindings)
    for (const definition of definitions) {
      if (definition.kind !== 'class' || definition.isLocal) continue
      for (const [name, bindings] of definition.body?.names ?? []) noteNames(this.member(definition, name), bindings)
      for (const [name, bindings] of definition.instanceFields) noteNames(this.member(definition, name), bindings)
    }
    return partOf
  }
}

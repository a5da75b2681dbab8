/** Which component an oracle means by a name in a file, and what is one thing in two files. */

import { push } from '#base/multimap.ts'
import type { Component, ComponentKind } from '#generate/model.ts'
import type { EndPart, SymbolEdge, SymbolEnd, Verdict } from './oracle.ts'

const OF_C = /\.(?:[ch]|cc|cpp|cxx|hh|hpp|hxx)$/
const TYPES: ReadonlySet<ComponentKind> = new Set(['class', 'struct', 'interface', 'trait', 'enum', 'type'])

/** The components by file and name, and by file and lines. */
export class Ends {
  readonly byName = new Map<string, Component>()
  readonly byFile = new Map<string, Component[]>()
  readonly #byId = new Map<string, Component>()
  readonly #sameFiles: ReadonlyMap<string, string>
  /** Implementations by the keys of what declares them. */
  readonly #same = new Map<string, SymbolEnd>()

  constructor(components: readonly Component[], same: Verdict['same']) {
    for (const component of components) this.#byId.set(component.id, component)
    for (const component of components) {
      const key = keyOf(this.#ofId(component.id))
      if (!this.byName.has(key)) this.byName.set(key, component)
      push(this.byFile, component.file, component)
    }
    this.#sameFiles = same?.files ?? new Map()
    for (const [declaration, implementation] of same?.symbols ?? []) {
      const key = keyOf(this.#named(declaration))
      if (!this.#same.has(key)) this.#same.set(key, this.#named(implementation))
    }
  }

  fileOf(file: string): string {
    return this.#sameFiles.get(file) ?? file
  }

  /** What an oracle's edge starts in; of what declares something that is elsewhere, the file of the declaration. */
  sourceOf(end: SymbolEnd): SymbolEnd {
    const named = this.#outside(this.#named(end))
    return named.name === '' ? named : this.#outside(this.#holderOf(end))
  }

  /** What an oracle's edge leads to. */
  targetOf(end: SymbolEnd): SymbolEnd {
    return this.#one(this.#named(end))
  }

  /** Whether the analysis has what an oracle found declared as something in another file. */
  isImplemented(declaration: SymbolEnd): boolean {
    const implementation = this.#one(declaration)
    return implementation !== declaration && this.byName.has(keyOf(implementation))
  }

  /** The innermost component that holds a name: itself, or what stands before one of its dots; else the file. */
  #holderOf(end: SymbolEnd): SymbolEnd {
    const { file } = end
    let { name } = end.parts === undefined ? end : this.#named(end)
    while (name !== '' && !this.#isPlaced(this.byName.get(keyOf({ file, name }))))
      name = name.slice(0, Math.max(0, name.lastIndexOf('.')))
    return { file, name }
  }

  /** What has all the lines of what it is in has no code of its own that a use could be in, but where all is on one line. */
  #isPlaced(component: Component | undefined): boolean {
    const parent = this.#byId.get(component?.parent ?? '')
    if (component === undefined || parent === undefined) return component !== undefined
    const { startLine, endLine } = component
    return startLine === endLine || startLine !== parent.startLine || endLine !== parent.endLine
  }

  /** The innermost type that holds a name. */
  typeOf(end: SymbolEnd): SymbolEnd {
    let component = this.byName.get(keyOf(this.#holderOf(end)))
    while (component !== undefined && !TYPES.has(component.kind)) {
      component = component.parent === null ? undefined : this.#byId.get(component.parent)
    }
    return { file: end.file, name: component?.qualifiedName ?? '' }
  }

  /** The two ends of an edge of the analysis; without a name for a file. */
  ofEdge({ from, to }: { from: string; to: string }): SymbolEdge {
    return { from: this.#outside(this.#ofId(from)), to: this.#one(this.#ofId(to)) }
  }

  #ofId(id: string): SymbolEnd {
    const component = this.#byId.get(id)
    return component === undefined ? { file: id, name: '' } : { file: component.file, name: this.#nameOf(component) }
  }

  /** clang does not name the field whose type is unnamed: `r.pointer` for `r.io.buffer.pointer`. */
  #nameOf({ file, name, qualifiedName, parent }: Component): string {
    let around = this.#byId.get(parent ?? '')
    if (around?.kind !== 'field' || !OF_C.test(file)) return qualifiedName
    while (around?.kind === 'field') around = this.#byId.get(around.parent ?? '')
    return around === undefined ? qualifiedName : `${around.qualifiedName}.${name}`
  }

  #outside(end: SymbolEnd): SymbolEnd {
    return this.#one(end) === end ? end : { file: end.file, name: '' }
  }

  /** With the name that the analysis has for it, as far as its parts tell. */
  #named({ file, name, parts }: SymbolEnd): SymbolEnd {
    if (parts === undefined) return { file, name }
    let found = ''
    for (const part of parts) {
      const full = found === '' || part.name === '' ? `${found}${part.name}` : `${found}.${part.name}`
      const isKnown = full !== found && this.byName.has(keyOf({ file, name: full }))
      found = isKnown ? full : (this.#withLines(file, part)?.qualifiedName ?? full)
    }
    return { file, name: found }
  }

  /** Of several with these lines the one of the name, else the one that is in no other. */
  #withLines(file: string, { name, lines }: EndPart): Component | undefined {
    if (lines === undefined) return undefined
    const all = this.byFile.get(file) ?? []
    const those = all.filter((one) => one.startLine === lines.start && one.endLine === lines.end)
    return those.find((one) => one.name === name) ?? those.find((one) => one.parent === null)
  }

  /** What is declared in one file and implemented in another is what is implemented, and its members are. */
  #one(end: SymbolEnd): SymbolEnd {
    for (let { name } = end; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
      const other = this.#same.get(keyOf({ file: end.file, name }))
      if (other !== undefined) return { file: other.file, name: `${other.name}${end.name.slice(name.length)}` }
    }
    return end
  }
}

/** Some write the words of `operator bool` apart, some do not. */
export const plain = (name: string): string => name.replaceAll(' ', '')

export const keyOf = (end: SymbolEnd): string => `${end.file}#${plain(end.name)}`

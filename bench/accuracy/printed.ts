/**
 * The lines that the programs beside this file print, one for each compiler, as a verdict. Their fields are parted by
 * tabs, paths are absolute, lines count from 1; `how` is `required` or `allowed`, as in `oracle.ts`:
 *
 *     judged   file
 *     failed   file message                                   it is not judged after all
 *     error    file message                                   something in it has no meaning here: judged for recall only
 *     define   file line name
 *     import   file toFile how
 *     use      file from toFile toName toLine how kind        kind is for readers
 *     override file from toFile toName how
 *     unknown  file from name
 *
 * What is said twice, once as required, is required.
 */

import type { Definition, FileEdge, Relation, SymbolEdge, UnknownUse, Verdict } from './oracle.ts'

/** @param root - The folder that the paths begin with. */
export function verdictOf(lines: Iterable<string>, root: string, note: string): Verdict {
  const files = new Set<string>()
  const withErrors = new Set<string>()
  const definitions: Definition[] = []
  const imports = new Relations<FileEdge>()
  const uses = new Relations<SymbolEdge>()
  const overrides = new Relations<SymbolEdge>()
  const unknown: UnknownUse[] = []
  const failed = new Set<string>()
  const local = (file: string | undefined): string => file?.slice(root.length + 1) ?? ''
  for (const line of lines) {
    const [what, path, ...rest] = line.split('\t')
    const file = local(path)
    const [first = '', second = '', third = '', fourth = '', fifth = ''] = rest
    if (what === 'judged') files.add(file)
    else if (what === 'failed') failed.add(file)
    else if (what === 'error') withErrors.add(file)
    else if (what === 'define') definitions.push({ file, line: Number(first), name: second })
    else if (what === 'import') imports.add(line, { from: file, to: local(first) }, second)
    else if (what === 'unknown') unknown.push({ from: { file, name: first }, name: second })
    else if (what === 'use' && first !== '_') {
      const to = { file: local(second), name: third, line: Number(fourth) }
      uses.add(`${file} ${first} ${second} ${third}`, { from: { file, name: first }, to }, fifth)
    } else if (what === 'override') {
      overrides.add(line, { from: { file, name: first }, to: { file: local(second), name: third } }, fourth)
    }
  }
  for (const file of failed) files.delete(file)
  const judged = new Set([...files].filter((file) => !withErrors.has(file)))
  return {
    files,
    definitions,
    fileEdges: { ...imports.relation(), judged },
    symbolEdges: { ...uses.relation(), judged, unknown },
    ...(overrides.isEmpty ? {} : { overrides: { ...overrides.relation(), judged } }),
    note: `${note}; ${files.size} files judged, ${files.size - judged.size} of them with errors, for recall only`,
  }
}

/** Edges by a text that says the same of equal ones. */
class Relations<E> {
  readonly #required = new Map<string, E>()
  readonly #allowed = new Map<string, E>()

  get isEmpty(): boolean {
    return this.#required.size + this.#allowed.size === 0
  }

  add(key: string, edge: E, how: string): void {
    if (how === 'required') this.#required.set(key, edge)
    else this.#allowed.set(key, edge)
  }

  relation(): Relation<E> {
    return { required: [...this.#required.values()], allowed: [...this.#allowed.values()] }
  }
}

/** Finds the members of modules that other files import: an imported variable is a component, whether its name is public or not. */

import { NONE } from '#generate/analyse/syntax-tree.ts'
import { dottedParts } from './dotted-parts.ts'
import type { FileFacts } from './facts.ts'
import { importedChain, importedModule } from './imports.ts'
import type { Module } from './modules.ts'
import type { Program } from './program.ts'
import { K } from './syntax.ts'

/** A name and the path of the file it is imported from. */
export type ImportedMember = readonly [path: string, name: string]

/** Names keyed by the path of the file they are imported from. */
export type ImportedMembers = ReadonlyMap<string, ReadonlySet<string>>

export function joinImportedMembers(all: Iterable<readonly ImportedMember[]>): ImportedMembers {
  const joined = new Map<string, Set<string>>()
  for (const names of all) {
    for (const [path, name] of names) {
      const known = joined.get(path)
      if (known === undefined) joined.set(path, new Set([name]))
      else known.add(name)
    }
  }
  return joined
}

/**
 * The names that a file uses through `from module import name`, and through `module.name` after importing the module.
 */
export function importedMembers(program: Program, file: FileFacts): ImportedMember[] {
  const seen = new Set<string>()
  const members: ImportedMember[] = []
  const add = (path: string | null | undefined, name: string): void => {
    const key = `${path}\n${name}`
    if (path == null || seen.has(key)) return
    seen.add(key)
    members.push([path, name])
  }
  for (const { fact } of file.imports) {
    if (fact.name === null || fact.name === '*') continue
    const module = importedModule(program, file, fact)
    if (module?.path !== file.path) add(module?.path, fact.name)
  }
  addMembersOfModules(program, file, add)
  return members
}

function addMembersOfModules(
  program: Program,
  file: FileFacts,
  add: (path: string | null | undefined, name: string) => void,
): void {
  const { tree, useNodes, useScopes } = file
  for (let i = 0; i < useNodes.length; i++) {
    const use = useNodes[i] ?? NONE
    const node = tree.kind(use) === K.call ? tree.first(use) : use
    const scope = useScopes[i]
    if (node === NONE || tree.kind(node) !== K.attribute || scope === undefined) continue
    const [name = '', ...path] = dottedParts(tree, node) ?? []
    const bindings = scope.names.get(name) ?? file.top.names.get(name)
    const source = bindings?.find((binding) => binding.source !== null)?.source
    if (source == null || source.name === '*') continue
    const module = source.bindsTop ? importedChain(program, file, source)[0] : importedModule(program, file, source)
    let target = module === undefined || source.name === null ? module : program.modules.child(module, source.name)
    for (const [index, part] of path.entries()) {
      const child: Module | undefined =
        target === undefined || index === path.length - 1 ? undefined : program.modules.child(target, part)
      if (child === undefined) {
        add(target?.path, part)
        break
      }
      target = child
    }
  }
}

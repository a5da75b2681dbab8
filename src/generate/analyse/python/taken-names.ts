/** Which names of a file other files take: a variable that is imported is worth a component, whatever it is called. */

import { NONE } from '#generate/analyse/syntax-tree.ts'
import type { FileFacts } from './facts.ts'
import { importedModule } from './imports.ts'
import type { Program } from './program.ts'
import { K } from './syntax.ts'

/** Names by the path of the file that they are taken from. */
export type TakenNames = ReadonlyMap<string, ReadonlySet<string>>

/** `from module import name`, and `module.name` after an import of the module. */
export function findTakenNames(program: Program): TakenNames {
  const taken = new Map<string, Set<string>>()
  const add = (path: string | null | undefined, name: string): void => {
    if (path == null) return
    const names = taken.get(path) ?? new Set<string>()
    taken.set(path, names.add(name))
  }
  for (const file of program.files.values()) {
    for (const { fact } of file.imports) {
      if (fact.name === null || fact.name === '*') continue
      const module = importedModule(program, file, fact)
      if (module?.path !== file.module.path) add(module?.path, fact.name)
    }
    for (const { path, name } of membersOfModules(program, file)) add(path, name)
  }
  return taken
}

function membersOfModules(program: Program, file: FileFacts): { path: string | null; name: string }[] {
  const { tree, useNodes, useScopes } = file
  const found: { path: string | null; name: string }[] = []
  for (const [i, use] of useNodes.entries()) {
    const node = tree.kind(use) === K.call ? tree.first(use) : use
    const scope = useScopes[i]
    if (node === NONE || tree.kind(node) !== K.attribute || scope === undefined) continue
    const object = tree.first(node)
    if (tree.kind(object) !== K.identifier) continue
    const bindings = scope.names.get(tree.textOf(object)) ?? file.top.names.get(tree.textOf(object))
    const source = bindings?.find((binding) => binding.source !== null)?.source
    if (source == null || source.name === '*') continue
    const module = importedModule(program, file, source)
    const target = module === undefined || source.name === null ? module : program.modules.child(module, source.name)
    if (target !== undefined) found.push({ path: target.path, name: tree.textOf(tree.last(node)) })
  }
  return found
}

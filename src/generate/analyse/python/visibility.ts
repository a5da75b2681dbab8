/** What is exported, by Python's habits: `__all__`, leading underscores, and what a public package re-exports. */

import { exportsOf } from './exports.ts'
import type { Definition, FileFacts } from './facts.ts'
import { importedModule } from './imports.ts'
import { lookUpInModule } from './names.ts'
import type { Program } from './program.ts'

const isSpecial = (name: string): boolean => name.startsWith('__') && name.endsWith('__') && name.length > 4

export const isPrivateName = (name: string): boolean => name.startsWith('_') && !isSpecial(name)

/** True for a module that callers are not meant to import: a part of its path begins with an underscore. */
export function isPrivateFile(path: string): boolean {
  return path
    .replace(/\.pyi?$/, '')
    .split('/')
    .some(isPrivateName)
}

/** The definitions that some public package offers, wherever they are defined. */
export function findReexported(program: Program): Set<Definition> {
  const found = new Set<Definition>()
  for (const file of program.files.values()) {
    const path = file.module.path ?? ''
    if (!/(?:^|\/)__init__\.pyi?$/.test(path) || isPrivateFile(path)) continue
    const { names, isOpen } = exportsOf(program, file)
    const offered = names === null || isOpen ? [...(names ?? []), ...publicImports(program, file)] : [...names]
    for (const name of offered) {
      const target = lookUpInModule(program, file.module, name)?.target
      if (target != null) found.add(target)
    }
  }
  return found
}

function publicImports(program: Program, file: FileFacts): string[] {
  const names: string[] = []
  for (const [name, bindings] of file.top.names) {
    if (!isPrivateName(name) && bindings.some((binding) => binding.source !== null)) names.push(name)
  }
  for (const star of file.top.stars) {
    const path = importedModule(program, file, star)?.path
    const source = path == null ? undefined : program.files.get(path)
    if (source === undefined) continue
    const { names: listed, isOpen } = exportsOf(program, source)
    names.push(...(listed ?? []))
    if (isOpen) names.push(...[...source.top.names.keys()].filter((name) => !name.startsWith('_')))
  }
  return names
}

/** True when the definition is meant to be used from outside of its file. */
export function isExported(program: Program, definition: Definition, reexported: ReadonlySet<Definition>): boolean {
  for (let member = definition; ; ) {
    const { parent } = member
    if (parent === null) return isTopExported(program, member, reexported)
    if (isPrivateName(member.name)) return false
    member = parent
  }
}

function isTopExported(program: Program, definition: Definition, reexported: ReadonlySet<Definition>): boolean {
  if (reexported.has(definition)) return true
  const { names, isOpen } = exportsOf(program, definition.file)
  if (names?.has(definition.name) === true) return true
  if (names !== null && !isOpen) return false
  return !isPrivateName(definition.name) && !isPrivateFile(definition.file.module.path ?? '')
}

/** What importers of a file get from it by name: what `__all__` lists, else what it defines and, of a package, takes from modules of its own. */

import type { FileExport } from '#generate/model.ts'
import { exportsOf } from './exports.ts'
import type { FileFacts } from './facts.ts'
import { importedModule } from './imports.ts'
import { lazyNamesOf } from './lazy-exports.ts'
import { distinctStars, lookUpInModule } from './names.ts'
import type { Program } from './program.ts'

/** Most names of one file. */
const MAX_NAMES = 20_000

const isPackage = (path: string): boolean => /(?:^|\/)__init__\.pyi?$/.test(path)

/** Sorted by nothing; names are unique. */
export function fileExports(program: Program, file: FileFacts): FileExport[] {
  const { names, isOpen } = exportsOf(program, file)
  const found = new Map<string, string | null>()
  for (const name of names ?? []) found.set(name, targetOf(program, file, name))
  if (names === null || isOpen) addOpen(program, file, found)
  return [...found].slice(0, MAX_NAMES).map(([name, to]) => ({ name, to }))
}

/** Names without an underscore that nothing lists. */
function addOpen(program: Program, file: FileFacts, found: Map<string, string | null>): void {
  const add = (name: string): void => {
    if (name.startsWith('_') || found.has(name) || found.size > MAX_NAMES) return
    found.set(name, targetOf(program, file, name))
  }
  for (const [name, bindings] of file.top.names) {
    if (bindings.some(({ definition }) => definition !== null)) add(name)
    else if (isPackage(file.path) && bindings.some(({ source }) => source !== null)) {
      if (targetOf(program, file, name) !== null) add(name)
    }
  }
  for (const star of distinctStars(file.top.stars)) {
    const path = importedModule(program, file, star)?.path
    const source = path == null ? undefined : program.fileAt(path)
    if (source === undefined || source === file) continue
    const { names, isOpen } = exportsOf(program, source)
    for (const name of names ?? []) add(name)
    if (isOpen)
      for (const [name, bindings] of source.top.names)
        if (bindings.some(({ definition }) => definition !== null)) add(name)
  }
  for (const name of lazyNamesOf(program, file).keys()) add(name)
}

/** The component or the module that the name stands for. */
function targetOf(program: Program, file: FileFacts, name: string): string | null {
  const found = lookUpInModule(program, file.module, name)
  if (found === undefined) return null
  const { target, value } = found
  if (target?.id != null) return target.id
  if (value?.kind === 'module') return value.module.path
  return value?.kind === 'class' || value?.kind === 'function' ? value.definition.id : null
}

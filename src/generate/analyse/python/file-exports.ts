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
  const add = (name: string, isKnown: boolean): void => {
    if (name.startsWith('_') || found.has(name) || found.size > MAX_NAMES) return
    const to = targetOf(program, file, name)
    if (isKnown || to !== null) found.set(name, to)
  }
  for (const [name, bindings] of file.top.names) {
    if (bindings.some(({ definition }) => definition !== null)) add(name, true)
    else if (isPackage(file.path) && bindings.some(({ source }) => source !== null)) add(name, false)
  }
  for (const [name, isListed] of namesByStar(program, file)) add(name, isListed)
  for (const name of lazyNamesOf(program, file).keys()) add(name, true)
}

/** What `from x import *` brings, through others of these; true for what `__all__` lists or the module defines. */
function namesByStar(program: Program, file: FileFacts): Map<string, boolean> {
  const names = new Map<string, boolean>()
  const seen = new Set([file])
  const pending = [file]
  for (let next = pending.pop(); next !== undefined && names.size < MAX_NAMES; next = pending.pop()) {
    for (const star of distinctStars(next.top.stars)) {
      const path = importedModule(program, next, star)?.path
      const source = path == null ? undefined : program.fileAt(path)
      if (source === undefined || seen.has(source)) continue
      seen.add(source)
      const { names: listed, isOpen } = exportsOf(program, source)
      for (const name of listed ?? []) names.set(name, true)
      if (!isOpen) continue
      pending.push(source)
      for (const [name, bindings] of source.top.names) {
        const isOwn = bindings.some(({ definition }) => definition !== null)
        names.set(name, isOwn || names.get(name) === true)
      }
    }
  }
  return names
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

/**
 * Lists the names that a file offers to importers: the names in `__all__`, else its definitions and, for a package, its
 * imports from its own modules.
 */

import type { FileExport } from '#generate/model.ts'
import { exportsOf } from './dunder-all.ts'
import type { FileFacts } from './facts.ts'
import { importedModule } from './imports.ts'
import { lazyNamesOf } from './lazy-exports.ts'
import { distinctStars, lookUpInModule } from './names.ts'
import { exportKey, nameKey } from './parts.ts'
import type { Program } from './program.ts'
import { isOnlyForCheckers, isTypeVariable } from './visibility.ts'

/** Limit on the names of one file. */
const MAX_NAMES = 20_000

const isPackage = (path: string): boolean => /(?:^|\/)__init__\.pyi?$/.test(path)

/** The exports, in no particular order and with unique names. */
export function fileExports(program: Program, file: FileFacts): FileExport[] {
  const { names, isOpen } = exportsOf(program, file)
  const found = new Map<string, string | null>()
  for (const name of names ?? []) found.set(name, targetOf(program, file, name))
  if (names === null || isOpen) addOpen(program, file, found)
  return [...found].slice(0, MAX_NAMES).map(([name, to]) => ({ name, to }))
}

/** Adds public names if there is no `__all__`. */
function addOpen(program: Program, file: FileFacts, found: Map<string, string | null>): void {
  const add = (name: string, isKnown: boolean): void => {
    if (name.startsWith('_') || found.has(name) || found.size > MAX_NAMES) return
    const to = targetOf(program, file, name)
    if (isKnown || to !== null) found.set(name, to)
  }
  for (const [name, bindings] of file.top.names) {
    if (bindings.some(({ definition }) => definition !== null && isTypeVariable(definition))) continue
    if (bindings.some(({ definition }) => definition !== null)) {
      if (!isOnlyForCheckers(file, name)) add(name, true)
    } else if (isPackage(file.path) && bindings.some(({ source }) => source !== null)) add(name, false)
  }
  for (const [name, isListed] of namesByStar(program, file)) add(name, isListed)
  for (const name of lazyNamesOf(program, file).keys()) add(name, true)
}

/**
 * The names that `from x import *` imports, also through others of these; true for names in `__all__` or defined by the
 * module.
 */
function namesByStar(program: Program, file: FileFacts): Map<string, boolean> {
  const names = new Map<string, boolean>()
  const seen = new Set([file])
  const pending = [file]
  for (let next = pending.pop(); next !== undefined && names.size < MAX_NAMES; next = pending.pop()) {
    for (const star of distinctStars(next.top.stars)) {
      const path = importedModule(program, next, star)?.path
      if (path == null) continue
      program.evaluator.touch(exportKey(path, '*'))
      const source = program.fileAt(path)
      if (source === undefined || seen.has(source)) continue
      seen.add(source)
      const { names: listed, isOpen } = exportsOf(program, source)
      for (const name of listed ?? []) names.set(name, true)
      if (!isOpen) continue
      program.evaluator.touch(nameKey(source.path, '*'))
      pending.push(source)
      for (const [name, bindings] of source.top.names) {
        const isOwn = bindings.some(({ definition }) => definition !== null)
        names.set(name, isOwn || names.get(name) === true)
      }
    }
  }
  return names
}

/** The component or module that the name refers to. */
function targetOf(program: Program, file: FileFacts, name: string): string | null {
  const found = lookUpInModule(program, file.module, name)
  if (found === undefined) return null
  const { target, value } = found
  if (target?.id != null) return target.id
  if (value?.kind === 'module') return value.module.path
  return value?.kind === 'class' || value?.kind === 'function' ? value.definition.id : null
}

/** Decides what is exported by Python's conventions: `__all__`, leading underscores, re-exports of a public package. */

import { exportsOf } from './dunder-all.ts'
import type { Definition, FileFacts } from './facts.ts'
import { importedModule } from './imports.ts'
import { distinctStars, lookUpInModule } from './names.ts'
import { exportKey, nameKey } from './parts.ts'
import type { Program } from './program.ts'
import { isForCheckers } from './skipped-branches.ts'

const isSpecial = (name: string): boolean => name.startsWith('__') && name.endsWith('__') && name.length > 4

export const isPrivateName = (name: string): boolean => name.startsWith('_') && !isSpecial(name)

/** Whether a module is internal: a part of its path begins with an underscore. */
function isPrivateFile(path: string): boolean {
  return path
    .replace(/\.pyi?$/, '')
    .split('/')
    .some(isPrivateName)
}

/** The ids that a public package's file offers, wherever they are defined; none for other files. */
export function offeredBy(program: Program, file: FileFacts): string[] {
  if (!/(?:^|\/)__init__\.pyi?$/.test(file.path) || isPrivateFile(file.path)) return []
  const { names, isOpen } = exportsOf(program, file)
  const offered = names === null || isOpen ? [...(names ?? []), ...publicImports(program, file)] : [...names]
  const found = new Set<string>()
  for (const name of offered) {
    const id = lookUpInModule(program, file.module, name)?.target?.id
    if (id != null) found.add(id)
  }
  return [...found]
}

function publicImports(program: Program, file: FileFacts): string[] {
  const names: string[] = []
  for (const [name, bindings] of file.top.names) {
    if (!isPrivateName(name) && bindings.some((binding) => binding.source !== null)) names.push(name)
  }
  for (const star of distinctStars(file.top.stars)) {
    const path = importedModule(program, file, star)?.path
    if (path == null) continue
    program.evaluator.touch(exportKey(path, '*'))
    const source = program.fileAt(path)
    if (source === undefined) continue
    const { names: listed, isOpen } = exportsOf(program, source)
    for (const name of listed ?? []) names.push(name)
    if (!isOpen) continue
    program.evaluator.touch(nameKey(source.path, '*'))
    for (const name of source.top.names.keys()) if (!name.startsWith('_')) names.push(name)
  }
  return names
}

/** Whether the definition's own file declares it for use from outside. */
export function isExported(program: Program, definition: Definition): boolean {
  for (let member = definition; ; ) {
    const { parent } = member
    if (parent === null) return isTopExported(program, member)
    if (isPrivateName(member.name)) return false
    member = parent
  }
}

function isTopExported(program: Program, definition: Definition): boolean {
  const { names, isOpen } = exportsOf(program, definition.file)
  if (names?.has(definition.name) === true) return true
  if (names !== null && !isOpen) return false
  if (isSpecial(definition.name) || isTypeVariable(definition)) return false
  if (isOnlyForCheckers(definition.file, definition.name)) return false
  return !isPrivateName(definition.name) && !isPrivateFile(definition.file.path)
}

/** Whether every place that binds a top-level name is read by type checkers only: no program can import it. */
export function isOnlyForCheckers({ tree, top }: FileFacts, name: string): boolean {
  const bindings = top.names.get(name) ?? []
  return bindings.length > 0 && bindings.every(({ node }) => isForCheckers(tree, node))
}

const MAX_MAKER = 40
/** `TypeVar("T")`, `t.ParamSpec("P")`: used only in annotations of its own module. */
const TYPE_VARIABLE = /^(?:\w{1,30}\.)?(?:TypeVar|TypeVarTuple|ParamSpec)\s?\(/

export function isTypeVariable({ mainBinding, file }: Definition): boolean {
  if (mainBinding === null || mainBinding.expression < 0) return false
  return TYPE_VARIABLE.test(file.tree.textOf(mainBinding.expression).slice(0, MAX_MAKER))
}

/**
 * Lists the public interface of a Rust library: its public items, those of its public modules, and `pub use`
 * re-exports.
 */

import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D, Flag, VISIBILITIES } from '#generate/analyse/engine/facts.ts'
import type { Resolution } from '#generate/analyse/engine/language.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { FileExport } from '#generate/model.ts'
import type { Crates } from './crates.ts'
import { crateOf, type Paths } from './paths.ts'

const MAX_NAMES = 20_000
/** Limit on the modules visited, counted once for each prefix: a thousand modules that re-export each other have a million. */
const MAX_VISITED = 20_000
/** Limit on nested modules; a module that re-exports itself would not end. */
const MAX_DEPTH = 8

/** A module and the prefix under which users reach it: `de::` for `serde::de`. */
interface ReachableModule {
  readonly module: string
  readonly prefix: string
}

/**
 * @param root - The root file of a library.
 * @returns Names relative to the library's: `Serialize`, `de::Visitor`.
 */
export function publicNames(program: Program, crates: Crates, paths: Paths, root: FileUnit): FileExport[] {
  const found = new Map<string, string | null>()
  const seen = new Set<string>()
  const pending: ReachableModule[] = []
  const visit = (module: string, prefix: string): void => {
    const key = `${prefix} ${module}`
    if (seen.has(key) || seen.size >= MAX_VISITED || prefix.split('::').length > MAX_DEPTH) return
    seen.add(key)
    pending.push({ module, prefix })
  }
  visit(root.package, '')
  const macros = exportedMacros(program, root)
  /** Macros of other crates, which may share the name of a trait. */
  const derived = new Map<string, string | null>()
  // The shallowest first, so that the shortest path to a name is found first.
  for (const { module, prefix } of pending) {
    if (found.size >= MAX_NAMES) break
    const add = (name: string, to: string | null): void => {
      if (name !== '' && !name.startsWith('__') && found.get(prefix + name) == null) found.set(prefix + name, to)
    }
    const open = (name: string, inside: string, decl?: Decl): void => {
      if (name.startsWith('__')) return
      const file = crates.fileOf(inside)
      add(name, file !== undefined && program.files.has(file) ? file : (decl?.id ?? null))
      visit(inside, `${prefix}${name}::`)
    }
    for (const decl of declsOf(program, crates, module)) {
      if (!isPublic(decl) || decl.has(Flag.hidden)) continue
      if (decl.kind === 'module') open(decl.name, decl.fullName, decl)
      else add(decl.name, decl.id)
    }
    const { named, globs } = paths.reExportsOf(module)
    for (const [name, resolution, original] of named) {
      const inside = moduleOf(resolution)
      const macro = macros.get(original)
      // `pub use orbit as plan` in the crate `orbit` names the macro `orbit!`.
      const isMacro =
        macro !== undefined && (inside === undefined ? resolution?.decls[0] === undefined : inside === root.package)
      const [other] = resolution?.decls ?? []
      if (isMacro) add(name, macro.id)
      else if (other?.kind === 'macro') derived.set(prefix + name, other.id)
      else if (inside === undefined) add(name, resolution?.decls[0]?.id ?? null)
      else open(name, inside, resolution?.decls[0])
    }
    for (const resolution of globs) {
      const inside = moduleOf(resolution)
      if (inside !== undefined) visit(inside, prefix)
    }
  }
  for (const [name, to] of derived) if (found.get(name) == null) found.set(name, to)
  for (const [name, macro] of macros) if (!name.startsWith('__') && !macro.has(Flag.hidden)) found.set(name, macro.id)
  return [...found].map(([name, to]) => ({ name, to }))
}

/** The macros that the crate of a file exports, by name; if there are several, the one for ordinary builds. */
function exportedMacros(program: Program, root: FileUnit): ReadonlyMap<string, Decl> {
  const macros = new Map<string, Decl>()
  for (const file of program.files.values()) {
    if (crateOf(file.package) !== root.package) continue
    for (const decl of file.decls)
      if (decl.kind === 'macro' && decl.has(Flag.exported) && macros.get(decl.name)?.has(Flag.otherBuild) !== false)
        macros.set(decl.name, decl)
  }
  return macros
}

/** The declarations of a module, in a file or in braces. */
function declsOf(program: Program, crates: Crates, module: string): readonly Decl[] {
  const unit = program.files.get(crates.fileOf(module) ?? '')
  if (unit !== undefined) return unit.decls.filter(({ parent }) => parent === null)
  return (program.byFullName.get(module) ?? []).flatMap((decl) =>
    decl.kind === 'module' ? [...program.membersOf(decl).values()].flat() : [],
  )
}

function isPublic(decl: Decl): boolean {
  const isItem = decl.kind !== 'impl' && decl.kind !== 'macro' && !decl.isLocal
  return isItem && VISIBILITIES[decl.at(D.visibility)] === 'public'
}

function moduleOf(found: Resolution | undefined): string | undefined {
  if (found === undefined || found.isExternal === true) return undefined
  const [decl] = found.decls
  return found.namespace ?? (decl?.kind === 'module' ? decl.fullName : undefined)
}

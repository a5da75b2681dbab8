/** The exports of a file in languages without re-exports: its public declarations, by qualified name. */

import type { FileExport } from '#generate/model.ts'
import type { Decl, FileUnit } from './declarations.ts'
import { D, type DeclKind, Flag, VISIBILITIES } from './facts.ts'
import type { Program } from './program.ts'

const KINDS = new Set<DeclKind>([
  'class',
  'struct',
  'interface',
  'trait',
  'enum',
  'type',
  'function',
  'macro',
  'constant',
  'variable',
])
const CONTAINERS = new Set<DeclKind>(['package', 'namespace', 'module'])

/** @param nameOf - The name by which importers refer to a declaration. */
export function declaredExports(
  file: FileUnit,
  program: Program,
  nameOf: (decl: Decl) => string = ({ fullName }) => fullName,
): FileExport[] {
  const { definitionOf } = file.spec.linking
  return file.decls.flatMap((decl): FileExport[] => {
    if (!KINDS.has(decl.kind) || decl.name === '' || decl.fullName === '' || !isPublic(decl)) return []
    const to = decl.id ?? definitionOf?.(decl, program).id ?? null
    return [{ name: nameOf(decl), to }]
  })
}

/** Whether a declaration is public and nested only in packages, namespaces and modules. */
export function isPublic(decl: Decl): boolean {
  if (!decl.has(Flag.exported) || VISIBILITIES[decl.at(D.visibility)] !== 'public') return false
  for (let at = decl.parent; at !== null; at = at.parent) {
    if (!CONTAINERS.has(at.kind) && !at.has(Flag.transparent)) return false
  }
  return true
}

/** Chooses the declaration that represents a class or module that is opened several times. */

import type { Decl } from '#generate/analyse/engine/declarations.ts'
import { D, NONE } from '#generate/analyse/engine/facts.ts'
import type { Program } from '#generate/analyse/engine/program.ts'

/**
 * The part of a class that names its superclass; otherwise the part in the file named after the class or module, or else
 * the longest.
 */
export function definitionOf(decl: Decl, program: Program): Decl {
  if (decl.kind !== 'class' && decl.kind !== 'module') return decl
  const parts = program.byFullName.get(decl.fullName)?.filter((part) => part.kind === decl.kind) ?? []
  if (parts.length < 2) return decl
  const lines = (part: Decl): number => part.at(D.endLine) - part.at(D.startLine)
  const namesSuperclass = (part: Decl): boolean => part.kind === 'class' && part.at(D.supers) !== NONE
  if (namesSuperclass(decl)) return decl
  const heads = parts.filter(namesSuperclass)
  const candidates = heads.length > 0 ? heads : parts
  const named = heads.length > 0 ? undefined : parts.find((part) => isNamedAfter(part.file.path, decl.fullName))
  return named ?? candidates.reduce((best, part) => (lines(part) > lines(best) ? part : best), candidates[0] ?? decl)
}

/** Whether a file is named after a type, as `lib/tool/http_server.rb` is after `Tool::HTTPServer`. */
function isNamedAfter(path: string, fullName: string): boolean {
  const bare = path.replace(/\.rb$/, '').replaceAll('_', '').toLowerCase()
  const name = fullName.replaceAll('.', '/').replaceAll('_', '').toLowerCase()
  return bare === name || bare.endsWith(`/${name}`)
}

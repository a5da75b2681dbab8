/** Chooses the declaration that represents a class or module that is opened several times. */

import type { Decl } from '#generate/analyse/engine/declarations.ts'
import { D, NONE } from '#generate/analyse/engine/facts.ts'
import type { Program } from '#generate/analyse/engine/program.ts'

/**
 * The part of a class that names its superclass, or the part of a module in the file named after it, else the longest
 * part: other parts only add to it.
 */
export function definitionOf(decl: Decl, program: Program): Decl {
  if (decl.kind !== 'class' && decl.kind !== 'module') return decl
  const parts = program.byFullName.get(decl.fullName)?.filter((part) => part.kind === decl.kind) ?? []
  if (parts.length < 2) return decl
  const lines = (part: Decl): number => part.at(D.endLine) - part.at(D.startLine)
  const isHead = (part: Decl): boolean => part.kind === 'module' || part.at(D.supers) !== NONE
  if (decl.kind === 'class' && isHead(decl)) return decl
  const named = decl.kind === 'module' ? parts.filter((part) => isNamedAfter(part.file.path, decl.fullName)) : []
  if (named[0] !== undefined) return named[0]
  const heads = parts.filter(isHead)
  return heads.reduce((best, part) => (lines(part) > lines(best) ? part : best), heads[0] ?? decl)
}

/** Whether a file is named after a type, as `lib/tool/http_server.rb` is after `Tool::HTTPServer`. */
function isNamedAfter(path: string, fullName: string): boolean {
  const bare = path.replace(/\.rb$/, '').replaceAll('_', '').toLowerCase()
  const name = fullName.replaceAll('.', '/').replaceAll('_', '').toLowerCase()
  return bare === name || bare.endsWith(`/${name}`)
}

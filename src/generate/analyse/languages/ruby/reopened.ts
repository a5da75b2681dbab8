/** Classes and modules that are opened several times: which of the places stands for all. */

import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D, NONE } from '#generate/analyse/engine/facts.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import { nearest } from '#generate/analyse/languages/jvm/nearest.ts'

/**
 * Of the parts of a class the one that says what it extends, of a module the one in the file that bears its name, else the
 * longest: others only add to it.
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

/** Of the parts of one type, the one in the same file or else in the nearest file; other declarations stay as they are. */
export function firstOpened(decls: readonly Decl[], file: FileUnit): readonly Decl[] {
  return decls.length < 2 ? decls : nearest(decls, file)
}

/** `lib/tool/http_server.rb` bears the name of `Tool::HTTPServer`. */
function isNamedAfter(path: string, fullName: string): boolean {
  const bare = path.replace(/\.rb$/, '').replaceAll('_', '').toLowerCase()
  const name = fullName.replaceAll('.', '/').replaceAll('_', '').toLowerCase()
  return bare === name || bare.endsWith(`/${name}`)
}

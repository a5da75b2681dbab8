/** Packages of a file: Scala may have one clause after the other, each of which brings the names of its own. */

import type { FileUnit } from '#generate/analyse/engine/declarations.ts'

/** The packages whose names are in scope in a file, the innermost first. */
export function packagesAround(file: FileUnit): readonly string[] {
  const packages = packagesOf(file.facts.notes)
  return packages.length < 2 ? [file.package] : [...packages].reverse()
}

/** Package clauses of one file that are read. */
const MAX_PACKAGES = 20

/** What one package clause after the other makes, the outermost first, from the notes `package a.b`. */
export function packagesOf(notes: readonly string[]): readonly string[] {
  const packages: string[] = []
  for (const note of notes) {
    if (!note.startsWith('package ') || packages.length === MAX_PACKAGES) continue
    const name = note.slice(8).replace(/[\s`]/g, '')
    const around = packages.at(-1)
    packages.push(around === undefined ? name : `${around}.${name}`)
  }
  return packages
}

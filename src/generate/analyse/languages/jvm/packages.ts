/** Finds the packages of a file: Scala allows several package clauses in a row, each with its own names in scope. */

import type { FileUnit } from '#generate/analyse/engine/declarations.ts'

/** The packages whose names are in scope in a file, the innermost first. */
export function packagesAround(file: FileUnit): readonly string[] {
  const packages = packagesOf(file.facts.notes)
  return packages.length < 2 ? [file.package] : [...packages].reverse()
}

/** Limit on the package clauses of one file. */
const MAX_PACKAGES = 20

/** The packages of successive package clauses, the outermost first, from the notes `package a.b`. */
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

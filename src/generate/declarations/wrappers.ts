/** Namespaces that only hold others: nothing can be said of them, and no reader asks. */

import type { Component, SourceFile } from '#generate/model.ts'

const HELD = new Set<Component['kind']>(['class', 'struct', 'interface', 'trait', 'enum', 'type', 'namespace'])

/**
 * A module of Ruby without words of its own that holds classes and modules, and perhaps a version; a namespace of C++ without
 * words of its own, whatever it holds.
 *
 * @param members - Of all its declarations.
 */
export function isWrapper(
  { kind, doc, file }: Component,
  members: readonly Component[],
  files: ReadonlyMap<string, SourceFile>,
): boolean {
  if (kind !== 'namespace' || doc !== null) return false
  const { language } = files.get(file) ?? {}
  if (language === 'c' || language === 'cpp') return true
  return (
    language === 'ruby' && members.length > 0 && members.every(({ kind, name }) => HELD.has(kind) || name === 'VERSION')
  )
}

/** Namespaces that only hold others: nothing can be said of them, and no reader asks. */

import type { Component, SourceFile } from '#generate/model.ts'
import { isNamesake } from './main-declaration.ts'

const HELD = new Set<Component['kind']>(['class', 'struct', 'interface', 'trait', 'enum', 'type', 'namespace'])

/**
 * A module of Ruby without words of its own that holds classes and modules, and perhaps a version; a namespace of C++ without
 * words of its own, whatever it holds. Of those that many files open the words in any of them are about what follows there.
 *
 * @param members - Of all its declarations.
 */
export function isWrapper(
  component: Component,
  members: readonly Component[],
  files: ReadonlyMap<string, SourceFile>,
): boolean {
  const { kind, doc, file, declarations = [] } = component
  if (kind !== 'namespace') return false
  const { language } = files.get(file) ?? {}
  const isOpen = language === 'c' || language === 'cpp'
  if (isOpen) return doc === null || (declarations.length > 1 && !isNamesake(component))
  return (
    language === 'ruby' &&
    doc === null &&
    members.length > 0 &&
    members.every(({ kind, name }) => HELD.has(kind) || name === 'VERSION')
  )
}

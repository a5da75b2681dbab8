/** Recognises namespaces that only contain others, about which a page has nothing to say. */

import { type Component, type SourceFile, TYPE_KINDS } from '#generate/model.ts'
import { isNamesake } from './main-declaration.ts'

/**
 * Whether a component is an undocumented Ruby module that contains only classes, modules and perhaps a version, or an
 * undocumented C++ namespace. If many files open it, a comment in one of them describes the declarations after it.
 *
 * @param members - The members of all its declarations.
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
    members.every(({ kind, name }) => TYPE_KINDS.has(kind) || name === 'VERSION')
  )
}

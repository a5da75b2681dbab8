/**
 * Finds the types that own declarations outside their bodies, in other files: `class Pool::Stack`, `extension Pool`,
 * `void Pool::take()`.
 */

import { type Component, type SourceFile, TYPE_KINDS } from '#generate/model.ts'
import { folderOf } from '#generate/paths.ts'

/** Languages that name the type in the declaration, and the scope in which the type is known. */
const KNOWN_IN: Readonly<Record<string, 'repository' | 'package'>> = {
  c: 'repository',
  cpp: 'repository',
  go: 'package',
  ruby: 'repository',
  rust: 'repository',
  swift: 'repository',
}

/**
 * Finds owners by the name before the last dot, if only one type has it.
 *
 * @param gone - Namespaces that own nothing.
 * @returns The id of the owner of a declaration without a parent; `null` without an owner.
 */
export function ownersIn(
  components: readonly Component[],
  files: ReadonlyMap<string, SourceFile>,
  gone: ReadonlyMap<string, Component>,
): (component: Component) => string | null {
  const keyOf = (file: string, name: string): string | undefined => {
    const { language } = files.get(file) ?? {}
    const where = KNOWN_IN[language ?? '']
    if (where === undefined) return undefined
    // A C++ header may be detected as C.
    return `${language === 'c' ? 'cpp' : language} ${where === 'package' ? folderOf(file) : ''} ${name}`
  }
  const isCode = ({ file }: Component): boolean => !/^(?:test|example)$/.test(files.get(file)?.role ?? '')
  const owners = new Map<string, Component | null>()
  for (const component of components) {
    if (!TYPE_KINDS.has(component.kind) || gone.has(component.id) || !isCode(component)) continue
    const key = keyOf(component.file, component.qualifiedName)
    if (key !== undefined) owners.set(key, owners.has(key) ? null : component)
  }
  return (component) => {
    const { parent, qualifiedName, file } = component
    const dot = qualifiedName.lastIndexOf('.')
    if (parent !== null || dot < 0 || !isCode(component)) return null
    const owner = owners.get(keyOf(file, qualifiedName.slice(0, dot)) ?? '')
    return owner === undefined || owner === null || owner.id === component.id ? null : owner.id
  }
}

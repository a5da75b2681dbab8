/** One thing that is declared in several places: classes and modules of Ruby, `partial` types of C#, what a `.d.ts` says of JavaScript. */

import type { Component } from '#generate/model.ts'
import type { Survey } from './survey.ts'

const TYPES = new Set<Component['kind']>(['class', 'struct', 'interface', 'namespace'])
const TYPED = new Set<Component['kind']>(['class', 'function', 'method'])

/** By the id of each place of those with more than one: all of its places, in order of paths and lines. */
export function openingsOf(
  files: Survey['files'],
  components: readonly Component[],
): Map<string, readonly Component[]> {
  const byName = new Map<string, Component[]>()
  for (const component of components) {
    const key = keyOf(files.get(component.file)?.language ?? '', component)
    if (key === undefined) continue
    const known = byName.get(key)
    if (known === undefined) byName.set(key, [component])
    else known.push(component)
  }
  const found = new Map<string, readonly Component[]>()
  for (const places of byName.values())
    if (places.length > 1 && isOne(places)) for (const { id } of places) found.set(id, places)
  return found
}

function keyOf(language: string, { kind, qualifiedName, signature, file }: Component): string | undefined {
  const isOpen = language === 'ruby' || (language === 'csharp' && /\bpartial\b/.test(signature))
  if (isOpen) return TYPES.has(kind) ? `${language} ${kind} ${qualifiedName}` : undefined
  const isScript = language === 'javascript' || isDeclaration(file)
  return isScript && TYPED.has(kind) ? `javascript ${kind} ${qualifiedName}` : undefined
}

/** A declaration for one definition; of several of one name it is not known which. */
function isOne(places: readonly Component[]): boolean {
  const declared = places.filter(({ file }) => isDeclaration(file)).length
  const isScript = declared > 0 || places.some(({ file }) => /\.[cm]?js$/.test(file))
  return !isScript || (declared === 1 && places.length === 2)
}

function isDeclaration(path: string): boolean {
  return /\.d\.[cm]?ts$/.test(path)
}

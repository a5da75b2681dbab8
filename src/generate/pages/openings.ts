/** One thing that is opened in several places: classes and modules of Ruby, `partial` types of C#. */

import type { Component } from '#generate/model.ts'
import type { Survey } from './survey.ts'

const OPEN_KINDS = new Set<Component['kind']>(['class', 'struct', 'interface', 'namespace'])

/** By the id of each place of those with more than one: all of its places, in order of paths and lines. */
export function openingsOf(
  files: Survey['files'],
  components: readonly Component[],
): Map<string, readonly Component[]> {
  const byName = new Map<string, Component[]>()
  for (const component of components) {
    if (!OPEN_KINDS.has(component.kind)) continue
    const language = files.get(component.file)?.language
    const isOpen = language === 'ruby' || (language === 'csharp' && /\bpartial\b/.test(component.signature))
    if (!isOpen) continue
    const key = `${language} ${component.kind} ${component.qualifiedName}`
    const known = byName.get(key)
    if (known === undefined) byName.set(key, [component])
    else known.push(component)
  }
  const found = new Map<string, readonly Component[]>()
  for (const places of byName.values()) if (places.length > 1) for (const { id } of places) found.set(id, places)
  return found
}

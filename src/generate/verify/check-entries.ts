/** Checks that the whole public API is documented, and that the index links to it. */

import { type Analysis, type Component, type IndexEntry, isUnnamed, type SourceFile } from '#generate/model.ts'
import { oneLine } from '#markdown/build.ts'
import type { Findings } from './findings.ts'
import type { ReadPage } from './read-page.ts'

export function checkEntries(
  analysis: Analysis,
  index: readonly IndexEntry[],
  pages: ReadonlyMap<string, ReadPage>,
  files: ReadonlyMap<string, SourceFile>,
  findings: Findings,
): void {
  const entries = new Map(index.map((entry) => [entry.id, entry]))
  const components = new Map(analysis.components.map((component) => [component.id, component]))
  const squeezed = new Map<string, string>()
  /** A search for names in a section. Removes its spaces once, because thousands of names may be searched for. */
  function holdsName(section: string, name: string): boolean {
    if (section.includes(oneLine(name))) return true
    const known = squeezed.get(section) ?? withoutSpaces(section)
    squeezed.set(section, known)
    return known.includes(withoutSpaces(name))
  }
  for (const component of analysis.components) {
    findings.check('index_anchors')
    const entry = entries.get(component.id)
    const section = entry === undefined ? undefined : pages.get(entry.page)?.sections.get(entry.anchor)
    if (section === undefined) {
      findings.fault('index_anchor', entry?.page ?? 'index.json', component.id)
      continue
    }
    const role = files.get(component.file)?.role
    if (role === 'test' || role === 'example' || !isPublic(component, components)) continue
    findings.check('entries')
    if (!isUnnamed(component) && !holdsName(section, component.name))
      findings.fault('missing_entry', entry?.page ?? '', component.id)
  }
}

/** Whitespace within a name may vary: `TEST(a, b)`. */
const withoutSpaces = (text: string): string => text.replace(/\s+/g, '')

function isPublic(component: Component, components: ReadonlyMap<string, Component>): boolean {
  for (let next: Component | undefined = component; next !== undefined; ) {
    if (!next.exported) return false
    next = next.parent === null ? undefined : components.get(next.parent)
  }
  return true
}

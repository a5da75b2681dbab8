/** Checks that the whole public API is documented, and that the index links to it. */

import { isPublic } from '#generate/is-public.ts'
import { type Analysis, type Component, type IndexEntry, isUnnamed, type SourceFile } from '#generate/model.ts'
import { oneLine } from '#markdown/build.ts'
import type { Findings } from './findings.ts'
import type { ReadPage } from './read-page.ts'

/** The words of a section, and its text without spaces once that is needed. */
interface SectionText {
  words: ReadonlySet<string>
  squeezed?: string
}

export function checkEntries(
  analysis: Analysis,
  index: readonly IndexEntry[],
  pages: ReadonlyMap<string, ReadPage>,
  files: ReadonlyMap<string, SourceFile>,
  findings: Findings,
): void {
  const entries = new Map(index.map((entry) => [entry.id, entry]))
  const components = new Map(analysis.components.map((component) => [component.id, component]))
  /** Sections with entries of one file, since a section may be searched for thousands of names. */
  const read = new Map<string, SectionText>()
  let file = ''
  function holdsName(section: string, name: string): boolean {
    const known: SectionText = read.get(section) ?? { words: new Set(section.match(WORD)) }
    read.set(section, known)
    if (known.words.has(name) || section.includes(oneLine(name))) return true
    known.squeezed ??= withoutSpaces(section)
    return known.squeezed.includes(withoutSpaces(name))
  }
  for (const component of analysis.components) {
    if (component.file !== file) read.clear()
    file = component.file
    findings.check('index_anchors')
    const entry = entries.get(component.id)
    const section = entry === undefined ? undefined : pages.get(entry.page)?.sections.get(entry.anchor)
    if (section === undefined) {
      findings.fault('index_anchor', entry?.page ?? 'index.json', component.id)
      continue
    }
    const role = files.get(component.file)?.role
    if (role === 'test' || role === 'example' || !isPublic(component, { components })) continue
    // A deprecated type has a row, without what is in it.
    if (isInDeprecated(component, components)) continue
    findings.check('entries')
    // A title is what users import: without an entry, nothing else names an export, and never a default one.
    const { name: own, title = own } = component
    // The name of an indexer is followed by its parameters: `this[int index]`.
    const name = own.replace(/\[\](?:~\d+)?$/, '[')
    const isHeld = holdsName(section, title) || (!isDefault(component) && holdsName(section, name))
    if (!isUnnamed(component) && !isHeld) findings.fault('missing_entry', entry?.page ?? '', component.id)
  }
}

/** Whether a type around it is deprecated. */
function isInDeprecated({ parent }: Component, components: ReadonlyMap<string, Component>): boolean {
  for (let type = components.get(parent ?? ''); type !== undefined; type = components.get(type.parent ?? ''))
    if (type.details?.deprecated !== undefined) return true
  return false
}

const isDefault = ({ name, parent }: Component): boolean => name === 'default' && parent === null

const WORD = /[\p{L}\p{N}_$]+/gu

/** Whitespace within a name may vary: `TEST(a, b)`. */
const withoutSpaces = (text: string): string => text.replace(/\s+/g, '')

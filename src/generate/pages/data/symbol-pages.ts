/** Writes the index: every public name of the code in alphabetical order, with a link to its entry. */

import type { RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import { push } from '#base/multimap.ts'
import { isPublic } from '#generate/is-public.ts'
import { type Component, compareText } from '#generate/model.ts'
import { type Draft, newDraft, refTo } from '#generate/pages/draft.ts'
import { kindWord } from '#generate/pages/entry/kind-word.ts'
import { isToolSettings } from '#generate/pages/module/tool-settings.ts'
import { isDeprecated } from '#generate/pages/public-api/traits.ts'
import { isCode } from '#generate/pages/repo-index.ts'
import type { Texts } from '#generate/pages/texts/texts.ts'
import { isNameless, toEntry, type Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import { heading, type Inline, list, paragraph, refLink } from '#markdown/build.ts'

/** Limit on the names of one page; longer pages are slow and hard to read. */
const MAX_NAMES = 3_000
const OTHER = '#'

/** One page, or with very many names also one page per first letter; empty without public names. */
export function symbolPages(writing: Writing): Draft[] {
  const { repo, texts } = writing
  const names = [...repo.components.values()].filter(
    (component) =>
      isCode(repo.files.get(component.file)) &&
      repo.leaves.has(component.file) &&
      // Exports of tool settings are for the tool.
      !isToolSettings(component.file) &&
      isPublic(component, repo),
  )
  if (names.length === 0) return []
  const letters = new Map<string, Component[]>()
  for (const component of names.sort(byName)) {
    const letter = letterOf(component)
    push(letters, letter, component)
  }
  const draft = newDraft('all-symbols.md', texts.symbols.title, null, 'symbols')
  draft.homes.set(refTo.page(draft.file), null)
  draft.blocks.push(heading(1, draft.title), paragraph(texts.symbols.intro(names.length)))
  const sorted = [...letters].sort(([a], [b]) => compareText(a, b))
  if (names.length <= MAX_NAMES) {
    for (const [letter, components] of sorted) append(draft.blocks, sectionOf(texts, letter, components))
    return [draft]
  }
  const parts = sorted.flatMap(([letter, components]) => partsOf(texts, letter, components))
  const items = parts.map(({ part, names }): Inline[] => [
    refLink(refTo.page(part.file), part.title),
    texts.colon + texts.names(names),
  ])
  draft.blocks.push(list(items))
  return [draft, ...parts.map(({ part }) => part)]
}

/** The pages of one letter, which may be of any script. Slugs of modules never contain `--`. */
function partsOf(texts: Texts, letter: string, components: readonly Component[]): { part: Draft; names: number }[] {
  const slug = /^[a-z]$/.test(letter) ? letter : `u${letter.codePointAt(0)?.toString(16)}`
  const pages = Math.ceil(components.length / MAX_NAMES)
  return Array.from({ length: pages }, (_, index) => {
    const own = components.slice(index * MAX_NAMES, (index + 1) * MAX_NAMES)
    const number = index === 0 ? '' : `-${index + 1}`
    const title = texts.symbols.part(titleOf(texts, letter), index + 1, pages)
    const part = newDraft(`all-symbols--${slug}${number}.md`, title, null, 'symbols')
    part.homes.set(refTo.page(part.file), null)
    part.blocks.push(heading(1, title), list(own.map((one) => itemOf(texts, one))))
    return { part, names: own.length }
  })
}

function sectionOf(texts: Texts, letter: string, components: readonly Component[]): RootContent[] {
  return [heading(2, titleOf(texts, letter)), list(components.map((one) => itemOf(texts, one)))]
}

function itemOf(texts: Texts, component: Component): Inline[] {
  const old = isDeprecated(component) ? texts.comma + texts.entry.deprecated.toLowerCase() : ''
  return [...toEntry(component), ` ${texts.kinds[kindWord(component)]}${old}`]
}

function letterOf(component: Component): string {
  const first = [...nameIn(component).replace(/^[^\p{L}]+/u, '')][0]?.toLowerCase()
  return first ?? OTHER
}

/** The name by which it is sorted; that of the file for a default export without a name. */
const nameIn = (component: Component): string => (isNameless(component) ? nameOf(component.file) : component.name)

function titleOf(texts: Texts, letter: string): string {
  return letter === OTHER ? texts.symbols.signs : letter.toUpperCase()
}

function byName(a: Component, b: Component): number {
  return (
    compareText(nameIn(a).toLowerCase(), nameIn(b).toLowerCase()) ||
    compareText(a.qualifiedName, b.qualifiedName) ||
    compareText(a.id, b.id)
  )
}

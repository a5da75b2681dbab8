/** The section of the overview on the types that everything is said in. */

import type { RootContent } from 'mdast'
import { type Arrow, Graph } from '#generate/graph/graph.ts'
import { type Component, compareText } from '#generate/model.ts'
import { heading, type Inline, refLink, table } from '#markdown/build.ts'
import { refTo } from './draft.ts'
import { isMain, placesOf } from './survey.ts'
import { docSentence, isPublic, toEntry, type Writing } from './writing.ts'

const MAX_TYPES = 12
const MIN_TYPES = 3
const MIN_PLACES = 2
const TYPES = new Set<Component['kind']>(['class', 'struct', 'interface', 'trait', 'enum', 'type'])

/** The most central public types, those used in most places first; nothing where there are hardly any. */
export function glossary(writing: Writing): RootContent[] {
  const { survey, texts } = writing
  const types = [...survey.components.values()].filter(
    (component) =>
      component.parent === null &&
      TYPES.has(component.kind) &&
      // Type variables are called by a letter.
      [...component.name].length > 1 &&
      isMain(component.file, survey) &&
      isPublic(component, survey) &&
      placesOf(component, survey).length >= MIN_PLACES,
  )
  const ranks = ranksOf(writing)
  const chosen = mainParts(writing, types)
    .sort((a, b) => (ranks.get(b.id) ?? 0) - (ranks.get(a.id) ?? 0) || compareText(a.id, b.id))
    .slice(0, MAX_TYPES)
    .sort(
      (a, b) =>
        placesOf(b, survey).length - placesOf(a, survey).length ||
        compareText(a.name.toLowerCase(), b.name.toLowerCase()) ||
        compareText(a.id, b.id),
    )
  if (chosen.length < MIN_TYPES) return []
  const rows = chosen.map((component): Inline[][] => {
    const module = survey.leaves.get(component.file)
    return [
      toEntry(component),
      docSentence(component.doc) ??
        texts.types.kindOf(component.kind, module ? [refLink(refTo.module(module.id), module.title)] : []),
      [texts.count(placesOf(component, survey).length)],
    ]
  })
  return [heading(2, texts.types.glossary), table([...texts.types.glossaryHeads], rows, [null, null, 'right'])]
}

/** Of types of one name in one folder, which are parts of one or written once for each system, the one that most places use. */
function mainParts({ survey }: Writing, types: readonly Component[]): Component[] {
  const found = new Map<string, { component: Component; places: number }>()
  for (const component of types) {
    const key = `${component.file.slice(0, component.file.lastIndexOf('/') + 1)} ${component.qualifiedName}`
    const places = placesOf(component, survey).length
    if (places > (found.get(key)?.places ?? 0)) found.set(key, { component, places })
  }
  return [...found.values()].map(({ component }) => component)
}

/** PageRank of the top-level components of code by who uses whom. */
function ranksOf({ survey }: Writing): Map<string, number> {
  const nodes = [...survey.components.values()].filter(
    (component) => component.parent === null && isMain(component.file, survey),
  )
  const arrows: Arrow[] = nodes.flatMap((to) =>
    [...(survey.users.get(to.id) ?? [])].map(([from, weight]) => ({
      from: topOf(survey.components, from),
      to: to.id,
      weight,
    })),
  )
  return new Graph(
    nodes.map(({ id }) => id),
    arrows,
  ).ranks()
}

function topOf(components: ReadonlyMap<string, Component>, id: string): string {
  let at = components.get(id)
  for (let up = at; up !== undefined; up = up.parent === null ? undefined : components.get(up.parent)) at = up
  return at?.id ?? id
}

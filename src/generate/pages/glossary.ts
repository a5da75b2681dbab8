/** The section of the overview on the types that everything is said in. */

import type { RootContent } from 'mdast'
import { type Arrow, Graph } from '#generate/graph/graph.ts'
import { type Component, compareText } from '#generate/model.ts'
import { code, heading, type Inline, refLink, table } from '#markdown/build.ts'
import { refTo } from './draft.ts'
import { isMain, placesOf } from './survey.ts'
import { tellingSentence } from './telling.ts'
import { countPlaces } from './usage.ts'
import { few } from './words.ts'
import { isPublic, toEntry, type Writing } from './writing.ts'

const MAX_TYPES = 12
const MIN_TYPES = 3
const MIN_PLACES = 2
const MAX_MEMBERS = 4
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
        countPlaces(writing, b) - countPlaces(writing, a) ||
        compareText(a.name.toLowerCase(), b.name.toLowerCase()) ||
        compareText(a.id, b.id),
    )
  if (chosen.length < MIN_TYPES) return []
  const rows = chosen.map((component): Inline[][] => [
    toEntry(component),
    tellingSentence(component.doc, component.name) ?? shapeOf(writing, component),
    [texts.count(countPlaces(writing, component))],
  ])
  return [heading(2, texts.types.glossary), table([...texts.types.glossaryHeads], rows, [null, null, 'right'])]
}

/** The kind of a type that nobody describes, its module, and the members that most places use. */
function shapeOf({ survey, texts }: Writing, component: Component): Inline[] {
  const module = survey.leaves.get(component.file)
  const kind = texts.types.kindOf(component.kind, module ? [refLink(refTo.module(module.id), module.title)] : [])
  const members = (survey.members.get(component.id) ?? [])
    .filter(
      ({ exported, kind, name }) =>
        exported && kind !== 'constant' && /^[\p{L}#]/u.test(name) && !/^(?:constructor|new|init)$/.test(name),
    )
    .map((member) => ({ member, places: placesOf(member, survey).length }))
    .sort((a, b) => b.places - a.places)
    .map(({ member }): Inline[] => [refLink(refTo.component(member.id), code(member.name))])
  return members.length === 0 ? kind : [...kind, texts.comma, ...texts.entry.has(few(members, MAX_MEMBERS, texts))]
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

/** The section of the overview on the types that everything is said in, as far as they say what they are. */

import type { RootContent } from 'mdast'
import { type Arrow, Graph } from '#generate/graph/graph.ts'
import { type Component, compareText } from '#generate/model.ts'
import { heading, type Inline, table } from '#markdown/build.ts'
import { isHidden } from './hidden-names.ts'
import { isBareType } from './leading.ts'
import { offerOf, publicNames } from './public-names.ts'
import { wordsOf } from './said-of.ts'
import { isMain, placesOf, type Survey } from './survey.ts'
import { isOuter } from './tops.ts'
import { isAmbient, isDeprecated, isError } from './traits.ts'
import { isPublic, toEntry, type Writing } from './writing.ts'

const MAX_TYPES = 8
const MIN_TYPES = 3
const MIN_PLACES = 3
const TYPES = new Set<Component['kind']>(['class', 'struct', 'interface', 'trait', 'enum', 'type'])
const INTERNAL = /(?:^|\/)_?internals?\//

/**
 * The most central types with doc comments, the most central first: of a library those that it offers, of a program those that
 * its files export. Nothing where there are hardly any.
 */
export function glossary(writing: Writing): RootContent[] {
  const { survey, texts } = writing
  const isLibrary = publicNames(writing).size > 0
  const ranks = ranksOf(writing)
  const rows = [...survey.components.values()]
    .filter((component) => isCentral(writing, component) && (!isLibrary || offerOf(writing, component) > 0))
    .sort((a, b) => (ranks.get(b.id) ?? 0) - (ranks.get(a.id) ?? 0) || compareText(a.id, b.id))
    .flatMap((component): Inline[][][] => {
      const words = wordsOf(survey, component)
      return words === null ? [] : [[toEntry(component), words]]
    })
    .slice(0, MAX_TYPES)
  return rows.length < MIN_TYPES ? [] : [heading(2, texts.types.glossary), table([...texts.types.glossaryHeads], rows)]
}

function isCentral(writing: Writing, component: Component): boolean {
  const { survey } = writing
  return (
    isOuter(survey, component) &&
    component.doc !== null &&
    TYPES.has(component.kind) &&
    !isBareType(component) &&
    // Type variables are called by a letter.
    [...component.name].length > 1 &&
    isMain(component.file, survey) &&
    !INTERNAL.test(component.file) &&
    isPublic(component, survey) &&
    !isError(survey, component) &&
    !isAmbient(component) &&
    !isDeprecated(component) &&
    !isHidden(writing, component) &&
    placesOf(component, survey).length >= MIN_PLACES
  )
}

/** PageRank of the top-level components of code by who uses whom. */
function ranksOf({ survey }: Writing): Map<string, number> {
  const nodes = [...survey.components.values()].filter(
    (component) => isOuter(survey, component) && isMain(component.file, survey),
  )
  const arrows: Arrow[] = nodes.flatMap((to) =>
    [...(survey.users.get(to.id) ?? [])].map(([from, weight]) => ({
      from: outerOf(survey, from),
      to: to.id,
      weight,
    })),
  )
  return new Graph(
    nodes.map(({ id }) => id),
    arrows,
  ).ranks()
}

function outerOf(survey: Survey, id: string): string {
  let at = survey.components.get(id)
  for (let up = at; up !== undefined && !isOuter(survey, up); ) {
    up = survey.components.get(up.parent ?? '')
    at = up ?? at
  }
  return at?.id ?? id
}

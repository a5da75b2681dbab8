/** The section of the overview on the types that everything is said in, with what they say or have. */

import type { RootContent } from 'mdast'
import { type Arrow, Graph } from '#generate/graph/graph.ts'
import { type Component, compareText } from '#generate/model.ts'
import { wordsOf } from '#generate/pages/module/said-of.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { HELPS, isBareType } from '#generate/pages/public-api/leading.ts'
import { toldAsPublic } from '#generate/pages/public-api/public-api.ts'
import { offerOf, publicNames } from '#generate/pages/public-api/public-names.ts'
import {
  isAmbient,
  isDeprecated,
  isError,
  isList,
  isOptionsType,
  isToolFile,
} from '#generate/pages/public-api/traits.ts'
import { calledInCode, calledInReadme } from '#generate/pages/readme/readme-calls.ts'
import { saidInReadme } from '#generate/pages/readme/said-in-readme.ts'
import { isMain, placesOf, type RepoIndex } from '#generate/pages/repo-index.ts'
import { isProvenance } from '#generate/pages/telling.ts'
import { isOuter } from '#generate/pages/tops.ts'
import { isPublic, toEntry, type Writing } from '#generate/pages/writing.ts'
import { heading, type Inline, table } from '#markdown/build.ts'

const MAX_TYPES = 8
const MIN_TYPES = 3
const MIN_PLACES = 3
/** Of the most central types, what has to have words. */
const MIN_TOLD = 0.75
/** Of types that say nothing more than their names. */
const UNDOCUMENTED = 0.6
/** Of the weight of what is offered most, what all have as well. */
const MIN_OFFER = 0.5
const TYPES = new Set<Component['kind']>(['class', 'struct', 'interface', 'trait', 'enum', 'type'])
const INTERNAL = /(?:^|\/)_?internals?\//

/**
 * The most central types, those that documents call first, then those used most, without those in the table of public names: of a library those that it offers, of a program those that its
 * files export. Nothing where there are hardly any.
 */
export function glossary(writing: Writing): RootContent[] {
  const { repo, texts } = writing
  const isLibrary = publicNames(writing).size > 0
  const told = toldAsPublic(writing)
  const ranks = ranksOf(writing)
  const called = calledInReadme(writing)
  const shown = calledInCode(writing)
  // What no document uses is not where a user turns.
  const isMet = ({ id }: Component): boolean => shown.size === 0 || shown.has(id)
  const types = [...repo.components.values()].filter(
    (component) =>
      isCentral(writing, component, isLibrary) &&
      (!isLibrary || (offerOf(writing, component) > 0 && (told.has(component.id) || isMet(component)))),
  )
  const most = types.reduce((sum, component) => Math.max(sum, offerOf(writing, component)), MIN_OFFER)
  // What the code turns on and what users have to do with count alike.
  const weightOf = (component: Component): number =>
    Math.sqrt(ranks.get(component.id) ?? 0) *
    // What documents, examples and tests say is in what is offered.
    (isLibrary ? MIN_OFFER + offerOf(writing, component) / most : 1 + (called.get(component.id) ?? 0)) *
    (wordsOf(repo, component) === null ? UNDOCUMENTED : 1)
  const weights = new Map(types.map((component) => [component, weightOf(component)]))
  // What users make or call as documents show it comes first, then what is used most.
  const tierOf = ({ id }: Component): number => (called.has(id) ? 0 : shown.has(id) ? 1 : 2)
  const first = types
    .sort((a, b) => tierOf(a) - tierOf(b) || (weights.get(b) ?? 0) - (weights.get(a) ?? 0) || compareText(a.id, b.id))
    .slice(0, MAX_TYPES)
    .filter(({ id }) => !told.has(id))
  const rows = first.flatMap((component): Inline[][][] => {
    // What it has says nothing of why it is central.
    const words = wordsOf(repo, component) ?? saidInReadme(writing, component)
    return words === null || words.length === 0 ? [] : [[toEntry(component), words]]
  })
  // A list without those that matter most says that others do.
  if (rows.length < first.length * MIN_TOLD) return []
  const title = types.some(({ id }) => told.has(id)) ? texts.types.moreTypes : texts.types.glossary
  return rows.length < MIN_TYPES ? [] : [heading(2, title), table([...texts.types.glossaryHeads], rows)]
}

function isCentral(writing: Writing, component: Component, isLibrary: boolean): boolean {
  const { repo } = writing
  return (
    isOuter(repo, component) &&
    TYPES.has(component.kind) &&
    !isBareType(component) &&
    // Type variables are called by a letter.
    [...component.name].length > 1 &&
    isMain(component.file, repo) &&
    !INTERNAL.test(component.file) &&
    isPublic(component, repo) &&
    !isError(repo, component) &&
    !isAmbient(component) &&
    !isDeprecated(component) &&
    !isHidden(writing, component) &&
    component.kind !== 'type' &&
    !isList(repo, component) &&
    !isOptionsType(component) &&
    !isToolFile(component.file) &&
    !isTaken(component) &&
    !HELPS.test(component.name) &&
    (placesOf(component, repo).length >= MIN_PLACES || (isLibrary && filesUsing(repo, component) >= MIN_PLACES))
  )
}

/** From another project, by its own words. */
function isTaken({ doc }: Component): boolean {
  return doc !== null && isProvenance(doc.slice(0, MAX_WORDS).replace(/\s+/g, ' ').trim())
}

const MAX_WORDS = 400

/** Files with something that uses it, extends it or tests it. */
function filesUsing({ users, components }: RepoIndex, { id }: Component): number {
  return new Set([...(users.get(id)?.keys() ?? [])].map((end) => components.get(end)?.file ?? end)).size
}

/** PageRank of the top-level components of code by who uses whom. */
function ranksOf({ repo }: Writing): Map<string, number> {
  const nodes = [...repo.components.values()].filter(
    (component) => isOuter(repo, component) && isMain(component.file, repo),
  )
  const arrows: Arrow[] = nodes.flatMap((to) =>
    [...(repo.users.get(to.id) ?? [])].map(([from, weight]) => ({
      from: outerOf(repo, from),
      to: to.id,
      weight,
    })),
  )
  return new Graph(
    nodes.map(({ id }) => id),
    arrows,
  ).ranks()
}

function outerOf(repo: RepoIndex, id: string): string {
  let at = repo.components.get(id)
  for (let up = at; up !== undefined && !isOuter(repo, up); ) {
    up = repo.components.get(up.parent ?? '')
    at = up ?? at
  }
  return at?.id ?? id
}

/** The overview's section on the central types of the repository, with a description of each. */

import type { RootContent } from 'mdast'
import { type Arrow, Graph } from '#generate/graph/graph.ts'
import { type Component, compareText } from '#generate/model.ts'
import { wordsOf } from '#generate/pages/module/said-of.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { HELPER, isBareType } from '#generate/pages/public-api/leading.ts'
import { shownInPublicApi } from '#generate/pages/public-api/public-api.ts'
import { offerOf, publicNames } from '#generate/pages/public-api/public-names.ts'
import { sentenceOf } from '#generate/pages/public-api/row-words.ts'
import {
  isAmbient,
  isDeprecated,
  isError,
  isList,
  isOptionsType,
  isToolFile,
} from '#generate/pages/public-api/traits.ts'
import { calledInCode, calledInReadme } from '#generate/pages/readme/readme-calls.ts'
import { isMain, placesOf, type RepoIndex } from '#generate/pages/repo-index.ts'
import { isProvenance } from '#generate/pages/telling.ts'
import { isOuter } from '#generate/pages/tops.ts'
import { isPublic, toEntry, type Writing } from '#generate/pages/writing.ts'
import { folderOf } from '#generate/paths.ts'
import { heading, type Inline, table } from '#markdown/build.ts'

const MAX_TYPES = 8
const MIN_TYPES = 3
const MIN_PLACES = 3
/** Minimum number of code blocks of documents that name a type. */
const MIN_NAMED = 2
/** Minimum share of the listed types that have a description. */
const MIN_DESCRIBED = 0.6
/** Weight factor for undocumented types. */
const UNDOCUMENTED = 0.6
/** Base weight of every public type, relative to the most used one. */
const BASE_WEIGHT = 0.5
/** Minimum for the highest public use, so that rarely used types do not get the full weight. */
const MIN_MOST = 0.5
const TYPES = new Set<Component['kind']>(['class', 'struct', 'interface', 'trait', 'enum'])
/** Languages whose enums may hold data. */
const HOLDS_DATA = /\.(?:rs|scala|swift)$/
const INTERNAL = /(?:^|\/)_?internals?\//
/** Matches the names of parts and of aids: `StringPiece`, `CompletionItem`, `SqlCondition`. */
const PART =
  /[a-z](?:Chunk|Condition|Cursor|Entry|Fragment|Item|Iter(?:ator)?|Piece|Pool|Ptr|Ref|Slice|Span|Token|View)$/

/**
 * At most eight types: first those that documents call, then the most used. Types in the table of public names are left out. Empty
 * if fewer than three remain.
 */
export function glossary(writing: Writing): RootContent[] {
  const { repo, texts } = writing
  const isLibrary = publicNames(writing).size > 0
  const inPublicTable = shownInPublicApi(writing)
  const ranks = ranksOf(writing)
  const calledInDocuments = calledInReadme(writing)
  const usedInDocuments = calledInCode(writing)
  const isUsedInDocuments = ({ id }: Component): boolean => usedInDocuments.has(id)
  const folders = foldersNaming(writing)
  const types = [...repo.components.values()].filter(
    (component) =>
      (usedInDocuments.get(component.id) ?? 0) >= MIN_NAMED &&
      (folders.get(component.id)?.size ?? 0) > 1 &&
      isCentral(writing, component, isLibrary) &&
      (!isLibrary ||
        (offerOf(writing, component) > 0 && (inPublicTable.has(component.id) || isUsedInDocuments(component)))),
  )
  const most = types.reduce((sum, component) => Math.max(sum, offerOf(writing, component)), MIN_MOST)
  // Centrality and public use weigh equally.
  const weightOf = (component: Component): number =>
    Math.sqrt(ranks.get(component.id) ?? 0) *
    // `offerOf` already includes documents, examples and tests.
    (isLibrary ? BASE_WEIGHT + offerOf(writing, component) / most : 1 + (calledInDocuments.get(component.id) ?? 0)) *
    (wordsOf(repo, component) === null ? UNDOCUMENTED : 1)
  const weights = new Map(types.map((component) => [component, weightOf(component)]))
  // First types that documents call, then those that they mention, then the rest.
  const tierOf = ({ id }: Component): number => (calledInDocuments.has(id) ? 0 : usedInDocuments.has(id) ? 1 : 2)
  const first = types
    .sort((a, b) => tierOf(a) - tierOf(b) || (weights.get(b) ?? 0) - (weights.get(a) ?? 0) || compareText(a.id, b.id))
    .slice(0, MAX_TYPES)
    .filter(({ id }) => !inPublicTable.has(id))
  const rows = first.flatMap((component): Inline[][][] => {
    // A list of its members does not explain a type, so it is no substitute.
    const words = sentenceOf(writing, component)
    return words.length === 0 ? [] : [[toEntry(component), words]]
  })
  // Without the most important types, the list would mislead.
  if (rows.length < first.length * MIN_DESCRIBED) return []
  const title = types.some(({ id }) => inPublicTable.has(id)) ? texts.types.moreTypes : texts.types.glossary
  return rows.length < MIN_TYPES ? [] : [heading(2, title), table([...texts.types.glossaryHeads], rows)]
}

/** By type, the folders with a parameter, result or base of it. */
function foldersNaming({ analysis, repo }: Writing): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const { from, to, kind } of analysis.edges) {
    const file = repo.components.get(from)?.file
    if (file === undefined || !NAMES_TYPE.has(kind) || !isMain(file, repo)) continue
    found.set(to, (found.get(to) ?? new Set()).add(folderOf(file)))
  }
  return found
}

const NAMES_TYPE = new Set<string>(['extends', 'implements', 'uses-type'])

function isCentral(writing: Writing, component: Component, isLibrary: boolean): boolean {
  const { repo } = writing
  return (
    isOuter(repo, component) &&
    TYPES.has(component.kind) &&
    !isBareType(component) &&
    // Type variables have one-letter names.
    [...component.name].length > 1 &&
    isMain(component.file, repo) &&
    !INTERNAL.test(component.file) &&
    isPublic(component, repo) &&
    !isError(repo, component) &&
    !isAmbient(component) &&
    !isDeprecated(component) &&
    !isHidden(writing, component) &&
    !isList(repo, component) &&
    !isOptionsType(component) &&
    !isValueSet(repo, component) &&
    !isToolFile(component.file) &&
    !isThirdParty(component) &&
    !HELPER.test(component.name) &&
    !PART.test(component.name) &&
    (placesOf(component, repo).length >= MIN_PLACES || (isLibrary && filesUsing(repo, component) >= MIN_PLACES))
  )
}

/** Whether it is an enum of plain values, such as a setting of another type; in some languages, values of enums hold data. */
function isValueSet({ members }: RepoIndex, { id, kind, file }: Component): boolean {
  if (kind !== 'enum') return false
  const values = (members.get(id) ?? []).filter((one) => one.kind === 'constant' || one.kind === 'field')
  return !(HOLDS_DATA.test(file) && values.some(({ signature }) => /[({]/.test(signature)))
}

/** Whether its doc comment says that it comes from another project. */
function isThirdParty({ doc }: Component): boolean {
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

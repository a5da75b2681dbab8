/** Writes the complete index of the public names, by package, import path and kind; the overview only has some. */

import type { RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import type { ComponentKind, Surface, SurfacePath } from '#generate/model.ts'
import { type Draft, newDraft, refTo } from '#generate/pages/draft.ts'
import { aliasOf } from '#generate/pages/entry/alias-of.ts'
import { kindWord } from '#generate/pages/entry/kind-word.ts'
import { withDeprecation } from '#generate/pages/module/describe-definition.ts'
import { quoted } from '#generate/pages/quoted.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { heading, type Inline, join, list, paragraph } from '#markdown/build.ts'
import { distinct } from './choose-names.ts'
import { callForm, memberNames } from './index-signature.ts'
import { spelledNames } from './listed-names.ts'
import { conditionWords } from './name-conditions.ts'
import { API_PAGE, numberOfNames } from './public-api.ts'
import type { PublicName } from './public-names.ts'
import { rowWords } from './row-words.ts'
import { aliasWords, nameOf } from './spelled-names.ts'
import { isError } from './traits.ts'

const FUNCTIONS: ReadonlySet<ComponentKind> = new Set<ComponentKind>(['function', 'method'])

/** Empty if the overview has all public names. */
export function apiPages(writing: Writing): Draft[] {
  if (numberOfNames(writing) === 0) return []
  const { title } = writing.texts.publicApi
  const draft = newDraft(API_PAGE, title, null, 'project')
  draft.homes.set(refTo.page(API_PAGE), null)
  draft.blocks.push(heading(1, title))
  const packages = [...spelledNames(writing)].filter(([, names]) => names.length > 0)
  for (const [surface, names] of packages) {
    if (packages.length > 1) draft.blocks.push(heading(2, surface.package))
    for (const path of surface.paths) {
      const own = distinct(names.filter((one) => one.path === path))
      append(draft.blocks, pathBlocks(writing, surface, path, own, packages.length > 1 ? 3 : 2))
    }
  }
  return [draft]
}

function pathBlocks(
  writing: Writing,
  surface: Surface,
  { path }: SurfacePath,
  names: readonly PublicName[],
  depth: 2 | 3,
): RootContent[] {
  if (names.length === 0) return []
  const isTitled = path !== '' && path !== surface.package
  const blocks: RootContent[] = isTitled ? [heading(depth, quoted(path))] : []
  // Of what is defined outside or in generated code, the kind is not known.
  append(
    blocks,
    groupBlocks(
      writing,
      names.filter(({ component }) => component === null),
    ),
  )
  for (const [at, group] of byKind(writing, names).entries()) {
    if (group.length === 0) continue
    blocks.push(heading(isTitled ? (depth === 2 ? 3 : 4) : depth, writing.texts.publicApi.groups[at] ?? ''))
    append(blocks, groupBlocks(writing, group))
  }
  return blocks
}

/** Names with a sentence or a signature have an item, the most used first; the others are listed together below. */
function groupBlocks(writing: Writing, names: readonly PublicName[]): RootContent[] {
  const items: Inline[][] = []
  const bare: Inline[][] = []
  for (const one of names) {
    const { component } = one
    const form = component !== null && FUNCTIONS.has(component.kind) ? callForm(writing, component) : []
    const name = [
      ...nameOf(writing, one),
      ...(form.length === 0 ? [] : [' ', ...form]),
      ...conditionWords(writing, component),
      ...aliasWords(writing, component, true),
    ]
    const said = rowWords(writing, one)
    const words =
      component === null
        ? said
        : withDeprecation(writing, component, said.length > 0 ? said : memberNames(writing, component))
    if (words.length > 0) items.push([...name, writing.texts.colon, ...words])
    else if (form.length > 0) items.push(name)
    else bare.push(name)
  }
  return [
    ...(items.length === 0 ? [] : [list(items)]),
    ...(bare.length === 0 ? [] : [paragraph(...join(bare, writing.texts.comma))]),
  ]
}

/** In the order of the titles in `texts.publicApi.groups`: types, functions, exceptions, constants, variables, macros. */
function byKind({ repo }: Writing, names: readonly PublicName[]): PublicName[][] {
  const groups: PublicName[][] = [[], [], [], [], [], []]
  for (const one of names) {
    const { component } = one
    if (component === null) continue
    const meant = aliasOf(repo, component) ?? component
    const { kind } = meant
    const isOfErrors = isError(repo, component) || /^Err\p{Lu}/u.test(one.name)
    const isValue = kind === 'constant' || kind === 'field'
    const isVariable = kindWord(meant) === 'variable'
    groups[isOfErrors ? 2 : kind === 'macro' ? 5 : isVariable ? 4 : isValue ? 3 : FUNCTIONS.has(kind) ? 1 : 0]?.push(
      one,
    )
  }
  return groups
}

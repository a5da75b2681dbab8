/** Writes how the page of a module begins: what it is for, and its neighbours. */

import type { RootContent } from 'mdast'
import type { Module } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { type Inline, join, paragraph, refLink } from '#markdown/build.ts'
import { mainDefinitions } from './main-definitions.ts'
import { neighboursOf } from './module-chart.ts'
import { modulePurpose } from './module-purpose.ts'
import { statedStart } from './start-with.ts'

const MAX_NEIGHBOURS = 4

/** What it is for; otherwise what its main definitions are for, unless those of its only file follow anyway. May be empty. */
export function openingWords(writing: Writing, module: Module): Inline[] {
  const stated = modulePurpose(writing, module)
  const files = writing.repo.codeIn.get(module) ?? []
  if (stated.length > 0 || module.isBeside === true || files.length < 2) return stated
  return mainDefinitions(writing, files, { start: statedStart(writing, module) })
}

/** `Uses core and types. Used by cli.` */
export function neighbourLine({ repo, texts }: Writing, module: Module): RootContent[] {
  if (module.isBeside === true) return []
  const { uses, usedBy } = neighboursOf(repo, module)
  const linked = (all: readonly Module[]): Inline[] =>
    few(
      all.map(({ id, title }) => [refLink(refTo.module(id), title)]),
      MAX_NEIGHBOURS,
      texts,
    )
  const parts = [
    ...(usedBy.length === 0 ? [] : [texts.module.usedByModules(linked(usedBy))]),
    ...(uses.length === 0 ? [] : [texts.module.usesModules(linked(uses))]),
  ]
  return parts.length === 0 ? [] : [paragraph(...join(parts, ' '))]
}

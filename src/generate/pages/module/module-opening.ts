/** Writes how the page of a module begins: what it is for, and its neighbours. */

import type { RootContent } from 'mdast'
import type { Module } from '#generate/model.ts'
import { refTo } from '#generate/pages/draft.ts'
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

/** `Used by cli. Uses core · types.` */
export function neighbourLine({ repo, texts }: Writing, module: Module): RootContent[] {
  if (module.isBeside === true) return []
  const { uses, usedBy } = neighboursOf(repo, module)
  // Titles may contain commas.
  const linked = (all: readonly Module[]): Inline[] => {
    const links = all.slice(0, MAX_NEIGHBOURS).map(({ id, title }) => [refLink(refTo.module(id), title)])
    const left = all.length - links.length
    return left === 0 ? join(links, ' · ') : texts.andMore(join(links, ' · '), left)
  }
  const parts = [
    ...(usedBy.length === 0 ? [] : [texts.module.usedByModules(linked(usedBy))]),
    ...(uses.length === 0 ? [] : [texts.module.usesModules(linked(uses))]),
  ]
  return parts.length === 0 ? [] : [paragraph(...join(parts, ' '))]
}

/** Writes how the page of a module begins: what it is for. */

import type { Module } from '#generate/model.ts'
import type { Writing } from '#generate/pages/writing.ts'
import type { Inline } from '#markdown/build.ts'
import { mainDefinitions } from './main-definitions.ts'
import { modulePurpose } from './module-purpose.ts'
import { statedStart } from './start-with.ts'

/** What it is for; otherwise what its main definitions are for, unless those of its only file follow anyway. May be empty. */
export function openingWords(writing: Writing, module: Module): Inline[] {
  const stated = modulePurpose(writing, module)
  const files = writing.repo.codeIn.get(module) ?? []
  if (stated.length > 0 || module.isBeside === true || files.length < 2) return stated
  return mainDefinitions(writing, files, { start: statedStart(writing, module) })
}

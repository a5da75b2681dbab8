/** The function or type to begin reading a module with. */

import type { Component, Module } from '#generate/model.ts'
import { folderOf } from '#generate/paths.ts'
import { leading, programOf, useOf } from './leading.ts'
import { calledInReadme } from './readme-calls.ts'
import { isAmbient, isDeprecated, isError, minor } from './traits.ts'
import type { Writing } from './writing.ts'

/** Names of folders and modules that set up, configure or translate: nobody begins there. */
const NEVER =
  /(?:^|[/ :])(?:conf|config|configs|configuration|constants?|env|environment|settings|defaults|migrations?|migrate|old_migrations|seeds?|locales?|i18n|lang|translations|scripts?|bin|tools?|hooks?)$/i

/** `null` where nothing qualifies: no program, nothing that a README calls, nothing that is used from outside and does something. */
export function startOf(writing: Writing, module: Module): Component | null {
  const { survey } = writing
  if (module.isBeside === true || isSetUp(module.title) || isSetUp(module.path)) return null
  const files = survey.filesIn.get(module) ?? []
  const inside = new Set(files)
  const [first] = leading(writing, files).filter(
    (component) => !component.name.startsWith('_') && !isSetUp(folderOf(component.file)),
  )
  if (first === undefined || isDeprecated(first) || isAmbient(first) || isError(survey, first)) return null
  if (programOf(survey, first) > 0 || calledInReadme(writing).has(first.id)) return first
  return minor(first) === 0 && useOf(writing, first, inside) > 0 ? first : null
}

/** By the name of a folder or a module. */
export function isSetUp(name: string): boolean {
  return NEVER.test(name)
}

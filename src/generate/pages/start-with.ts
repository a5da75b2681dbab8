/** The function or type to begin reading a module with: what those outside of it use it by. */

import type { Component, Module } from '#generate/model.ts'
import { folderOf } from '#generate/paths.ts'
import { mostNeeded, needOf, programOf } from './most-used.ts'
import { isDeprecated, offerOf } from './public-names.ts'
import type { Writing } from './writing.ts'

const KINDS: ReadonlySet<Component['kind']> = new Set([
  'class',
  'struct',
  'interface',
  'trait',
  'enum',
  'type',
  'function',
  'method',
])
/** Names of folders and modules that set up, configure or translate: nobody begins there. */
const NEVER =
  /(?:^|[/ :])(?:conf|config|configs|configuration|constants?|env|environment|settings|defaults|migrations?|migrate|old_migrations|seeds?|locales?|i18n|lang|translations|scripts?|bin|tools?|hooks?)$/i

/** `null` where nothing qualifies: no program, nothing that a package offers, nothing that another module uses. */
export function startOf(writing: Writing, module: Module): Component | null {
  const { survey } = writing
  if (module.isBeside === true || isSetUp(module.title) || isSetUp(module.path)) return null
  const files = survey.filesIn.get(module) ?? []
  const inside = new Set(files)
  const candidates = mostNeeded(writing, module, files).filter(
    (component) =>
      (KINDS.has(component.kind) || offerOf(writing, component) > 0) &&
      [...component.name].length > 1 &&
      !component.name.startsWith('_') &&
      !isSetUp(folderOf(component.file)) &&
      !isDeprecated(component),
  )
  const [first] = candidates
  const program = candidates.find((component) => programOf(survey, component) > 0)
  if (program !== undefined || first === undefined) return program ?? null
  return offerOf(writing, first) > 0 || needOf(writing, first, inside) > 0 ? first : null
}

/** By the name of a folder or a module. */
export function isSetUp(name: string): boolean {
  return NEVER.test(name)
}

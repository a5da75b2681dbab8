/** Which names show that a block of code uses the repository. */

import type { Code } from 'mdast'
import { publicNames } from '#generate/pages/public-api/public-names.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import { isOuter } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { isImportLine, WORD } from './example-blocks.ts'

/** Shorter names stand for anything. */
const MIN_NAME = 3

/** Whether code names, outside of imports, what a package offers itself. */
export function namesOffered(writing: Writing): (text: string) => boolean {
  const offered = [...publicNames(writing).values()].flat()
  const names = new Set(
    offered.flatMap(({ name, isMade }) => {
      const own = name.split(/[:.\\#]+/).at(-1) ?? ''
      return isMade === true || own.length < MIN_NAME || own === 'default' ? [] : [own]
    }),
  )
  const isNaming = (line: string): boolean =>
    !isImportLine(line) && (line.match(WORD) ?? []).some((word) => names.has(word))
  return (text) => text.split('\n').some(isNaming)
}

/** Whether code names something that packages of the repository show, one of these, or what is exported where no package shows anything. */
export function showsUse(writing: Writing): (block: Code) => boolean {
  const { repo } = writing
  const offered = [...publicNames(writing).values()].flat()
  const names = new Set(offered.flatMap(({ name, component }) => [name, component?.name ?? name]))
  if (offered.length === 0)
    for (const one of repo.components.values())
      if (isOuter(repo, one) && isMain(one.file, repo) && one.exported && one.name.length > MIN_NAME)
        names.add(one.name)
  // Methods of what is offered are called on values of the user.
  for (const { component } of offered)
    for (const { name, exported } of repo.members.get(component?.id ?? '') ?? [])
      if (exported && name.length > MIN_NAME) names.add(name)
  if (names.size === 0) return () => true
  for (const word of [writing.subject.name, ...writing.packages.flatMap(({ name }) => name ?? [])])
    for (const part of word.match(WORD) ?? []) names.add(part)
  return ({ value }) => (value.match(WORD) ?? []).some((word) => names.has(word))
}

/** Determines which names show that a code block uses the repository. */

import type { Code } from 'mdast'
import { memoized } from '#base/memoize.ts'
import { publicNames } from '#generate/pages/public-api/public-names.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import { isOuter } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { isImportLine, WORD } from './example-blocks.ts'

/** Shorter names are too ambiguous: public names of a package, and methods or names that are only exported. */
const MIN_PUBLIC_NAME = 3
const MIN_OTHER_NAME = 4

/**
 * Whether code mentions a public name of a package, other than in an import. If no package has any, an exported name beside the
 * name of the project.
 */
export function namesOffered(writing: Writing): (text: string) => boolean {
  const offered = [...publicNames(writing).values()].flat()
  if (offered.length === 0) {
    const exported = exportedNames(writing)
    const project = writing.subject.name.toLowerCase()
    return (text) =>
      (text.match(WORD) ?? []).some((word) => word.toLowerCase() === project) &&
      text
        .split('\n')
        .some((line) => !isImportLine(line) && (line.match(WORD) ?? []).some((word) => exported.has(word)))
  }
  const names = new Set(
    offered.flatMap(({ name, isMade }) => {
      const own = name.split(/[:.\\#]+/).at(-1) ?? ''
      return isMade === true || own.length < MIN_PUBLIC_NAME || own === 'default' ? [] : [own]
    }),
  )
  const isNaming = (line: string): boolean =>
    !isImportLine(line) && (line.match(WORD) ?? []).some((word) => names.has(word))
  return (text) => text.split('\n').some(isNaming)
}

/** Whether code mentions a package, one of its public names or, if no package has any, an exported name. */
export function showsUse(writing: Writing): (block: Code) => boolean {
  const { repo } = writing
  const offered = [...publicNames(writing).values()].flat()
  const names = new Set(
    offered.length === 0
      ? exportedNames(writing)
      : offered.flatMap(({ name, component }) => [name, component?.name ?? name]),
  )
  // Users call the methods of public types on their own variables.
  for (const { component } of offered)
    for (const { name, exported } of repo.members.get(component?.id ?? '') ?? [])
      if (exported && name.length >= MIN_OTHER_NAME) names.add(name)
  if (names.size === 0) return () => true
  for (const word of [writing.subject.name, ...writing.packages.flatMap(({ name }) => name ?? [])])
    for (const part of word.match(WORD) ?? []) names.add(part)
  // A keyword in every module.
  names.delete('default')
  return ({ value }) => (value.match(WORD) ?? []).some((word) => names.has(word))
}

/** The names of exported definitions of the main code that are not too short. */
const exportedNames = memoized(
  ({ repo }: Writing): ReadonlySet<string> =>
    new Set(
      [...repo.components.values()].flatMap((one) =>
        isOuter(repo, one) && isMain(one.file, repo) && one.exported && one.name.length >= MIN_OTHER_NAME
          ? [one.name]
          : [],
      ),
    ),
)

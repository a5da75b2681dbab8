/**
 * Recognises comments above a definition that do not describe it: they are about the implementation, one branch, or another
 * definition.
 */

import { memoizedByText } from '#base/memoize.ts'
import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { folderOf } from '#generate/paths.ts'

/** Whether the comment is about the implementation, in a file that has doc comments, or about one of multiple branches. */
export function isRemark(component: Component): boolean {
  return component.hasRemark === true || isInBranch(component)
}

/** Kinds that have docstrings in Python. */
const WITH_DOCSTRING = new Set<Component['kind']>(['class', 'enum', 'function', 'interface'])

/**
 * Whether a condition selects a definition among alternatives, so that its comment is about one case. For a Python docstring,
 * only error handling counts as such a condition.
 */
function isInBranch({ file, kind, condition }: Component): boolean {
  if (condition === undefined || kind === 'method') return false
  if (/\.pyi?$/.test(file)) return !WITH_DOCSTRING.has(kind) || condition.startsWith('except')
  return file.endsWith('.rb') && !condition.startsWith('refine ')
}

/** Matches the start of a Go doc comment, with the name that it is about. */
const GO_SUBJECT =
  /^(?:An? |The )?([\p{L}_]\w*) (?:is|are|has|can|will|adapts|allows|contains|creates|defines|describes|does|holds|implements|keeps|makes|provides|represents|returns|wraps)\b/u

/** Whether a comment was copied from another definition, or is out of date after a renaming. */
export function isOfAnother(repo: RepoIndex, component: Component): boolean {
  const { doc, file, name, parent } = component
  if (doc === null || parent !== null) return false
  if (!file.endsWith('.go')) return isHeadingOfAnother(repo, component)
  const subject = GO_SUBJECT.exec(doc)?.[1]
  if (subject === undefined || subject === name) return false
  return namesOf(repo, 'go').has(`${folderOf(file)} ${subject}`)
}

/** `TextPrompt Base Element` above another class: nothing but the name of a type of the repository and its kind. */
function isHeadingOfAnother(repo: RepoIndex, { doc, name, file }: Component): boolean {
  const [line = ''] = (doc ?? '').slice(0, MAX_HEADING).trimStart().split('\n', 1)
  const [subject = '', ...kinds] = line
    .replace(/\.$/, '')
    .split(' ')
    .filter((word) => !/^(?:an?|the)$/i.test(word))
  const isHeading = kinds.length > 0 && kinds.every((word) => KINDS.has(word.toLowerCase()))
  return isHeading && subject !== name && namesOf(repo, extensionOf(file)).has(subject)
}

const MAX_HEADING = 200
const KINDS = new Set(['abstract', 'base', 'class', 'component', 'element', 'interface', 'object', 'type'])

const extensionOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

/** The names of all top-level definitions in files of one extension; for Go with their folder. */
const namesOf = memoizedByText((repo: RepoIndex, extension): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const one of repo.components.values())
    if (one.parent === null && extensionOf(one.file) === extension)
      names.add(extension === 'go' ? `${folderOf(one.file)} ${one.name}` : one.name)
  return names
})

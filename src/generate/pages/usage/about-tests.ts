/** Determines which tests are about a definition: by the names of tests, by the titles around a line, or by the file. */

import type { Component } from '#generate/model.ts'
import { codeLines, indentOf } from '#generate/pages/code-lines.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { isTestOf } from './test-files.ts'

/** Matches the line on which a test or a group of tests with a title starts. */
const TITLED = /^\s{0,40}(?:@test|context|describe|it|scenario|should|specify|t\.Run|test|TEST\w{0,20})\b/
/** Limit on the lines above a use that are searched for titles. */
const MAX_ABOVE = 200
const MAX_LINE = 300

/** Whether the test around a line is about a component. A file may be named after a definition, but not after its members. */
export function isAbout(
  repo: RepoIndex,
  component: Component,
  path: string,
  { user, line }: { user: string; line: number },
): boolean {
  const parent = repo.components.get(component.parent ?? '')
  const isMember = parent !== undefined && TYPES.has(parent.kind)
  return (
    isNamedAfter(user, component) ||
    (!isMember && isTestOf(path, component)) ||
    titlesAt(repo, path, line).some((title) => names(title, component))
  )
}

/** Whether the name of a test contains that of what it uses. */
export const isNamedAfter = (user: string, component: Component): boolean =>
  user.includes('#') && names(user.slice(user.indexOf('#') + 1), component)

/** Whether a text contains a name, however it is written. */
function names(text: string, { name }: Component): boolean {
  const about = comparableName(name)
  return about.length > 2 && comparableName(text).includes(about)
}

/** The lines with titles of tests around a line, by indentation. */
function titlesAt(repo: RepoIndex, path: string, line: number): string[] {
  const titles: string[] = []
  let margin = Infinity
  for (const text of codeLines(repo, path, Math.max(1, line - MAX_ABOVE), line).toReversed()) {
    if (text.trim() === '' || indentOf(text) >= margin) continue
    margin = indentOf(text)
    if (TITLED.test(text)) titles.push(text.slice(0, MAX_LINE))
  }
  return titles
}

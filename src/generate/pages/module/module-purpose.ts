/** Describes a module by one sentence of the repository; nothing stands in for a sentence that is missing. */

import type { Component, Module } from '#generate/model.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { isIntroduction } from '#generate/pages/overview/introduce.ts'
import { isDeprecated, isError, minor } from '#generate/pages/public-api/traits.ts'
import { pathDescription } from '#generate/pages/readme/path-rows.ts'
import { isTest } from '#generate/pages/repo-index.ts'
import { isBackground } from '#generate/pages/telling.ts'
import { declaredIn } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { type Inline, paragraph, plainText } from '#markdown/build.ts'
import { filePurpose, namedPurpose } from './file-purpose.ts'
import { describes, isDescribedByFolder, isSaidAbove, purposeOf } from './purpose.ts'
import { isPurpose } from './purpose-sentence.ts'
import { shownIn } from './shown.ts'
import { linesOf, ownerOf } from './subject-of-file.ts'

/** Minimum share of the lines of a module's definitions for its only public one to describe it. */
const MIN_SHARE = 0.25

/**
 * By its manifest, README or package comment, otherwise by its only file or the definition with its name. Empty if there is no such
 * sentence.
 */
export function modulePurpose(writing: Writing, module: Module): Inline[] {
  const said =
    purposeOf(writing, module)?.sentence ??
    (isDescribedByFolder(module) ? pathDescription(writing, module.path) : null) ??
    namesakeWords(writing, module)
  const text = plainText(paragraph(...(said ?? [])))
  const named = `${module.title} ${writing.subject.name}`
  if (said !== null && !isBackground(text) && isPurpose(said, named) && !isSaidAbove(writing, module, text)) return said
  const words = module.children.length > 1 ? [] : definitionWords(writing, module)
  return isIntroduction(writing, plainText(paragraph(...words))) ? [] : words
}

/** The purpose of a file, unless it is said of its module. */
export function ownFilePurpose(writing: Writing, module: Module, path: string): Inline[] {
  const words = filePurpose(writing, path)
  const text = plainText(paragraph(...words))
  return text !== '' && text === plainText(paragraph(...modulePurpose(writing, module))) ? [] : words
}

/** The description of the package that a module with several children is named after. */
function namesakeWords({ packages }: Writing, { title, path, children }: Module): Inline[] | null {
  if (children.length < 2) return null
  const isInside = (folder: string): boolean => path === '' || folder === path || folder.startsWith(`${path}/`)
  const own = packages.find((one) => one.folder !== '' && one.name === title && isInside(one.folder) && describes(one))
  return own === undefined ? null : [own.description ?? '']
}

/** What its only file or main definition is for. The title says which files are tests. */
function definitionWords(writing: Writing, module: Module): Inline[] {
  const { repo } = writing
  const files = (repo.filesIn.get(module) ?? []).filter((path) => !isTest(path, repo))
  const [file] = files
  if (file !== undefined && files.length === 1)
    return repo.files.get(file)?.role === 'code' && folderOf(file) !== '' ? filePurpose(writing, file) : []
  if (module.isBeside === true) return []
  const shown = [...new Set(shownIn(writing, files).map((one) => ownerOf(repo, one)))]
  const isMeant = (one: Component): boolean => minor(one) === 0 && !isDeprecated(one) && !isError(repo, one)
  const named = shown.filter((one) => isMeant(one) && comparableName(one.name) === comparableName(nameOf(module.title)))
  const [only] = shown
  // The only public definition of files from several folders is not what they are for.
  const isOnly = shown.length === 1 && module.path !== '' && only?.kind !== 'namespace'
  const subject = named.length === 1 ? named[0] : isOnly ? only : undefined
  if (subject === undefined || !isMeant(subject)) return []
  const total = files.flatMap((path) => declaredIn(path, repo)).reduce((sum, one) => sum + linesOf(repo, one), 0)
  return named.length === 1 || linesOf(repo, subject) >= MIN_SHARE * total ? namedPurpose(writing, subject) : []
}

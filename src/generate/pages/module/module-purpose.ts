/** Describes a module by one sentence from the repository; there is no fallback for a missing sentence. */

import type { Module } from '#generate/model.ts'
import { isIntroduction } from '#generate/pages/overview/introduce.ts'
import { pathDescription } from '#generate/pages/readme/path-rows.ts'
import { isTest } from '#generate/pages/repo-index.ts'
import { isBackground } from '#generate/pages/telling.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { type Inline, paragraph, plainText } from '#markdown/build.ts'
import { filePurpose } from './file-purpose.ts'
import { mainDefinitions } from './main-definitions.ts'
import { isDescribedByFolder, purposeOf, repeatsOverview } from './purpose.ts'
import { isPurpose } from './purpose-sentence.ts'

/** By its manifest, README or package comment, otherwise by its only file or main definition. Empty if there is no such sentence. */
export function modulePurpose(writing: Writing, module: Module): Inline[] {
  const named = `${module.title} ${writing.subject.name}`
  const isOwn = (said: Inline[]): boolean => {
    const text = plainText(paragraph(...said))
    return !isBackground(text) && isPurpose(said, named) && !repeatsOverview(writing, module, text)
  }
  const stated = purposeOf(writing, module)?.sentence ?? null
  if (stated !== null && isOwn(stated)) return stated
  const listed = describedFolder(writing, module)
  if (listed !== null && isOwn(listed)) return listed
  const words = module.children.length > 1 ? [] : onlyFileWords(writing, module)
  const files = writing.repo.codeIn.get(module) ?? []
  const own = words.length > 0 || files.length < 2 ? words : mainDefinitions(writing, files, nameOf(module.title))
  return isIntroduction(writing, plainText(paragraph(...own))) ? [] : own
}

/** What a document says of the module's folder, or of the one that it is named after: of `core` for the files of `core/src/main`. */
function describedFolder(writing: Writing, module: Module): Inline[] | null {
  const own = isDescribedByFolder(module) ? pathDescription(writing, module.path) : null
  return own ?? (module.path.startsWith(`${module.id}/`) ? pathDescription(writing, module.id) : null)
}

/** The purpose of its only file. The title already says which files are tests. */
function onlyFileWords(writing: Writing, module: Module): Inline[] {
  const { repo } = writing
  const [file, ...others] = (repo.filesIn.get(module) ?? []).filter((path) => !isTest(path, repo))
  if (file === undefined || others.length > 0) return []
  return repo.files.get(file)?.role === 'code' && folderOf(file) !== '' ? filePurpose(writing, file) : []
}

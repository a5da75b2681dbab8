/** Finds a usage example for the overview outside of documents: in the comment on a package. */

import type { RootContent } from 'mdast'
import { namesakePackages } from '#generate/pages/public-api/own-packages.ts'
import { callsOwn, codeIn, PACKAGE_FILE } from '#generate/pages/readme/readme-calls.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { codeBlock, heading, paragraph } from '#markdown/build.ts'
import { lengthOf } from './example-blocks.ts'

/** Limit on the lines of an example in a comment. */
const MAX_LINES = 50

/** The first example in the comment on a main package of the repository, with its location. Others and inner packages are ignored. */
export function packageExample(writing: Writing): RootContent[] {
  const { repo, texts, sources } = writing
  const calls = callsOwn(writing)
  const own = namesakePackages(writing)
  const heads = new Set(
    own.flatMap(({ entries }) => entries.flatMap(({ subpath, file }) => (subpath === '.' ? file : []))),
  )
  const folders = new Set(own.map(({ folder }) => folder))
  for (const [path, doc] of repo.fileDocs) {
    if (!heads.has(path) && !(path.endsWith('.go') && folders.has(folderOf(path)))) continue
    if (!isMain(path, repo) || !(PACKAGE_FILE.test(nameOf(path)) || doc.startsWith('Package '))) continue
    const language = repo.files.get(path)?.language ?? null
    const block = codeIn(doc).find(
      (one) =>
        lengthOf(one) <= MAX_LINES && (one.lang ?? language) === language && calls(one.value, language ?? '') > 0,
    )
    if (block !== undefined)
      return [
        heading(2, texts.guide.example),
        codeBlock(language, block.value),
        paragraph(...texts.guide.from(sources.file(path))),
      ]
  }
  return []
}

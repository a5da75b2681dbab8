/** Recognises files that show how the code is used. */

import { BUILDS, NOT_CODE } from '#generate/pages/language-names.ts'
import { isExample, type RepoIndex } from '#generate/pages/repo-index.ts'

const BUILD_FILE =
  /(?:^|\/)(?:[^/]+\.gradle(?:\.kts)?|Package\.swift|build\.(?:rs|sbt|zig)|conanfile\.py|mix\.exs|setup\.py)$/

/** Whether an example file is code, neither data nor a build file. */
export function isShown(path: string, repo: RepoIndex): boolean {
  const language = repo.files.get(path)?.language ?? ''
  return isExample(path, repo) && !NOT_CODE.test(language) && !BUILDS.test(language) && !BUILD_FILE.test(path)
}

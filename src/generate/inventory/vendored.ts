/** Detects vendored files: those below folders for third-party code. */

import { folderOf, nameOf } from '#generate/paths.ts'

const VENDORED_FOLDERS = new Set(
  `vendor vendors vendored _vendor node_modules bower_components jspm_packages Pods Carthage Godeps site-packages
  .yarn .venv venv`.split(/\s+/),
)

/** Below a folder of JVM sources, where each folder is a package: `src/main/kotlin/org/example/vendors`. */
const JVM_PACKAGES = /(?:^|\/)src\/[^/]+\/(?:java|kotlin|scala|groovy)\//

/** The spellings of a folder for third-party code. */
const THIRD_PARTY = /^(?:third|3rd)[-_ ]?part(?:y|ies)$/i

/**
 * Returns a function that determines whether a path is below a folder for third-party code. It checks each folder once.
 *
 * @param paths - All paths of the repository.
 */
export function createVendoredTest(paths: Iterable<string>): (path: string) => boolean {
  const licensed = vendoredFoldersOf(paths)
  const known = new Map([['', false]])
  const isVendored = (folder: string): boolean => {
    const before = known.get(folder)
    if (before !== undefined) return before
    const name = nameOf(folder)
    const isFound =
      (VENDORED_FOLDERS.has(name) && !JVM_PACKAGES.test(folder)) ||
      THIRD_PARTY.test(name) ||
      licensed.has(folder) ||
      isVendored(folderOf(folder))
    known.set(folder, isFound)
    return isFound
  }
  return (path) => isVendored(folderOf(path))
}

/** Folders of third-party code if they contain a licence. */
const MAY_BE_VENDORED = /^(?:bundled|deps|externals?|extern)$/i
/** `LICENSE`, `COPYING.LESSER`, `fmt.license.rst` */
const LICENCE_FILE = /^(?:[\w-]{1,40}\.)?(?:licen[cs]e|copying)(?:[-.]\w{1,20}){0,2}$/i

/** Folders such as `bundled` or `external/orbit` that contain a licence of their own. */
function vendoredFoldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>()
  for (const path of paths) {
    if (!LICENCE_FILE.test(nameOf(path))) continue
    const folder = folderOf(path)
    if ([folder, folderOf(folder)].some((each) => MAY_BE_VENDORED.test(nameOf(each)))) found.add(folder)
  }
  return found
}

/**
 * Classifies folders and files by their names alone: containers, utilities, build files, third-party code. Makes
 * titles of folders.
 */

import { isSideline } from '#generate/beside-code.ts'
import { nameOf } from '#generate/paths.ts'

/** Names of folders that every project of their kind has. */
const EMPTY = new Set(
  'src source sources lib libs main java kotlin scala groovy packages package crates crate pkg'.split(' '),
)
/** Folders above packages that are named after domains, and the usual starts of such names. */
const PACKAGE_ROOT = /^(?:java|kotlin|scala|groovy)$/i
const DOMAIN = /^(?:com|org|net|io|dev|edu|gov|me|[a-z]{2})$/
/** Folders that contain packages, whatever the names of these. */
const CONTAINER = /^(?:apps|modules|projects|services|components|plugins|extensions)$/i
/** Folders whose name is only meaningful together with the parent's name. */
const GENERIC =
  /^(?:test|tests|testing|__tests__|spec|specs|e2e|fixtures|testdata|utils?|helpers?|common|shared|app|types?|internal|impl|scripts?|examples?|samples?|docs?|bench(?:es|marks?)?|misc|tools?|v\d+)$/i
/** Source sets of Kotlin, whose names are only meaningful after that of their module: `jvmMain`. */
const SOURCE_SET = /^[a-z]\w{0,60}(?:Main|Test)$/
/** The source set for all platforms, which is the main code of its module. */
const MAIN_SET = 'commonMain'

/** Folders of utilities that the rest of the code uses. */
const UTILITY = /^(?:utils?|utilities|helpers|common|shared|misc|internals?|compat)$/i
/** Names of files that build, check or ship the code: `vite.config.ts`, `setup.py`, `CMakeLists.txt`, `Makefile.am`. */
const TOOL =
  /^(?:\..+|.+\.(?:config|conf|setup|workspace)\.[cm]?[jt]sx?|.+\.(?:gradle|gradle\.kts|cmake|sh|bat|ps1|cmd|nix|bzl|mk|sql)|setup\.py|conftest\.py|noxfile\.py|tasks\.py|fabfile\.py|manage\.py|conf\.py|build\.(?:rs|zig|py|js|mjs|ts|cs)|(?:gulp|grunt|jake|rake|cake|brew|vagrant|guard|bogo)file(?:\.[a-z]+)?|CMakeLists\.txt|configure|(?:Makefile|install(?:er)?|run_?tests?|jest|vitest|karma|rollup|webpack|vite|eslint|prettier|babel|tsup)(?:[._-].*)?)$/i

/**
 * The meaningful names on a path, without duplicates: `gson/src/main/java/com/google/gson` → `['gson']`,
 * `okio/src/jvmMain/kotlin/okio/internal` → `['okio', 'jvmMain', 'internal']`.
 */
export function meaningfulSegments(path: string): string[] {
  if (path === '') return []
  const segments = path.split('/')
  const isDomain = (index: number): boolean =>
    PACKAGE_ROOT.test(segments[index - 1] ?? '') && DOMAIN.test(segments[index] ?? '')
  // `com.example.orbit`, `io.github.someone.orbit`
  const isOwner = (index: number): boolean =>
    isDomain(index) || isDomain(index - 1) || (isDomain(index - 2) && segments[index - 1] === 'github')
  const meaningful = segments.filter(
    (segment, index) => !EMPTY.has(segment.toLowerCase()) && segment !== MAIN_SET && !isOwner(index),
  )
  return [...new Set(meaningful)]
}

/**
 * A title for a folder: its last meaningful name, preceded by the one before it if necessary. A package named like the
 * repository says less than the folder it is in, unless that only contains packages: `clients` for
 * `clients/src/main/java/org/apache/kafka` of `kafka`, but `mockk` for `modules/mockk`.
 */
export function titleOf(path: string, nameOfAll: string): string {
  const meaningful = meaningfulSegments(path)
  const around = meaningful.at(-2)
  const isNamesake = meaningful.at(-1)?.toLowerCase() === nameOfAll.toLowerCase()
  if (isNamesake && around !== undefined && !CONTAINER.test(around)) meaningful.pop()
  const last = meaningful.at(-1)
  if (last === undefined) return nameOfAll
  const before = meaningful.at(-2)
  return (GENERIC.test(last) || SOURCE_SET.test(last)) && before !== undefined ? `${before}/${last}` : last
}

/** A title for a chain of folders, from the first of them or else the last. */
export function titleOfFolder({ id, path }: { id: string; path: string }, nameOfAll: string): string {
  return titleOf(EMPTY.has(nameOf(id).toLowerCase()) ? path : id, nameOfAll)
}

/** True for a folder of utilities, which says little about a project. */
export function isUtility(path: string): boolean {
  return UTILITY.test(nameOf(path))
}

/** Folders of polyfills and third-party code. */
const STAND_IN =
  /^(?:polyfills?|ponyfills?|shims?|third[-_ ]?part(?:y|ies)|3rd[-_ ]?party|vendor(?:ed|s)?|externals?|extern|bundled|deps)$/i

/** True for a path inside a folder of polyfills or third-party code, wherever that is. */
export function isStandIn(path: string): boolean {
  return path.split('/').some((segment) => STAND_IN.test(segment))
}

/** Extensions of texts with few names of their own: markup, styles, queries. */
const MARKUP = /\.(?:html?|xhtml|css|s[ac]ss|less|svg|sql|xml|xslt?|ejs|hbs|mustache|pug|haml|twig|blade\.php)$/i

/** True for a file of markup, styles or queries, which takes little space on a page whatever its length. */
export function isMarkup(path: string): boolean {
  return MARKUP.test(path)
}

/** True for a file that builds or checks the code. */
export function isTool(path: string): boolean {
  const slash = path.lastIndexOf('/')
  return TOOL.test(path.slice(slash + 1)) || (slash > 0 && isSideline(path.slice(0, slash)))
}

/** True for a folder that is only a container: `src`, `packages`. */
export function isContainer(path: string): boolean {
  return EMPTY.has(nameOf(path).toLowerCase()) || CONTAINER.test(nameOf(path))
}

/** True for a Go file. Go's folders are packages, so none can be described together with its parent. */
export function isGo(path: string): boolean {
  return path.endsWith('.go')
}

/** True for a file that represents its folder: `index.ts`, `lib.rs`. */
export function isHead(path: string): boolean {
  return /^(?:index|main|lib|mod|app|__init__)\.[a-z]+$/.test(nameOf(path))
}

export function isInside(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`)
}

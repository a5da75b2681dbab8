/**
 * Lists the public headers of C and C++: those in a folder `include/`, and those that a build file installs; in a library that
 * has neither, to be copied into other projects, those of its top folder.
 */

import { compareText, type FileExport, type SourceFile, type SurfacePath } from '#generate/model.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import type { PackageFiles } from './package-files.ts'
import { surfacePathsOf } from './surface-path.ts'

const HEADER = /\.(?:h|hh|hpp|hxx|inl)$/
const INCLUDE = /^(?:.*\/)?include\/(?=.)/
const BUILD_FILE = /(?:^|\/)(?:Makefile\.am|CMakeLists\.txt|meson\.build)$/
/** Commands that install headers: `include_HEADERS = a.h b.h`, `install(FILES a.h …)`, `install_headers('a.h')`. */
const INSTALLS = /^[ \t]*(?:nobase_)?(?:dist_)?\w*include_HEADERS[ \t]*\+?=|\binstall(?:_headers)?[ \t]*\(/
const MAX_TEXT = 500_000
/** Limit on the lines of one command. */
const MAX_LINES = 100
const INTERNAL = /(?:^|\/)(?:internal|detail|details|impl|private)\//

/** Syntax that only Objective-C has, as in the umbrella header of a framework: no C file includes it. */
const OBJECTIVE_C = /^[ \t]*(?:@(?:class|import|interface|protocol)\b|#[ \t]*import\b)/m

export function headersOf(files: PackageFiles): SurfacePath[] {
  const { inside, analysis, byPath } = files
  if (isOnlyUsedInside(files)) return []
  const found = installedBy(files)
  if (areOfProgram(files, found)) return []
  const isOffered = inside.some(({ path }) => HEADER.test(path) && (INCLUDE.test(path) || found.has(path)))
  const installed = isOffered ? found : copiedHeaders(files)
  const headers = inside.flatMap((file): Header[] => {
    if (!HEADER.test(file.path) || (file.language !== 'c' && file.language !== 'cpp')) return []
    const include = INCLUDE.exec(file.path)?.[0]
    const path = include === undefined ? nameOf(file.path) : file.path.slice(include.length)
    if ((include === undefined && !installed.has(file.path)) || INTERNAL.test(path)) return []
    if (OBJECTIVE_C.test(file.text?.slice(0, MAX_HEADER) ?? '')) return []
    const names = (analysis.exports[file.path] ?? [])
      .map(({ name, to }) => ({ name: name.replaceAll('.', '::'), to }))
      .filter(({ name }) => !/^_|_H(?:PP|H)?_*$/.test(name))
    return [{ path, folder: folderOf(file.path), language: file.language, names, text: file.text ?? '' }]
  })
  const preferred = preferredHeaders(headers)
  const byPreferred = new Map<string, Header & { names: FileExport[] }>()
  for (const header of headers) {
    const path = preferred.get(header.path) ?? header.path
    const known = byPreferred.get(path)
    if (known === undefined) byPreferred.set(path, { ...header, path, names: [...header.names] })
    else for (const name of header.names) known.names.push(name)
  }
  const shown = [...byPreferred.values()].sort((a, b) => compareText(a.path, b.path))
  const written = spellingsOf(shown, [...byPath.values()])
  return shown.flatMap(({ path, language, names }) => surfacePathsOf(written.get(path) ?? path, language, names))
}

interface Header {
  /** The path by which users include it. */
  readonly path: string
  /** Its folder in the repository. */
  readonly folder: string
  readonly language: string
  readonly names: readonly FileExport[]
  readonly text: string
}

/** A pragma that asks users to include another header: `// IWYU pragma: private, include "orbit/orbit.hpp"`. */
const PRIVATE = /^[ \t]*\/\/[ \t]*IWYU pragma:[ \t]*private,[ \t]*include[ \t]*["<]([^">\n]{1,200})[">]/m
const INCLUDES = /^[ \t]*#[ \t]*include[ \t]*["<]([^">\n]{1,200})[">]/gm
/** A package with an umbrella header has at least this many headers, and the umbrella includes this share of them. */
const MIN_UMBRELLA = 4
const MIN_SHARE = 0.6
/** Maximum number of characters read of a header. */
const MAX_HEADER = 100_000

/**
 * Headers that users include instead of others, keyed by the paths of the latter: the header that the pragma names, if
 * that header includes this one, or the umbrella header of the package.
 */
function preferredHeaders(headers: readonly Header[]): ReadonlyMap<string, string> {
  const paths = new Set(headers.map(({ path }) => path))
  const included = new Map(headers.map(({ path, text }) => [path, includedBy(path, text, paths)]))
  const reached = new Map<string, ReadonlySet<string>>()
  const preferred = new Map<string, string>()
  for (const { path, text } of headers) {
    const named = PRIVATE.exec(text.slice(0, MAX_HEADER))?.[1]
    if (named === undefined || !paths.has(named)) continue
    const all = reached.get(named) ?? reachedFrom(named, included)
    reached.set(named, all)
    if (all.has(path)) preferred.set(path, named)
  }
  if (headers.length < MIN_UMBRELLA) return preferred
  const umbrellas = [...included].filter(([, others]) => others.size >= MIN_SHARE * (headers.length - 1))
  const [[umbrella, own] = ['', new Set<string>()], ...others] = umbrellas
  if (others.length === 0) for (const path of own) if (!preferred.has(path)) preferred.set(path, umbrella)
  return preferred
}

/** The headers that a header includes, directly or indirectly. */
function reachedFrom(path: string, included: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [path]
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const one of included.get(at) ?? [])
      if (!found.has(one)) {
        found.add(one)
        open.push(one)
      }
  return found
}

function includedBy(path: string, text: string, paths: ReadonlySet<string>): Set<string> {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const found = new Set<string>()
  for (const [, name = ''] of text.slice(0, MAX_HEADER).matchAll(INCLUDES)) {
    const one = [folder + name, name].find((other) => paths.has(other))
    if (one !== undefined && one !== path) found.add(one)
  }
  return found
}

const DOCUMENT = /\.(?:md|rst|txt|adoc)$/i
const ANGLED = /^[ \t]*#[ \t]*include[ \t]*<([^>\n]{1,200})>/gm
/** Limits on the documents and examples that are read, and on the characters of each. */
const MAX_WRITTEN = 500
const MAX_DOCUMENT = 200_000

const usesHeaders = ({ path, role }: SourceFile): boolean => role === 'example' || DOCUMENT.test(path)

/**
 * The paths by which documents and examples include headers, if they agree: `cjson/cJSON.h`. Headers of one folder are
 * assumed to be installed in one folder.
 */
function spellingsOf(headers: readonly Header[], files: readonly SourceFile[]): ReadonlyMap<string, string> {
  const written = new Map<string, Set<string>>()
  for (const { text } of files.filter(usesHeaders).slice(0, MAX_WRITTEN)) {
    for (const [, path = ''] of (text ?? '').slice(0, MAX_DOCUMENT).matchAll(ANGLED)) {
      const known = written.get(nameOf(path))
      if (known === undefined) written.set(nameOf(path), new Set([path]))
      else known.add(path)
    }
  }
  const found = new Map<string, string>()
  const before = new Map<string, Set<string>>()
  for (const { path, folder } of headers) {
    const own = [...(written.get(nameOf(path)) ?? [])].filter((one) => one === path || one.endsWith(`/${path}`))
    const [only, ...others] = own
    if (only === undefined || others.length > 0) continue
    found.set(path, only)
    before.set(folder, (before.get(folder) ?? new Set()).add(only.slice(0, only.length - path.length)))
  }
  for (const { path, folder } of headers) {
    const [only, ...others] = before.get(folder) ?? []
    if (only !== undefined && others.length === 0 && !written.has(nameOf(path))) found.set(path, only + path)
  }
  return found
}

const isOfC = ({ language, role }: SourceFile): boolean => role === 'code' && (language === 'c' || language === 'cpp')

/** Whether C and C++ have a program among their code. */
function hasProgram({ inside, analysis }: PackageFiles): boolean {
  const paths = new Set(inside.flatMap((file) => (isOfC(file) ? file.path : [])))
  return analysis.components.some(
    ({ name, parent, file, condition }) =>
      name === 'main' && parent === null && condition === undefined && paths.has(file),
  )
}

/** Whether the headers are not for users: those of a program that no build file installs, or those for another language, which no source includes. */
function isOnlyUsedInside(files: PackageFiles): boolean {
  const code = files.inside.filter(({ language, role }) => role === 'code' && language !== null)
  const own = code.filter(isOfC)
  if (!own.some(({ path }) => !HEADER.test(path)) && code.length > MANY_OTHERS * own.length) return true
  const builds = files.inside.filter(({ path }) => BUILDS.test(path))
  const isInstalled = builds.some(({ text }) => INSTALLS_HEADERS.test(text?.slice(0, MAX_TEXT) ?? ''))
  return builds.length > 0 && !isInstalled && hasProgram(files)
}

/** Whether the installed headers are those of a program: no library is built, and no document tells how to include them. */
function areOfProgram(files: PackageFiles, installed: ReadonlySet<string>): boolean {
  const { inside, byPath } = files
  const isLibrary = inside.some(
    ({ path, text }) => INCLUDE.test(path) || (BUILDS.test(path) && MAKES_LIBRARY.test(text?.slice(0, MAX_TEXT) ?? '')),
  )
  if (installed.size === 0 || isLibrary || !hasProgram(files)) return false
  const names = new Set([...installed].map(nameOf))
  return ![...byPath.values()]
    .filter(usesHeaders)
    .slice(0, MAX_WRITTEN)
    .some(({ text }) =>
      [...(text ?? '').slice(0, MAX_DOCUMENT).matchAll(INCLUDES)].some(([, path = '']) => names.has(nameOf(path))),
    )
}

/** Matches the definition of a library in a build file: `lib_LTLIBRARIES`, `add_library(`, `liborbit.a: …`; not of a third-party library, `vendor/liborbit.a`. */
const MAKES_LIBRARY =
  /_(?:LT)?LIBRARIES\b|\badd_library\b|librar(?:y|ies)\s?\(|(?:^|[\s=:])lib[\w-]{1,60}\.(?:a|so|dylib)\b/m

/** How many files in other languages there are for each header. */
const MANY_OTHERS = 10
const BUILDS =
  /(?:^|\/)(?:(?:GNU)?[Mm]akefile(?:\.am|\.in)?|CMakeLists\.txt|meson\.build|[\w-]{1,60}\.(?:cmake|mk)|xmake\.lua|BUILD(?:\.bazel)?)$/
const INSTALLS_HEADERS =
  /include_?dir\b|include_HEADERS|install_headers|PUBLIC_HEADER|\bFILE_SET\b|\binstall\b[\s\S]{0,200}(?:\.h\b|\.hpp\b|\binclude\b)/i

/** The headers in the top folder of the code, if there is no program and most of the code is C or C++. */
function copiedHeaders(files: PackageFiles): Set<string> {
  const code = files.inside.filter(isOfC)
  const isMostly =
    files.inside.filter(({ language, role }) => role === 'code' && language !== null).length < 2 * code.length
  if (hasProgram(files) || !isMostly) return new Set()
  const folders = code.map(({ path }) => folderOf(path)).sort((a, b) => depthOf(a) - depthOf(b) || compareText(a, b))
  return new Set(code.flatMap(({ path }) => (HEADER.test(path) && folderOf(path) === folders[0] ? path : [])))
}

const depthOf = (folder: string): number => (folder === '' ? 0 : folder.split('/').length)

function installedBy({ inside }: PackageFiles): Set<string> {
  const installed = new Set<string>()
  for (const { path, text } of inside) {
    if (text === null || !BUILD_FILE.test(path)) continue
    const folder = path.slice(0, path.lastIndexOf('/') + 1)
    const lines = text.slice(0, MAX_TEXT).split('\n')
    for (let at = 0; at < lines.length; at++) {
      if (!INSTALLS.test(lines[at] ?? '')) continue
      const isCall = /\(/.test(lines[at] ?? '')
      for (let more = 0; more < MAX_LINES; more++) {
        const line = lines[at + more] ?? ''
        for (const word of line.split(/[\s'",()=]+/)) if (HEADER.test(word)) installed.add(folder + word)
        if (isCall ? line.includes(')') : !line.trimEnd().endsWith('\\')) break
      }
    }
  }
  return installed
}

/**
 * Lists the packages of a Go module: one for each folder, without those below `internal/`. Finds the import path of a
 * repository without go.mod.
 */

import { findText } from '#base/find-text.ts'
import { push } from '#base/multimap.ts'
import { type Constraints, constraintsOf, fits } from '#generate/go-platforms.ts'
import { compareText, type FileExport, type SourceFile, type SurfacePath } from '#generate/model.ts'
import { folderOf, relativeTo } from '#generate/paths.ts'
import type { NamedPackage, PackageFiles } from './package-files.ts'
import { surfacePathsOf } from './surface-path.ts'

/** Folders that other modules cannot import or that the go command ignores. */
const CLOSED = /(?:^|\/)(?:internal|vendor|testdata|[_.][^/]*)(?:\/|$)/

export function goPackages(
  { name, folder }: Pick<NamedPackage, 'name' | 'folder'>,
  { inside, analysis }: PackageFiles,
): SurfacePath[] {
  const packages = new Map<string, FileExport[]>()
  const clauses = new Map<string, string>()
  const forAll = new Set<string>()
  for (const { path, language, text } of inside) {
    if (language !== 'go') continue
    const at = relativeTo(folder, path).split('/').slice(0, -1).join('/')
    const names = analysis.exports[path]
    if (names === undefined || CLOSED.test(at)) continue
    for (const one of names) push(packages, at, one)
    const head = text?.slice(0, MAX_HEAD) ?? ''
    if (!path.endsWith('_test.go') && fitsEverywhere(constraintsOf(path, head))) forAll.add(at)
    const own = PACKAGE.exec(head)?.[1]
    if (own !== undefined && !clauses.has(at)) clauses.set(at, own)
  }
  return [...packages]
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([at, names]) =>
      surfacePathsOf(at === '' ? name : `${name}/${at}`, 'go', names).map((one) => ({
        ...one,
        spelled: clauses.get(at),
        ...(forAll.has(at) ? {} : { isOfSomeSystems: true as const }),
      })),
    )
}

/** Matches the package clause. The package need not have the name of its folder. */
const PACKAGE = /^package ([\p{L}_][\p{L}\p{N}_]*)/mu
const MAX_HEAD = 20_000
const fitsEverywhere = (constraints: Constraints): boolean =>
  ['linux/amd64', 'darwin/arm64', 'windows/amd64'].every((target) => fits(constraints, target))

/** Limit on the text of a file that is searched. */
const MAX_TEXT = 200_000
/** Limit on the files that are searched. */
const MAX_FILES = 200
/** `package btree // import "example.com/btree"` */
const IMPORT_COMMENT = /^package[ \t]+\w{1,100}[ \t]*\/\/[ \t]*import[ \t]*"([^"\s]{1,200})"/m
/** A path that begins with a host: in an import, `go get`, `go install`, or a link to its documentation. */
const IMPORTED =
  /(?:"|\bgo (?:get|install) (?:-u )?|\/\/(?:godoc\.org|pkg\.go\.dev)\/)((?:[\w-]{1,60}\.){1,4}[a-z]{2,20}\/[\w.~/-]{1,200})/g

/**
 * @param name - Name of the repository.
 * @returns The path of the package in the root folder: the one in its import comment, otherwise the path ending with the
 * name of the repository that its Go files and documents mention most often.
 */
export function goImportPath(name: string, files: readonly SourceFile[]): string | undefined {
  const searched = files
    .filter(({ path, language }) => language === 'go' || path.endsWith('.md'))
    .sort((a, b) => a.path.split('/').length - b.path.split('/').length || compareText(a.path, b.path))
    .slice(0, MAX_FILES)
  const counts = new Map<string, number>()
  for (const { path, text } of searched) {
    const head = (text ?? '').slice(0, MAX_TEXT)
    const stated = folderOf(path) === '' ? IMPORT_COMMENT.exec(head)?.[1] : undefined
    if (stated !== undefined) return stated
    for (const [, imported = ''] of head.matchAll(IMPORTED)) {
      const end = findText(`${imported}/`, `/${name}/`)
      if (end < 0) continue
      const root = imported.slice(0, end + name.length + 1)
      counts.set(root, (counts.get(root) ?? 0) + 1)
    }
  }
  return [...counts].sort(([a, x], [b, y]) => y - x || compareText(a, b))[0]?.[0]
}

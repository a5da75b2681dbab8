/** Lists the public API of npm packages: an import path for each code entry point in the manifest. */

import { posix } from 'node:path'
import { append } from '#base/long-arrays.ts'
import { endOfBracket } from '#generate/attributes.ts'
import type { Analysis, FileExport, SurfacePath } from '#generate/model.ts'
import { folderOf } from '#generate/paths.ts'
import { scriptExports } from '#generate/script-exports.ts'
import type { NamedPackage, PackageFiles } from './package-files.ts'
import { surfacePathsOf } from './surface-path.ts'

export function javascriptModules({ name, entries }: NamedPackage, { analysis, byPath }: PackageFiles): SurfacePath[] {
  return entries.flatMap(({ subpath, file }) =>
    surfacePathsOf(`${name}${subpath.replace(/^\./, '')}`, byPath.get(file)?.language ?? 'javascript', [
      ...withoutTypedefs(withDeclared(analysis, file), byPath.get(file)?.text ?? ''),
      ...unreadExports(file, byPath),
    ]),
  )
}

const MAX_MODULES = 1_000
const ENDINGS = ['', '.ts', '.tsx', '.d.ts', '.js', '.mjs', '/index.ts', '/index.d.ts', '/index.js']

/** Names that only generated and vendored files declare, also through `export *`. Their code is not analysed, so the names lead nowhere. */
function unreadExports(main: string, byPath: PackageFiles['byPath']): FileExport[] {
  const found: FileExport[] = []
  // Grows during the iteration.
  const reached = new Set([main])
  for (const path of reached) {
    const file = byPath.get(path)
    const { names, stars } = file?.exports ?? scriptExports(file?.text ?? '')
    const own = file?.exports === undefined ? [] : names.filter((name) => path === main || name !== 'default')
    append(
      found,
      own.map((name) => ({ name, to: null })),
    )
    for (const specifier of stars.filter((one) => one.startsWith('.'))) {
      const written = posix.join(folderOf(path), specifier)
      const stems = [written, written.replace(/\.[cm]?js$/, '')]
      const to = stems.flatMap((stem) => ENDINGS.map((ending) => stem + ending)).find((one) => byPath.has(one))
      if (to !== undefined && reached.size < MAX_MODULES) reached.add(to)
    }
  }
  return found
}

const MAX_TEXT = 200_000
const MAX_COMMENT = 10_000

/** Leaves out types that are declared only in comments, which no code can import. */
function withoutTypedefs(names: readonly FileExport[], text: string): FileExport[] {
  const types = new Set<string>()
  const plain = text.includes('@typedef') || text.includes('@callback') ? text.slice(0, MAX_TEXT) : ''
  for (let at = plain.indexOf('/**'); at >= 0; ) {
    const end = plain.indexOf('*/', at + 2)
    if (end < 0) break
    const comment = plain.slice(at, Math.min(at + MAX_COMMENT, end))
    at = plain.indexOf('/**', end + 2)
    // `@callback Done`, `@typedef {object} Plan`
    for (const part of comment.split(/@(?:callback|typedef)\s/).slice(1)) {
      const declared = part.trimStart()
      const rest = declared.startsWith('{') ? declared.slice(endOfBracket(declared, 0)).trimStart() : declared
      types.add(/^[\w$]{0,100}/.exec(rest)?.[0] ?? '')
    }
  }
  return names.filter(({ name, to }) => to !== null || !types.has(name))
}

/** The exports of a file, and those that only its declaration file has: `index.d.ts` beside `index.js`. */
function withDeclared({ exports }: Analysis, file: string): readonly FileExport[] {
  const own = exports[file] ?? []
  const beside = ['.d.$1ts', '.d.ts'].map((ending) => exports[file.replace(/\.([cm]?)jsx?$/, ending)])
  const declared = /\.[cm]?jsx?$/.test(file) ? (beside.find((names) => names !== undefined) ?? []) : []
  const known = new Set(own.map(({ name }) => name))
  return [...own, ...declared.filter(({ name }) => !known.has(name) && name !== 'default' && name !== 'export=')]
}

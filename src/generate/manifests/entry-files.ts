/**
 * Finds the file of the repository for a path in package.json. The path is often of a built file: `dist/server.js` is
 * searched as `src/server.ts`, first by `outDir` and `rootDir` of tsconfig files, then in the usual folders. Only
 * existing files are returned.
 */

import { append } from '#base/long-arrays.ts'
import { at, textAt } from '#generate/formats/located.ts'
import { folderOf, inFolder, joinPath } from '#generate/paths.ts'
import type { RepositoryFiles } from './repository-files.ts'

const OUTPUTS = new Set(
  'dist distribution build out output lib libs esm cjs es umd iife mjs types typings module modules browser node bin commonjs development production _esm _cjs'.split(
    ' ',
  ),
)
/** Output folders that never contain sources. */
const BUILT = new Set(['dist', 'distribution', 'build', 'out', 'output', 'esm', 'cjs', 'umd'])
/** Folders in which the sources of built files are searched, the likeliest first. */
const SOURCES = ['src', '', 'source', 'lib']
const TSCONFIGS = ['tsconfig.json', 'tsconfig.build.json', 'tsconfig.lib.json']
/** Limit on the tsconfig files that extend each other. */
const MAX_EXTENDS = 5
/** Limit on the characters of a file that are searched for its re-export. */
const MAX_STUB = 2_000
const HANDS_ON =
  /(?:module\.exports = require\(|export (?:\*|\{[^{}]{1,200}\}) from )['"](\.{1,2}\/[^'"\n]{1,200})['"]/g
/** Longer paths are not searched. */
const MAX_WRITTEN = 500
/** Extensions of built files, and of their possible sources, best first. */
const ENDINGS: readonly (readonly [built: string, sources: readonly string[]])[] = [
  ['.d.mts', ['.mts', '.ts', '.d.mts', '.mjs', '.js']],
  ['.d.cts', ['.cts', '.ts', '.d.cts', '.cjs', '.js']],
  ['.d.ts', ['.ts', '.tsx', '.d.ts', '.js', '.jsx']],
  ['.mjs', ['.mts', '.ts', '.tsx', '.mjs', '.js', '.jsx']],
  ['.cjs', ['.cts', '.ts', '.tsx', '.cjs', '.js', '.jsx']],
  ['.jsx', ['.tsx', '.jsx']],
  ['.js', ['.ts', '.tsx', '.mts', '.js', '.jsx', '.mjs']],
]
const ANY = ['.ts', '.tsx', '.mts', '.js', '.jsx', '.mjs', '.cjs', '.cts', '.json']
/** Suffixes that bundlers add to a name before its extension. */
const VARIANTS = new Set(
  'min esm cjs umd iife mjs es prod production dev development browser node bundle common module'.split(' '),
)

export class EntryFiles {
  readonly #files: RepositoryFiles
  readonly #folder: string
  /** Output folders and their source folders, from the repository's root. */
  readonly #built: [out: string, root: string][]

  constructor(folder: string, files: RepositoryFiles) {
    this.#files = files
    this.#folder = folder
    this.#built = TSCONFIGS.flatMap((name) => this.#builtBy(inFolder(folder, name)))
  }

  /** @param written - `./dist/index.js`, `lib/`, or `dist/*.js` without its star. */
  find(written: string): string | undefined {
    return this.candidates(written).find((path) => this.#files.isFile(path))
  }

  /** Possible paths of the source, best first; a `*` in a pattern is kept. */
  candidates(written: string): string[] {
    const path = joinPath(this.#folder, written)
    if (path === undefined || written.length > MAX_WRITTEN) return []
    const found = [path]
    for (const [out, root] of this.#built) {
      if (path.startsWith(`${out}/`)) append(found, sourcesOf(inFolder(root, path.slice(out.length + 1))))
    }
    const parts = (joinPath('', written) ?? '').split('/')
    let built = 0
    while (built < parts.length - 1 && OUTPUTS.has(parts[built] ?? '')) {
      built++
      const rest = parts.slice(built).join('/')
      for (const source of SOURCES) append(found, sourcesOf(inFolder(this.#folder, inFolder(source, rest))))
    }
    append(found, sourcesOf(path))
    if (built === 0) append(found, sourcesOf(inFolder(this.#folder, `src/${parts.join('/')}`)))
    const isOut = this.isBuilt(path)
    // Built files and declaration files in the repository come last.
    const comesLast = (one: string): boolean => one === path && (isOut || /\.d\.[cm]?ts$/.test(one))
    return [...found.filter((one) => !comesLast(one)), ...found.filter(comesLast)]
  }

  /** Whether a path is in an output folder. */
  isBuilt(path: string): boolean {
    const inside = path.slice(this.#folder === '' ? 0 : this.#folder.length + 1)
    return BUILT.has(inside.split('/')[0] ?? '') || this.#built.some(([out]) => path.startsWith(`${out}/`))
  }

  /** Whether a path that the manifest states is in an output folder. */
  statesBuilt(written: string): boolean {
    const path = joinPath(this.#folder, written)
    return path !== undefined && this.isBuilt(path)
  }

  /** Whether a file re-exports a built file that is not in the repository: `module.exports = require('./dist/orbit.cjs')`. */
  handsOnBuilt(file: string): boolean {
    return [...this.#files.text(file).slice(0, MAX_STUB).matchAll(HANDS_ON)].some(([, written = '']) => {
      const path = joinPath(folderOf(file), written)
      return path !== undefined && this.isBuilt(path) && !this.#files.isFile(path)
    })
  }

  /** The source file of a subpath by its name, for bundles: `./server` is `src/server.ts`. */
  named(subpath: string, names: readonly string[]): string | undefined {
    const stems = subpath === '.' ? ['index', ...names, 'main'] : [subpath.slice(2), `${subpath.slice(2)}/index`]
    const paths = ['src', ''].flatMap((source) => stems.map((stem) => inFolder(source, stem)))
    return paths
      .flatMap((path) => ANY.map((ending) => joinPath(this.#folder, path + ending)))
      .find((path): path is string => this.#files.isFile(path) && !path.endsWith('.json'))
  }

  #builtBy(path: string): [string, string][] {
    const options = this.#optionsOf(path)
    const { outDir } = options
    if (outDir === undefined || outDir === '') return []
    // Without `rootDir` it is the common folder of all sources, nearly always one of these.
    const roots = options.rootDir === undefined ? [inFolder(this.#folder, 'src'), this.#folder] : [options.rootDir]
    return roots.map((root) => [outDir, root])
  }

  #optionsOf(path: string): { outDir?: string; rootDir?: string } {
    const found: { outDir?: string; rootDir?: string } = {}
    let next: string | undefined = path
    for (let count = 0; count < MAX_EXTENDS && next !== undefined && this.#files.isFile(next); count++) {
      const values = this.#files.values(next)
      for (const key of ['outDir', 'rootDir'] as const) {
        const written = textAt(values, 'compilerOptions', key)?.replace(/^\$\{configDir\}/, '.')
        const folder = written === undefined ? undefined : joinPath(folderOf(next), written)
        if (found[key] === undefined && folder !== undefined) found[key] = folder
      }
      const base = at(values, 'extends')
      const written: string | undefined = (base?.items?.[0] ?? base)?.text
      next =
        written?.startsWith('.') === true
          ? joinPath(folderOf(next), written.endsWith('.json') ? written : `${written}.json`)
          : undefined
    }
    return found
  }
}

/**
 * Possible sources of a built file: `a/b.ts` for `a/b.js`, and so on. A name without an extension may be a folder with an index.
 */
function sourcesOf(path: string): string[] {
  const ending = ENDINGS.find(([built]) => path.endsWith(built))
  if (ending === undefined) {
    const known = ANY.find((one) => path.endsWith(one))
    if (known !== undefined) return [path]
    return ['', '/index'].flatMap((tail) => ANY.map((one) => path + tail + one))
  }
  const [built, sources] = ending
  const stem = path.slice(0, -built.length)
  const plain = withoutVariants(stem)
  return [stem, plain, `${plain}/index`]
    .filter((one, index, all) => all.indexOf(one) === index)
    .flatMap((one) => sources.map((source) => one + source))
}

/** `orbit.esm.min` is a build of `orbit`. */
function withoutVariants(stem: string): string {
  let found = stem
  for (;;) {
    const cut = Math.max(found.lastIndexOf('.'), found.lastIndexOf('-'))
    if (cut <= found.lastIndexOf('/') + 1 || !VARIANTS.has(found.slice(cut + 1))) return found
    found = found.slice(0, cut)
  }
}

/**
 * Finds the files that paths in specifiers and manifests refer to: with the extensions of Node and TypeScript, the entry
 * points of folders, and the sources that build outputs are built from.
 */

import { foldersAbove, joinPath } from '#generate/paths.ts'
import type { Packages } from './packages.ts'

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.d.ts', '.d.mts', '.d.cts', '.json']
/** The extensions of possible sources of an emitted file, best first. */
const SOURCES_OF = new Map([
  ['.js', ['.ts', '.tsx', '.js', '.jsx', '.d.ts']],
  ['.jsx', ['.tsx', '.jsx', '.d.ts']],
  ['.mjs', ['.mts', '.ts', '.mjs', '.js', '.d.mts', '.d.ts']],
  ['.cjs', ['.cts', '.ts', '.cjs', '.js', '.d.cts', '.d.ts']],
])
const OUTPUT_FOLDERS = new Set('dist build out lib esm cjs commonjs es umd types module bin'.split(' '))
const SOURCE_FOLDERS = ['src/', '', 'source/', 'lib/']
const JAVASCRIPT = /\.([cm]?)jsx?$/

/** Whether a path is that of a declaration file. */
export const isDeclarationFile = (path: string): boolean => /\.d\.[cm]?ts$/.test(path)

export class ModuleFiles {
  readonly #paths: ReadonlySet<string>
  readonly #byFolder: Packages['byFolder']
  readonly #analysed: { has(path: string): boolean }

  /** Parameters as in `createResolve`. */
  constructor(paths: ReadonlySet<string>, byFolder: Packages['byFolder'], analysed: { has(path: string): boolean }) {
    this.#paths = paths
    this.#byFolder = byFolder
    this.#analysed = analysed
  }

  /** The declaration file beside a JavaScript file: it has the types, which TypeScript looks for first. */
  declarationOf(path: string): string | undefined {
    const declaration = path.replace(JAVASCRIPT, '.d.$1ts')
    return declaration !== path && this.#analysed.has(declaration) ? declaration : undefined
  }

  /** The declaration file that another imports by a relative path, before the source of either. */
  besideDeclaration(specifier: string, folder: string): string | undefined {
    const path = /^\.\.?\//.test(specifier) ? joinPath(folder, specifier) : undefined
    const found = path === undefined ? undefined : this.#file(path)
    const declared = found === undefined ? undefined : (this.declarationOf(found) ?? found)
    return declared !== undefined && isDeclarationFile(declared) && this.#analysed.has(declared) ? declared : undefined
  }

  /** A path, or the source that it is built from in its package. */
  relative(path: string | undefined, isFolder: boolean): string | undefined {
    const direct = this.at(path, isFolder)
    const isDeclared = direct !== undefined && (isDeclarationFile(direct) || this.#isUnread(direct))
    if (path === undefined || (direct !== undefined && !isDeclared)) return direct
    const home = foldersAbove(path).find((above) => above === '' || this.#byFolder.has(above)) ?? ''
    const segments = segmentsOf(path.slice(home.length))
    const source = this.#sourceOf(home, segments) ?? this.#sourceOf(home, [...segments, 'index'])
    // Declarations are made from TypeScript. Those beside JavaScript are written by hand.
    return isDeclared && !/(?<!\.d)\.[cm]?tsx?$/.test(source ?? '') ? direct : source
  }

  /** A path in a package, or the source that it is built from. */
  inPackage(folder: string, target: string): string | undefined {
    const direct = this.at(joinPath(folder, target))
    const isWritten = direct !== undefined && !isDeclarationFile(direct) && !direct.endsWith('.json')
    if (isWritten && !this.#isUnread(direct)) return direct
    const inside = joinPath('', target) ?? ''
    const segments = segmentsOf(inside)
    const source = this.#sourceOf(folder, segments)
    if (source !== undefined || direct !== undefined || isOutput(segments)) return source ?? direct
    return this.at(joinPath(folder, `src/${inside}`))
  }

  /** A file, a file with an extension added or replaced, or the entry point of a folder. */
  at(path: string | undefined, isFolder = false): string | undefined {
    if (path === undefined) return undefined
    if (!isFolder) {
      const file = this.#file(path)
      if (file !== undefined) return file
    }
    const folder = path === '' ? '' : `${path}/`
    for (const entry of this.#byFolder.get(folder)?.entries ?? []) {
      const target = joinPath(folder, entry)
      const found = target === undefined ? undefined : (this.#file(target) ?? this.#file(`${target}/index`))
      if (found !== undefined) return found
    }
    return this.#file(`${folder}index`)
  }

  /** The source of a built file of a package; `undefined` if it is not in an output folder. */
  #sourceOf(folder: string, segments: readonly string[]): string | undefined {
    for (let built = 1; isOutput(segments.slice(built - 1)); built++) {
      const rest = segments
        .slice(built)
        .join('/')
        .replace(/\.d\.([cm]?)ts$/, '.$1js')
      for (const source of SOURCE_FOLDERS) {
        const found = this.at(joinPath(folder, source + rest))
        if (found !== undefined) return found
      }
    }
    return undefined
  }

  #file(path: string): string | undefined {
    const slash = path.lastIndexOf('/')
    const dot = path.lastIndexOf('.')
    const sources = dot > slash ? SOURCES_OF.get(path.slice(dot)) : undefined
    for (const extension of sources ?? []) {
      const candidate = path.slice(0, dot) + extension
      if (this.#paths.has(candidate)) return candidate
    }
    if (this.#paths.has(path)) return path
    return EXTENSIONS.map((extension) => path + extension).find((candidate) => this.#paths.has(candidate))
  }

  /** Whether JavaScript is not analysed, for example because it is generated. */
  #isUnread(path: string): boolean {
    return JAVASCRIPT.test(path) && !this.#analysed.has(path)
  }
}

const segmentsOf = (path: string): string[] => path.split('/').filter((segment) => segment !== '')

/** Whether a path begins with an output folder. */
const isOutput = (segments: readonly string[]): boolean => segments.length > 1 && OUTPUT_FOLDERS.has(segments[0] ?? '')

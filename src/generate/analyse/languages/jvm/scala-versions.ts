/**
 * Source folders for versions of Scala: `src/main/scala-3`, `scala-2.12`, `scala-2.13+`. A file of one is never compiled with
 * a file of another if their versions differ. Build files are not read.
 */

import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import { nameOf } from '#generate/paths.ts'

interface Version {
  /** `2.13` */
  readonly number: string
  /** `2` */
  readonly major: string
  /** `+` for this version and later ones, `-` for earlier ones, otherwise ''. */
  readonly sign: string
  /** The folder that contains the sources and tests of all versions. */
  readonly module: string
}

const FOLDER = /^scala[-_]?((\d)(?:\.\d{1,3}){0,2})([+-]?)$/
const MAX_FOLDERS = 40

export class ScalaVersions {
  readonly #versions = new Map<FileUnit, Version>()
  /** Files by module, major version and name. */
  readonly #names = new Set<string>()

  constructor(program: Program) {
    for (const file of program.files.values()) {
      const version = versionOf(file.path)
      if (version === undefined) continue
      this.#versions.set(file, version)
      this.#names.add(keyOf(version, version.major, file))
    }
  }

  /** The declarations that may be compiled together with the file. */
  seenBy(file: FileUnit, decls: readonly Decl[]): readonly Decl[] {
    const from = this.#versions.get(file)
    if (from === undefined || decls.every((decl) => this.#maySee(file, from, decl))) return decls
    return decls.filter((decl) => this.#maySee(file, from, decl))
  }

  #maySee(file: FileUnit, from: Version, decl: Decl): boolean {
    const to = this.#versions.get(decl.file)
    if (to === undefined || decl.file === file) return true
    if (from.major === to.major) return areCompatible(from, to)
    // `scala-2.13+` includes Scala 3, unless a file of the same name is for Scala 3 only.
    const [lower, upper, lowerFile] = from.major < to.major ? [from, to, file] : [to, from, decl.file]
    return lower.sign === '+' && !this.#names.has(keyOf(lower, upper.major, lowerFile))
  }
}

/** Whether two folders for one major version may be compiled together; unsure if they are for a range of versions. */
function areCompatible(a: Version, b: Version): boolean {
  if (a.number === b.number) return a.sign === b.sign || a.sign === '' || b.sign === ''
  if (a.sign !== '' || b.sign !== '') return true
  return a.number.startsWith(b.number) || b.number.startsWith(a.number)
}

const keyOf = ({ module }: Version, major: string, { path }: FileUnit): string => `${module}\0${major}\0${nameOf(path)}`

function versionOf(path: string): Version | undefined {
  const folders = path.split('/', MAX_FOLDERS).slice(0, -1)
  const at = folders.findLastIndex((folder) => FOLDER.test(folder))
  const [, number = '', major = '', sign = ''] = FOLDER.exec(folders[at] ?? '') ?? []
  if (number === '') return undefined
  const root = folders.lastIndexOf('src', at)
  return { number, major, sign, module: folders.slice(0, root < 0 ? at : root).join('/') }
}

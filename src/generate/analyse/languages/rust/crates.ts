/**
 * The crates of a repository and their module trees, from `Cargo.toml` and the `mod x;` of their files. A module's name
 * is that of its crate and the names down to it, joined by dots; a crate's name is the path of its root file.
 */

import { append } from '#base/long-arrays.ts'
import type { LinkContext } from '#generate/analyse/engine/language.ts'
import { joinPath } from '#generate/analyse/languages/paths/join-path.ts'

interface Root {
  readonly file: string
  /** The name by which other crates refer to it; `null` for programs, tests and the like. */
  readonly library: string | null
  /** Whether it uses the 2015 edition, in which `use` paths start at the root of the crate. */
  readonly isFirstEdition: boolean
}

const MAX_MANIFEST = 1_000_000
/** Programs, tests, examples and benchmarks that need no entry in a manifest. */
const ALONE = /^(?:src\/(bin)|(test|example|benche)s)\/[^/]+(?:\/main)?\.rs$/

export class Crates {
  /** Modules keyed by file. */
  readonly #moduleOf = new Map<string, string>()
  /** Files keyed by module; one file may be a module of several crates. */
  readonly #fileOf = new Map<string, string>()
  /** Root modules of libraries, keyed by library name. */
  readonly #libraries = new Map<string, string>()
  /** Names of crates that manifests depend on. */
  readonly #dependencies = new Set<string>()
  readonly #ofFirstEdition = new Set<string>()
  readonly #context: LinkContext

  constructor(context: LinkContext) {
    this.#context = context
    const roots: Root[] = []
    const alone = [...context.files.keys()].filter((path) =>
      /(?:^|\/)(?:bin|tests|examples|benches)\/[^/]+(?:\/main)?\.rs$/.test(path),
    )
    for (const [path, file] of context.files) {
      if (path !== 'Cargo.toml' && !path.endsWith('/Cargo.toml')) continue
      const text = (file.text ?? '').slice(0, MAX_MANIFEST)
      for (const name of dependenciesIn(text)) this.#dependencies.add(name)
      append(roots, rootsOf(folderOf(path), text, context, alone))
    }
    // Modules shared by a library and a program belong to the library.
    roots.sort((a, b) => Number(b.library !== null) - Number(a.library !== null) || (a.file < b.file ? -1 : 1))
    for (const { file, library, isFirstEdition } of roots) {
      if (isFirstEdition) this.#ofFirstEdition.add(crateOf(file))
      if (library !== null && !this.#libraries.has(library)) this.#libraries.set(library, crateOf(file))
      this.#read(file)
    }
  }

  /** The module of a file; a file outside of every crate is a crate of its own. */
  moduleOf(path: string): string {
    return this.#moduleOf.get(path) ?? crateOf(path)
  }

  /** The file that `mod x;` names, by the full name of the module `x`. */
  fileOf(module: string): string | undefined {
    return this.#fileOf.get(module)
  }

  /** The root module of a library. */
  library(name: string): string | undefined {
    return this.#libraries.get(name)
  }

  /** Whether `use a::b;` in a crate means `crate::a::b`. */
  usesFromRoot(crate: string): boolean {
    return this.#ofFirstEdition.has(crate)
  }

  /** Whether a file is the root of a library. */
  isLibrary(path: string): boolean {
    const module = this.#moduleOf.get(path)
    return module !== undefined && !module.includes('.') && [...this.#libraries.values()].includes(module)
  }

  /** Whether a name can only be that of an outside crate. */
  isOutside(name: string): boolean {
    return this.#dependencies.has(name) && !this.#libraries.has(name)
  }

  #read(root: string): void {
    const queue: { file: string; module: string; isRoot: boolean }[] = [
      { file: root, module: crateOf(root), isRoot: true },
    ]
    const seen = new Set<string>()
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const { file, module, isRoot } = next
      if (seen.has(file)) continue
      seen.add(file)
      this.#fileOf.set(module, file)
      if (!this.#moduleOf.has(file)) this.#moduleOf.set(file, module)
      const text = this.#context.files.get(file)?.text ?? ''
      const folder = folderOf(file)
      const stem = file.slice(folder === '' ? 0 : folder.length + 1, -'.rs'.length)
      const inside = isRoot || stem === 'mod' ? folder : join(folder, stem)
      for (const { name, path } of modulesIn(text)) {
        const tries =
          path === undefined ? [join(inside, `${name}.rs`), join(inside, `${name}/mod.rs`)] : [join(folder, path)]
        const found = tries.find((one) => this.#context.files.has(one))
        if (found !== undefined) queue.push({ file: found, module: `${module}.${name}`, isRoot: path !== undefined })
      }
    }
  }
}

const MODULE = /^[ \t]*(?:pub(?:\s*\([^)]*\))?[ \t]+)?mod[ \t]+(?:r#)?(\w+)[ \t]*;/

/** `mod x;`, with a `#[path]` before it. */
function* modulesIn(text: string): Iterable<{ name: string; path: string | undefined }> {
  let attributes: string[] = []
  for (const line of text.split('\n')) {
    if (/^[ \t]*#\[.*\][ \t]*$/.test(line)) {
      attributes.push(line)
      continue
    }
    const name = MODULE.exec(line)?.[1]
    if (name !== undefined) yield { name, path: /#\[path\s*=\s*"([^"\n]+)"\]/.exec(attributes.join('\n'))?.[1] }
    attributes = []
  }
}

function dependenciesIn(text: string): string[] {
  const names: string[] = []
  for (const section of text.split(/^(?=[ \t]*\[)/m)) {
    const title = /^\s*\[[^\]\n]*dependencies(?:\.["']?([\w-]+)["']?)?\]/.exec(section)
    if (title === null) continue
    if (title[1] !== undefined) names.push(title[1])
    else for (const [, name] of section.matchAll(/^[ \t]*["']?([\w-]+)["']?(?:\.\w+)?[ \t]*=/gm)) names.push(name ?? '')
  }
  return names.map((name) => name.replace(/-/g, '_'))
}

function rootsOf(folder: string, text: string, context: LinkContext, alone: readonly string[]): Root[] {
  const sections = text.split(/^(?=[ \t]*\[)/m)
  const read = (section: string, key: string): string | undefined =>
    new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*["']([^"'\\n]+)["']`, 'm').exec(section)?.[1]
  const find = (title: string): string[] => sections.filter((one) => one.trimStart().startsWith(title))
  const [about] = find('[package]')
  const name = about === undefined ? undefined : read(about, 'name')
  if (about === undefined || name === undefined) return []
  const isFirstEdition = !/^[ \t]*edition\b(?![ \t]*=[ \t]*["']2015)/m.test(about)
  const roots = new Map<string, Root>()
  const add = (path: string, library: string | null): void => {
    const file = join(folder, path)
    if (context.files.has(file) && !roots.has(file)) roots.set(file, { file, library, isFirstEdition })
  }
  const [lib = ''] = find('[lib]')
  add(read(lib, 'path') ?? 'src/lib.rs', (read(lib, 'name') ?? name).replace(/-/g, '_'))
  for (const title of ['[[bin]]', '[[test]]', '[[example]]', '[[bench]]']) {
    for (const section of find(title)) {
      const path = read(section, 'path')
      if (path !== undefined) add(path, null)
    }
  }
  const isOff = (kind: string): boolean => new RegExp(`^[ \\t]*auto${kind}[ \\t]*=[ \\t]*false`, 'm').test(about)
  add('src/main.rs', null)
  add('build.rs', null)
  const start = folder === '' ? '' : `${folder}/`
  for (const path of alone) {
    if (!path.startsWith(start)) continue
    const kind = ALONE.exec(path.slice(start.length))
    if (kind !== null && !isOff(`${kind[1] ?? kind[2]}s`)) add(path.slice(start.length), null)
  }
  return [...roots.values()]
}

function crateOf(file: string): string {
  return file.replace(/\.rs$/, '').replace(/\./g, '_')
}

function join(folder: string, path: string): string {
  return joinPath(folder, path) ?? path
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

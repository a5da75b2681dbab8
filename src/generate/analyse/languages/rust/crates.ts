/**
 * The crates of a repository and their module trees, from `Cargo.toml` and the `mod x;` of their files. The full name of
 * a module is the name of its crate, then the names of the modules down to it, joined by dots; a crate is named by the path
 * of its root file. A file included with `include!` belongs to the module that includes it, unless it is a module itself.
 */

import { append } from '#base/long-arrays.ts'
import type { LinkContext } from '#generate/analyse/engine/language.ts'
import { RUST } from '#generate/formats/lexical-rules.ts'
import { at, type Located, textAt } from '#generate/formats/located.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import { readToml } from '#generate/formats/read-toml.ts'
import { neededIn } from '#generate/manifests/cargo-tables.ts'
import { folderOf, inFolder, joinPath } from '#generate/paths.ts'
import { isForLinux } from './cfg-conditions.ts'

interface Root {
  readonly file: string
  /** The name by which other crates refer to it; `null` for programs, tests and the like. */
  readonly library: string | null
  /** Whether it uses the 2015 edition, in which `use` paths start at the root of the crate. */
  readonly isFirstEdition: boolean
}

/** A file to read, and the module that it is or belongs to. */
interface ModuleFile {
  readonly file: string
  readonly module: string
  /** Whether its modules are files beside it. */
  readonly isRoot: boolean
}

interface Included extends ModuleFile {
  readonly by: string
  readonly isForLinux: boolean
}

/** Programs, tests, examples and benchmarks that need no entry in a manifest. */
const AUTO_DISCOVERED = /^(?:src\/(bin)|(test|example|benche)s)\/[^/]+(?:\/main)?\.rs$/

/** The folders of targets that state no path, keyed by their table in a manifest. */
const TARGET_FOLDERS = [
  ['bin', 'src/bin'],
  ['test', 'tests'],
  ['example', 'examples'],
  ['bench', 'benches'],
] as const

const NO_FILES: ReadonlySet<string> = new Set()

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
  readonly #included: Included[] = []
  /** The files that a file includes on Linux. */
  readonly #includes = new Map<string, Set<string>>()
  /** Modules of more than one file. */
  readonly #withSeveralFiles = new Set<string>()
  readonly #context: LinkContext

  constructor(context: LinkContext) {
    this.#context = context
    const roots: Root[] = []
    const alone = [...context.files.keys()].filter((path) =>
      /(?:^|\/)(?:bin|tests|examples|benches)\/[^/]+(?:\/main)?\.rs$/.test(path),
    )
    for (const [path, file] of context.files) {
      if (path !== 'Cargo.toml' && !path.endsWith('/Cargo.toml')) continue
      const manifest = readToml(file.text ?? '')
      for (const name of neededIn(manifest)) this.#dependencies.add(name.replace(/-/g, '_'))
      append(roots, rootsOf(folderOf(path), manifest, context, alone))
    }
    // Modules shared by a library and a program belong to the library.
    roots.sort((a, b) => Number(b.library !== null) - Number(a.library !== null) || (a.file < b.file ? -1 : 1))
    for (const { file, library, isFirstEdition } of roots) {
      if (isFirstEdition) this.#ofFirstEdition.add(crateOf(file))
      if (library !== null && !this.#libraries.has(library)) this.#libraries.set(library, crateOf(file))
      this.#read({ file, module: crateOf(file), isRoot: true })
    }
    this.#readIncluded()
  }

  /** The module of a file; a file outside any crate is a crate of its own. */
  moduleOf(path: string): string {
    return this.#moduleOf.get(path) ?? crateOf(path)
  }

  /** The file that `mod x;` names, by the full name of the module `x`. */
  fileOf(module: string): string | undefined {
    return this.#fileOf.get(module)
  }

  /** The files whose items a file includes. */
  includesOf(path: string): ReadonlySet<string> {
    return this.#includes.get(path) ?? NO_FILES
  }

  hasSeveralFiles(module: string): boolean {
    return this.#withSeveralFiles.has(module)
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

  #read(start: ModuleFile, isPart = false): void {
    const queue = [start]
    const seen = new Set<string>()
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const { file, module, isRoot } = next
      if (seen.has(file)) continue
      seen.add(file)
      const isStart = next === start
      if (!isPart || (!isStart && !this.#fileOf.has(module))) this.#fileOf.set(module, file)
      if (!(isPart && isStart) && !this.#moduleOf.has(file)) this.#moduleOf.set(file, module)
      const text = this.#context.files.get(file)?.text ?? ''
      const folder = folderOf(file)
      const stem = file.slice(folder === '' ? 0 : folder.length + 1, -'.rs'.length)
      const inside = isRoot || stem === 'mod' ? folder : join(folder, stem)
      for (const { around, name, path, include, attributes } of namedIn(text)) {
        const beside = around.reduce(inFolder, inside)
        if (include !== undefined) {
          const included = { file: join(folder, include), module, isRoot: true, by: file }
          if (this.#context.files.has(included.file))
            this.#included.push({ ...included, isForLinux: isForLinux(attributes) })
          continue
        }
        const tries =
          path === undefined
            ? [join(beside, `${name}.rs`), join(beside, `${name}/mod.rs`)]
            : [join(around.length === 0 ? folder : beside, path)]
        const found = tries.find((one) => this.#context.files.has(one))
        const full = [module, ...around, name].join('.')
        if (found !== undefined) queue.push({ file: found, module: full, isRoot: path !== undefined })
      }
    }
  }

  /**
   * Reads the included files after all modules. In a file for another system, only the modules count: its items would
   * duplicate those for Linux.
   */
  #readIncluded(): void {
    const seen = new Set<string>()
    for (const isFirst of [true, false]) {
      // Included files may include others.
      for (const one of this.#included) {
        if (one.isForLinux !== isFirst) continue
        if (one.isForLinux && one.by !== one.file)
          this.#includes.set(one.by, (this.#includes.get(one.by) ?? new Set()).add(one.file))
        if (seen.has(one.file) || this.#moduleOf.has(one.file)) continue
        seen.add(one.file)
        if (one.isForLinux) {
          this.#moduleOf.set(one.file, one.module)
          this.#withSeveralFiles.add(one.module)
        }
        this.#read(one, true)
      }
    }
  }
}

/** Matches text that names other files. */
const NAMES_FILE = /\bmod\s+(?:r#)?\w+\s*;|^include!/m
/**
 * Matches attributes, modules, `include!` at the start of a line (in a function, it is an expression), and what ends an
 * item, in masked code.
 */
const ITEM = /(#\[)|(?<![\w#])mod\s+(?:r#)?(\w+)\s*([;{])|(?<![^\n])include!\s*([({[])|([{};])/g

/** Limit on the braces around text that names a file. */
const MAX_OPEN = 100

/** A module or an included file that a text names. */
interface NamedFile {
  /** The enclosing modules in braces, outermost first. */
  readonly around: readonly string[]
  readonly name?: string
  /** From `#[path]`. */
  readonly path?: string | undefined
  readonly include?: string
  readonly attributes: string
}

/** Finds `mod x;` and `include!("x.rs");`. */
function* namedIn(text: string): Iterable<NamedFile> {
  const masked = NAMES_FILE.test(text) ? MaskedCode.of(text, RUST) : undefined
  if (masked === undefined) return
  /** The names of the modules whose braces are open; `undefined` for other braces. */
  const open: (string | undefined)[] = []
  let attributes = ''
  let from = 0
  for (const { index, 0: item, 1: attribute, 2: name, 3: sign, 4: bracket, 5: other } of masked.code.matchAll(ITEM)) {
    if (index < from) continue
    const list =
      attribute === undefined && bracket === undefined ? undefined : masked.argumentsAt(index + item.length - 1)
    if (attribute !== undefined) {
      from = list?.end ?? text.length
      attributes += `${text.slice(index, from)}\n`
      continue
    }
    const around = open.length > MAX_OPEN ? undefined : open.filter((one) => one !== undefined)
    const include = bracket === undefined ? undefined : masked.literalOf(list?.list[0])
    if (around !== undefined && name !== undefined && sign === ';')
      yield { around, name, path: /#\[path\s*=\s*"([^"\n]+)"\]/.exec(attributes)?.[1], attributes }
    else if (around !== undefined && include?.endsWith('.rs') === true) yield { around, include, attributes }
    if (sign === '{' || other === '{') open.push(name)
    else if (other === '}') open.pop()
    attributes = ''
  }
}

function rootsOf(
  folder: string,
  manifest: Located | undefined,
  context: LinkContext,
  alone: readonly string[],
): Root[] {
  const about = at(manifest, 'package')
  const name = textAt(about, 'name')
  if (name === undefined) return []
  const isFirstEdition = (textAt(about, 'edition') ?? (at(about, 'edition') === undefined ? '2015' : '')) === '2015'
  const roots = new Map<string, Root>()
  const add = (path: string, library: string | null): void => {
    const file = join(folder, path)
    if (context.files.has(file) && !roots.has(file)) roots.set(file, { file, library, isFirstEdition })
  }
  add(textAt(manifest, 'lib', 'path') ?? 'src/lib.rs', (textAt(manifest, 'lib', 'name') ?? name).replace(/-/g, '_'))
  for (const [kind, home] of TARGET_FOLDERS) {
    for (const target of at(manifest, kind)?.items ?? []) {
      const path = textAt(target, 'path')
      const stem = `${home}/${textAt(target, 'name') ?? ''}`
      for (const file of path === undefined ? [`${stem}.rs`, `${stem}/main.rs`] : [path]) add(file, null)
    }
  }
  add('src/main.rs', null)
  add(textAt(about, 'build') ?? 'build.rs', null)
  const start = folder === '' ? '' : `${folder}/`
  for (const path of alone) {
    if (!path.startsWith(start)) continue
    const kind = AUTO_DISCOVERED.exec(path.slice(start.length))
    if (kind !== null && at(about, `auto${kind[1] ?? kind[2]}s`)?.text !== 'false') add(path.slice(start.length), null)
  }
  return [...roots.values()]
}

function crateOf(file: string): string {
  return file.replace(/\.rs$/, '').replace(/\./g, '_')
}

function join(folder: string, path: string): string {
  return joinPath(folder, path) ?? path
}

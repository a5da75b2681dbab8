/**
 * Resolves module names to files. Python searches `sys.path`, which a repository does not state; its folders are
 * inferred from the paths of packages, the manifests (`source-roots.ts`) and the importing file.
 */

import { createHash } from 'node:crypto'
import { compareText, type SourceFile } from '#generate/model.ts'
import { folderOf, inFolder } from '#generate/paths.ts'
import { findSourceRoots } from './source-roots.ts'

/** A module, a package or a namespace package. */
export interface Module {
  /** The file that defines it; `null` for a namespace package. */
  readonly path: string | null
  /** The folder of its submodules; `null` for a plain module. */
  readonly folder: string | null
}

const TEST_FOLDER = /(?:^|\/)(?:tests?|testing|examples?|samples?|docs?|fixtures?|benchmarks?)(?=\/|$)/i

const isInside = (path: string, folder: string): boolean => folder === '' || path.startsWith(`${folder}/`)

export class ModuleTable {
  /** Modules keyed by path without suffix; a package by its folder. */
  readonly #modules = new Map<string, Module>()
  readonly #byPath = new Map<string, Module>()
  readonly #namespaces = new Map<string, Module>()
  readonly #roots: readonly string[]
  /** Roots among tests or examples that only a manifest there names: separate projects. */
  readonly #isolated: ReadonlySet<string>
  /** Folders with a `conftest.py`: pytest puts them on the path of the tests below. */
  readonly #conftests = new Set<string>()
  readonly #candidates = new Map<string, readonly string[]>()
  /** A hash of all inputs of this table. */
  readonly key: string

  constructor(files: readonly SourceFile[], manifests: ReadonlyMap<string, SourceFile>) {
    const paths = files.map((file) => file.path)
    for (const path of paths) this.#add(path)
    for (const path of paths) if (/(?:^|\/)conftest\.py$/.test(path)) this.#conftests.add(folderOf(path))
    const tops = this.#tops(paths)
    const stated = findSourceRoots(manifests)
    this.#roots = [...new Set([...tops, ...stated])].sort(compareText)
    this.#isolated = new Set([...stated].filter((root) => !tops.has(root) && TEST_FOLDER.test(root)))
    const parts = [paths.join('\n'), [...stated].sort(compareText).join('\n')]
    this.key = createHash('sha256').update(parts.join('\0')).digest('base64url')
  }

  #add(path: string): void {
    const match = /^(.*?)\.pyi?$/.exec(path)
    if (match === null) return
    const stem = match[1] ?? ''
    const isPackage = stem === '__init__' || stem.endsWith('/__init__')
    const key = isPackage ? folderOf(path) : stem
    const module = { path, folder: isPackage ? key : null }
    this.#byPath.set(path, module)
    const known = this.#modules.get(key)
    if (known === undefined || rank(module) > rank(known)) this.#modules.set(key, module)
    for (let folder = folderOf(path); folder !== '' && !this.#namespaces.has(folder); folder = folderOf(folder)) {
      this.#namespaces.set(folder, { path: null, folder })
    }
  }

  /** The folders that contain the topmost package of some file, and the repository's root. */
  #tops(paths: readonly string[]): Set<string> {
    const tops = new Set<string>([''])
    for (const path of paths) {
      let folder = folderOf(path)
      if (!this.#isRegularPackage(folder)) continue
      while (folder !== '' && this.#isRegularPackage(folder)) folder = folderOf(folder)
      tops.add(folder)
    }
    return tops
  }

  #isRegularPackage(folder: string): boolean {
    return folder !== '' && this.#modules.get(folder)?.folder === folder
  }

  /** The module of a file. */
  ofFile(path: string): Module {
    return this.#byPath.get(path) ?? { path, folder: null }
  }

  /** The path of the module with this path without suffix; its folder for a namespace package; '' if there is none. */
  placeOf(stem: string): string {
    const module = this.#at(stem)
    return module === undefined ? '' : (module.path ?? `${module.folder}/`)
  }

  /** A submodule, by its own name. */
  child(module: Module, name: string): Module | undefined {
    if (module.folder === null) return undefined
    return this.#at(inFolder(module.folder, name))
  }

  #at(key: string): Module | undefined {
    return this.#modules.get(key) ?? this.#namespaces.get(key)
  }

  /**
   * The modules `a`, `a.b`, `a.b.c` for `import a.b.c` in `from`, up to the first that does not exist. Empty if `a` is
   * not in this repository.
   */
  resolve(from: string, names: readonly string[]): Module[] {
    const [top] = names
    if (top === undefined) return []
    let best: Module[] = []
    for (const root of this.#rootsFor(from, top)) {
      const chain = this.#walk(root, names)
      const isDefinite = chain[0]?.path != null
      if (chain.length === names.length && (isDefinite || chain[chain.length - 1]?.path != null)) return chain
      if (isDefinite && best.length === 0) best = chain
      else if (chain.length === names.length && best.length === 0 && this.#roots.includes(root)) best = chain
    }
    return best
  }

  /** The chain of modules of `from .a.b import …` with `level` dots. Empty if it is outside the repository. */
  resolveRelative(from: string, level: number, names: readonly string[]): Module[] {
    let folder = folderOf(from)
    for (let i = 1; i < level; i++) {
      if (folder === '') return []
      folder = folderOf(folder)
    }
    const base = this.#at(folder) ?? (folder === '' ? { path: null, folder: '' } : undefined)
    if (base === undefined) return []
    return names.length === 0 ? [base] : this.#walk(folder, names)
  }

  #walk(root: string, names: readonly string[]): Module[] {
    const chain: Module[] = []
    let folder: string | null = root
    for (const name of names) {
      if (folder === null) break
      const module: Module | undefined = this.#at(inFolder(folder, name))
      if (module === undefined) break
      chain.push(module)
      folder = module.folder
    }
    return chain
  }

  /** The folders to search for the top-level name, most likely first. */
  #rootsFor(from: string, top: string): readonly string[] {
    const home = folderOf(from)
    const key = `${home}\n${top}`
    const known = this.#candidates.get(key)
    if (known !== undefined) return known
    const isStandard = STANDARD_LIBRARY.has(top)
    const roots: string[] = []
    if (!this.#isRegularPackage(home) && !isStandard) roots.push(home)
    const nearestFirst = this.#roots
      .filter((root) => this.#at(inFolder(root, top)) !== undefined)
      .filter((root) => isInside(from, root) || (!isStandard && !this.#isolated.has(root) && isVisible(root, from)))
      .map((root) => ({ root, shared: isInside(from, root) ? 1_000 + depth(root) : sharedDepth(root, from) }))
      .sort((a, b) => b.shared - a.shared || compareText(a.root, b.root))
    for (const { root } of nearestFirst) roots.push(root)
    if (!isStandard) {
      for (let folder = home; folder !== ''; folder = folderOf(folder)) {
        if (this.#conftests.has(folder) && !roots.includes(folder)) roots.push(folder)
      }
    }
    this.#candidates.set(key, roots)
    return roots
  }
}

/** Ranks modules of one name: a package before a plain module, source before a stub. */
const rank = (module: Module): number => (module.folder === null ? 0 : 2) + (module.path?.endsWith('.py') ? 1 : 0)

const depth = (path: string): number => (path === '' ? 0 : path.split('/').length)

function sharedDepth(a: string, b: string): number {
  const left = a.split('/')
  const right = b.split('/')
  let shared = 0
  while (shared < left.length && shared < right.length && left[shared] === right[shared]) shared++
  return shared
}

/** Packages among tests or examples are visible only from there. */
function isVisible(root: string, from: string): boolean {
  const match = TEST_FOLDER.exec(root)
  return match === null || isInside(from, root.slice(0, match.index + match[0].length))
}

/** The modules of Python 3.11, with those that 3.12 and 3.13 dropped. */
const STANDARD_LIBRARY: ReadonlySet<string> = new Set(
  `
  abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect
  builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall
  concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm
  decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp
  fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib grp gzip
  hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json keyword
  lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder msilib msvcrt
  multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator optparse os ossaudiodev pathlib
  pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd
  py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy
  sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket socketserver spwd
  sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau
  symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this threading time timeit
  tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata
  unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp
  zipfile zipimport zlib zoneinfo __future__ _thread
  `
    .trim()
    .split(/\s+/),
)

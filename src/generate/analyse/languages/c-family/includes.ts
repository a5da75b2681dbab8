/** Resolves `#include` lines to files, and collects everything that a file sees through them. */

import { greatest } from '#base/long-arrays.ts'
import { push } from '#base/multimap.ts'
import type { FileUnit } from '#generate/analyse/engine/declarations.ts'
import type { LinkContext } from '#generate/analyse/engine/language.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import { folderOf, joinPath, nameOf, sharedFolders } from '#generate/paths.ts'
import { type BuildFolder, readBuildFolders } from './include-folders.ts'

/** Limit on the cached closures. */
const MAX_KEPT = 2_000
/** Limit on the including files that are consulted about the names that a header sees. */
const MAX_INCLUDERS = 40

export class Includes {
  readonly #program: Program
  readonly #paths: ReadonlySet<string>
  readonly #folders: readonly BuildFolder[]
  /** Paths keyed by their last segment. */
  readonly #byName = new Map<string, string[]>()
  readonly #included = new Map<FileUnit, readonly string[]>()
  readonly #closures = new Map<FileUnit, ReadonlyMap<FileUnit, number>>()
  #includers: ReadonlyMap<FileUnit, readonly FileUnit[]> | undefined

  constructor(program: Program, context: LinkContext) {
    this.#program = program
    this.#paths = context.paths
    this.#folders = readBuildFolders(context)
    for (const path of context.paths) {
      push(this.#byName, nameOf(path), path)
    }
  }

  /** Paths that the file's `#include` lines resolve to, in their order. */
  of(file: FileUnit): readonly string[] {
    const known = this.#included.get(file)
    if (known !== undefined) return known
    const found = new Set<string>()
    for (const { path, kind } of file.facts.imports) {
      if (kind !== 'quote' && kind !== 'angle') continue
      const resolved = this.#resolve(file.path, path, kind === 'quote')
      if (resolved !== undefined) found.add(resolved)
    }
    const included = [...found]
    this.#included.set(file, included)
    return included
  }

  /** The file itself and everything it includes, directly or not, with the number of steps to each. */
  seenBy(file: FileUnit): ReadonlyMap<FileUnit, number> {
    const known = this.#closures.get(file)
    if (known !== undefined) return known
    const seen = new Map([[file, 0]])
    for (const [one, steps] of seen) {
      for (const path of this.of(one)) {
        const next = this.#program.files.get(path)
        if (next !== undefined && !seen.has(next)) seen.set(next, steps + 1)
      }
    }
    if (this.#closures.size >= MAX_KEPT) this.#closures.clear()
    this.#closures.set(file, seen)
    return seen
  }

  /** Whether a file includes, directly or not, a file of the repository that was not read, such as a vendored one. */
  includesUnread(file: FileUnit): boolean {
    return [...this.seenBy(file).keys()].some((one) => this.of(one).some((path) => !this.#program.files.has(path)))
  }

  /** Files that include a file, directly or not, the nearest first. */
  includersOf(file: FileUnit): readonly FileUnit[] {
    this.#includers ??= this.#reverse()
    const seen = new Set([file])
    for (const one of seen) {
      for (const includer of this.#includers.get(one) ?? []) if (seen.size <= MAX_INCLUDERS) seen.add(includer)
    }
    return [...seen].slice(1)
  }

  #reverse(): ReadonlyMap<FileUnit, readonly FileUnit[]> {
    const includers = new Map<FileUnit, FileUnit[]>()
    for (const file of this.#program.files.values()) {
      for (const path of this.of(file)) {
        const included = this.#program.files.get(path)
        if (included !== undefined) push(includers, included, file)
      }
    }
    return includers
  }

  #resolve(from: string, path: string, isQuoted: boolean): string | undefined {
    if (isQuoted) {
      const beside = joinPath(folderOf(from), path)
      if (beside !== undefined && this.#paths.has(beside)) return beside
    }
    for (const build of this.#folders) {
      if (build.folder !== '' && !from.startsWith(`${build.folder}/`)) continue
      for (const include of build.includes) {
        const found = joinPath(include, path)
        if (found !== undefined && this.#paths.has(found)) return found
      }
    }
    return !isQuoted && standardHeaders.has(path) ? undefined : this.#bySuffix(from, path, isQuoted)
  }

  /**
   * The file whose path ends with `path`; if there are several, the one whose include folder contains or neighbours the
   * file's own folder. In angle brackets, a file in the same folder is not meant, but one of another library.
   */
  #bySuffix(from: string, path: string, isQuoted: boolean): string | undefined {
    const plain = path.replace(/^(?:\.\.?\/)+/, '')
    const found = (this.#byName.get(nameOf(plain)) ?? []).filter((one) => one === plain || one.endsWith(`/${plain}`))
    const [only = ''] = found
    if (found.length < 2)
      return isQuoted || plain.includes('/') || only.includes('include/') || folderOf(only) !== folderOf(from)
        ? found[0]
        : undefined
    const shared = found.map((one) => sharedFolders(one, from))
    const best = greatest(shared)
    const nearest = found.filter((_, index) => shared[index] === best)
    return nearest.length === 1 && (best > 0 || isQuoted) ? nearest[0] : undefined
  }
}

/** Headers of the C library and of POSIX: `<string.h>` is the system's even if the tree has a file of that name. */
const standardHeaders: ReadonlySet<string> = new Set(
  `assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg stdatomic stdbit
  stdbool stdckdint stddef stdint stdio stdlib stdnoreturn string tgmath threads time uchar wchar wctype aio cpio dirent dlfcn
  endian err fcntl fmtmsg fnmatch ftw getopt glob grp iconv langinfo libgen malloc memory monetary mqueue ndbm netdb nl_types
  poll pthread pwd regex sched search semaphore spawn strings stropts syslog tar termios trace ucontext unistd utime utmpx
  values wordexp sys/file sys/ioctl sys/mman sys/param sys/poll sys/resource sys/select sys/socket sys/stat sys/time sys/times
  sys/types sys/uio sys/un sys/utsname sys/wait sys/event sys/epoll net/if netinet/in netinet/tcp arpa/inet windows winsock2
  execinfo features`
    .split(/\s+/)
    .map((name) => `${name}.h`),
)

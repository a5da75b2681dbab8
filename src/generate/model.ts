/**
 * What the stages of a generation hand to each other. Plain data only: no stage's behaviour, no I/O.
 *
 * Paths are relative to the repository's root, with `/`, as in git. Lines count from 1 and spans include both ends.
 * Every list is sorted as its comment says, with `compareText`, so that the same commit gives the same bytes.
 */

import type { Occurrences } from './occurrences.ts'

/** A source of blobs: the tree of one commit. Made by `clone`; nothing is ever checked out. */
export interface CommitTree {
  /** Full commit id, 40 hex. */
  readonly commit: string
  /** When it was committed, ISO 8601 UTC. */
  readonly committedAt: string
  /** First line of the commit message. */
  readonly subject: string
  /** Branch or tag it was reached by, when known. */
  readonly ref: string | null
  /**
   * Every blob of the tree, depth first, in git's order. Symbolic links and submodules are listed with their mode and
   * never followed; names that are not plain (`.`, `..`, empty, with NUL or `/`) are left out and counted in `refused`.
   */
  readonly entries: readonly TreeEntry[]
  readonly refused: number
  /** The bytes of a blob. Throws `BlobTooLarge` above the limit the tree was opened with. */
  read(blob: string): Promise<Uint8Array>
  /** Free native memory and, where the clone was temporary, its folder. */
  close(): Promise<void>
}

export interface TreeEntry {
  path: string
  /** Blob id, 40 hex. */
  blob: string
  kind: 'file' | 'symlink' | 'submodule'
}

/** What a file is for, as far as its path and first bytes tell. */
export type FileRole =
  | 'code'
  | 'test'
  | 'example'
  | 'docs'
  | 'manifest'
  | 'ci'
  | 'container'
  | 'config'
  | 'data'
  | 'binary'

/** One file of the repository. Symlinks and submodules are not files here. */
export interface SourceFile {
  path: string
  blob: string
  bytes: number
  /** Number of lines; 0 for binary files and for files over the size limit. */
  lines: number
  /** Lower-case language name (`typescript`, `python`, `c`, …) or `null` when it is not known or not text. */
  language: string | null
  role: FileRole
  /** Machine-made (lock files, minified, `linguist-generated`, "do not edit" headers). */
  generated: boolean
  /** Somebody else's code kept in the tree (`vendor/`, `third_party/`, `node_modules/`, `linguist-vendored`). */
  vendored: boolean
  /** Text of a file that is read for analysis or pages; `null` for binary, oversized, generated and vendored files. */
  text: string | null
}

/** The files of one commit. */
export interface Inventory {
  commit: string
  committedAt: string
  /** Sorted by path. */
  files: SourceFile[]
  /** What was left out and why, sorted by path; at most 1,000, `skippedBy` counts all. */
  skipped: {
    path: string
    reason: 'symlink' | 'submodule' | 'too large' | 'over the file limit' | 'not readable' | 'excluded'
  }[]
  /** How many for each reason, in the order of the paths. */
  skippedBy: ReadonlyMap<Inventory['skipped'][number]['reason'], number>
}

export type ComponentKind =
  | 'class'
  | 'struct'
  | 'interface'
  | 'trait'
  | 'enum'
  | 'type'
  | 'function'
  | 'method'
  | 'field'
  | 'constant'
  | 'macro'
  | 'namespace'

/** A named thing that is defined in the code. */
export interface Component {
  /** `path#Qualified.name`; a second one of the same name in a file gets `~2`, `~3`, … in order of lines. */
  id: string
  kind: ComponentKind
  /** Last part of the qualified name. */
  name: string
  /** `Router.match`. */
  qualifiedName: string
  /** With the types of its parameters, where another thing has its qualified name: `Router.match(string)`. */
  label?: string
  file: string
  startLine: number
  endLine: number
  /** Visible outside its file (by `export`, `__all__`, no leading underscore, …) by the language's own rules. */
  exported: boolean
  /** Who may use it, by a modifier or a convention of the language. */
  visibility: Visibility
  /** One line, whitespace collapsed, at most 500 characters, of a function 2,000, without a body: `match(path: string): Match | undefined`. */
  signature: string
  /** The other ways to call it that are declared under its id, in order, at most 20. */
  overloads?: string[]
  /** As they are written, with their mark: `@contextmanager`. In order, at most 10. */
  decorators?: string[]
  /** The text of the doc comment as Markdown, without what `details` holds, at most 20,000 characters; `null` when there is none. */
  doc: string | null
  /** What the doc comment says of parameters, results and the like; absent where it says nothing of them. */
  details?: DocDetails
  /** The component it is a member of; `null` at the top of a file. */
  parent: string | null
}

/** What a doc comment says of one parameter, result, error or field. The text is Markdown; '' where something is not said. */
export interface DocField {
  name: string
  type: string
  text: string
}

/** The parts of a doc comment that have a form of their own in its language. Each is absent where the comment has none. */
export interface DocDetails {
  typeParameters?: DocField[]
  parameters?: DocField[]
  /** Attributes of a class that its own comment describes. */
  fields?: DocField[]
  returns?: DocField[]
  yields?: DocField[]
  /** By the type of the error. */
  raises?: DocField[]
  since?: string
  /** Why, and what to use instead; '' where that is not said. */
  deprecated?: string
  /** Each a block of code with its caption. */
  examples?: string[]
  see?: string[]
}

/** `uses-type`: named in a signature, a field or an expression as a type; `references`: all that nothing else says better. */
export type EdgeKind =
  | 'imports'
  | 'calls'
  | 'references'
  | 'uses-type'
  | 'extends'
  | 'implements'
  /** Takes the members of a module of Ruby or a trait of PHP. */
  | 'mixes-in'
  | 'overrides'
  | 'instantiates'
  | 'tests'

/** How a type is made from another. */
export const INHERITANCES = ['extends', 'implements', 'mixes-in'] as const satisfies readonly EdgeKind[]
export type Inheritance = (typeof INHERITANCES)[number]

/**
 * How the target was found. `package`: by what shares a package, namespace, crate or program without an import.
 * `bridge`: from one language to another by what both sides are bound to (JNI, cgo, modules of Python in C or Rust).
 * `unique-name`: nothing else has this name. That is a guess: it is kept apart and enters no diagram and no count.
 */
export type EdgeOrigin = 'same-file' | 'import' | 'receiver-type' | 'inheritance' | 'package' | 'bridge' | 'unique-name'

/** `internal` is what is visible in its package, assembly, crate or module only. */
export type Visibility = 'public' | 'protected' | 'internal' | 'private'

/** `from` uses `to`. Each end is a component id or, for `imports` and for code at the top of a file, a file path. */
export interface Edge {
  from: string
  to: string
  kind: EdgeKind
  origin: EdgeOrigin
  /** 0 to 1. */
  confidence: number
}

/**
 * What kind of part of a body a block is. `branch` may be passed over; `guarded` follows what may leave the body: an early
 * return, throw, break or continue in a branch; `loop` may run again or never; `failure` handles an error; `nested` is a
 * function or a class that is only made here; `deferred` runs when what is around it ends (`defer`, `finally`); in `unknown`
 * the syntax is broken.
 */
export const BLOCK_KINDS = ['branch', 'guarded', 'loop', 'failure', 'nested', 'deferred', 'unknown'] as const
export type BlockKind = (typeof BLOCK_KINDS)[number]

/** A part of a body. */
export interface Block {
  kind: BlockKind
  /** Index of the block around it in the same list, smaller than its own; -1 for the body of the component itself or the top of the file. */
  parent: number
  startLine: number
  endLine: number
  /** Of a branch that is one of several, of which one at most runs: the index of the first of them, its own for the first. */
  decision?: number
  /** Of a nested function or class that has one, also by the variable it is assigned to where it is made: `run` of `const run = () => …`. */
  name?: string
}

/** The place of a use that an analyser resolved: what an edge stands for. Edges of kind `tests` or `overrides` and bridges have none. */
export interface Use {
  /** The edge's own ends and kind. */
  from: string
  to: string
  kind: EdgeKind
  /** Of the name that is used, from 1; columns count UTF-16 units. */
  line: number
  column: number
  /**
   * Within its file, what has the smaller one is evaluated first: an argument before the call that takes it, what is
   * deferred after what it waits for.
   */
  order: number
  /** Index of the innermost block around it; -1 when it always happens. */
  block: number
}

/** A name that an import of a file binds, from the repository or from elsewhere. */
export interface Binding {
  /** In the file. */
  name: string
  /** In the module; `null` for the module itself. */
  imported: string | null
  /** The module, as it is written. */
  module: string
  /** A component's id or a path; `null` for what is not of the repository or not known. */
  to: string | null
  line: number
}

/** Where a file uses what, and what it imports. Of one edge at most 1,000 uses. */
export interface FileUses {
  blocks: Block[]
  /** Sorted by order. */
  uses: Use[]
  /** Sorted by line. */
  bindings: Binding[]
  /** Calls of members of values whose type is not known: of which name, and how many. Sorted by name. */
  unknownCalls: NameCount[]
}

export type NameCount = readonly [name: string, count: number]

/** A kind of package, by who distributes it. */
export type Ecosystem =
  | 'npm'
  | 'jsr'
  | 'pypi'
  | 'cargo'
  | 'go'
  | 'rubygems'
  | 'packagist'
  | 'maven'
  | 'nuget'
  | 'hex'
  | 'pub'
  | 'swift'
  | 'conan'

/** What a manifest of this repository says, as far as it has the usual form. */
export interface Package {
  ecosystem: Ecosystem
  /** As users ask for it when they install it; for Maven `group:artifact`. `null` where no manifest names it, such as for a list of requirements. */
  name: string | null
  /** Path of the manifest that names it. */
  manifest: string
  /** Folder of the manifest, without a slash at the end; `''` for the root. */
  folder: string
  version: string | null
  description: string | null
  licence: string | null
  /** Not to be published: `"private": true`, `publish = false`, the root of a workspace, what has no name. */
  isPrivate: boolean
  /** In the order of the manifest, those for users first. */
  dependencies: Dependency[]
  /** Programs that an installation offers, with what each runs: a path, or `module:function`. In the order of the manifest. */
  programs: { name: string; runs: string }[]
  /** Commands for those who work on it, by name: scripts of npm, of composer. In the order of the manifest. */
  scripts: { name: string; command: string }[]
  /** Tools that the manifest configures or asks for: `pnpm`, `pytest`, `spring-boot-maven-plugin`. In its order. */
  tools: string[]
  /**
   * Where imports of it lead: the subpath (`.`, `./server`) and the path of a file of the repository, the source where the
   * manifest names what is built from it. Files that are not there are left out. A module of Python beside the first one
   * has its name for a subpath (`./other`), a namespace of PHP itself (`Orbit\`) with its folder for a file.
   */
  entries: { subpath: string; file: string }[]
}

export interface Dependency {
  /** Of the package, without version and extras. */
  name: string
  /**
   * `runtime` is what an installation brings along; `peer` is what its user must have; `optional` what an extra or a feature
   * that is off brings along.
   */
  kind: 'runtime' | 'peer' | 'optional' | 'development' | 'build'
  /** The group, extra or feature that it is in, or the systems and versions that need it: `test`, `docs`, `python_version < "3.9"`. */
  group: string | null
}

export type ReadKind = 'environment' | 'configuration'

/** Code that reads an environment variable, or a key of a configuration. What only writes one is none. */
export interface Read {
  kind: ReadKind
  name: string
  /** The literal that is taken where it is not set, without quotes; `null` without one. */
  default: string | null
  file: string
  line: number
  /** What stands in this line: the name, or a constant that holds it. */
  written: string
  /** Id of the innermost component that reads it; `null` at the top of a file. */
  reader: string | null
  /** Id of the function of the repository that reads it for its caller. */
  through: string | null
  /** `config["KEY"]`, where the container may be any: a key when the repository defines or documents one of this name. */
  isLoose?: boolean
}

/** A key of a configuration with a value: `"KEY": …`. */
export interface KeyDefinition {
  name: string
  /** Its literal, without quotes; `null` where it is none. */
  value: string | null
  file: string
  line: number
}

/** A name that those who import a file get from it. */
export interface FileExport {
  /** As importers write it: `Command`, `default`; `export=` for what a file is as a whole; `de::Visitor` of a crate. */
  name: string
  /** Id of the component, or path of the file where the name is a module; `null` for what the repository does not define. */
  to: string | null
}

/** The public API of a package: what its users import, and from where. */
export interface Surface {
  /** `null` where no manifest says it: the headers that a build file installs. */
  ecosystem: Ecosystem | null
  /** As users ask for it when they install it; the repository's own name where there is no manifest. */
  package: string
  /** Folder of the manifest, `''` for the root. */
  folder: string
  /** Not to be installed by itself. */
  isPrivate: boolean
  /** The main one first, the others by their names; each with at least one name. */
  paths: SurfacePath[]
}

export interface SurfacePath {
  /** As it stands in an import: `click`, `@trpc/server/http`, `serde::de`, `github.com/go-chi/chi/v5`, `jq.h`. */
  path: string
  language: string
  /** Sorted by name, names unique. */
  names: FileExport[]
}

/** What the analysers found. */
export interface Analysis {
  /** Sorted by id, ids unique. */
  components: Component[]
  /** Sorted by from, to, kind; no duplicates; no edge from a thing to itself; both ends exist. */
  edges: Edge[]
  /** The places behind the edges, and what files import. */
  occurrences: Occurrences
  /** Comment or docstring at the head of a file, as Markdown, by path. */
  fileDocs: Record<string, string>
  /**
   * What files export, by path, names sorted: through re-exports for modules of Python, TypeScript and JavaScript and for
   * the root file of a library of Rust, whose other files have none; in Go by the bare name; else by the full name,
   * `org.orbit.Planner`, its parts joined by dots.
   */
  exports: Record<string, FileExport[]>
  /** Per language: how it was analysed and what could not be. Sorted by language. */
  reports: LanguageReport[]
  /** What builds, ships and runs the code, and which files each names. */
  artifacts: Artifacts
  /** Sorted by file, line, name; each once. */
  reads: Read[]
  /** Of keys that are read. Sorted by file, line, name. */
  keyDefinitions: KeyDefinition[]
}

export type ArtifactKind =
  | 'package'
  | 'script'
  | 'workflow'
  | 'job'
  | 'command'
  | 'stage'
  | 'service'
  | 'target'
  | 'table'
  | 'endpoint'
  | 'route'
  | 'message'
  | 'rpc'

/** A named part of a manifest, a CI or container file, a Makefile, a migration or an interface description, or a route of the code. */
export interface Artifact {
  /** `path#name`, such as `package.json#scripts.build`, `Dockerfile#build`, `app/views.py#GET /users`. */
  id: string
  kind: ArtifactKind
  name: string
  file: string
  startLine: number
  endLine: number
  /**
   * One line, at most 500 characters: the command of a script, the image of a stage, the path of an endpoint; of a
   * workflow when it runs, with names between backticks, of a command of CI the name of its step. A command belongs to the job whose lines hold it.
   */
  detail: string
  /** Of a workflow what `detail` says, as data: pages in other languages have their own words for it. */
  triggers?: Trigger[]
  /** Of a job what `detail` says. */
  job?: JobFacts
}

/** The first of some names, and how many more there are. */
export interface NamesInPart {
  shown: string[]
  more: number
}

/** Patterns that an event is limited to, and those that it leaves out. */
export interface EventPatterns {
  taken: NamesInPart
  left: NamesInPart
}

/** What makes a workflow run. */
export type Trigger =
  | {
      on: 'push' | 'pull_request' | 'pull_request_target'
      types: NamesInPart
      branches: EventPatterns
      tags: EventPatterns
      paths: EventPatterns
    }
  /** `at` is `00:30` in UTC, with a `weekday` (0 is Sunday), a `day` of the month, or every day; `null` when it is not so plain. */
  | { on: 'time'; cron: string; at: string | null; weekday?: number; day?: number }
  | { on: 'schedule' | 'hand' | 'call' }
  /** Other workflows. */
  | { on: 'workflow'; after: NamesInPart }
  | { on: 'event'; name: string; types: NamesInPart }

/** Of a job of CI; each is empty where the file does not say it. */
export interface JobFacts {
  title: string
  /** The workflow that it is a call of. */
  calls: string
  /** The machines that it runs on: `ubuntu-latest, windows-latest`. */
  runners: string
  /** What it varies besides: `ruby 3.3, 3.4, jruby`. */
  matrix: string
}

/**
 * `runs` a file or another artifact, `uses` it (copies, includes, reads, refers to), `depends-on` it (must come before).
 * Ends are ids of artifacts and components and paths of files; only what is certain is here.
 */
export interface ArtifactEdge {
  from: string
  to: string
  kind: 'runs' | 'uses' | 'depends-on'
}

export interface Artifacts {
  /** Sorted by id, ids unique. */
  nodes: Artifact[]
  /** Sorted by from, to, kind; no duplicates; both ends exist. */
  edges: ArtifactEdge[]
}

export interface LanguageReport {
  language: string
  /**
   * What the syntax is read by: `compiler` for the TypeScript compiler, `tree-sitter`, `listed` for none. Names are resolved
   * by our own resolvers.
   */
  engine: 'compiler' | 'tree-sitter' | 'listed'
  files: number
  components: number
  /** Calls to a definition inside the repository plus calls known to go outside it. */
  callsResolved: number
  callsUnresolved: number
  /** Files that could not be parsed in whole, sorted. */
  failed: string[]
}

/** A node of the partition. Every file of the inventory that is analysed is in exactly one leaf. */
export interface Module {
  /** Unique in the set, from the path: `src/http`; the root module of a repository has its name. */
  id: string
  /** Unique in the set, safe as a file name, without extension: `src-http`. */
  slug: string
  title: string
  /** The title in other words, where it has some that are not of the repository. */
  titleIn?: (words: TitleWords) => string
  /** The folder all its files share, '' for the root. */
  path: string
  /** Files of this module itself, sorted; empty for a parent. */
  files: string[]
  /** In reading order. */
  children: Module[]
  /** No main code: tools, benchmarks, examples, tests. */
  isBeside?: boolean
  /** What the repository's own steering files say of it, as Markdown, each with the file it is from. */
  notes?: SteeringNote[]
  /** Its place among its siblings by those files, from 0; modules without one come after. */
  place?: number
}

/** What titles of modules are made of beside names. */
export interface TitleWords {
  /** `redis: other files` */
  of(name: string, label: string): string
  /** `adlist to blocked` */
  range(from: string, to: string): string
  /** The same, of modules that have modules. */
  rangeInParts(from: string, to: string): string
  /** `client, preset and store`; at least two. */
  names(names: readonly string[]): string
  /** `client, preset and 3 more` */
  namesAndMore(names: readonly string[], more: number): string
  /** `server.c and more` */
  andMore(name: string): string
  /** `around server` */
  around(name: string): string
  /** What is left of those with a name like `json*`: `json* others`. */
  others(label: string): string
  topLevel: string
  topFiles: string
  topTests: string
  tools: string
  largeFiles: string
  otherFiles: string
}

/** All modules below one, itself first, in reading order. */
export function modulesOf(root: Module): Module[] {
  const result: Module[] = []
  const stack = [root]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    result.push(next)
    stack.push(...[...next.children].reverse())
  }
  return result
}

/** All files of a module and of those below it, sorted. */
export function filesOf(module: Module): string[] {
  return modulesOf(module)
    .flatMap((next) => next.files)
    .sort(compareText)
}

/** Words of a steering file. */
export interface SteeringNote {
  /** Markdown of anybody's making. */
  content: string
  author: string | null
  /** The file it is from. */
  from: string
}

/** What a repository says of its own documentation, in the order of its files; see `docs/steering.md`. */
export interface Steering {
  title: string | null
  notes: SteeringNote[]
  /** Patterns of paths, in which `*` and `**` are special. */
  include: string[]
  exclude: string[]
  /** Modules by their folder. */
  modules: { path: string; title: string | null; note: string | null; from: string }[]
  /** Pages that are asked for in words; `purpose` is part of `note`. */
  pages: { title: string; purpose: string; note: string; from: string }[]
  /** Files that were read and are right. */
  read: string[]
  /** What is not honoured, in sentences for people. */
  ignored: string[]
}

/** `guide` is a document of the repository itself; `project` what builds, checks and ships the code; `symbols` the index of names. */
export type PageSubject = 'overview' | 'guide' | 'module' | 'file' | 'project' | 'symbols'

/** One Markdown page of the set. */
export interface Page {
  /** `overview.md`, `src-http.md`. */
  file: string
  title: string
  /** The module it documents, in whole or with one of its files; `null` for what is about the whole repository. */
  module: string | null
  about: PageSubject
  /** What its module or file holds, as plain text; absent where nothing says it. */
  summary?: string
  markdown: string
}

/** Where a symbol is documented; a row of `index.json`. */
export interface IndexEntry {
  id: string
  kind: ComponentKind
  file: string
  start_line: number
  end_line: number
  page: string
  anchor: string
}

/** The repository a set is about, as pages need it. */
export interface Subject {
  /** Normalised, without credentials: `https://github.com/pallets/flask`; for a local folder `file:///…/name`. */
  repoUrl: string
  /** Short name for headings: `flask`. */
  name: string
  /** `pallets/flask`, or the folder's name. */
  fullName: string
  /** What its steering files say to readers of the overview. */
  notes?: readonly SteeringNote[]
}

/** Order of texts by code unit: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** A diagram of a page as data, so that it can be checked against the graph. */
export interface Diagram {
  /** `src-http.md` */
  page: string
  /** Its mermaid text, as it stands in the page. */
  mermaid: string
  /**
   * By the id in the mermaid text (`n1`): the files that the node stands for, or the components in a diagram of calls or
   * types. In a sequence `m1` holds the caller and the callee of the first message, and so on.
   */
  nodes: Record<string, readonly string[]>
}

/** A link of a page to a file, or to lines of it, as data. */
export interface SourceLink {
  url: string
  path: string
  /** `null` when it leads to the whole file. */
  startLine: number | null
  endLine: number | null
  /** The name that stands in these lines; `null` when it is a link to a place and not to a definition. */
  symbol: string | null
}

/** Lines of a file. */
export interface LineSpan {
  path: string
  startLine: number
  endLine: number
}

/** What somebody proposes for modules, by id: nothing of it is done that would break the law of the partition. */
export interface GroupProposal {
  titles: ReadonlyMap<string, string>
  /** Lists of modules to make one of. */
  merges: readonly (readonly string[])[]
  /** Modules in the order to read them. */
  order: readonly string[]
}

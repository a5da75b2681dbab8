/**
 * The data that the stages of a generation pass to each other. Plain data: no behaviour of a stage, no I/O.
 *
 * Paths are relative to the repository's root, with `/`, as in git. Lines count from 1 and spans include both ends.
 * Every list is sorted as documented, with `compareText`, so that the same commit gives the same bytes.
 */

import type { FollowWish } from '#base/followed-refs.ts'
import { append } from '#base/long-arrays.ts'
import type { FileBlocks } from './file-blocks.ts'
import type { Occurrences } from './occurrences.ts'
import type { ScriptExports } from './script-exports.ts'

/** The tree of one commit, read blob by blob. `clone` makes it; nothing is checked out. */
export interface CommitTree {
  /** Full commit id, 40 hex. */
  readonly commit: string
  /** The time of the commit, ISO 8601 UTC. */
  readonly committedAt: string
  /** First line of the commit message. */
  readonly subject: string
  /** The branch or tag that led to it; `null` if unknown. */
  readonly ref: string | null
  /**
   * Whether a branch or tag is known to lead to it. Hosts also serve commits that only forks and pull requests contain.
   */
  readonly isOnRef: boolean
  /**
   * Every blob of the tree, depth first, in git's order. Symbolic links and submodules are listed and never followed;
   * unsafe names (`.`, `..`, empty, with NUL or `/`) and very deep folders are left out and counted in `refused`.
   */
  readonly entries: readonly TreeEntry[]
  readonly refused: number
  /** The bytes of a blob. Throws `BlobTooLarge` above the limit given when the tree was opened. */
  read(blob: string): Promise<Uint8Array>
  /** Frees native memory and, for a temporary clone, its folder. */
  close(): Promise<void>
}

export interface TreeEntry {
  path: string
  /** Blob id, 40 hex. */
  blob: string
  kind: 'file' | 'symlink' | 'submodule'
}

/** The purpose of a file, judged by its path and first bytes. */
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
  /** Lower-case language name (`typescript`, `python`, `c`, …); `null` when unknown or not text. */
  language: string | null
  role: FileRole
  /** Generated: lock files, minified code, `linguist-generated`, "do not edit" headers. */
  generated: boolean
  /** Third-party code kept in the tree: `vendor/`, `third_party/`, `node_modules/`, `linguist-vendored`. */
  vendored: boolean
  /** Text for analysis and pages; `null` for binary, oversized, generated and vendored files. */
  text: string | null
  /** What a generated or vendored script exports; its text is not kept. */
  exports?: ScriptExports
}

/** The files of one commit. */
export interface Inventory {
  commit: string
  committedAt: string
  /** Sorted by path. */
  files: SourceFile[]
  /** Skipped files with the reason, sorted by path; at most 1,000 entries, and none with an unsafe path. `skippedBy` counts all. */
  skipped: {
    path: string
    reason: 'symlink' | 'submodule' | 'too large' | 'over the file limit' | 'not readable' | 'unsafe path' | 'excluded'
  }[]
  /** Number of files for each reason; of unsafe paths, also of folders. */
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

/** Types and namespaces: the kinds that have members. */
export const TYPE_KINDS: ReadonlySet<ComponentKind> = new Set<ComponentKind>([
  'class',
  'struct',
  'interface',
  'trait',
  'enum',
  'type',
  'namespace',
])

/** A named definition in the code. */
export interface Component {
  /** `path#Qualified.name`; later components of the same name in a file get `~2`, `~3`, … by line. */
  id: string
  kind: ComponentKind
  /** Last part of the qualified name. */
  name: string
  /** `Router.match`. */
  qualifiedName: string
  /** The qualified name with parameter types, if several definitions share it: `Router.match(string)`. */
  label?: string
  /**
   * The qualified name in the notation of its language, `Rack::Attack#call`, or with the name under which a package
   * exports it, `string` for `create`; absent if it equals `label` or `qualifiedName`.
   */
  title?: string
  /** Further names under which packages export it, sorted, at most 20. */
  aliases?: string[]
  file: string
  startLine: number
  endLine: number
  /** Place among the definitions that start in the same line, from 0; absent if it is the first one. */
  order?: number
  /** Visible outside its file by the rules of the language: `export`, `__all__`, no leading underscore, … */
  exported: boolean
  /** Visibility by a modifier or a convention of the language. */
  visibility: Visibility
  /**
   * One line without a body, whitespace collapsed, at most 500 characters, 2,000 for functions: `match(path: string):
   * Match | undefined`.
   */
  signature: string
  /** Further signatures declared under the same id, in order, at most 20. */
  overloads?: string[]
  /** The signature of the implementation, where that of overloads has all parameters with their widest types. */
  implementation?: string
  /** The condition under which it is defined: `if ActiveSupport::VERSION::MAJOR < 6`, `#ifdef USE_ICU`. */
  condition?: string
  /** Decorators, annotations and attributes as written: `@contextmanager`, `#[must_use]`. In order, at most 10. */
  decorators?: string[]
  /** Supertypes that are stated outside its head: by `impl` blocks, extensions, embedded interfaces and `include`. Sorted by file and line. */
  bases?: StatedBase[]
  /**
   * The text of the doc comment as Markdown, without the parts in `details`, at most 20,000 characters; `null` when
   * there is none.
   */
  doc: string | null
  /** Parameters, results and other tagged parts of the doc comment; absent when it has none. */
  details?: DocDetails
  /** Marked as a test, or compiled for tests only: `@Test`, `[Fact]`, `#[test]`, `#[cfg(test)]`. */
  isTest?: boolean
  /**
   * Kept from users although it is visible to them: `@internal`, `#[doc(hidden)]`, `@InternalApi`, a macro that its file
   * undefines. Not set for its members.
   */
  hidden?: true
  /** Its plain comment is in a file that has doc comments: a remark on the implementation. */
  hasRemark?: true
  /** The value of a C macro, on one line; present if an `#ifndef` of its name lets the compiler's options override it. */
  default?: string
  /**
   * Id of the parent component, which may be in another file that also declares it; `null` at the top level of a file.
   */
  parent: string | null
  /**
   * All declarations, this one included, in order of paths and lines; absent for a component with a single declaration.
   */
  declarations?: readonly Declaration[]
}

/**
 * `call`, `field call`: a call of a value that may be a parameter, a function created in a body, or a field of the object itself.
 * `passed`: such a function is an argument. `refusal`: an error is raised because subclasses must implement the function.
 * `deprecation`: code that always runs warns that its function is deprecated.
 */
export const VALUE_USES = ['call', 'field call', 'passed', 'refusal', 'deprecation'] as const

/** What a body does with a value, which no edge records. */
export interface ValueUse {
  kind: (typeof VALUE_USES)[number]
  /** '' for a refusal; the message of a warning, '' if it is computed. */
  name: string
  /** The function that is given the value; '' for none. */
  passedTo: string
  /** From 1, like the column. */
  line: number
  column: number
  /** Index of the innermost block; -1 for none. */
  block: number
}

/** An argument of a call. */
export interface PassedArgument {
  /** '' if it is not passed by name. */
  name: string
  /** `true`, `false` or `null`; `-` for any other. */
  literal: string
}

/** A supertype, in the repository or outside it. */
export interface StatedBase {
  /** `extended-with`: `extend` of Ruby, by which a class or module itself has the methods. */
  how: Inheritance | 'extended-with'
  /** As written: `From<io::Error>`, `Hashable`; '' for an unknown module that Ruby mixes in. */
  name: string
  file: string
  line: number
  /** Absent if it always holds: `where Body: Hashable`, `#[cfg(unix)]`. */
  condition?: string
}

/** A declaration of a component that several places declare. */
export type Declaration = Pick<Component, 'id' | 'file' | 'startLine' | 'endLine'>

/**
 * The description of a parameter, result, error or field in a doc comment. The text is Markdown; a missing part is ''.
 */
export interface DocField {
  name: string
  type: string
  text: string
}

/** The parts of a doc comment that its language has syntax for. Each is absent when the comment has none. */
export interface DocDetails {
  typeParameters?: DocField[]
  parameters?: DocField[]
  /** Attributes of a class that its own comment documents. */
  fields?: DocField[]
  returns?: DocField[]
  yields?: DocField[]
  /** The name is the type of the error. */
  raises?: DocField[]
  since?: string
  /** The reason and the replacement; '' when neither is given. */
  deprecated?: string
  /** Each is a code block with its caption. */
  examples?: string[]
  see?: string[]
}

/** `uses-type`: named as a type in a signature, a field or an expression. `references`: any other use. */
export type EdgeKind =
  | 'imports'
  | 'calls'
  | 'references'
  | 'uses-type'
  | 'extends'
  | 'implements'
  /** Includes a Ruby module or a PHP trait. */
  | 'mixes-in'
  | 'overrides'
  | 'instantiates'
  | 'tests'

/** Edges from a type to its supertypes and mixins. */
export const INHERITANCES = ['extends', 'implements', 'mixes-in'] as const satisfies readonly EdgeKind[]
export type Inheritance = (typeof INHERITANCES)[number]

/**
 * How the target was resolved. `package`: through a shared package, namespace, crate or program, without an import.
 * `bridge`: across languages, through a module that both sides name (Python modules in C or Rust).
 * `unique-name`: nothing else has this name. Such an edge is a guess and is left out of diagrams and counts.
 */
export type EdgeOrigin = 'same-file' | 'import' | 'receiver-type' | 'inheritance' | 'package' | 'bridge' | 'unique-name'

/** `internal`: visible only within its package, assembly, crate or module. */
export type Visibility = 'public' | 'protected' | 'internal' | 'private'

/**
 * `from` uses `to`. Each end is a component id or, for `imports` and for code at the top level of a file, a file path.
 */
export interface Edge {
  from: string
  to: string
  kind: EdgeKind
  origin: EdgeOrigin
  /** 0 to 1. */
  confidence: number
}

/**
 * The ways in which a part of a body may run. `branch` may be skipped; `guarded` comes after a possible early exit (a
 * return, throw, break or continue in a branch); `loop` may run many times or never; `failure` handles an error;
 * `nested` is a function or class that is only defined here; `deferred` runs at the end of the enclosing block
 * (`defer`, `finally`); `unknown` is broken syntax, or code governed by a macro.
 */
export const BLOCK_KINDS = ['branch', 'guarded', 'loop', 'failure', 'nested', 'deferred', 'unknown'] as const
export type BlockKind = (typeof BLOCK_KINDS)[number]

/**
 * How a piece of code decides whether a block runs. `if`: a condition that holds; `unless`: one that does not.
 * `subject` is the head of a `switch` or `match`, `case` a pattern of it; `loop` is the head of a loop, `callee` what a
 * function is passed to. `failed` and `succeeded` are checks for an error that occurred, and for none. `unknown` decides
 * in another way.
 */
export const HEAD_KINDS = [
  'unknown',
  'if',
  'unless',
  'subject',
  'case',
  'loop',
  'callee',
  'failed',
  'succeeded',
] as const
export type HeadKind = (typeof HEAD_KINDS)[number]

/** Offsets in the text of the file, in UTF-16 code units. */
export interface BlockHead {
  kind: HeadKind
  start: number
  end: number
}

/** A part of a body. */
export interface Block {
  kind: BlockKind
  /**
   * Index of the enclosing block in the same list, always smaller; -1 for the body of the component itself or the top
   * level of the file.
   */
  parent: number
  startLine: number
  endLine: number
  /**
   * What decides whether it runs, outer conditions first; absent where nothing is known. Of a guarded block, the
   * conditions of the exits, without those that only pass on an error: each holds for the code after it.
   */
  heads?: readonly BlockHead[]
  /**
   * Of a nested function that has a name, or the variable it is assigned to: `run` in `const run = () => …`. Classes have none.
   */
  name?: string
}

/**
 * A use that an analyser resolved: the evidence for an edge. `tests`, `overrides` and `bridge` edges have
 * none.
 */
export interface Use {
  /** Ends and kind of the edge. */
  from: string
  to: string
  kind: EdgeKind
  /** Position of the used name. Lines and columns count from 1, columns in UTF-16 code units. */
  line: number
  column: number
  /**
   * Order of evaluation within the file: an argument comes before the call that takes it, deferred code after the code
   * that it waits for.
   */
  order: number
  /** Index of the innermost enclosing block; -1 when the use is unconditional. */
  block: number
}

/** A name that an import binds, from the repository or from outside. */
export interface Binding {
  /** The local name. */
  name: string
  /** The name in the module; `null` for the module itself. */
  imported: string | null
  /** The module as written. */
  module: string
  /** A component id or a path; `null` when outside the repository or unknown. */
  to: string | null
  line: number
}

/** The uses and imports of one file. At most 1,000 uses of one edge. */
export interface FileUses {
  blocks: FileBlocks
  /** Sorted by order. */
  uses: Use[]
  /** Sorted by line. */
  bindings: Binding[]
}

/** A package registry. */
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
  | 'swift'
  | 'conan'

/** One package, as its manifest declares it. */
export interface Package {
  ecosystem: Ecosystem
  /**
   * The name to install it by; for Maven `group:artifact`. `null` when no manifest names it, as for a list of
   * requirements.
   */
  name: string | null
  /** Path of the manifest. */
  manifest: string
  /** Folder of the manifest, without a trailing slash; `''` for the root. */
  folder: string
  version: string | null
  /** The npm tag under which it is published, if not `latest`. */
  tag?: string
  /** The language and its supported versions, as written in the manifest: `Python >=3.9`, `Go 1.22`. */
  needs?: string
  description: string | null
  licence: string | null
  /**
   * Whether it is not meant to be published: `"private": true`, `publish = false`, the root of a workspace, or no name.
   */
  isPrivate: boolean
  /** Whether it is a crate that cannot be published, by its manifest or by that of a crate which depends on it. */
  isInner?: boolean
  /** Whether `go install …@latest` refuses its programs, because its go.mod replaces or excludes modules. */
  isBuiltInPlace?: boolean
  /** Whether its users need it only for development, as its keywords tell Composer. */
  isForDevelopment?: boolean
  /** In the order of the manifest, run-time dependencies first. */
  dependencies: Dependency[]
  /**
   * Programs that the package installs, with the path or `module:function` that each runs. In the order of the
   * manifest. An `isOptional` one is built only with a feature that is off by default.
   */
  programs: { name: string; runs: string; isOptional?: boolean }[]
  /** Named commands for developers of the package: scripts of npm or composer. In the order of the manifest. */
  scripts: { name: string; command: string }[]
  /** Tools that the manifest configures or requires: `pnpm`, `pytest`, `spring-boot-maven-plugin`. In its order. */
  tools: string[]
  /**
   * Importable modules: the subpath (`.`, `./server`) and a file of the repository, the source file if the
   * manifest names a built one. Files that do not exist are left out. For other Python modules the subpath is `./`
   * and the name; for PHP it is a namespace (`Orbit\`), for Swift a module, and the file is its folder.
   */
  entries: { subpath: string; file: string }[]
  /** The Java packages that its OSGi bundle exports, if its pom.xml lists them. */
  exportedPackages?: string[]
}

export interface Dependency {
  /** Name of the package, without version and extras. */
  name: string
  /**
   * `runtime`: installed along with the package; `peer`: required of its user; `optional`: installed with an extra or
   * with a feature that is off by default.
   */
  kind: 'runtime' | 'peer' | 'optional' | 'development' | 'build'
  /**
   * The group, extra or feature that contains it, or the environment marker that limits it: `test`, `docs`,
   * `python_version < "3.9"`.
   */
  group: string | null
}

export type ReadKind = 'environment' | 'configuration'

/** Code that reads an environment variable or a configuration key. Writing one does not count. */
export interface Read {
  kind: ReadKind
  name: string
  /** The literal used when it is not set, without quotes; `null` when there is none. */
  default: string | null
  file: string
  line: number
  /** The text in this line that names the variable: its name or a constant. */
  written: string
  /** Id of the innermost component that reads it; `null` at the top level of a file. */
  reader: string | null
  /** Id of the function in the repository that reads it for its caller. */
  through: string | null
}

/** A program, or a command of one, as its code defines it for an argument parser. */
export interface CommandLine {
  /** The name as typed after the parent command; '' for a program whose code does not state it. */
  name: string
  /** Index of the parent command, smaller than its own; -1 for a program. */
  parent: number
  file: string
  line: number
  /** Id of the innermost component around that line; `null` at the top of a file. */
  component: string | null
  /** The description in the definition; '' if there is none or it equals the component's. */
  text: string
  /** Options in the order of the code, its own before those of groups; at most 1,000. */
  options: CommandOption[]
  /** Whether the options are complete. */
  isWhole: boolean
}

/** An option of a command, or a positional argument. */
export interface CommandOption {
  /** The names as typed, `-o` and `--output`; for an argument, its name. */
  names: string[]
  isArgument: boolean
  /** The placeholder of its value in a usage line; '' if it takes none. */
  value: string
  /** A literal without quotes, or the name of a constant. */
  default: string | null
  /** The default is an expression such as `styles.Auto`. */
  isNamed?: true
  /** The description; '' if there is none or it equals the component's. */
  text: string
  file: string
  line: number
  /** The text to look for in that line. */
  written: string
  /** Id of the innermost component around that line. */
  component: string | null
}

/** A name that can be imported from a file. */
export interface FileExport {
  /**
   * The name as importers write it: `Command`, `default`; `export=` for the module as a whole; `de::Visitor` in a
   * crate.
   */
  name: string
  /**
   * Component id, or the path of a file when the name is a module; `null` when it is defined outside the repository.
   */
  to: string | null
}

/** The public API of a package: the names that its users import, with their import paths. */
export interface Surface {
  /** `null` when no manifest declares it: headers that a build file installs. */
  ecosystem: Ecosystem | null
  /** The name to install it by; the repository's name when there is no manifest. */
  package: string
  /** Folder of the manifest, `''` for the root. */
  folder: string
  /** Whether it is not published on its own. */
  isPrivate: boolean
  /** The main path first, the rest sorted; each has at least one name. */
  paths: SurfacePath[]
  /** Further paths of names that are in `paths`: pages need one, comparisons all of them. */
  also?: SurfacePath[]
}

export interface SurfacePath {
  /** As written in an import: `click`, `@trpc/server/http`, `serde::de`, `github.com/go-chi/chi/v5`, `jq.h`. */
  path: string
  /** The name of a Go package, which code writes before its names. */
  spelled?: string | undefined
  /** A Go package that some common systems do not have. */
  isOfSomeSystems?: true
  /** A module of Python that lists its names in `__all__`. */
  isListed?: true
  language: string
  /** Sorted by name, without duplicates. */
  names: FileExport[]
}

/** The results of the analysers. */
export interface Analysis {
  /** Sorted by id, ids unique. */
  components: Component[]
  /** Sorted by from, to, kind; no duplicates; no self-edges; both ends exist. */
  edges: Edge[]
  /** The occurrences behind the edges, and the imports of files. */
  occurrences: Occurrences
  /** Comments or docstrings at the start of files, as Markdown, keyed by path. */
  fileDocs: Record<string, string>
  /**
   * Exports keyed by path, names sorted. Python, TypeScript and JavaScript modules and the root file of a Rust library
   * include re-exports (other Rust files have no entry). Go uses the bare name, other languages the qualified name:
   * `org.orbit.Planner`.
   */
  exports: Record<string, FileExport[]>
  /** The engine and the failures of each language. Sorted by language. */
  reports: LanguageReport[]
  /** The files that build, ship and run the code, and the files that they name. */
  artifacts: Artifacts
  /** Sorted by file, line, name; no duplicates. */
  reads: Read[]
  /** Programs in the order of files and lines, each followed by its commands. */
  commandLines: CommandLine[]
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

/**
 * A named part of a manifest, CI file, container file, Makefile, migration or interface description, or a route in the
 * code.
 */
export interface Artifact {
  /** `path#name`, such as `package.json#scripts.build`, `Dockerfile#build`, `app/views.py#GET /users`. */
  id: string
  kind: ArtifactKind
  name: string
  file: string
  startLine: number
  endLine: number
  /**
   * One line, at most 500 characters: the command of a script, the image of a stage, the path of an endpoint, the
   * trigger of a workflow (names in backticks), the name of the step of a CI command. A command belongs to the job
   * whose lines contain it.
   */
  detail: string
  /** The `detail` of a workflow as data, so that pages in other languages can phrase it. */
  triggers?: Trigger[]
  /** The `detail` of a job as data. */
  job?: JobFacts
  /** For a CI command that represents the rest of a long script, the number of the other commands. */
  more?: number
  /** For a CI command, the folder that its step runs in, if the file names one. */
  folder?: string
  /** For a CI command, whether its step gets a variable from the matrix. */
  isVaried?: true
}

/** The first few of a list of names, and the number of the others. */
export interface NamesInPart {
  shown: string[]
  more: number
}

/** Patterns that an event is limited to, and patterns that it excludes. */
export interface EventPatterns {
  taken: NamesInPart
  left: NamesInPart
}

/** An event that starts a workflow. */
export type Trigger =
  | {
      on: 'push' | 'pull_request' | 'pull_request_target'
      types: NamesInPart
      branches: EventPatterns
      tags: EventPatterns
      paths: EventPatterns
    }
  /**
   * `at` is `00:30` in UTC, with a `weekday` (0 is Sunday), a `day` of the month, or every day; `null` for more complex
   * schedules.
   */
  | { on: 'time'; cron: string; at: string | null; weekday?: number; day?: number }
  | { on: 'schedule' | 'hand' | 'call' }
  /** After other workflows. */
  | { on: 'workflow'; after: NamesInPart }
  | { on: 'event'; name: string; types: NamesInPart }

/** A CI job; each text is empty if the file does not state it. */
export interface JobFacts {
  title: string
  /** The reusable workflow that it calls. */
  calls: string
  /** Its runners: `ubuntu-latest, windows-latest`. */
  runners: string
  /** Its other matrix values: `ruby 3.3, 3.4, jruby`. */
  matrix: string
}

/**
 * `runs`: runs a file or another artifact. `uses`: copies, includes, reads or refers to it. `depends-on`: the target
 * must come first. Ends are artifact ids, component ids and file paths; guesses are left out.
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
   * The parser: `compiler` for the TypeScript compiler, `tree-sitter`, `listed` for none. Names are resolved by the
   * analysers themselves.
   */
  engine: 'compiler' | 'tree-sitter' | 'listed'
  files: number
  components: number
  /** Calls resolved to a definition in the repository, or known to go outside it. */
  callsResolved: number
  callsUnresolved: number
  /** Files that were not parsed completely, sorted. */
  failed: string[]
}

/** A node of the partition. Every analysed file of the inventory is in exactly one leaf. */
export interface Module {
  /** Unique in the set, derived from the path: `src/http`; the root module has the repository's name. */
  id: string
  /** Unique in the set, safe as a file name, without an extension: `src-http`. */
  slug: string
  title: string
  /** The title in another language, when part of it does not come from the repository. */
  titleIn?: (words: TitleWords) => string
  /** The folder shared by all its files, '' for the root. */
  path: string
  /** Its own files, sorted; empty for a parent. */
  files: string[]
  /** In reading order. */
  children: Module[]
  /** Whether it is not the main code but tools, benchmarks, examples or tests. */
  isBeside?: boolean
  /** Notes from steering files, as Markdown. */
  notes?: SteeringNote[]
  /** Position among its siblings by steering files, from 0; modules without one come after. */
  place?: number
}

/** Translatable words in module titles, which are not names from the repository. */
export interface TitleWords {
  /** `redis: top level` */
  of(name: string, label: string): string
  /** `adlist to blocked` */
  range(from: string, to: string): string
  /** `client, preset and store`; at least two. */
  names(names: readonly string[]): string
  /** `client, preset and 3 more` */
  namesAndMore(names: readonly string[], more: number): string
  /** `server.c and more` */
  andMore(name: string): string
  topLevel: string
  topFiles: string
  topTests: string
  tools: string
}

/** A module and all below it, in reading order. */
export function modulesOf(root: Module): Module[] {
  const result: Module[] = []
  const stack = [root]
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    result.push(next)
    append(stack, [...next.children].reverse())
  }
  return result
}

/** All files of a module and its descendants, sorted. */
export function filesOf(module: Module): string[] {
  return modulesOf(module)
    .flatMap((next) => next.files)
    .sort(compareText)
}

/** Text of a steering file. */
export interface SteeringNote {
  /** Untrusted Markdown. */
  content: string
  author: string | null
  /** The file it is from. */
  from: string
}

/** A repository's settings for its documentation, in the order of its steering files; see `docs/steering.md`. */
export interface Steering {
  title: string | null
  notes: SteeringNote[]
  /** Path patterns with `*` and `**`. */
  include: string[]
  exclude: string[]
  /** Settings of modules, each with the module's folder. */
  modules: { path: string; title: string | null; note: string | null; from: string }[]
  /** Pages requested in words; `purpose` is part of `note`. */
  pages: { title: string; purpose: string; note: string; from: string }[]
  /** The branches and tags to document; `null` if it does not say. */
  follow: FollowWish | null
  /** Files that were read and are valid. */
  read: string[]
  /** The ignored parts, in sentences. */
  ignored: string[]
}

/**
 * `guide`: a document of the repository itself. `project`: how the code is built, checked and shipped. `symbols`: the
 * index of names.
 */
export type PageSubject = 'overview' | 'guide' | 'module' | 'file' | 'project' | 'symbols'

/** One Markdown page of the set. */
export interface Page {
  /** `overview.md`, `src-http.md`. */
  file: string
  title: string
  /** The module that it documents, or the module of its file; `null` for the whole repository. */
  module: string | null
  about: PageSubject
  /** The purpose of its module or file, as plain text; absent when nothing states it. */
  summary?: string
  markdown: string
}

/** The place where a symbol is documented; a row of `index.json`. */
export interface IndexEntry {
  id: string
  kind: ComponentKind
  file: string
  start_line: number
  end_line: number
  page: string
  anchor: string
}

/** The repository, as pages describe it. */
export interface Subject {
  /** Normalised, without credentials: `https://github.com/pallets/flask`; `file:///…/name` for a local folder. */
  repoUrl: string
  /** Short name for headings: `flask`. */
  name: string
  /** `pallets/flask`, or the folder's name. */
  fullName: string
  /** Notes of its steering files for readers of the overview. */
  notes?: readonly SteeringNote[]
}

/**
 * Whether the lines of a definition do not contain its name: call, construct and index signatures of TypeScript, and
 * the value that a CommonJS file exports as a whole.
 */
export const isUnnamed = ({ id, name }: Pick<Component, 'id' | 'name'>): boolean =>
  /^\[(?:call|new|index)\]$/.test(name) || /#module\.exports(?:~\d+)?$/.test(id)

/** Compares by UTF-16 code unit: the same order on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** A diagram of a page as data, so that it can be checked against the graph. */
export interface Diagram {
  /** `src-http.md` */
  page: string
  /** Its mermaid source, as in the page. */
  mermaid: string
  /**
   * Keyed by id in the mermaid source (`n1`): the files of the node, or the components in a diagram of calls or types.
   * In a sequence diagram `m1` is the caller and callee of the first message, and so on.
   */
  nodes: Record<string, readonly string[]>
}

/** A link from a page to a file, or to lines of it, as data. */
export interface SourceLink {
  url: string
  path: string
  /** `null` for the whole file. */
  startLine: number | null
  endLine: number | null
  /** The name that must occur in these lines; `null` when the link is not to a definition. */
  symbol: string | null
}

/** A range of lines in a file. */
export interface LineSpan {
  path: string
  startLine: number
  endLine: number
}

/** Proposed changes to modules, given by id. Only changes within the rules of the partition are applied. */
export interface GroupProposal {
  titles: ReadonlyMap<string, string>
  /** Lists of modules to merge. */
  merges: readonly (readonly string[])[]
  /** Modules in reading order. */
  order: readonly string[]
}

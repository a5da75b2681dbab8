/** The catalogue of the wording of pages. Comments give the English form where the name of an entry does not. */

import type { GuideGap } from '#generate/guide-model.ts'
import type { ComponentKind, Inventory, TitleWords, Trigger } from '#generate/model.ts'
import type { Inline } from '#markdown/build.ts'

/** Words with names, code and links in them. */
type Words = Inline[]
type Counted = (number: number) => string
/** The wording of one relation of a file or a module. */
export type RelationName = 'extends' | 'implements' | 'mixes-in' | 'implementedBy' | 'extendedBy' | 'mixedInto'
export type KindWord =
  | ComponentKind
  | 'getter'
  | 'setter'
  | 'property'
  | 'variable'
  | 'static'
  | 'delegate'
  | 'extension'
  | 'constructor'
  | 'initializer'
  | 'subscript'
  | 'object'
  | 'module'
  | 'annotation'
  | 'record'
  | 'union'
  | 'protocol'
  | 'union'
export type ArtifactWord =
  | 'package'
  | 'script'
  | 'target'
  | 'stage'
  | 'service'
  | 'table'
  | 'endpoint'
  | 'message'
  | 'rpc'
export type FamilyName = 'packages-and-scripts' | 'images-and-services' | 'data-and-interfaces'

export interface Texts {
  /** `1,234` */
  count: Counted
  /** `4.1 KB` */
  size(bytes: number): string
  /** Between the items of a list. */
  comma: string
  /** Between a name and its description. */
  colon: string
  /** `a, b and more` */
  andMore(items: Words): Words
  /** `a, b, perhaps others`, where it is not known whether there are others. */
  forExample(items: Words): Words
  /** `and 12 more`, as an item of its own. */
  moreItems: Counted
  /** `And 12 more.` */
  more: Counted
  files: Counted
  lines: Counted
  names: Counted
  /** After the places in code that use something. */
  /** `line 10`, `lines 10 to 32` */
  span(start: number, end: number): string
  /** `src/a.ts, lines 10 to 32` */
  place(file: string, start: number, end: number): string
  /** ` (line 12)`, ` (lines 12, 40)`, after a name. */
  atLines(lines: Words[]): Words
  kinds: Readonly<Record<KindWord, string>>
  relations: Readonly<Record<RelationName, string>>
  /** Names of languages that are translated, by their ids. */
  languageNames: Readonly<Record<'ignore-list' | 'jsonc' | 'lock-file' | 'text', string>>
  /** An unknown language. */
  other: string
  /** The fold under a diagram, with links to its boxes. */
  boxes: string
  /** Titles of modules; `null` if this is the language in which the partition writes them. */
  titles: TitleWords | null

  overview: {
    glance: string
    /** `commit 3f9c2ab of main, 2026-10-02` */
    commit(commit: Words, ref: Words | null, date: string): Words
    /** Below the table of files: that the figures at the top count only the main code. */
    allFiles: string
    noFiles: string
    further: string
    files: string
    fileHeads: readonly [language: string, files: string, lines: string, size: string, analysed: string]
    yes: string
    /** `Also: a, b` */
    also(names: Words): Words
    /** `Not analysed, the largest first: a, b.` */
    leftOut(items: Words): Words
    generated: Counted
    vendored: Counted
    unparsed: Counted
    /** `12 skipped (9 symlink, 3 excluded)` */
    skipped(number: number, reasons: Words): Words
    reasons: Readonly<Record<Inventory['skipped'][number]['reason'], string>>
    licence: string
    licenceIn(path: string): string
    testsIn(folders: Words): Words
    testsInAndBeside(folders: Words): Words
    testsBeside: string
  }

  module: {
    /** Behind the name of a fold: `the 26 strongest of 65 connections` */
    drawn(drawn: number, total: number): string
    heads: readonly [module: string, holds: string, start: string]
    children: string
    files: string
    fileHeads: readonly [file: string, holds: string]
    /** Links to files or modules without a description, below those with one. */
    alsoHere(names: Words): Words
    moreFiles: Counted
    otherFiles: string
    examples: string
    tests: string
    testedBy: string
    /** Files among the tests that contain no tests. */
    testSupport: string
    /** What a file uses or tests, after its name: `: uses a, b`; `isAll`: it tests nothing else. */
    fileUses(targets: Words, isTest: boolean, isAll: boolean): Words
    /** The same after a sentence: ` Uses a, b`. */
    fileAlsoUses(targets: Words, isTest: boolean, isAll: boolean): Words
    note(author: string | null, file: Words): Words
    /** About a file whose definitions are missing because it cannot be parsed. */
    unparsed(name: Words): Words
  }

  file: {
    heads: readonly [name: string, kind: string, what: string]
    internalTo(name: string): string
    moreOf(name: string): string
    internalDefinitions: string
    alsoDefined: string
    /** Macros that can be set when compiling. */
    compileOptions: string
    optionHeads: readonly [name: string, value: string, purpose: string]
  }

  entry: {
    /** What a struct or interface of Go embeds. */
    embeds(names: Words): Words
    /** `Class in src/a.ts, line 3` */
    definedIn(kind: KindWord, place: Words): Words
    value: string
    values: string
    membersOf(name: Words): Words
    moreMembers(names: Words): Words
    internal: string
    internalMembers: Counted
    /** At the top of a long entry. */
    members(names: Words): Words
    andNames(names: Words): Words
    deprecated: string
    /** Before the types that a signature names. */
    types: string
    /** Heads of tables. */
    parameter: string
    typeParameter: string
    field: string
    type: string
    default: string
    /** Headings of results and errors; `raises` in languages with that term. */
    returns: string
    yields: string
    raises: string
    throws: string
    example: string
    see: string
    /** After `Example`: `from examples/repo.py, line 43` */
    from(place: Words): Words
    overrides(name: Words): Words
    since(version: Words): Words
    /** Above a part of the known uses; there may be others. */
    someUses: string
    /** With the numbers of lines and files of code and examples that are known to use it; there may be more. */
    someUsesOf(inLines: number, inFiles: number): string
    /** Above a part of the calls to functions of the repository. */
    someCalls: string
    /** Above tests that are about a definition; others may be, too. */
    testedBy: string
    /** For a function that is declared elsewhere, or in several branches of an `#if`. */
    definedAt(place: Words): Words
    alsoIn(place: Words): Words
    /** Next to the name in the title of an entry. */
    exportedAs(names: Words): Words
    /** The name in the code of a definition that packages export under another name. */
    definedAs(name: Words): Words
  }

  types: {
    hierarchy: string
    /** A box for several types: `12 types`, `and 12 more`. */
    boxOfTypes: Counted
    boxOfMore: Counted
  }

  callTree: {
    /** Says that it leaves out some calls. */
    title(entry: Words, file: Words | null): Words
    /** Title of a page with several call trees. */
    several: string
    /** In parentheses, like the next; starts with a space in languages that separate words by spaces. */
    implementedBy(names: Words): Words
    repeated: string
    /** The next four quote the source: a condition; one that must not hold; the head of a loop or a case, or a nested function; the function that receives the callback. */
    if(code: Words): Words
    unless(code: Words): Words
    inside(code: Words): Words
    callback(code: Words): Words
    /** What follows exits of the caller that are not quoted. */
    early: string
    /** Of a call that runs when the function or block ends. */
    deferred: string
    unclear: string
    /** The call of a parameter or a field. */
    given(name: Words): Words
    /** The implementation whose calls are shown, in parentheses. */
    forExample(name: Words): Words
  }

  publicApi: {
    title: string
    heads: readonly [name: string, what: string]
    /** Before the description of a deprecated name; ends with a space in languages that separate words by spaces. */
    deprecated: string
    /** Summaries of folds, without code: `12 more names`. */
    moreNames: Counted
    /** Titles of lists, in this order: types, functions, exceptions, constants, macros. */
    groups: readonly [string, string, string, string, string, string]
    /** For a type that functions return; without a full stop. */
    returnedBy(makers: Words): Words
  }

  launch: {
    title: string
    routed(modules: Words): Words
    build: string
    /** Before the commands that users of the packages type. */
    install: string
    /** The description of a command that lists the others. */
    listsTasks: string
    /** Between a manifest and usual commands that it does not define. */
    usual: string
    builtOn: string
  }

  commandLine: {
    title: string
    heads: { option: string; either: string; default: string; purpose: string }
    commandHeads: readonly [command: string, purpose: string]
    incomplete: string
    /** The link to the page of options. */
    all: string
    /** The heading of the options that all commands have. */
    ofAll: string
  }

  environment: {
    title: string
    heads: Readonly<Record<'variable' | 'default' | 'purpose' | 'readAt' | 'readIn' | 'setIn', string>>
    moreVariables: Counted
  }

  routes: { title: string; heads: readonly [route: string, handler: string, framework: string] }

  artifacts: {
    families: Readonly<Record<FamilyName, string>>
    kinds: Readonly<Record<ArtifactWord, string>>
    heads: Readonly<Record<'name' | 'kind' | 'what' | 'leads', string>>
    moreInFile: Counted
    andFiles(number: number, files: Words): Words
    after(names: Words): Words
    needs(names: Words): Words
    runs(names: Words): Words
    uses(names: Words): Words
    /** Descriptions of manifests that have none, by their kind of project. */
    projects: Readonly<Record<'library' | 'settings' | 'solution' | 'test', string>>
  }

  ci: {
    title: string
    otherFiles(files: Words): Words
    /** `Workflow runs on pushes, every day.` @param when - From `triggers`, else the wording of the analysis. */
    workflow(name: Words, when: Words): Words
    moreJobs: Counted
    /** When a workflow runs; `null` if this is the language of the analysis. */
    triggers: ((triggers: readonly Trigger[]) => Words) | null
    /** The workflow that a job calls, and the machines it runs on. */
    calls(workflow: string): string
    on(runners: string): string
  }

  symbols: {
    title: string
    intro: Counted
    part(letter: string, number: number, parts: number): string
    signs: string
  }

  /** Headings and notes around text written by a model. */
  prose: {
    works: string
    steps: string
    pitfalls: string
    architecture: string
    concepts: string
    /** Below text written by a model: what was checked, and what was not. */
    mark(models: string): string
    /** Below a table of modules with titles that a model proposed. */
    titles(model: string): string
    /** Below a diagram with dashed arrows. */
    broken: string
  }

  /** In place of a page that could not be written. */
  unwritten: string

  guide: {
    title: string
    example: string
    all: Counted
    /** `From README.md` */
    from(file: Words): Words
    cut(file: Words): Words
    /** `Not shown (translations): docs/de, docs/fr` */
    leftOut(what: string, files: Words): Words
    gaps: Readonly<Record<GuideGap, string>>
  }

  llms: {
    overview: string
    fileOf(module: string): string
    files: Counted
    intro(commit: string, hasSources: boolean): string
    docs: string
    optional: string
    all: string
    /** How many of the pages are only linked, and the limit in millions of characters. */
    cut(links: number, pages: number, millions: number): string
    index: string
    graph: string
    sources: string
  }
}

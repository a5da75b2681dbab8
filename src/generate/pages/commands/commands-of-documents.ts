/**
 * Reads the commands for contributors, and the install commands for users, from a repository's own documents.
 * A block counts only as a whole and below a heading with its purpose, since the rest may depend on any part of it.
 */

import { append } from '#base/long-arrays.ts'
import { rdocToMarkdown } from '#generate/formats/rdoc.ts'
import type { SourceFile } from '#generate/model.ts'
import { README } from '#generate/paths.ts'
import { linesOf, type TypedLine } from './block-lines.ts'
import { isForFew, isWork, type Topic, topicOf } from './block-topic.ts'
import { type CodeBlock, codeBlocks } from './document-blocks.ts'
import { isCommand, VARIABLE } from './is-command.ts'
import { folderInProse } from './prose-folder.ts'
import { ShellSession } from './shell-session.ts'

/** All command lines of one block. */
export interface DocumentedBlock {
  /** The nearest heading above; '' for the title of the document. */
  title: string
  /** Number of its section in the document. */
  section: number
  /** Line in the file. */
  line: number
  lines: TypedLine[]
  /** The folders in which it begins and ends. */
  start: string
  end: string
}

export interface DocumentedCommands {
  path: string
  install: string[]
  work: DocumentedBlock[]
  /** Commands that the document advises against. */
  old: string[]
}

/** Matches documents for contributors; those for agents state the commands of everyday work. */
const CONTRIBUTING =
  /^(?:(?:\.github|docs?)\/)?(?:(?:CONTRIBUTING|DEVELOP(?:MENT|ING)|HACKING|BUILD(?:ING)?|COMPIL(?:E|ING)|TEST(?:S|ING)?)|(?:contributing|develop(?:ers?|ment)|hacking)\/[\w.-]{1,80})\.(?:md|markdown|rst|rdoc)$|^(?:\.claude\/)?(?:AGENTS|CLAUDE)\.md$/i
/** Matches documents about installation from source. */
const INSTALL =
  /^(?:docs?\/(?:source\/)?)?(?:INSTALL(?:ATION|ING)?(?:\.md|\.markdown|\.rst|\.txt)?|(?:BUILD(?:ING)?|HACKING)(?:\.txt)?)$/i
/** Matches documents that are about building, developing or testing as a whole. */
const WHOLLY_ON_WORK = /(?:^|\/)(?:BUILD|COMPIL|DEVELOP|HACK|INSTALL|TEST)\w{0,20}(?:\.\w{1,9})?$/i
/** Matches titles such as `Contributing`, which only name the document. */
const NAMES_DOCUMENT = /\bcontribut\w+\b/i
/** Limit on the part of a document that is read, in characters. */
const MAX_CHARS = 200_000
/** Limit on the lines of a block. */
const MAX_LINES = 10
const MAX_BLOCKS = 40
const MAX_INSTALL = 12
/** Matches commands that run tests, whatever the heading is. */
const RUNS_TESTS = /^(?:go|cargo|npm|pnpm|yarn|make|mvn|gradle|dotnet) (?:run )?test\b|^(?:py\.?test|tox|nox|rspec)\b/
/** Matches commands that install dependencies, or start the program. */
const INSTALLS_OR_STARTS = /\b(?:ci|i|install|serve|server|start|sync)\b/
/** Matches prose that advises against the commands. */
const OLD = /\b(?:deprecated|discouraged|not recommended|obsolete)\b/i
/** Matches the title of a step that follows those before it. */
const STEP = /^(?:[2-9]|[1-9]\d)[.)]\s/

/**
 * The commands of one Markdown, reStructuredText, RDoc or plain text document by block; `undefined` if there are none.
 *
 * @param hasFile - Whether the repository has a file or folder with this path. A command that runs another one is an example.
 * @param about - `name` is that of the repository; `isNamed` says that the README names a document for how it is built.
 */
export function documentedCommands(
  { path, text }: SourceFile,
  hasFile: (path: string) => boolean,
  { name = '', isNamed = false }: { name?: string; isNamed?: boolean } = {},
): DocumentedCommands | undefined {
  if (text === null || !(README.test(path) || INSTALL.test(path) || isNamed || CONTRIBUTING.test(path)))
    return undefined
  const reader = new DocumentReader(path, hasFile, name, isNamed)
  const start = text.slice(0, MAX_CHARS)
  for (const block of codeBlocks(/\.rdoc$/i.test(path) ? rdocToMarkdown(start) : start)) reader.read(block)
  return reader.end()
}

/** Collects the commands of a document, block by block. */
class DocumentReader {
  readonly #found: DocumentedCommands
  readonly #hasFile: (path: string) => boolean
  readonly #name: string
  readonly #isNamed: boolean
  /** Whether it is about the repository as a whole, so that its title has no topic. */
  readonly #isGeneral: boolean
  readonly #isOnInstallation: boolean
  readonly #oldSections = new Set<number>()
  /** Install commands that prose names. */
  readonly #inProse: string[] = []
  /** The shell of a section, and the last command in it. */
  #session: { section: number; shell: ShellSession; last: string }

  constructor(path: string, hasFile: (path: string) => boolean, name: string, isNamed: boolean) {
    this.#found = { path, install: [], work: [], old: [] }
    this.#hasFile = hasFile
    this.#name = name
    this.#isNamed = isNamed
    this.#isGeneral = isNamed || README.test(path)
    this.#isOnInstallation = README.test(path) || INSTALL.test(path)
    this.#session = this.#newSession(-1)
  }

  read(block: CodeBlock): void {
    if (this.#isOld(block)) {
      append(this.#found.old, block.lines.slice(0, MAX_LINES))
      return
    }
    const topic = this.#topicOf(block.titles)
    const isForInstall = topic === 'install' && this.#isOnInstallation
    if (topic === undefined || topic === 'other' || isForFew(block, isForInstall)) return
    // Prose in a README mentions users' commands as often as those for contributors.
    if (!this.#isGeneral || !block.isQuoted) this.#readLines(block, topic, isForInstall)
    else if (isForInstall)
      append(
        this.#inProse,
        block.lines.filter((one) => isCommand(one, this.#hasFile)),
      )
  }

  end(): DocumentedCommands | undefined {
    const { install, work, old } = this.#found
    if (install.length === 0) append(install, this.#inProse)
    install.splice(MAX_INSTALL)
    return install.length + work.length + old.length === 0 ? undefined : this.#found
  }

  #newSession(section: number): { section: number; shell: ShellSession; last: string } {
    return { section, shell: new ShellSession(this.#hasFile, this.#name), last: '' }
  }

  /** Whether the document advises against the section of a block. */
  #isOld({ before, titles, section }: CodeBlock): boolean {
    if (OLD.test(before) || OLD.test(titles.at(-1) ?? '')) this.#oldSections.add(section)
    return this.#oldSections.has(section)
  }

  /** `unknown` below titles without a topic, in documents for contributors; `undefined` if the commands are not read. */
  #topicOf(titles: readonly string[]): Topic | 'unknown' | undefined {
    const isNamedByTitle = this.#isGeneral || (titles.length > 1 && NAMES_DOCUMENT.test(titles[0] ?? ''))
    const topic = topicOf(isNamedByTitle ? titles.slice(1) : titles)
    if (this.#isNamed && topic !== 'work') return undefined
    if (topic !== undefined || this.#isGeneral) return topic
    return WHOLLY_ON_WORK.test(this.#found.path) ? 'work' : 'unknown'
  }

  #readLines(block: CodeBlock, topic: Topic | 'unknown', isForInstall: boolean): void {
    const { titles, section, before, line, isQuoted, isAsked } = block
    // Sections about installation are alternatives, so each begins anew.
    const isStep = this.#session.section !== -1 && STEP.test(titles.at(-1) ?? '')
    if (isForInstall || (this.#session.section !== section && !isStep)) this.#session = this.#newSession(section)
    const { shell, last } = this.#session
    // The commands run in a folder that only the prose names.
    if ((folderInProse(before, this.#hasFile) ?? shell.folder) !== shell.folder) shell.lose()
    const start = shell.folder
    const lines = linesOf(block, shell, this.#hasFile, last, isForInstall)
    this.#session.last = lines.at(-1)?.text ?? last
    if (lines.length === 0 || lines.length > MAX_LINES) return
    // Below a title without a known topic, only commands whose names say that they build, run or test count.
    // The same holds for code in a sentence, which may as well install.
    const isTelling = lines.some(({ run }) => isWork(run) || RUNS_TESTS.test(run) || run === 'make')
    if (topic === 'unknown' && !isTelling) return
    if (isAsked && !isTelling && !lines.some(({ run }) => INSTALLS_OR_STARTS.test(run))) return
    const { install, work } = this.#found
    // An item with a variable is a variant of those before it.
    if (isQuoted && VARIABLE.test(lines[0]?.text ?? '') && work.at(-1)?.section === section) return
    // Contributors install what they need for development.
    if (isForInstall && !lines.some(({ run }) => RUNS_TESTS.test(run)))
      append(
        install,
        lines.flatMap(({ text }) => (install.includes(text) ? [] : [text])),
      )
    else if (work.length < MAX_BLOCKS) {
      const title = titles.length > 1 ? plainTitle(titles.at(-1) ?? '') : ''
      work.push({ title, section, line, lines, start, end: shell.folder })
    }
  }
}

/** Removes Markdown syntax, tags of HTML and emoji. */
const plainTitle = (title: string): string =>
  title
    .replace(/<\/?[a-z][^<>]{0,200}>/gi, '')
    .replace(/\[([^\]]{0,100})\]\([^)]{0,200}\)/g, '$1')
    .replace(/:[a-z][\w+-]{0,40}:/g, '')
    .replace(/[`*_#:]|\{[^}]{0,60}\}|\p{Extended_Pictographic}/gu, '')
    .trim()
    .slice(0, 60)

/** Whether a document is about installation. */
export const isOnInstallation = (path: string): boolean => INSTALL.test(path)

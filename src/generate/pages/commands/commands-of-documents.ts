/**
 * Reads the commands for contributors, and the install commands for users, from a repository's own documents.
 * A block counts only as a whole and below a heading with its purpose, since the rest may depend on any part of it.
 */

import { append } from '#base/long-arrays.ts'
import { rdocToMarkdown } from '#generate/formats/rdoc.ts'
import type { SourceFile } from '#generate/model.ts'
import { README } from '#generate/paths.ts'
import { type CodeBlock, codeBlocks } from './document-blocks.ts'
import { ShellSession } from './shell-session.ts'

/** A command line, what it runs apart from changing the folder, and in which folder. */
export interface TypedLine {
  text: string
  run: string
  folder: string
}

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
/** Matches titles about installation from source. */
const INSTALL =
  /^(?:docs?\/(?:source\/)?)?(?:INSTALL(?:ATION|ING)?(?:\.md|\.markdown|\.rst|\.txt)?|(?:BUILD(?:ING)?|HACKING)(?:\.txt)?)$/i
/** Matches documents that are about building, developing or testing as a whole. */
const ON_WORK = /(?:^|\/)(?:BUILD|COMPIL|DEVELOP|HACK|INSTALL|TEST)\w{0,20}(?:\.\w{1,9})?$/i
const NAMES_DOCUMENT = /\bcontribut\w+\b/i
const MAX_CHARS = 200_000
const MAX_LINES = 10
const MAX_BLOCKS = 40
const MAX_INSTALL = 12
const MAX_LINE = 120

const INSTALLS =
  /\b(?:install(?:ation|ing)?|getting started|quick ?start|get started|usage with docker|using docker|docker)\b/i
const WORKS =
  /\b(?:build(?:ing)?|compil\w+|contribut\w+|develop\w*|hack(?:ing)?|running|run|setup|set ?up|setting up|tests?|testing|lint\w*|local(?:ly)?)\b/i
/** Matches titles about releases and upgrades, whose commands are for other readers. */
const ELSE =
  /\b(?:releas\w+|publish\w*|deploy\w*|upgrad\w+|uninstall\w*|troubleshoot\w*|commit\w*|pull request\w*|benchmark\w*|translat\w+|websites?)\b/i
/** Matches commands that run tests, whatever the heading is. */
const TESTS = /^(?:go|cargo|npm|pnpm|yarn|make|mvn|gradle|dotnet) (?:run )?test\b|^(?:py\.?test|tox|nox|rspec)\b/
/** Matches commands that install dependencies, or start the program. */
const GETS = /\b(?:ci|i|install|serve|server|start|sync)\b/
const TOOLS = new Set(
  'npm npx pnpm yarn bun bunx deno corepack node pip pip3 pipx python python3 uv poetry pdm hatch tox nox pytest py.test make cmake ctest ninja meson autoreconf cargo rustup go mvn gradle sbt mill dotnet composer php bundle gem rake rails rspec docker docker-compose podman mix iex swift dune opam zig stack cabal just task bazel nix brew vagrant tilt'.split(
    ' ',
  ),
)
const LOCAL = /^(?:\.\/|(?:bin|script|scripts|dev|vendor\/bin)\/)[\w./-]+$/
/** Matches tools whose names are also words. */
const AMBIGUOUS = /^(?:go|make|task|just|stack|node|python|php|swift|nix|bundle|mix|rake|docker|mill)$/
/** Matches an environment variable before a command: `GOFLAGS=-mod=vendor go test`. */
const VARIABLE = /^[A-Z][A-Z0-9_]{1,40}=['"]?[\w.,/=-]{1,40}['"]? (?=\w)/
/** Matches a variable that makes a test overwrite its expected output: `TRYBUILD=overwrite cargo test`. */
const REWRITES =
  /^[A-Z][A-Z0-9_]{0,40}=(?:accept|bless|overwrite|update)\b|^[A-Z0-9_]{0,40}(?:BLESS|OVERWRITE|REGENERATE|UPDATE)[A-Z_]{0,20}=/
/** Matches placeholders, shell syntax, and commands that are dangerous to copy. */
const UNFIT =
  /\s-\w\/--\w|[<>|`$]|\s\[|\bblah|\bfoo(?:bar)?\b|(?:^|[^/])\.\.\.|…|\bsudo\b|\brm\b|\b[Yy]our(?![a-z])|\bYOUR|\bpath\/to\b/
/** Matches commands that build programs, paths of built programs, and commands that install them system-wide. */
const BUILDS = /^(?:make|ninja|cmake --build|meson compile|cargo build|go build)\b/
const BUILT = /^\.\/[\w./-]{1,80}$/
const FETCHED = /^(?:curl|wget) [^|;&<>`$]{1,200} \| (?:ba|da|z)?sh$/
const INTO_SYSTEM = /^sudo (?:make|ninja|cmake|meson) [\w ./-]{0,60}\binstall$/
/** Matches commands that fetch, submit or inspect code; later commands do not depend on them. */
const ASIDE =
  /^(?:git (?!submodule)|gh |ls\b|pwd$|open |docker (?:ps|images|logs)\b|\S+ (?:--version|-V|-v)$|(?:gem|npm|pip3?|brew) (?:info|list|ls|outdated|show|view)\b)/
/** Matches commands that publish, which are for maintainers. */
const PUBLISHES =
  /^(?:make|just|task|(?:npm|pnpm|yarn|bun)(?: run)?|(?:bundle exec )?rake|composer|cargo|poetry|uv|goreleaser) (?:\S{1,60} )?(?:deploy|publish|releases?|upload)(?=$|[\s:-])/
/** Pattern for a folder in prose: "the `docs` directory", "`website/`". */
const FOLDER = String.raw`(?:the\s{1,3})?\[?(?:(?:\x60\x60?|\*\*|")\.?\/?([\w./-]{1,60}?)\/?(?:\x60\x60?|\*\*|")|\.?\/?([\w./-]{1,60}?)\/?(?=\]?(?:\([^)\n]{0,100}\))?\s{1,3}(?:directory|folder|subdirectory)\b))`
/** Matches "Navigate to the `docs` folder", which applies to everything that follows. */
const GOES = new RegExp(
  String.raw`\b(?:cd|chang\w+|enter\w*|go|goes|mov\w+|navigat\w+|switch\w*)\s{1,3}(?:(?:directory|into|over|to)\s{1,3}){0,2}${FOLDER}`,
  'gi',
)
/** Matches "In the `docs` directory run", which applies to the next block. */
const STANDS = new RegExp(String.raw`\b(?:from|in|inside|within)\s{1,3}${FOLDER}`, 'gi')
/** Matches prose that advises against the commands. */
const IS_OLD = /\b(?:deprecated|discouraged|not recommended|obsolete)\b/i
/** Matches titles and prose above commands that are not for running. */
const NOT_RUN = /\breference only\b|\b(?:do not|don't|never) run(?: (?:it|these|them|this)\b|$|[).:])/i
/** Matches prose above commands for rare changes to the repository: "if you need to bump a dependency, use". */
const FOR_UPDATES =
  /\b(?:bump|regenerat|updat|upgrad)\w{0,5}\b.{0,80}\b(?:dependenc\w{1,4}|lock ?files?|snapshots?|baselines?)\b.{0,100}(?:[:,]|\b(?:by|execute|run|use|with))$/i
/** Matches prose above commands that not everybody runs: "If you don't have Docker, use", "To build it without Docker, when you …". */
const IS_CONDITIONAL = /(?:\b(?:[Ii]f|[Ww]hen) you\b|(?:^| )(?:Alternatively|Or)\b)[^.]{0,200}:$/
/** Matches the title of a step that follows those before it. */
const STEP = /^(?:[2-9]|[1-9]\d)[.)]\s/
/** Matches section titles for other operating systems. */
const OTHER_SYSTEM = /\b(?:windows|mac(?: ?os)?|osx)\b/i

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
  const isInstall = INSTALL.test(path)
  const isReadme = README.test(path)
  const isGeneral = isReadme || isNamed
  if (text === null || !(isReadme || isInstall || isNamed || CONTRIBUTING.test(path))) return undefined
  const found: DocumentedCommands = { path, install: [], work: [], old: [] }
  const oldSections = new Set<number>()
  let session = { section: -1, shell: new ShellSession(hasFile, name), last: '' }
  /** Install commands that prose names. */
  const named: string[] = []
  const markdown = /\.rdoc$/i.test(path) ? rdocToMarkdown(text.slice(0, MAX_CHARS)) : text.slice(0, MAX_CHARS)
  for (const block of codeBlocks(markdown)) {
    const { titles, section, before, line, isQuoted, isAsked } = block
    if (IS_OLD.test(before) || IS_OLD.test(titles.at(-1) ?? '')) oldSections.add(section)
    if (oldSections.has(section)) {
      append(found.old, block.lines.slice(0, MAX_LINES))
      continue
    }
    // The nearest title with a known topic counts; the title of the document, or `Contributing`, is only a name.
    const about =
      titles
        .slice(isGeneral || (titles.length > 1 && NAMES_DOCUMENT.test(titles[0] ?? '')) ? 1 : 0)
        .toReversed()
        .map(aboutOf)
        .find((one) => one !== undefined) ?? (isGeneral ? undefined : ON_WORK.test(path) ? 'work' : 'untold')
    if (
      about === undefined ||
      (isNamed && about !== 'work') ||
      about === 'else' ||
      isForOthers(titles.at(-1) ?? '') ||
      isForOthers(labelIn(before))
    )
      continue
    const isForInstall = about === 'install' && (isReadme || isInstall)
    const prose = before.trimEnd().split('\n').slice(-2).join(' ')
    if (NOT_RUN.test(prose) || titles.some((one) => NOT_RUN.test(one))) continue
    if (FOR_UPDATES.test(prose) || (!isForInstall && IS_CONDITIONAL.test(prose))) continue
    // Prose in a README mentions users' commands as often as those for contributors.
    if (isGeneral && isQuoted) {
      if (isForInstall)
        append(
          named,
          block.lines.filter((one) => isCommand(one, hasFile)),
        )
      continue
    }
    // Sections about installation are alternatives, so each begins anew.
    const isStep = session.section !== -1 && STEP.test(titles.at(-1) ?? '')
    if (isForInstall || (session.section !== section && !isStep))
      session = { section, shell: new ShellSession(hasFile, name), last: '' }
    const { shell } = session
    // The commands run in a folder that only the prose names.
    if ((folderIn(before, hasFile) ?? shell.folder) !== shell.folder) shell.lose()
    const start = shell.folder
    const lines = linesOf(block, shell, hasFile, session.last, isForInstall)
    session.last = lines.at(-1)?.text ?? session.last
    if (lines.length === 0 || lines.length > MAX_LINES) continue
    // Below a title without a known topic, only commands whose names say that they build, run or test count.
    // The same holds for code in a sentence, which may as well install.
    const isTelling = lines.some(({ run }) => WORKS.test(run) || TESTS.test(run) || run === 'make')
    if (about === 'untold' && !isTelling) continue
    // An item with a variable is a variant of those before it.
    if (isQuoted && VARIABLE.test(lines[0]?.text ?? '') && found.work.at(-1)?.section === section) continue
    if (isAsked && !isTelling && !lines.some(({ run }) => GETS.test(run))) continue
    // Contributors install what they need for development.
    if (isForInstall && !lines.some(({ run }) => TESTS.test(run)))
      append(
        found.install,
        lines.flatMap(({ text }) => (found.install.includes(text) ? [] : [text])),
      )
    else if (found.work.length < MAX_BLOCKS) {
      const title = titles.length > 1 ? plainTitle(titles.at(-1) ?? '') : ''
      found.work.push({ title, section, line, lines, start, end: shell.folder })
    }
  }
  if (found.install.length === 0) append(found.install, named)
  found.install.splice(MAX_INSTALL)
  return found.install.length + found.work.length + found.old.length === 0 ? undefined : found
}

/** Whether a title or label names only systems that most readers do not have. */
const isForOthers = (label: string): boolean => OTHER_SYSTEM.test(label) && !/\b(?:linux|ubuntu|unix)\b/i.test(label)

/** The bold line or short label right above a block: `**Windows (all):**`, `On Windows:`. */
const labelIn = (before: string): string =>
  /(?:^|\n)[ \t]{0,8}((?:[-*+][ \t])?(?:\*\*[^*\n]{1,60}\*\*:?|[\w()/, .]{1,40}:))\s{0,9}$/.exec(
    before.slice(-200),
  )?.[1] ?? ''

/** Whether a document is about installation. */
export const isForUsers = (path: string): boolean => INSTALL.test(path)

/**
 * All command lines of a block; empty if a part of it is not understood, and then the following blocks are not used either.
 *
 * @param before - The last command of the section above the block; '' if there is none.
 * @param isForInstall - Whether a script may be fetched and run: `curl … | bash`.
 */
function linesOf(
  { lines, isQuoted }: CodeBlock,
  shell: ShellSession,
  hasFile: (path: string) => boolean,
  before: string,
  isForInstall: boolean,
): TypedLine[] {
  const found: TypedLine[] = []
  const clone = isForInstall ? lines.find((one) => one.startsWith('git clone ')) : undefined
  let [isWhole, isInstalled] = [true, false]
  for (const text of lines) {
    const from = shell.folder
    const taken = shell.take(text)
    const isBuilt = found.some(({ run }) => BUILDS.test(run))
    // A built program can be used without a system-wide installation.
    if (isBuilt && INTO_SYSTEM.test(text)) isInstalled = true
    if (ONE_TEST.test(text) || isOfMissingTest(text, hasFile)) continue
    if (ASIDE.test(text) || PUBLISHES.test(text) || (isBuilt && INTO_SYSTEM.test(text))) continue
    if (isInstalled) isWhole = false
    const run = taken?.run ?? ''
    // If no folder was entered before, it is that of the clone.
    const isMove = taken !== undefined && run === ''
    if (isMove && (shell.folder !== from || text.startsWith('mkdir '))) found.push({ text, run, folder: from })
    else if (isForInstall && FETCHED.test(run)) found.push({ text, run, folder: shell.folder })
    else if (isCommand(run, hasFile) || isActivation(run, found.at(-1)?.text ?? before) || (isBuilt && BUILT.test(run)))
      found.push({
        text: clone !== undefined && text.startsWith('cd ') ? `${clone} && ${text}` : text,
        run,
        folder: shell.folder,
      })
    else if (!isMove) isWhole = false
  }
  const hasCommands = found.some(({ run }) => run !== '')
  if (isWhole && hasCommands) return found
  // Source code or output is not a missing command.
  if (!isWhole && !isQuoted && (hasCommands || lines.some((text) => TOOLS.has(text.split(/\s/)[0] ?? '')))) shell.lose()
  return []
}

/** The last folder that the prose before a block changes to, if the repository has it. */
function folderIn(prose: string, hasFile: (path: string) => boolean): string | undefined {
  const last = prose.trimEnd().split('\n').slice(-1)[0] ?? ''
  const isTold = /:\s*$|\b(?:call|execut\w+|run|running|type|use)\b/i.test(last)
  return [...prose.matchAll(GOES), ...(isTold ? last.matchAll(STANDS) : [])]
    .map(([, quoted, plain]) => (quoted ?? plain ?? '').replace(/\/$/, ''))
    .filter((one) => one !== '' && !/\.\w+$/.test(one) && hasFile(one))
    .at(-1)
}

/** Removes Markdown syntax and emoji. */
const plainTitle = (title: string): string =>
  title
    .replace(/\[([^\]]{0,100})\]\([^)]{0,200}\)/g, '$1')
    .replace(/:[a-z][\w+-]{0,40}:/g, '')
    .replace(/[`*_#:]|\{[^}]{0,60}\}|\p{Extended_Pictographic}/gu, '')
    .trim()
    .slice(0, 60)

function aboutOf(title: string): 'install' | 'work' | 'else' | undefined {
  if (ELSE.test(title)) return 'else'
  // Such as "Installing from source", "Docker development".
  if (WORKS.test(title) && !/^\W*install/i.test(title)) return 'work'
  if (/\bsource\b/i.test(title)) return 'work'
  return INSTALLS.test(title) ? 'install' : undefined
}

/** Whether a command names a file of tests that does not exist, as an example. */
const isOfMissingTest = (line: string, hasFile: (path: string) => boolean): boolean =>
  line.split(/\s+/).some((word) => /^(?:features|specs?|tests?)\/[\w./-]{1,80}\.\w+$/.test(word) && !hasFile(word))

/** Runs some tests by their names, which is an example: `pytest -k plan`. */
const ONE_TEST = /\bpy\.?test\b.{0,80}(?: -k (?!["']?not\b)|::)/

/** Whether a line activates the environment that the line before creates; later lines depend on it. */
const isActivation = (line: string, before: string): boolean =>
  /^(?:source|\.) [\w./-]{1,80}\/bin\/activate$/.test(line) && /\bvenv\b/.test(before)

/** Whether a line runs a known tool or a script of the repository, without shell syntax, placeholders or anything dangerous. */
export function isCommand(line: string, hasFile: (path: string) => boolean): boolean {
  if (
    line.length > MAX_LINE ||
    UNFIT.test(line) ||
    REWRITES.test(line) ||
    /^(?:npm|pnpm|yarn|bun) run(?:-script)?$/.test(line)
  )
    return false
  const [, script] =
    /^(?:node|deno run|bash|bun|python3?|ruby|php|sh|swift)[ \t]+(?:\.\/)?([\w./-]+\.\w+)(?![\w./-])/.exec(line) ?? []
  if (script !== undefined && !hasFile(script)) return false
  if (script !== undefined && /^(?:ba)?sh /.test(line)) return true
  const [first = '', second] = line.replace(VARIABLE, '').split(/\s+/)
  if (first === 'git') return second === 'submodule' && !line.startsWith('git submodule add')
  const file = first.replace(/^\.\//, '')
  // Composer makes `vendor/bin`.
  if (LOCAL.test(first))
    return file === 'configure' || hasFile(file) || (file.startsWith('vendor/bin/') && hasFile('composer.json'))
  if (!TOOLS.has(first)) return false
  return second === undefined ? !AMBIGUOUS.test(first) || first === 'make' : /^[\w./@:+"'-]/.test(second)
}

/**
 * The commands that a repository's own documents tell who works on it to type, and those that they tell its users to install it by.
 * Only what begins with a tool that everybody knows counts, in code below a heading that says what it is for.
 */

import type { SourceFile } from '#generate/model.ts'
import { ShellSession } from './shell-session.ts'

export interface DocumentedCommands {
  path: string
  install: string[]
  work: string[]
}

const CONTRIBUTING =
  /^(?:(?:\.github|docs?)\/)?(?:CONTRIBUTING|DEVELOP(?:MENT|ING)|HACKING|BUILD(?:ING)?|COMPIL(?:E|ING)|TEST(?:S|ING)?)(?:\.md|\.markdown|\.rst)$/i
/** For users who build it themselves. */
const INSTALL =
  /^(?:docs?\/)?(?:INSTALL(?:ATION|ING)?(?:\.md|\.markdown|\.rst|\.txt)?|(?:BUILD(?:ING)?|HACKING)(?:\.txt)?)$/i
const README = /^README(?:\.md|\.markdown|\.rst)$/i
const MAX_CHARS = 200_000
const MAX_COMMANDS = 12
const MAX_LINE = 120
const MAX_PROSE = 2_000

const INSTALLS =
  /\b(?:install(?:ation|ing)?|getting started|quick ?start|get started|usage with docker|using docker|docker)\b/i
const WORKS =
  /\b(?:build(?:ing)?|compil\w+|contribut\w+|develop\w*|hack(?:ing)?|running|run|setup|set ?up|setting up|tests?|testing|lint\w*|local(?:ly)?)\b/i
/** Releasing is for its maintainers, upgrading for those who have it. */
const ELSE =
  /\b(?:releas\w+|publish\w*|deploy\w*|upgrad\w+|uninstall\w*|troubleshoot\w*|commit\w*|pull request\w*|benchmark\w*|translat\w+)\b/i
/** Runs tests, whatever the heading is about. */
const TESTS = /^(?:go|cargo|npm|pnpm|yarn|make|mvn|gradle|dotnet) (?:run )?test\b|^(?:pytest|tox|nox|rspec)\b/
const SHELL = /^(?:sh|bash|shell|zsh|console|shell-?session|terminal|)$/i
const TOOLS = new Set(
  'npm npx pnpm yarn bun bunx deno corepack node pip pip3 pipx python python3 uv poetry pdm hatch tox nox pytest make cmake ctest ninja meson autoreconf cargo rustup go mvn gradle sbt mill dotnet composer php bundle gem rake rails rspec docker docker-compose podman mix iex swift dune opam zig stack cabal just task bazel nix brew vagrant tilt'.split(
    ' ',
  ),
)
const LOCAL = /^(?:\.\/|(?:bin|script|scripts|dev|vendor\/bin)\/)[\w./-]+$/
/** What reads the name of a tool as a word. */
const AMBIGUOUS = /^(?:go|make|task|just|stack|node|python|php|swift|nix|bundle|mix|rake|docker|mill)$/
/** A placeholder, a shell's own writing, or what would do harm when it is copied. */
const UNFIT = /[<>|`$]|(?:^|[^/])\.\.\.|…|\bsudo\b|\brm\b|\b[Yy]our(?![a-z])|\bYOUR|\bpath\/to\b/

/** A tool that is given what only the reader knows: what comes after it cannot be done without. */
const IS_FILLED = /[<>$]|…|\b[Yy]our(?![a-z])|\bYOUR|\bpath\/to\b/

/**
 * What one document of Markdown, reStructuredText or plain text says, line by line; `undefined` when that is nothing.
 *
 * @param hasFile - Whether the repository has a file or folder of this path: what runs another one is an example.
 */
export function documentedCommands(
  { path, text }: SourceFile,
  hasFile: (path: string) => boolean,
): DocumentedCommands | undefined {
  const isInstall = INSTALL.test(path)
  const isReadme = README.test(path)
  if (text === null || !(isReadme || isInstall || CONTRIBUTING.test(path))) return undefined
  const found: DocumentedCommands = { path, install: [], work: [] }
  const above: { depth: number; title: string }[] = []
  let session: { block: number; shell: ShellSession } | undefined
  // In prose a README speaks of its users' commands as often as of its own.
  for (const part of partsOf(text.slice(0, MAX_CHARS), !isReadme)) {
    if ('title' in part) {
      while ((above.at(-1)?.depth ?? 0) >= part.depth) above.pop()
      above.push(part)
      continue
    }
    // The nearest title that says what it is about does; that of the whole is its name.
    const titles = above.slice(isReadme ? 1 : 0).map(({ title }) => title)
    const about =
      titles
        .toReversed()
        .map(aboutOf)
        .find((one) => one !== undefined) ?? (isReadme ? undefined : 'work')
    if (about === undefined || about === 'else') continue
    // Who contributes installs what it takes to work on it.
    if (session?.block !== part.block) session = { block: part.block, shell: new ShellSession(hasFile) }
    for (const written of part.lines) {
      if (IS_FILLED.test(written) && TOOLS.has(written.split(/\s/)[0] ?? '')) session.shell.lose()
      const { run, before } = session.shell.take(written) ?? { run: '', before: '' }
      const list = (isReadme || isInstall) && !TESTS.test(run) ? found[about] : found.work
      const line = before + run
      if (
        (isCommand(run, hasFile) || isActivation(run, list.at(-1))) &&
        list.length < MAX_COMMANDS &&
        !list.includes(line)
      )
        list.push(line)
    }
  }
  return found.install.length + found.work.length === 0 ? undefined : found
}

/** Whether a document tells those who only want to have the program. */
export const isForUsers = (path: string): boolean => INSTALL.test(path)

/** Lines of one block are typed one after the other. */
type Part = { title: string; depth: number } | { lines: string[]; block: number }

/** Headings, and what stands in code: in blocks, in indented lines, between backticks. */
function partsOf(text: string, withProse: boolean): Part[] {
  const parts: Part[] = []
  const signs: string[] = []
  let fence: { mark: string; isShell: boolean } | undefined
  /** A line of a shell that goes on. */
  let begun = ''
  let before = ''
  let block = 0
  for (const line of text.split('\n')) {
    const trimmed = line.trim()
    const [, mark, language = ''] = /^(```|~~~)`{0,10}[ \t]{0,4}\{?([\w-]*)/.exec(trimmed) ?? []
    if (fence !== undefined ? trimmed.startsWith(fence.mark) : mark !== undefined) {
      fence = fence === undefined ? { mark: mark ?? '', isShell: SHELL.test(language) } : undefined
      begun = ''
      block++
    } else if (fence !== undefined || /^(?: {4}|\t)/.test(line)) {
      const whole = begun + trimmed
      begun = whole.endsWith('\\') ? whole.slice(0, -1) : ''
      if (begun === '' && fence?.isShell !== false) parts.push({ lines: [unprompted(whole)], block })
    } else if (trimmed === '') {
      // An empty line in an indented block ends nothing.
    } else if (/^#{1,6} /.test(line)) {
      block++
      const depth = line.indexOf(' ')
      parts.push({ depth, title: line.slice(depth + 1, depth + 200) })
    } else if (/^([=~^"'+*-])\1{2,}$/.test(trimmed) && before !== '') {
      const sign = trimmed.charAt(0)
      if (!signs.includes(sign)) signs.push(sign)
      parts.push({ depth: signs.indexOf(sign) + 1, title: before.slice(0, 200) })
    } else {
      block++
      if (withProse)
        for (const quoted of quotedIn(line.slice(0, MAX_PROSE))) parts.push({ lines: [quoted], block: block++ })
    }
    before = trimmed
  }
  return parts
}

/** What stands between backticks: a single word only where the sentence says to run it. */
function quotedIn(line: string): string[] {
  // In reStructuredText they are two.
  const pieces = line.replaceAll('``', '`').split('`')
  return pieces.filter(
    (piece, at) =>
      at % 2 === 1 &&
      (piece.includes(' ') || /\b(?:run|running|execute|type|use|using|via|with)\s*$/i.test(pieces[at - 1] ?? '')),
  )
}

/** Without the sign of a shell that waits, and without a remark. */
function unprompted(line: string): string {
  const bare = line.replace(/^[$%>] {1,4}/, '')
  const remark = bare.indexOf(' #')
  return (remark === -1 ? bare : bare.slice(0, remark)).trim()
}

function aboutOf(title: string): 'install' | 'work' | 'else' | undefined {
  if (ELSE.test(title)) return 'else'
  // "Installing from source", "Docker development"
  if (WORKS.test(title) && !/^\W*install/i.test(title)) return 'work'
  if (/\bsource\b/i.test(title)) return 'work'
  return INSTALLS.test(title) ? 'install' : undefined
}

/** What comes after it needs the environment that was made right before. */
const isActivation = (line: string, before: string | undefined): boolean =>
  /^(?:source|\.) [\w./-]{1,80}\/bin\/activate$/.test(line) && /\bvenv\b/.test(before ?? '')

function isCommand(line: string, hasFile: (path: string) => boolean): boolean {
  if (line.length > MAX_LINE || UNFIT.test(line) || /^(?:npm|pnpm|yarn|bun) run(?:-script)?$/.test(line)) return false
  const [, script] =
    /^(?:node|deno run|bun|python3?|ruby|php|swift)[ \t]+(?:\.\/)?([\w./-]+\.\w+)(?![\w./-])/.exec(line) ?? []
  if (script !== undefined && !hasFile(script)) return false
  if (/^docker (?:ps|images|logs)\b/.test(line)) return false
  const [first = '', second] = line.split(/\s+/)
  if (LOCAL.test(first)) return first === './configure' || hasFile(first.replace(/^\.\//, ''))
  if (!TOOLS.has(first)) return false
  return second === undefined ? !AMBIGUOUS.test(first) || first === 'make' : /^[\w./@:+-]/.test(second)
}

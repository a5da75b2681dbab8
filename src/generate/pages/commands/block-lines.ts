/** Reads the command lines of a block, following the folder in which each runs. */

import type { CodeBlock } from './document-blocks.ts'
import { isCommand, namesTool } from './is-command.ts'
import type { ShellSession } from './shell-session.ts'

/** A command line, what it runs apart from changing the folder, and in which folder. */
export interface TypedLine {
  text: string
  run: string
  folder: string
}

/** Matches commands that build programs. */
const BUILDS = /^(?:make|ninja|cmake --build|meson compile|cargo build|go build)\b/
/** Matches the path of a built program. */
const BUILT = /^\.\/[\w./-]{1,80}$/
/** Matches a script that is fetched and run. */
const FETCHED = /^(?:curl|wget) [^|;&<>`$]{1,200} \| (?:ba|da|z)?sh$/
/** Matches commands that install a built program system-wide. */
const INTO_SYSTEM = /^sudo (?:make|ninja|cmake|meson) [\w ./-]{0,60}\binstall$/
/** Matches commands that fetch, submit or inspect code; later commands do not depend on them. */
const INSPECTS_OR_SUBMITS =
  /^(?:git (?!submodule)|gh |ls\b|pwd$|open |docker (?:ps|images|logs)\b|\S+ (?:--version|-V|-v)$|(?:gem|npm|pip3?|brew) (?:info|list|ls|outdated|show|view)\b)/
/** Matches commands that publish, which are for maintainers. */
const PUBLISHES =
  /^(?:make|just|task|(?:npm|pnpm|yarn|bun)(?: run)?|(?:bundle exec )?rake|composer|cargo|poetry|uv|goreleaser) (?:\S{1,60} )?(?:deploy|publish|releases?|upload)(?=$|[\s:-])/
/** Matches commands that run some tests by their names, as an example: `pytest -k plan`, `./gradlew test --tests "PlanTest"`. */
const ONE_TEST =
  /\bpy\.?test\b.{0,80}(?: -k (?!["']?not\b)|::)|\b(?:gradle|gradlew)\b.{0,80} --tests[ =]|^(?:mvn|\.\/mvnw)\b.{0,80} -D(?:it\.)?test=|^go test\b.{0,80} -run[ =](?!\^?\$)|\brspec\b.{0,80}\.rb:\d/

/**
 * All command lines of a block; empty if a part of it is not understood, and then the following blocks are not used either.
 *
 * @param before - The last command of the section above the block; '' if there is none.
 * @param isForInstall - Whether a script may be fetched and run: `curl … | bash`.
 */
export function linesOf(
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
    // A built program can be used without a system-wide installation, but what follows may need it.
    const installsBuilt = isBuilt && INTO_SYSTEM.test(text)
    isInstalled ||= installsBuilt
    if (installsBuilt || isSkipped(text, hasFile) || (!isForInstall && FETCHED.test(text))) continue
    if (isInstalled) isWhole = false
    const run = taken?.run ?? ''
    const isMove = taken !== undefined && run === ''
    if (isMove && (shell.folder !== from || text.startsWith('mkdir '))) found.push({ text, run, folder: from })
    else if (FETCHED.test(run)) found.push({ text, run, folder: shell.folder })
    else if (isCommand(run, hasFile) || isActivation(run, found.at(-1)?.text ?? before) || (isBuilt && BUILT.test(run)))
      found.push({
        // If no folder was entered before, it is that of the clone.
        text: clone !== undefined && text.startsWith('cd ') ? `${clone} && ${text}` : text,
        run,
        folder: shell.folder,
      })
    else if (!isMove) isWhole = false
  }
  const hasCommands = found.some(({ run }) => run !== '')
  if (isWhole && hasCommands) return found
  // Source code or output is not a missing command.
  if (!isWhole && !isQuoted && (hasCommands || lines.some(namesTool))) shell.lose()
  return []
}

/** Whether a line can be left out, and the others of its block still work. */
const isSkipped = (line: string, hasFile: (path: string) => boolean): boolean =>
  ONE_TEST.test(line) || isOfMissingTest(line, hasFile) || INSPECTS_OR_SUBMITS.test(line) || PUBLISHES.test(line)

/** Whether a command names a file of tests that does not exist, as an example. */
const isOfMissingTest = (line: string, hasFile: (path: string) => boolean): boolean =>
  line.split(/\s+/).some((word) => /^(?:features|specs?|tests?)\/[\w./-]{1,80}\.\w+$/.test(word) && !hasFile(word))

/** Whether a line activates the environment that the line before creates; later lines depend on it. */
const isActivation = (line: string, before: string): boolean =>
  /^(?:source|\.) [\w./-]{1,80}\/bin\/activate$/.test(line) && /\bvenv\b/.test(before)

/** Tells which blocks of a document show how a program is started, and what is typed in them. */

import type { Code } from 'mdast'
import type { Writing } from '#generate/pages/writing.ts'

const PROMPT = /^\s{0,4}[$>%] /
const NO_COMMANDS = /^(?:diff|json|ya?ml|toml|ini|xml|html|dockerfile)$/
/** Gets the program, and does not use it. */
export const INSTALLS =
  /\b(?:install|clone|curl|wget|pip|npm|npx|yarn|pnpm|cargo|brew|apt|apt-get|dnf|docker|podman|make|cmake|sudo|go (?:get|build))\b/
/** Whether it shows commands, and not what is printed. */
export const isTyped = ({ lang, value }: Code): boolean =>
  !NO_COMMANDS.test(lang ?? '') && ((lang ?? '') !== '' || value.split('\n').some((line) => PROMPT.test(line)))

/** What is typed, where a prompt marks it; what is printed below it is another matter. */
export function typedIn(block: Code): Code {
  const lines = block.value.split('\n')
  const typed: string[] = []
  let isOpen = false
  for (const line of lines) {
    if (isOpen || PROMPT.test(line)) typed.push(line)
    isOpen = line.endsWith('\\') && typed.at(-1) === line
  }
  return { ...block, value: (typed.length > 0 ? typed : lines).join('\n') }
}

/** Whether a block of commands, of no other language, runs a program of the repository's own with what it takes, in all of its lines or in one. */
export function runsOwn({ packages, subject }: Writing): (block: Code, inAll?: boolean) => boolean {
  const programs = new Set([subject.name, ...packages.flatMap((one) => one.programs.map(({ name }) => name))])
  const runs = (line: string): boolean => programs.has(RUN.exec(line)?.[1] ?? '')
  return ({ lang, value }, inAll = false) => {
    const lines = value.split('\n').filter((line) => line.trim() !== '')
    return !NO_COMMANDS.test(lang ?? '') && (inAll ? lines.length > 0 && lines.every(runs) : lines.some(runs))
  }
}

/** Whether code is a script for a program of the repository: `#!/usr/bin/env bats`. */
export function isScriptOf({ packages }: Writing): (code: string) => boolean {
  // A package may have a program of its name that is a symbolic link, which is not read.
  const programs = new Set(packages.flatMap((one) => [one.name ?? [], one.programs.map(({ name }) => name)].flat()))
  return (code) => {
    const program = /^#!(?:\S{0,80}\/)?(?:env[ \t]{1,4})?([\w.-]{1,60})(?=\s|$)/.exec(code)?.[1]
    return program !== undefined && programs.has(program)
  }
}

/** A program with arguments, perhaps run by a package manager. */
const RUN =
  /^(?:[$>%#]\s)?\s{0,4}(?:(?:npx|bunx|uvx|(?:pnpm|yarn) (?:dlx|exec)|(?:pipx|poetry|uv) run|bundle exec)\s{1,4})?([\w.-]{1,60})\s{1,4}\S/

/** Determines which code blocks show how a program is run, and extracts the commands. */

import type { Code } from 'mdast'
import type { Writing } from '#generate/pages/writing.ts'

const PROMPT = /^\s{0,4}[$>%] /
const NO_COMMANDS = /^(?:diff|json|ya?ml|toml|ini|xml|html|dockerfile)$/
/** Matches commands that install the program rather than run it. */
export const INSTALLS =
  /\b(?:install|clone|submodule|curl|wget|pip|npm|npx|yarn|pnpm|cargo|brew|apt|apt-get|dnf|docker|podman|make|cmake|sudo|go (?:get|build))\b/
/** Whether a block shows commands rather than output. */
export const isTyped = ({ lang, value }: Code): boolean =>
  !NO_COMMANDS.test(lang ?? '') && ((lang ?? '') !== '' || value.split('\n').some((line) => PROMPT.test(line)))

/** The commands of a block with prompts, without their output. */
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

/** Returns a test of whether all lines of a block of commands, or at least one, run a program of the repository with arguments. */
export function runsOwn({ packages, subject }: Writing): (block: Code, inAll?: boolean) => boolean {
  const programs = new Set([subject.name, ...packages.flatMap((one) => one.programs.map(({ name }) => name))])
  const runs = (line: string): boolean => programs.has(RUN.exec(line)?.[1] ?? '')
  return ({ lang, value }, inAll = false) => {
    const lines = value.split('\n').filter((line) => line.trim() !== '')
    return !NO_COMMANDS.test(lang ?? '') && (inAll ? lines.length > 0 && lines.every(runs) : lines.some(runs))
  }
}

/** Returns a test of whether code is a script for a program of the repository: `#!/usr/bin/env bats`. */
export function isScriptOf({ packages }: Writing): (code: string) => boolean {
  // A program named like its package may be a symbolic link, which is not read.
  const programs = new Set(packages.flatMap((one) => [one.name ?? [], one.programs.map(({ name }) => name)].flat()))
  return (code) => {
    const program = /^#!(?:\S{0,80}\/)?(?:env[ \t]{1,4})?([\w.-]{1,60})(?=\s|$)/.exec(code)?.[1]
    return program !== undefined && programs.has(program)
  }
}

/** A program with arguments, perhaps run by a package manager. */
const RUN =
  /^(?:[$>%#]\s)?\s{0,4}(?:(?:npx|bunx|uvx|(?:pnpm|yarn) (?:dlx|exec)|(?:pipx|poetry|uv) run|bundle exec)\s{1,4})?([\w.-]{1,60})\s{1,4}\S/

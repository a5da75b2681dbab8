/** Writes docs/commands.md from the help texts: `node --import tsx setup/commands.ts`. A test checks that it is up to date. */

import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import { PROGRAM } from '#base/program.ts'
import { flagOf, listSettings } from '#base/settings.ts'
import { exampleLines } from '../src/command-line/examples.ts'
import { EXIT_CODES } from '../src/command-line/exit-codes.ts'
import { createProgram } from '../src/command-line/program.ts'

export const COMMANDS_PAGE = new URL('../docs/commands.md', import.meta.url)

const HEAD = `# Commands

\`docspool\` is \`node src/docspool.mjs\` in a checkout, or the standalone build ([installing.md](installing.md)). \`docspool <command> --help\` prints what this page says, and the
settings that the command uses; each setting is also a flag: \`DOCSPOOL_SPOOL_DIR\` is \`--spool-dir\` ([settings.md](settings.md)). Commands that use a running server take its
token from \`DOCSPOOL_TOKEN\` or \`DOCSPOOL_TOKEN_FILE\`.
`

export function commandsPage(): string {
  const program = createProgram()
  const groups = new Map<string, Command[]>()
  for (const command of program.commands) {
    const title = command.helpGroup().replace(/:$/, '')
    if (title !== '' && title !== 'Help' && !isHidden(program, command))
      groups.set(title, [...(groups.get(title) ?? []), command])
  }
  const sections = [...groups].map(
    ([title, commands]) => `## ${title}\n\n${commands.map((command) => sectionOf(command, '')).join('\n')}`,
  )
  const codes = EXIT_CODES.map(([code, meaning]) => `| ${code} | ${cell(meaning)} |\n`).join('')
  return [HEAD, ...sections, `## Exit codes\n\n| code | meaning |\n| --- | --- |\n${codes}`].join('\n')
}

const isHidden = (program: Command, command: Command): boolean =>
  !program.createHelp().visibleCommands(program).includes(command)

/** A heading, the description, a table of arguments and flags, examples, and the same for subcommands. */
function sectionOf(command: Command, parent: string): string {
  const name = `${parent}${command.name()}`
  const taken = command.registeredArguments.map((each) => {
    const shown = each.variadic ? `${each.name()}...` : each.name()
    return each.required ? `<${shown}>` : `[${shown}]`
  })
  const rows = [
    ...command.registeredArguments.map((each, at) => [taken[at] ?? '', each.description]),
    ...command.options
      .filter(({ hidden, long }) => !hidden && !SETTINGS.has(long ?? '') && long !== '--print-config')
      .map((option) => [option.flags, command.createHelp().optionDescription(option)]),
  ]
  const table = rows.map(([term = '', text = '']) => `| \`${term}\` | ${cell(text)} |\n`).join('')
  const said = cell(command.description())
  const heading = `### ${name}\n\n\`docspool ${[name, ...taken].join(' ')}\`: ${said}.\n`
  const below = command.commands.filter((each) => each.name() !== 'help').map((each) => sectionOf(each, `${name} `))
  const lines = command.commands.length === 0 ? exampleLines(name, 'docspool') : []
  const examples = lines.length === 0 ? [] : [`\`\`\`\n${lines.join('\n')}\n\`\`\`\n`]
  return [heading, ...(table === '' ? [] : [`| | |\n| --- | --- |\n${table}`]), ...examples, ...below].join('\n')
}

const SETTINGS: ReadonlySet<string> = new Set(listSettings().map(({ name }) => flagOf(name)))

/** On one line, with the program's short name. */
const cell = (text: string): string =>
  text
    .replaceAll(PROGRAM, 'docspool')
    .replace(/\s+/g, ' ')
    .replace(/[<>|*]/g, (sign) => `\\${sign}`)

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeFile(COMMANDS_PAGE, commandsPage())

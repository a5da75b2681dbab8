import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { COMMANDS_PAGE, commandsPage } from '../../setup/commands.ts'
import { EXIT_CODES } from '../../src/command-line/exit-codes.ts'
import { createProgram } from '../../src/command-line/program.ts'

test('docs/commands.md is what `node --import tsx setup/commands.ts` writes', async () => {
  assert.equal(await readFile(COMMANDS_PAGE, 'utf8'), commandsPage())
})

test('every command that the help lists is in a group and in docs/commands.md, with all arguments named', () => {
  const program = createProgram()
  const visible = program.createHelp().visibleCommands(program)
  const page = commandsPage()
  assert.ok(visible.length > 20)
  for (const command of visible) {
    if (command.name() === 'help') continue
    assert.match(command.helpGroup(), /^[A-Z].*:$/, command.name())
    assert.ok(page.includes(`\n### ${command.name()}\n`), command.name())
    for (const argument of command.registeredArguments) assert.ok(argument.description, command.name())
  }
  for (const [code] of EXIT_CODES) assert.ok(page.includes(`\n| ${code} | `), String(code))
})

test('`follow`, the former name of `wait`, still works and is not listed', () => {
  const program = createProgram()
  const names = program
    .createHelp()
    .visibleCommands(program)
    .map((command) => command.name())
  assert.deepEqual([names.includes('wait'), names.includes('follow')], [true, false])
  assert.ok(program.commands.some((command) => command.name() === 'follow'))
})

import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { PROGRAM } from '#base/program.ts'
import { COMMANDS_PAGE, commandsPage } from '../../setup/commands.ts'
import { EXAMPLES } from '../../src/command-line/examples.ts'
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

test('flags of a command come before the settings, and most commands have examples', () => {
  const program = createProgram()
  let examples = ''
  const withExamples: string[] = []
  for (const command of program.commands) {
    examples = ''
    command.configureOutput({ writeOut: (text) => (examples += text) })
    command.outputHelp()
    const [options, settings] = [examples.indexOf('\nOptions:'), examples.indexOf('\nServer:')]
    assert.ok(settings === -1 || options < settings, command.name())
    if (examples.includes(`\nExamples:\n  ${PROGRAM} ${command.name()} `)) withExamples.push(command.name())
  }
  for (const name of ['up', 'generate', 'submit', 'follows', 'jobs', 'drain'])
    assert.ok(withExamples.includes(name), name)
})

test('a long help lists the common settings in groups, and with --all the rare ones too', () => {
  const [short = '', all = ''] = [[], ['up', '--help', '--all']].map((args) => {
    let text = ''
    const up = createProgram(args).commands.find((each) => each.name() === 'up')
    up?.configureOutput({ writeOut: (written) => (text += written) })
    up?.outputHelp()
    return text
  })
  for (const help of [short, all])
    assert.match(help, /\nServer:\n {2}--host [\s\S]*\nLimits of a job:\n[\s\S]*\nModels:\n/)
  assert.deepEqual([short.includes('--queue-size'), all.includes('--queue-size')], [false, true])
  assert.match(short, /more settings: .* up --help --all/)
  assert.doesNotMatch(all, /more settings/)
})

test('every example has a command, with flags that it accepts', () => {
  const program = createProgram()
  for (const [line] of EXAMPLES) {
    const [name, ...rest] = line.split(' ')
    let command = program.commands.find((each) => each.name() === name)
    assert.ok(command, line)
    command = command.commands.find((each) => each.name() === rest[0]) ?? command
    for (const word of rest.filter((each) => each.startsWith('-')))
      assert.ok(
        command.options.some(({ long, short }) => long === word || short === word),
        `${line}: ${word}`,
      )
  }
})

test('numbers in flags are decimal and in range', async () => {
  for (const [command, flag, ...values] of [
    ['jobs', '--limit', '0', '', '0x10', '1e3', '-1', '1.5', '9999999999'],
    ['drain', '--timeout', '', '0x10', '2000001', '-1', 'soon'],
  ] as const) {
    for (const value of values) {
      const program = createProgram()
      let message = ''
      for (const each of program.commands) each.configureOutput({ writeErr: (text) => (message += text) })
      await assert.rejects(program.parseAsync([command, `${flag}=${value}`], { from: 'user' }), { exitCode: 1 }, value)
      assert.match(message, /^docspool: option .* is invalid\. Expected a whole number, /)
      assert.ok(message.includes(`\`${PROGRAM} ${command} --help\``), message)
    }
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FileOptions, OptionFacts } from '#generate/analyse/options/file-options.ts'
import { joinOptions } from '#generate/analyse/options/join-options.ts'
import { told } from './options-in.ts'

const command = (holder: string, parent: string | null = null, isHidden = false) => ({
  holder,
  name: holder,
  parent,
  text: '',
  line: 1,
  takes: [],
  isHidden,
})

test('a hidden command hides its subcommands at any depth, in any order, also in other files', () => {
  const facts = new OptionFacts()
  for (const holder of ['root', 'inner', 'middle']) facts.command(command(holder))
  facts.command(command('hidden', 'root', true))
  facts.command(command('last', 'inner'))
  facts.command(command('shown', 'root'))
  facts.add('middle', 'inner')
  facts.add('hidden', 'middle')
  facts.add('hidden', 'newDump')
  const other = new OptionFacts()
  other.command(command('newDump#command'))
  other.alias('newDump', 'newDump#command')
  const files = new Map([facts, other].map((one, at) => [`f${at}.go`, one.facts() as FileOptions]))
  assert.deepEqual(
    joinOptions(files, [], () => 'go').map(({ name }) => name),
    ['root', 'shown'],
  )
})

test('many functions that return commands are joined in time', () => {
  const files = new Map<string, FileOptions>(
    Array.from({ length: 100 }, (_, file) => {
      const facts = new OptionFacts()
      facts.command(command(`c${file}`))
      for (let at = 0; at < 250; at++) facts.alias(`make${file}_${at}`, `c${file}`)
      for (let at = 0; at < 250; at++) facts.add(`c${file}`, `missing${at}`)
      return [`f${file}.go`, facts.facts() as FileOptions]
    }),
  )
  const start = process.cpuUsage()
  joinOptions(files, [], () => 'go')
  assert.ok(process.cpuUsage(start).user < 10_000_000)
})

test('many commands, attributes and values of Rust are read in time', async () => {
  const many = (count: number, text: (at: number) => string): string =>
    Array.from({ length: count }, (_, at) => text(at)).join('\n')
  const start = process.cpuUsage()
  await told({
    'src/main.rs': `use clap::{Command, Parser, ValueEnum};
#[derive(ValueEnum)]
enum When { ${many(5_000, (at) => `V${at},`)} }
#[derive(Parser)]
${many(10_000, () => '#[arg(x)]')}
struct Cli { ${many(5_000, (at) => `#[arg(long)] f${at}: When,`)} }
fn main() { ${many(12_000, () => 'Command::new("a");')} }
`,
  })
  assert.ok(process.cpuUsage(start).user < 30_000_000)
})

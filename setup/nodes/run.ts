/**
 * `make test-nodes`: with the newest Node of each line, in a copy of the checkout, builds nodegit, sets up, runs the demo, tests
 * that depend on Node, and `make dist`. Prints a table; exits with 1 if something failed.
 *
 * `make test-nodes ONLY="22 26"` for some lines. Logs are written to `dist/nodes/`.
 */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { makeRepository } from '../../test/support/repositories.ts'
import { buildAddon } from './addon.ts'
import { fetchNode, type InstalledNode, programOf } from './fetch.ts'
import { LINES } from './supported-lines.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const OUT = path.join(ROOT, 'dist/nodes')
/** Not copied: `node_modules` is linked, the others are created by the steps. */
const NOT_COPIED = new Set(['.git', 'node_modules', 'dist', 'spool', 'coverage'])

/** Tests (parts of their paths) of native code, threads, WebAssembly, processes, the bundle and standalone builds. */
const TESTS = [
  ...['generate/clone/', 'tree-sitter', 'read-pool', 'results-cache', 'typescript/thread', 'same-bytes'],
  ...[
    'markdown/render',
    'bundle',
    'setup/',
    'sandbox',
    'worker.test',
    'serve.test',
    'queue/supervisor',
    'queue/job-process',
  ],
  ...['http/app', 'http/compression', 'e2e/commands', 'e2e/documents'],
]

const REPOSITORY = {
  'README.md': '# Greet\n\nSays hello.\n',
  'src/greet.ts': "import { nameOf } from './name.ts'\n\nexport const greet = (id: number) => 'Hello ' + nameOf(id)\n",
  'src/name.ts': '/** The name of a person. */\nexport const nameOf = (id: number): string => String(id)\n',
  'tools/greet.py': 'def greet(name):\n    """Says hello."""\n    return name\n',
}

interface Row {
  version: string
  buildS: number
  /** `120 of 121` tests passed; absent when the set-up failed. */
  tests?: string
  /** The steps that failed. */
  failed: string[]
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((line) => !LINES.some((one) => one === line))
if (unknown.length > 0) throw new Error(`Expected lines of ${LINES.join(', ')}, found ${unknown.join(', ')}.`)
const lines = LINES.filter((line) => wanted.length === 0 || wanted.includes(line))
const rows: Row[] = []
for (const line of lines) rows.push(await tryNode(await fetchNode(line, process.arch)))
printTable(rows)
if (rows.length === 0 || rows.some(({ failed }) => failed.length > 0)) process.exitCode = 1

async function tryNode(node: InstalledNode): Promise<Row> {
  const place = path.join(OUT, node.version)
  const checkout = path.join(place, 'checkout')
  await rm(place, { recursive: true, force: true })
  await copyCheckout(checkout)
  const repository = path.join(place, 'greet.git')
  await makeRepository(repository, REPOSITORY)
  const started = performance.now()
  const built = await buildAddon(node, process.arch).then(
    () => true,
    (error) => process.stderr.write(`${error.message}\n`) === undefined,
  )
  const row: Row = { version: node.version, buildS: (performance.now() - started) / 1_000, failed: [] }
  const step = async (name: string, command: string, args: string[]): Promise<boolean> => {
    process.stdout.write(`Node ${node.version}: ${name}\n`)
    const passed = await runUnder(node, checkout, path.join(place, `${name}.log`), command, args)
    if (!passed) row.failed.push(name)
    return passed
  }
  if (built && (await step('setup', 'make', ['setup']))) {
    await step('demo', 'node', ['src/docspool.mjs', 'demo', repository])
    await step('tests', 'node', ['test/run.mjs', ...TESTS])
    row.tests = await readCounts(path.join(place, 'tests.log'))
    await step('dist', 'make', ['dist', 'ONLY=here'])
  } else if (!built) row.failed.push('build')
  // The logs are kept.
  await rm(checkout, { recursive: true, force: true })
  return row
}

/** The copy has its own node_modules, made of hard links, because nodegit's native module differs for each Node. */
async function copyCheckout(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const name of (await readdir(ROOT)).filter((name) => !NOT_COPIED.has(name)))
    await cp(path.join(ROOT, name), path.join(folder, name), { recursive: true, verbatimSymlinks: true })
  const linked = spawn('cp', ['-al', path.join(ROOT, 'node_modules'), folder], { stdio: 'inherit' })
  await once(linked, 'close')
}

async function runUnder(
  node: InstalledNode,
  cwd: string,
  log: string,
  command: string,
  args: string[],
): Promise<boolean> {
  const output = createWriteStream(log)
  await once(output, 'open')
  const env = {
    ...process.env,
    PATH: `${path.dirname(programOf(node))}:${process.env.PATH ?? ''}`,
    npm_config_nodedir: node.folder,
    // Otherwise make would pass these on to the `make` of the copy.
    MAKEFLAGS: undefined,
    MFLAGS: undefined,
    MAKEOVERRIDES: undefined,
    ONLY: undefined,
  }
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', output, output] })
  const [code] = await once(child, 'close')
  output.destroy()
  return code === 0
}

/** `120 of 121`. */
async function readCounts(log: string): Promise<string> {
  const text = stripVTControlCharacters(await readFile(log, 'utf8'))
  const count = (what: string): string => new RegExp(`^\\S* ?${what} (\\d+)$`, 'm').exec(text)?.[1] ?? '?'
  return `${count('pass')} of ${count('tests')}`
}

function printTable(rows: readonly Row[]): void {
  const cells = rows.map(({ version, buildS, tests = '-', failed }) => [
    version,
    buildS.toFixed(0),
    tests,
    failed.length === 0 ? 'pass' : `${failed.join(', ')} failed`,
  ])
  const table = [['Node', 'build s', 'tests passed', 'result'], ...cells]
  const widthOf = (column: number): number => Math.max(...table.map((row) => row[column]?.length ?? 0))
  for (const row of table)
    process.stdout.write(
      `${row
        .map((cell, at) => cell.padEnd(widthOf(at) + 2))
        .join('')
        .trimEnd()}\n`,
    )
}

#!/usr/bin/env node
/**
 * Runs the tests with Node's own runner: `node test/run.mjs [part of a path…] [--flags for node]`.
 *
 * It names every file, since Node 20 expands no pattern, and it fails where Node would pass in silence: when there is no
 * test file, and when no test ran.
 */
import { spawn } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { grouped } from './groups.mjs'

const folder = dirname(fileURLToPath(import.meta.url))
const root = dirname(folder)
const args = process.argv.slice(2)
const words = args.filter((arg) => !arg.startsWith('-'))
const flags = args.filter((arg) => arg.startsWith('-'))

const all = readdirSync(folder, { recursive: true })
  .map((name) =>
    relative(root, join(folder, String(name)))
      .split(sep)
      .join('/'),
  )
  .filter((path) => /\.test\.tsx?$/.test(path) && !path.includes('/node_modules/'))
  .sort()
const files = words.length === 0 ? all : all.filter((path) => words.some((word) => path.includes(word)))
if (files.length === 0)
  fail(words.length === 0 ? 'no test file below test/' : `no test file matches ${words.join(' ')}`)

const groups = grouped(root, files)
const runner = spawn(
  process.execPath,
  [
    '--import=tsx',
    '--test',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${join(folder, 'count.mjs')}`,
    '--test-reporter-destination=stderr',
    `--test-concurrency=${Math.max(2, availableParallelism()) + 1}`,
    // Also of each process, which runs up to twelve files.
    '--test-timeout=1200000',
    ...flags,
    ...groups.paths,
  ],
  {
    cwd: root,
    stdio: ['ignore', 'inherit', 'pipe'],
    env: {
      ...process.env,
      // An error in the analysis of one file ends the generation here; in production it is named and the others go on.
      DOCSPOOL_FATAL_INCIDENTS: '1',
      // Node's runner takes it for a sign that it runs inside another one, and reports to nobody.
      NODE_TEST_CONTEXT: undefined,
    },
  },
)
let ran
runner.stderr.on('data', (chunk) => {
  const text = String(chunk)
  const count = /^tests run: (\d+)$/m.exec(stripVTControlCharacters(text))
  if (count) ran = Number(count[1])
  process.stderr.write(text.replace(/^tests run: \d+\n/m, ''))
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => runner.kill(signal))
runner.on('close', (code, signal) => {
  rmSync(groups.folder, { recursive: true, force: true })
  if (!code && !signal && !ran) fail(`no test ran in ${files.length} file(s)`)
  process.exit(code ?? 1)
})

function fail(message) {
  console.error(`test: ${message}`)
  process.exit(1)
}

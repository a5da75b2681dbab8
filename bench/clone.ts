/**
 * The clone step beside `git clone --depth 1` of the same repository, over smart HTTP on loopback. Runs alternate, so that
 * whatever else the machine does falls on all alike; the server is a process of its own.
 *
 * `node --import tsx bench/clone.ts [bare repository…]`; without one, a repository of 1,500 files is made.
 */

import { execFile, spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parseRepository } from '#base/repository.ts'
import { clone } from '#generate/clone/clone.ts'
import { startGitHttp } from '../test/support/git-http.ts'
import { gitEnvironment, makeRepository } from '../test/support/repositories.ts'

const ROUNDS = 15
const self = fileURLToPath(import.meta.url)
const loader = new URL('../src/tsx.mjs', import.meta.url).href
const runFile = promisify(execFile)

/** Measure and print. `folders` are bare repositories. */
export async function run(folders: string[] = []): Promise<void> {
  const root = await mkdtemp(path.join(tmpdir(), 'docspool-bench-'))
  try {
    const names = folders.length === 0 ? [await makeSynthetic(root)] : await link(root, folders)
    const server = spawn(process.execPath, ['--import', loader, self, '--serve', root], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const url = await new Promise<string>((resolve) =>
      server.stdout.once('data', (line: Buffer) => resolve(`${line}`.trim())),
    )
    for (const name of names) await compare(name, `${url}/${name}`, root)
    server.kill()
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

async function compare(name: string, url: string, root: string): Promise<void> {
  const ways: [string, (folder: string) => Promise<number>][] = [
    ['git clone --depth 1 --bare', (folder) => timeGit(['--bare'], url, folder)],
    ['git clone --depth 1', (folder) => timeGit([], url, folder)],
    ['clone(), first of its process', (folder) => timeOnce(url, folder)],
    ['clone(), again', (folder) => timeClone(url, folder)],
  ]
  const times = ways.map((): number[] => [])
  for (let round = -1; round < ROUNDS; round++) {
    for (const [index, [, way]] of ways.entries()) {
      const folder = await mkdtemp(path.join(root, 'run-'))
      const took = await way(folder)
      // The first round only warms the caches of the disk.
      if (round >= 0) times[index]?.push(took)
      await rm(folder, { recursive: true, force: true })
    }
  }
  console.log(`\n${name}, median of ${ROUNDS} alternating runs`)
  const checkout = median(times[1] ?? [])
  for (const [index, [label]] of ways.entries()) {
    const middle = median(times[index] ?? [])
    console.log(
      `  ${label.padEnd(32)} ${middle.toFixed(0).padStart(6)} ms   ${(middle / checkout).toFixed(2)} of git clone --depth 1`,
    )
  }
}

const median = (times: number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN

async function timeGit(flags: string[], url: string, folder: string): Promise<number> {
  const start = performance.now()
  await runFile('git', ['clone', '--quiet', '--depth', '1', ...flags, url, path.join(folder, 'clone')], {
    env: gitEnvironment(),
  })
  return performance.now() - start
}

/** In a process of its own, as a worker does it: with loading nodegit, without starting Node. */
async function timeOnce(url: string, folder: string): Promise<number> {
  const { stdout } = await runFile(process.execPath, ['--import', loader, self, '--once', url, folder])
  return Number(stdout)
}

async function timeClone(url: string, workDir: string): Promise<number> {
  const policy = { allowedHosts: [new URL(url).host], allowPrivateNetworks: true, localRepos: [] }
  const start = performance.now()
  const tree = await clone({
    repository: parseRepository(url, policy),
    commitId: null,
    depth: 1,
    maxBytes: 1_000_000_000,
    maxFileBytes: 1_000_000,
    timeoutMs: 60_000,
    allowPrivateNetworks: true,
    workDir,
    signal: new AbortController().signal,
    onProgress: () => {},
  })
  const took = performance.now() - start
  await tree.close()
  return took
}

async function link(root: string, folders: string[]): Promise<string[]> {
  await mkdir(path.join(root, 'bench'))
  const names = folders.map(
    (folder, index) => `bench/${index}-${path.basename(path.dirname(folder)).replaceAll('+', '-')}`,
  )
  await Promise.all(folders.map((folder, index) => symlink(path.resolve(folder), path.join(root, names[index] ?? ''))))
  return names
}

async function makeSynthetic(root: string): Promise<string> {
  const files = Array.from({ length: 1_500 }, (_, file) => {
    const lines = Array.from(
      { length: 120 },
      (_, line) => `export const value${line} = ${(file * 7_919 + line * 104_729) % 1_000_003}\n`,
    )
    return [`src/part${file % 40}/file${file}.ts`, lines.join('')] as const
  })
  await makeRepository(path.join(root, 'bench', 'synthetic'), Object.fromEntries(files))
  return 'bench/synthetic'
}

if (process.argv[1] === self) {
  const [mode, ...rest] = process.argv.slice(2)
  if (mode === '--serve') {
    console.log((await startGitHttp(rest[0] ?? '')).url)
    process.stdin.on('end', () => process.exit()).resume()
  } else if (mode === '--once') {
    console.log(await timeClone(rest[0] ?? '', rest[1] ?? ''))
  } else {
    await run(process.argv.slice(2))
  }
}

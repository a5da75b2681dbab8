/** Tests the standalone builds outside the checkout: with an empty environment, in an empty folder with no packages above it. */

import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { startGitHttp } from '../../test/support/git-http.ts'
import { makeRepository } from '../../test/support/repositories.ts'
import type { Machine } from './machine.ts'

const run = promisify(execFile)

/** One file for each grammar or compiler, each with a function `greet`. */
const SOURCES: Readonly<Record<string, string>> = {
  'greet.ts': 'export function greet(name: string): string {\n  return name\n}\n',
  'greet.js': 'export function greet(name) {\n  return name\n}\n',
  'greet.py': 'def greet(name):\n    return name\n',
  'greet.go': 'package greet\n\nfunc greet(name string) string {\n\treturn name\n}\n',
  'greet.rs': 'pub fn greet(name: &str) -> &str {\n    name\n}\n',
  'Greet.java': 'class Greet {\n  String greet(String name) {\n    return name;\n  }\n}\n',
  'Greet.kt': 'fun greet(name: String): String {\n  return name\n}\n',
  'Greet.scala': 'object Greet {\n  def greet(name: String): String = name\n}\n',
  'Greet.swift': 'func greet(name: String) -> String {\n  return name\n}\n',
  'Greet.cs': 'class Greet {\n  string greet(string name) {\n    return name;\n  }\n}\n',
  'greet.c': 'int greet(int name) {\n  return name;\n}\n',
  'greet.cpp': 'namespace greeting {\nint greet(int name) {\n  return name;\n}\n}\n',
  'greet.rb': 'def greet(name)\n  name\nend\n',
  'greet.php': '<?php\nfunction greet($name) {\n  return $name;\n}\n',
  'greet.sh': 'greet() {\n  echo "$1"\n}\n',
  'README.md': '# Greet\n\nSays hello.\n\n```js\ngreet(1)\n```\n',
}

/** Durations in seconds. */
export interface Trial {
  /** From the start of the program until the repository was documented. */
  documented: number
  /** From the request for a page to the complete response. */
  page: number
}

/**
 * @param archive - An archive made by `pack`.
 * @param node - Path of the Node that runs it.
 * @param machine - The machine on which that Node runs.
 * @throws {Error} The unpacked program does not start, or the documents are incomplete.
 */
export function checkArchive(archive: string, node: string, machine: Machine): Promise<Trial> {
  return inEmptyFolder(async (folder) => {
    await run('tar', ['-xzf', archive, '-C', folder])
    const name = (await readdir(folder)).find((entry) => entry.startsWith('docspool-')) ?? ''
    return documentOne(path.join(folder, name, 'docspool'), await machine.start(node, folder), folder)
  })
}

/**
 * Start the executable twice: it unpacks itself at the first start only.
 *
 * @returns The durations of the second start.
 * @throws {Error} It does not start, or the documents are incomplete.
 */
export function checkExecutable(executable: string, machine: Machine): Promise<Trial> {
  return inEmptyFolder(async (folder) => {
    const started = await machine.start(executable, folder)
    await documentOne(started, undefined, folder)
    return documentOne(started, undefined, folder)
  })
}

async function inEmptyFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-dist-'))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Start `up` for a repository with all languages, which is cloned by HTTP, and check the documents.
 *
 * @param node - The program `node` in its `PATH`.
 */
async function documentOne(program: string, node: string | undefined, folder: string): Promise<Trial> {
  const place = await mkdtemp(path.join(folder, 'run-'))
  await makeRepository(path.join(place, 'hosted/example/greet.git'), SOURCES)
  const host = await startGitHttp(path.join(place, 'hosted'))
  const before = performance.now()
  const started = spawn(
    program,
    [
      ...['up', '--document', `${host.url}/example/greet`, '--allowed-hosts', `127.0.0.1:${host.port}`],
      ...['--allow-private-networks', 'true', '--port', '0', '--spool-dir', path.join(place, 'spool')],
    ],
    {
      cwd: place,
      env: { PATH: await makePath(place, node), HOME: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let trial: Trial
  try {
    const address = await readAddress(started)
    const documented = performance.now()
    await requireComponents(address)
    const asked = performance.now()
    const overview = await read(new URL('overview.md', address))
    if (!overview.includes('</html>')) throw new Error('The overview is no page.')
    const page = performance.now() - asked
    for (const asset of ['docspool.css', 'mermaid.min.js']) await read(new URL(`/assets/${asset}`, address))
    trial = { documented: (documented - before) / 1_000, page: page / 1_000 }
  } finally {
    started.kill('SIGTERM')
    if (started.exitCode === null && started.signalCode === null) await once(started, 'close')
    await host.close()
  }
  if (started.exitCode !== 0) throw new Error(`${program} ended with ${started.exitCode ?? started.signalCode}.`)
  return trial
}

/** A folder with node and the two programs that the launcher calls: no npm, no git, no compiler. */
async function makePath(place: string, node: string | undefined): Promise<string> {
  const folder = path.join(place, 'bin')
  await mkdir(folder)
  if (node !== undefined) await symlink(node, path.join(folder, 'node'))
  for (const name of ['dirname', 'readlink']) await symlink(`/usr/bin/${name}`, path.join(folder, name))
  return folder
}

/** The URL of the documents, which `up` prints. */
async function readAddress(started: ReturnType<typeof spawn>): Promise<string> {
  let printed = ''
  return new Promise((resolve, reject) => {
    for (const stream of [started.stdout, started.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        printed += chunk.toString()
        const address = /^Documents: (\S+)$/m.exec(printed)?.[1]
        if (address !== undefined) resolve(address)
      })
    }
    started.once('error', reject)
    started.once('close', () => reject(new Error(`It ended before it had documented the repository:\n${printed}`)))
  })
}

async function requireComponents(address: string): Promise<void> {
  const { components }: { components: { file: string; name: string }[] } = JSON.parse(
    await read(new URL('graph.json', address)),
  )
  const found = new Set(components.filter(({ name }) => name === 'greet').map(({ file }) => file))
  const missing = Object.keys(SOURCES).filter((name) => name !== 'README.md' && !found.has(name))
  if (missing.length > 0) throw new Error(`Nothing was found in ${missing.join(', ')}.`)
}

async function read(url: URL): Promise<string> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${url.pathname} was answered ${answer.status}.`)
  return answer.text()
}

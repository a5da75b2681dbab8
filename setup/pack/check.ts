/** Tries out what was packed, away from the checkout: with an empty environment, in an empty folder, no package above it. */

import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** One file a grammar or compiler, each with a function `greet`. */
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

/**
 * @param archive - Of `pack`.
 * @throws {Error} What it is unpacked to does not start, or documents less than it should.
 */
export function checkArchive(archive: string): Promise<void> {
  return inEmptyFolder(async (folder) => {
    await run('tar', ['-xzf', archive, '-C', folder])
    const [name = ''] = await readdir(folder)
    await documentOne(path.join(folder, name, 'docspool'), folder)
  })
}

/** @throws {Error} It does not start, or documents less than it should: when it has to be unpacked first, and when it is. */
export function checkExecutable(executable: string): Promise<void> {
  return inEmptyFolder(async (folder) => {
    await documentOne(executable, folder)
    await documentOne(executable, folder)
  })
}

async function inEmptyFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-dist-'))
  try {
    await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Starts `up` for a repository with all languages and reads what came of it. */
async function documentOne(program: string, folder: string): Promise<void> {
  const place = await mkdtemp(path.join(folder, 'run-'))
  const repository = path.join(place, 'greet')
  await makeRepository(repository)
  const started = spawn(
    program,
    ['up', '--document', repository, '--port', '0', '--spool-dir', path.join(place, 'spool')],
    {
      cwd: place,
      env: { PATH: await makePath(place), HOME: folder },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  try {
    const address = await readAddress(started)
    await requireComponents(address)
    for (const asset of ['docspool.css', 'mermaid.min.js']) await read(new URL(`/assets/${asset}`, address))
  } finally {
    started.kill('SIGTERM')
    if (started.exitCode === null && started.signalCode === null) await once(started, 'close')
  }
  if (started.exitCode !== 0) throw new Error(`${program} ended with ${started.exitCode ?? started.signalCode}.`)
}

async function makeRepository(folder: string): Promise<void> {
  await mkdir(folder)
  for (const [name, text] of Object.entries(SOURCES)) await writeFile(path.join(folder, name), text)
  const author = ['-c', 'user.name=docspool', '-c', 'user.email=docspool@example.org', '-c', 'commit.gpgsign=false']
  const git = (...args: string[]): Promise<unknown> => run('git', ['-C', folder, ...author, ...args])
  await git('init', '--quiet', '--initial-branch=main')
  await git('add', '.')
  await git('commit', '--quiet', '--no-verify', '--message=Greet')
}

/** A folder with node and the two programs that the launcher calls: no npm, no git, no compiler. */
async function makePath(place: string): Promise<string> {
  const folder = path.join(place, 'bin')
  await mkdir(folder)
  await symlink(process.execPath, path.join(folder, 'node'))
  for (const name of ['dirname', 'readlink']) await symlink(`/usr/bin/${name}`, path.join(folder, name))
  return folder
}

/** Of the documents, as `up` prints it. */
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
  const overview = await read(new URL('overview.md', address))
  if (!overview.includes('</html>')) throw new Error('The overview is no page.')
}

async function read(url: URL): Promise<string> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${url.pathname} was answered ${answer.status}.`)
  return answer.text()
}

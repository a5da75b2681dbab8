/** `make dist`: `dist/docspool-<version>-<system>.tar.gz` and the single executable of the same name, both tried out. */

import { chmod, cp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { pack, sha256 } from './archive.ts'
import { checkArchive, checkExecutable } from './check.ts'
import { canBecomeExecutable, makeExecutable } from './executable.ts'
import { neededGlibc } from './glibc.ts'
import { assembleProgram } from './program.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const OUT = path.join(ROOT, 'dist')

/** Beside the program in the archive. */
const FOR_PEOPLE = ['README.md', 'CHANGELOG.md', 'LICENSE', 'docs']
const UNIT = 'docspool.service'
const LAUNCHER = `#!/bin/sh
# Starts docspool with the Node of this machine.
exec node "$(dirname "$(readlink -f "$0")")/lib/src/docspool.mjs" "$@"
`

const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'))
const name = `docspool-${version}-${process.platform}-${process.arch}`
const work = path.join(OUT, 'packing')
const folder = path.join(work, name)
const archive = path.join(OUT, `${name}.tar.gz`)
const executable = path.join(OUT, name)

try {
  await rm(work, { recursive: true, force: true })
  await assembleProgram(ROOT, path.join(folder, 'lib'))
  await writeFile(path.join(folder, 'docspool'), LAUNCHER)
  await chmod(path.join(folder, 'docspool'), 0o755)
  for (const name of FOR_PEOPLE) await cp(path.join(ROOT, name), path.join(folder, name), { recursive: true })
  const unit = await readFile(path.join(ROOT, 'setup', UNIT), 'utf8')
  await writeFile(path.join(folder, UNIT), unit.replaceAll('/opt/docspool/src/', '/opt/docspool/lib/src/'))
  await pack(folder, archive)
  await checkArchive(archive)
  const native = await listNative(path.join(folder, 'lib'))
  await say(archive, native)
  if (await canBecomeExecutable()) {
    await makeExecutable(path.join(folder, 'lib'), executable)
    await checkExecutable(executable)
    await say(executable, [process.execPath, ...native])
  } else {
    process.stdout.write(
      'No single executable: this Node keeps most of itself in a library; that of nodejs.org does not.\n',
    )
  }
} catch (error) {
  process.stderr.write(`dist: ${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
} finally {
  await rm(work, { recursive: true, force: true })
}

async function listNative(program: string): Promise<string[]> {
  const names = await readdir(program, { recursive: true })
  return names.filter((name) => name.endsWith('.node')).map((name) => path.join(program, name))
}

/** @param native - What is inside and asks the system for libraries. */
async function say(file: string, native: readonly string[]): Promise<void> {
  const { size } = await stat(file)
  const glibc = await neededGlibc(native)
  const needs = glibc === undefined ? '' : `glibc ${glibc} or newer  `
  process.stdout.write(
    `${path.relative(ROOT, file)}  ${(size / 1e6).toFixed(1)} MB  ${needs}sha256 ${await sha256(file)}\n`,
  )
}

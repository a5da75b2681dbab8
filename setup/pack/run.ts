/**
 * `make dist`: creates and tests `dist/docspool-<version>-<system>.tar.gz` and the single executable of the same name. On Debian
 * on x64, also those for arm64. `make dist ONLY=here`: only for this machine and its Node.
 */

import { spawnSync } from 'node:child_process'
import { chmod, cp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { fetchNode, type InstalledNode, programOf } from '../nodes/fetch.ts'
import { pack, sha256 } from './archive.ts'
import { checkArchive, checkExecutable, type Trial } from './check.ts'
import { makeExecutable, whyNoExecutable } from './executable.ts'
import { neededGlibc } from './glibc.ts'
import { type Machine, qemuArm64, thisMachine } from './machine.ts'
import { addNative, buildAddons, fetchOtherNodes } from './native.ts'
import { assembleProgram } from './program.ts'
import { LAUNCHER } from './start-script.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const OUT = path.join(ROOT, 'dist')

/** Documentation in the archive. */
const DOCUMENTS = ['README.md', 'CHANGELOG.md', 'LICENSE', 'docs']
const UNIT = 'docspool.service'

/** An architecture for which to pack. */
interface Target {
  arch: string
  /** Path of the Node that becomes the executable and is first to test the archive. */
  node: string
  machine: Machine
}

const { version } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'))
const work = path.join(OUT, 'packing')
const isForHere = process.argv[2] === 'here'

try {
  await rm(work, { recursive: true, force: true })
  const program = path.join(work, 'program')
  await assembleProgram(ROOT, program)
  const others = isForHere ? [] : await fetchOtherNodes()
  await makeFor({ arch: process.arch, node: process.execPath, machine: thisMachine }, program, others)
  if (!isForHere && canCompileForArm64()) {
    const node = await fetchNode(process.versions.node, 'arm64')
    await makeFor({ arch: 'arm64', node: programOf(node), machine: qemuArm64 }, program, others)
  }
} catch (error) {
  process.stderr.write(`dist: ${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
} finally {
  await rm(work, { recursive: true, force: true })
}

/** Installs missing tools if possible; otherwise prints them, and packing continues without arm64. */
function canCompileForArm64(): boolean {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    process.stdout.write('Skipped linux-arm64: it needs Debian on x64.\n')
    return false
  }
  const { status } = spawnSync(path.join(ROOT, 'setup/system.sh'), ['dist'], { stdio: 'inherit' })
  if (status !== 0) process.stdout.write('Skipped linux-arm64: this machine cannot compile for it or cannot test it.\n')
  return status === 0
}

/** @param others - Further Nodes for which the archive is made. */
async function makeFor({ arch, node, machine }: Target, program: string, others: InstalledNode[]): Promise<void> {
  const name = `docspool-${version}-${process.platform}-${arch}`
  const addons = await buildAddons(others, arch)
  const archive = path.join(OUT, `${name}.tar.gz`)
  await makeArchive(path.join(work, name), archive)
  await say(
    archive,
    addons.map(({ file }) => file),
  )
  await tell(`Node ${process.versions.node}`, checkArchive(archive, node, machine))
  // Other Nodes are available for this machine only.
  for (const other of arch === process.arch ? others : [])
    await tell(`Node ${other.version}`, checkArchive(archive, programOf(other), machine))

  const reason = await whyNoExecutable(node)
  if (reason !== undefined) {
    process.stdout.write(`Skipped the single executable: ${reason}.\n`)
    return
  }
  const executable = path.join(OUT, name)
  const own = path.join(work, `own-${arch}`)
  await cp(program, own, { recursive: true })
  await addNative(own, [addons[0]])
  await makeExecutable(own, executable, node)
  await say(executable, [node, addons[0].file])
  await tell('itself', checkExecutable(executable, machine))

  async function makeArchive(folder: string, archive: string): Promise<void> {
    await cp(program, path.join(folder, 'lib'), { recursive: true })
    await addNative(path.join(folder, 'lib'), addons)
    await writeFile(path.join(folder, 'docspool'), LAUNCHER)
    await chmod(path.join(folder, 'docspool'), 0o755)
    for (const name of DOCUMENTS) await cp(path.join(ROOT, name), path.join(folder, name), { recursive: true })
    const unit = await readFile(path.join(ROOT, 'setup', UNIT), 'utf8')
    await writeFile(path.join(folder, UNIT), unit.replaceAll('/opt/docspool/src/', '/opt/docspool/lib/src/'))
    await pack(folder, archive)
  }

  async function tell(runner: string, trial: Promise<Trial>): Promise<void> {
    const { documented, page } = await trial
    const seconds = `documented in ${documented.toFixed(1)} s, a page in ${page.toFixed(2)} s`
    process.stdout.write(`  tested ${machine.name} with ${runner}: ${seconds}\n`)
  }
}

/** @param native - Its native files, which need system libraries. */
async function say(file: string, native: readonly string[]): Promise<void> {
  const { size } = await stat(file)
  const glibc = await neededGlibc(native)
  const needs = glibc === undefined ? '' : `glibc ${glibc} or newer  `
  process.stdout.write(
    `${path.relative(ROOT, file)}  ${(size / 1e6).toFixed(1)} MB  ${needs}sha256 ${await sha256(file)}\n`,
  )
}

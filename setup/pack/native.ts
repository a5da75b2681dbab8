/** Adds nodegit's native modules to a standalone build: one for each supported ABI of Node. */

import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Addon, buildAddon } from '../nodes/addon.ts'
import { fetchNode, type InstalledNode } from '../nodes/fetch.ts'
import { LINES } from '../nodes/supported-lines.ts'
import { BUNDLE } from './program.ts'
import { startScript } from './start-script.ts'

/** The path that nodegit loads. Here, it is a folder whose `index.js` chooses the module for the running Node. */
const LOADED = 'node_modules/nodegit/build/Release/nodegit.node'

/** The newest Node of each release line except that of the current Node. */
export function fetchOtherNodes(): Promise<InstalledNode[]> {
  const majorOf = (version: string): number => Number.parseInt(version, 10)
  const others = LINES.filter((line) => majorOf(line) !== majorOf(process.versions.node))
  return Promise.all(others.map((line) => fetchNode(line, process.arch)))
}

/**
 * Build the modules one after the other, because each build uses all cores.
 *
 * @param others - Nodes besides the current one.
 * @returns The module for the current Node first.
 */
export async function buildAddons(others: readonly InstalledNode[], arch: string): Promise<[Addon, ...Addon[]]> {
  const addons: [Addon, ...Addon[]] = [await buildAddon(undefined, arch)]
  for (const node of others) addons.push(await buildAddon(node, arch))
  return addons
}

/** @param program - A folder made by `assembleProgram`. */
export async function addNative(program: string, addons: readonly Addon[]): Promise<void> {
  const folder = path.join(program, LOADED)
  await mkdir(folder, { recursive: true })
  for (const { abi, file } of addons) {
    const target = path.join(folder, `${abi}.node`)
    await copyFile(file, target)
    await chmod(target, 0o644)
  }
  const choice = "module.exports = require('./' + process.versions.modules + '.node')\n"
  await writeFile(path.join(folder, 'index.js'), choice)
  await writeFile(path.join(program, 'src/docspool.mjs'), startScript(addons, `../${BUNDLE}/main.mjs`))
}

/** Collects the licences of all packed packages in one text. */

import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { packageOf } from './needed-files.ts'

const LICENCE = /^(?:licen[cs]e|copying|notice|thirdpartynotice)/i
/** C libraries in nodegit's native module. */
const IN_NODEGIT = ['libgit2', 'libssh2', 'http_parser'].map((name) => `node_modules/nodegit/vendor/${name}`)

/**
 * @param files - Paths of packed files below the checkout, in any order.
 * @throws If a package has no licence.
 */
export async function collectLicences(root: string, files: readonly string[]): Promise<string> {
  const packages = new Set(files.map(packageOf).filter((place) => place !== undefined))
  // Its single script contains all its dependencies.
  if (packages.has('node_modules/mermaid')) await addDependencies(root, 'node_modules/mermaid', packages)
  const parts: string[] = []
  for (const place of [...packages].sort()) parts.push(await describe(root, place))
  for (const place of IN_NODEGIT) parts.push(section(path.basename(place), '', await readTexts(root, place)))
  return `docspool contains the following third-party software.\n\n${parts.join('')}`
}

async function addDependencies(root: string, place: string, packages: Set<string>): Promise<void> {
  const { dependencies = {} } = JSON.parse(await readFile(path.join(root, place, 'package.json'), 'utf8'))
  for (const name of Object.keys(dependencies)) {
    // Types are not part of the script.
    if (name.startsWith('@types/')) continue
    const own = `${place}/node_modules/${name}`
    const found = existsSync(path.join(root, own)) ? own : `node_modules/${name}`
    if (packages.has(found)) continue
    packages.add(found)
    await addDependencies(root, found, packages)
  }
}

async function describe(root: string, place: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(path.join(root, place, 'package.json'), 'utf8'))
  const texts = await readTexts(root, place)
  if (license === undefined && texts.length === 0) throw new Error(`${place} has no licence.`)
  return section(`${name} ${version}`, license ?? '', texts)
}

async function readTexts(root: string, place: string): Promise<string[]> {
  const names = (await readdir(path.join(root, place), { withFileTypes: true }))
    .filter((entry) => entry.isFile() && LICENCE.test(entry.name))
    .map((entry) => entry.name)
    .sort()
  return Promise.all(names.map((name) => readFile(path.join(root, place, name), 'utf8')))
}

const section = (title: string, licence: string, texts: readonly string[]): string =>
  [`${'='.repeat(80)}\n${title}${licence === '' ? '' : ` (${licence})`}`, ...texts.map((text) => text.trim()), ''].join(
    '\n\n',
  )

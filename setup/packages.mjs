#!/usr/bin/env node
/**
 * Brings node_modules to what package-lock.json says, with `npm ci`, and only when it has to: a stamp inside
 * node_modules holds the hash of the lock file it was made from.
 *
 * Plain JavaScript on Node's own modules, since nothing is installed when it runs.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const stamp = join(modules, '.docspool-lock')
const lockFile = join(root, 'package-lock.json')
const hash = createHash('sha256').update(readFileSync(lockFile)).digest('hex')

if (!existsSync(stamp) || readFileSync(stamp, 'utf8').trim() !== hash) {
  if (!isInStep()) install()
  pruneGrammars()
  // Not into the old one: in a copy made of hard links it is that of the original, too.
  rmSync(stamp, { force: true })
  writeFileSync(stamp, `${hash}\n`)
}

/** Whether npm's own record of node_modules agrees with the lock file, as after `npm install <package>`. */
function isInStep() {
  const installedFile = join(modules, '.package-lock.json')
  if (!existsSync(installedFile)) return false
  const wanted = JSON.parse(readFileSync(lockFile, 'utf8')).packages
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages
  const isSame = (path) => installed[path]?.version === wanted[path]?.version && existsSync(join(root, path))
  return (
    Object.keys(wanted).every((path) => path === '' || isSame(path) || (wanted[path].optional && !installed[path])) &&
    Object.keys(installed).every((path) => wanted[path])
  )
}

/** `npm ci`, and once more if it failed: registries have bad moments. */
function install() {
  const args = ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
  const env = { ...process.env, npm_config_update_notifier: 'false' }
  console.error('packages: installing what package-lock.json names with npm ci; this takes about a minute')
  const run = () => {
    const { status, signal } = spawnSync('npm', args, {
      cwd: root,
      env,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    })
    // Whoever ends it, by Ctrl-C or with the terminal, wants no second try; npm itself ends with 128 and more then.
    if (signal !== null || (status ?? 0) >= 128) process.exit(130)
    return status
  }
  if (run() !== 0 && run() !== 0) {
    console.error('packages: npm ci failed; see its messages above')
    process.exit(1)
  }
}

/** Drop the grammars' prebuilt binaries and C sources, some hundred megabytes: only their .wasm is read. */
function pruneGrammars() {
  const scoped = join(modules, '@tree-sitter-grammars')
  const grammars = [
    ...readdirSync(modules).map((name) => join(modules, name)),
    ...(existsSync(scoped) ? readdirSync(scoped).map((name) => join(scoped, name)) : []),
  ].filter((path) => /[/\\]tree-sitter-[^/\\]+$/.test(path) && readdirSync(path).some((name) => name.endsWith('.wasm')))
  for (const grammar of grammars) {
    rmSync(join(grammar, 'prebuilds'), { recursive: true, force: true })
    for (const source of readdirSync(grammar, { recursive: true })) {
      if (/(^|[/\\])parser\.c$/.test(source)) rmSync(join(grammar, source))
    }
  }
  // A package of many grammars, of which Swift's is the only one that no package of its own has.
  const bundle = join(modules, '@unit-mesh', 'treesitter-artifacts', 'wasm')
  for (const name of existsSync(bundle) ? readdirSync(bundle) : []) {
    if (name !== 'tree-sitter-swift.wasm') rmSync(join(bundle, name))
  }
}

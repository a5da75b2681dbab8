#!/usr/bin/env node
/**
 * Installs node_modules from package-lock.json with `npm ci`, but only if necessary: a stamp in node_modules contains the hash of
 * the lock file from which it was installed.
 *
 * Plain JavaScript without dependencies, because nothing is installed yet when it runs.
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
  // Remove the stamp first: in a copy made of hard links, writing to it would change the original, too.
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

/** Run `npm ci`, and again if it failed, because registries have temporary failures. */
function install() {
  const args = ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
  const env = { ...process.env, npm_config_update_notifier: 'false' }
  console.error('packages: installing from package-lock.json with npm ci; this takes about a minute')
  const run = () => {
    const { status, signal } = spawnSync('npm', args, {
      cwd: root,
      env,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    })
    // No second try after a signal such as Ctrl-C; npm itself then exits with 128 or more.
    if (signal !== null || (status ?? 0) >= 128) process.exit(130)
    return status
  }
  if (run() !== 0 && run() !== 0) {
    console.error('packages: npm ci failed; see its messages above')
    process.exit(1)
  }
}

/** Remove prebuilt binaries and C sources of grammars, some hundred megabytes: only the .wasm files are used. */
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
  // A package of many grammars. Only the one for Swift is used, which has no separate package.
  const bundle = join(modules, '@unit-mesh', 'treesitter-artifacts', 'wasm')
  for (const name of existsSync(bundle) ? readdirSync(bundle) : []) {
    if (name !== 'tree-sitter-swift.wasm') rmSync(join(bundle, name))
  }
}

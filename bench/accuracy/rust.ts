/**
 * rust-analyzer as an oracle: it writes an index of every name in a copy of a repository's Rust (`rust/project.ts` says what
 * its crates are), with the standard library's sources where the machine has them; crates from elsewhere are not there, and
 * no build script or macro of the repository is run.
 *
 * A use is a name that means a function, a method, a type, a field, a variant, a constant or a macro of another file; it
 * starts in the item around it, and of an `impl` in its type. A file imports those whose things its `use` lines name and
 * those of its modules; every file that it uses something of is allowed, and the first of a crate. Not required: what stands before `::`, what a `use` line names, and names that the
 * index has one symbol for in several places. Allowed are also what a trait declares, for the method of a type, and what the
 * conditions of this machine leave out. Unknown are names without a symbol: in the bodies of macros, in what is left out, and all
 * that depends on crates that are not there. Features are all on. Methods override what their trait declares.
 */

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Oracle } from './oracle.ts'
import { verdictOf } from './printed.ts'
import { projectOf } from './rust/project.ts'
import { readIndex } from './rust/scip.ts'
import { usesIn } from './rust/uses.ts'
import { inTemporary, isInstalled, linesOf } from './tool.ts'

/** rustup puts a stand-in before Debian's, which ends with an error where the real one is not installed. */
const ANALYZERS = ['rust-analyzer', '/usr/bin/rust-analyzer']
/** Where Debian's `rust-src` puts its files. */
const SYSROOT = '/usr/lib/rustlib/src/rust/library'
const CONFIG = { cargo: { buildScripts: { enable: false } }, procMacro: { enable: false } }

export const rustOracle: Oracle = {
  name: 'rust-analyzer',
  languages: ['rust'],
  judge: async (checkout, files) => {
    const analyzer = ANALYZERS.find((program) => isInstalled(program, '--version'))
    if (analyzer === undefined) return 'rust-analyzer is not installed'
    if (!isInstalled('cargo', '--version')) return 'cargo is not installed'
    return inTemporary((folder) => {
      const root = path.join(folder, 'copy')
      const manifests = manifestsIn(checkout)
      for (const file of [...files, ...manifests]) {
        mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
        cpSync(path.join(checkout, file), path.join(root, file))
      }
      const sysroot = existsSync(SYSROOT) ? SYSROOT : undefined
      const { project, ...roots } = projectOf(
        manifests.map((file) => path.join(root, file)),
        sysroot,
      )
      writeFileSync(path.join(root, 'rust-project.json'), JSON.stringify(project))
      const config = path.join(folder, 'config.json')
      writeFileSync(config, JSON.stringify(CONFIG))
      const index = path.join(folder, 'index.scip')
      linesOf(analyzer, ['scip', root, '--output', index, '--config-path', config])
      const given = new Set(files)
      const documents = readIndex(readFileSync(index)).filter((document) => given.has(document.path))
      const absolute = documents.map((document) => ({ ...document, path: path.join(root, document.path) }))
      const lines = usesIn(absolute, roots, (file) => readFileSync(file, 'latin1'))
      const note = `rust-analyzer ${sysroot === undefined ? 'without' : 'with'} the standard library`
      return verdictOf(lines, root, `${note}, of ${files.length} files`)
    })
  },
}

/** The paths of all `Cargo.toml` within a checkout. */
function manifestsIn(checkout: string): string[] {
  const isSkipped = (name: string): boolean => name === '.git' || name === 'target' || name === 'node_modules'
  const found: string[] = []
  const visit = (folder: string): void => {
    for (const entry of readdirSync(path.join(checkout, folder), { withFileTypes: true })) {
      const at = path.join(folder, entry.name)
      if (entry.isDirectory() && !isSkipped(entry.name)) visit(at)
      else if (entry.isFile() && entry.name === 'Cargo.toml') found.push(at)
    }
  }
  visit('')
  return found.sort()
}

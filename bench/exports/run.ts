/** Holds the surfaces of repositories against what importing, compiling and documenting them gives; see README.md. */

import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import ts from 'typescript'
import { analyse } from '#generate/analyse/analyse.ts'
import { readPackages } from '#generate/manifests/read-packages.ts'
import type { Package, Surface, SurfacePath } from '#generate/model.ts'
import { surfacesOf } from '#generate/surface/surfaces.ts'
import { readCheckout } from '../accuracy/checkout.ts'

/** Names by oracle; `undefined` where it cannot say. */
type Oracle = (
  checkout: string,
  about: Package,
  path: SurfacePath,
  packages: readonly Package[],
) => Record<string, string[] | undefined>

const MAX_SHOWN = 12
/** Of crates that were documented, by folder. */
const documented = new Map<string, Map<string, string[]> | undefined>()

for (const checkout of process.argv.slice(2)) await judge(path.resolve(checkout))

async function judge(checkout: string): Promise<void> {
  const inventory = await readCheckout(checkout)
  const analysis = await analyse(inventory, { signal: new AbortController().signal, onProgress: () => {} })
  const packages = readPackages(inventory)
  const surfaces = surfacesOf(packages, analysis, inventory.files, path.basename(checkout))
  for (const surface of surfaces) {
    const about = packages.find(({ name, folder }) => name === surface.package && folder === surface.folder)
    if (about === undefined || surface.isPrivate) continue
    const oracle = oracleOf(surface)
    const paths = surface.ecosystem === 'pypi' ? surface.paths.slice(0, 1) : surface.paths
    for (const one of paths) {
      for (const [name, expected] of Object.entries(oracle?.(checkout, about, one, packages) ?? {}))
        tell(inventory.commit, one, name, expected)
    }
  }
}

function oracleOf({ ecosystem }: Surface): Oracle | undefined {
  if (ecosystem === 'pypi') return byPython
  if (ecosystem === 'npm') return byCompiler
  if (ecosystem === 'go') return byGo
  if (ecosystem === 'maven') return byJavac
  if (ecosystem === 'packagist') return byPhp
  return ecosystem === 'cargo' ? byCargo : undefined
}

function tell(commit: string, { path: at, names }: SurfacePath, oracle: string, expected: string[] | undefined): void {
  const found = new Set(names.map(({ name }) => name))
  if (expected === undefined) {
    process.stdout.write(`${at} (${oracle}): nothing to compare with\n`)
    return
  }
  const wanted = new Set(expected)
  const wrong = [...found].filter((name) => !wanted.has(name))
  const missing = [...wanted].filter((name) => !found.has(name))
  const right = found.size - wrong.length
  const share = (part: number, whole: number): string => (whole === 0 ? '-' : (part / whole).toFixed(3))
  const line = `${at} @ ${commit.slice(0, 8)} (${oracle}): ${wanted.size} names, right ${share(right, found.size)}, complete ${share(right, wanted.size)}`
  const some = (label: string, list: string[]): string =>
    list.length === 0 ? '' : `\n  ${label}: ${list.slice(0, MAX_SHOWN).join(' ')}${list.length > MAX_SHOWN ? ' …' : ''}`
  process.stdout.write(`${line}${some('wrong', wrong)}${some('missing', missing)}\n`)
}

function byPython(checkout: string, { folder, entries }: Package, { path: module }: SurfacePath) {
  const [entry] = entries
  const depth = module.split('.').length + (entry?.file.endsWith('__init__.py') === true ? 1 : 0)
  const root = path.join(checkout, (entry?.file ?? folder).split('/').slice(0, -depth).join('/'))
  const run = (python: string, script: string): string[] | undefined => {
    try {
      const file = path.join(import.meta.dirname, script)
      return JSON.parse(
        execFileSync(python, ['-B', file, root, module], {
          encoding: 'utf8',
          timeout: 120_000,
          stdio: ['ignore', 'pipe', 'ignore'],
        }),
      )
    } catch {
      return undefined
    }
  }
  return { import: run('python3', 'imported.py'), griffe: run('/usr/bin/python3', 'griffe_names.py') }
}

/** With the compiler's own resolution over the files of the checkout, in which the packages of the repository find each other. */
function byCompiler(
  checkout: string,
  { name, entries }: Package,
  { path: at }: SurfacePath,
  packages: readonly Package[],
) {
  const entry = entries.find(({ subpath }) => `${name}${subpath.slice(1)}` === at)
  if (entry === undefined) return {}
  // Users of JavaScript see the declarations beside it.
  const fileOf = (one: string): string => {
    const declared = path.join(checkout, one).replace(/\.([cm]?)jsx?$/, '.d.$1ts')
    return existsSync(declared) ? declared : path.join(checkout, one)
  }
  const file = fileOf(entry.file)
  const paths = Object.fromEntries(
    packages
      .filter(({ ecosystem }) => ecosystem === 'npm')
      .flatMap((one) => one.entries.map(({ subpath, file }) => [`${one.name}${subpath.slice(1)}`, [fileOf(file)]])),
  )
  const options: ts.CompilerOptions = {
    ...{ allowJs: true, noEmit: true, skipLibCheck: true, types: [], jsx: ts.JsxEmit.Preserve, paths },
    ...{
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      target: ts.ScriptTarget.ESNext,
    },
  }
  const program = ts.createProgram([file], options)
  const source = program.getSourceFile(file)
  const symbol = source && program.getTypeChecker().getSymbolAtLocation(source)
  return {
    compiler: symbol && [
      ...(symbol.exports?.has(ts.InternalSymbolName.ExportEquals) === true ? [ts.InternalSymbolName.ExportEquals] : []),
      ...program
        .getTypeChecker()
        .getExportsOfModule(symbol)
        .map((one) => one.name)
        // The compiler also passes it on through `export *`; Node does not.
        .filter((one) => one !== ts.InternalSymbolName.ExportEquals),
    ],
  }
}

/** Names by package, as a program of the language's own parser prints them. */
function printed(command: string, args: string[]): Record<string, string[]> | undefined {
  try {
    const text = execFileSync(command, args, {
      encoding: 'utf8',
      timeout: 300_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function byGo(checkout: string, { name, folder }: Package, { path: at }: SurfacePath) {
  const names = printed('go', ['run', path.join(import.meta.dirname, 'go_names.go'), path.join(checkout, folder)])
  return { 'go/ast': names?.[path.posix.relative(name ?? '', at) || '.'] }
}

function byJavac(checkout: string, { folder }: Package, { path: at }: SurfacePath) {
  const names = printed('java', [
    path.join(import.meta.dirname, 'JavaNames.java'),
    path.join(checkout, folder, 'src/main/java'),
  ])
  return { javac: names?.[at] }
}

function byPhp(checkout: string, { folder }: Package, { path: at }: SurfacePath) {
  const names = printed('php', [path.join(import.meta.dirname, 'php_names.php'), path.join(checkout, folder)])
  return { tokens: names?.[at] }
}

function byCargo(checkout: string, { name, folder }: Package, { path: module }: SurfacePath) {
  const key = path.join(checkout, folder)
  if (!documented.has(key)) documented.set(key, document(key, (name ?? '').replaceAll('-', '_')))
  return { rustdoc: documented.get(key)?.get(module) }
}

/** Items by module, from the index of all of them. */
function document(folder: string, crate: string): Map<string, string[]> | undefined {
  const target = mkdtempSync(path.join(tmpdir(), 'docspool-exports-'))
  try {
    const words = ['--edition', '2021', '--crate-name', crate, '-o', target, 'src/lib.rs']
    execFileSync('rustdoc', words, { cwd: folder, timeout: 300_000, stdio: 'ignore' })
    const file = path.join(target, crate, 'all.html')
    if (!existsSync(file)) return undefined
    const modules = new Map<string, string[]>()
    for (const [, href = '', title = ''] of readFileSync(file, 'utf8').matchAll(
      /<li><a href="([^"]+)">([^<]+)<\/a>/g,
    )) {
      const parts = title.split('::')
      const item = parts.pop() ?? ''
      const module = [crate, ...parts].join('::')
      if (!/^(?:.*\/)?(?:attr|primitive|keyword)\./.test(href))
        modules.set(module, [...(modules.get(module) ?? []), item.replace(/!$/, '')])
    }
    return modules
  } catch {
    return undefined
  } finally {
    rmSync(target, { recursive: true, force: true })
  }
}

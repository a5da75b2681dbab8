/** Finds the files of packages that a standalone build needs, by following imports, because most of node_modules is never loaded. */

import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'esbuild'
import { ASSETS } from '../../templates/assets.ts'

/** Packages that are not bundled: they have native modules or load files by path. */
export const NOT_BUNDLED = ['nodegit', '@photostructure/sqlite', 'web-tree-sitter']

/**
 * @param root - The checkout.
 * @param folder - The bundle.
 * @returns Paths below the checkout: `node_modules/…`, `src/…`, `templates/…`; sorted.
 */
export async function findNeededFiles(root: string, folder: string): Promise<string[]> {
  const files = new Set([
    ...(await followPackages(root)),
    ...(await findGrammars(folder)),
    ...(await readdir(path.join(root, 'src'), { recursive: true }))
      .filter((name) => name.endsWith('.scm'))
      .map((name) => `src/${name}`),
    ...ASSETS.flatMap(({ from }) =>
      from.map((file) => (/^(?:templates|src)\//.test(file) ? file : `node_modules/${file}`)),
    ),
    'node_modules/web-tree-sitter/web-tree-sitter.wasm',
    // The package has a build for each system and processor; those of Linux that docspool is packed for.
    ...['x64', 'arm64'].map(
      (arch) => `node_modules/@photostructure/sqlite/prebuilds/linux-${arch}/@photostructure+sqlite.glibc.node`,
    ),
  ])
  // Node needs package.json to resolve the name of a package.
  for (const file of [...files]) {
    const place = packageOf(file)
    if (place !== undefined) files.add(`${place}/package.json`)
  }
  return [...files].sort()
}

/** The folder of the package that a file belongs to: `node_modules/a`, `node_modules/@b/c`, `node_modules/a/node_modules/d`. */
export const packageOf = (file: string): string | undefined =>
  /^((?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]

/** The scripts of packages that are not bundled, and of their dependencies. */
async function followPackages(root: string): Promise<string[]> {
  const { metafile: followed } = await build({
    absWorkingDir: root,
    stdin: {
      contents: "import 'web-tree-sitter'; import '@photostructure/sqlite'; require('nodegit')",
      resolveDir: root,
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    metafile: true,
    outdir: 'unwritten',
    loader: { '.node': 'empty' },
    // An optional import of nodegit.
    external: ['*/nodegit.node'],
    ignoreAnnotations: true,
    logLevel: 'silent',
  })
  return Object.keys(followed.inputs).filter((name) => name.startsWith('node_modules/'))
}

/** Finds names of grammars in the bundle, such as `tree-sitter-go/tree-sitter-go.wasm`. */
async function findGrammars(folder: string): Promise<string[]> {
  const scripts = (await readdir(folder)).filter((name) => name.endsWith('.mjs'))
  const texts = await Promise.all(scripts.map((name) => readFile(path.join(folder, name), 'utf8')))
  const names = texts.flatMap((text) => [...text.matchAll(/["'`]((?:@[\w.-]+\/)?[\w./-]+\.wasm)["'`]/g)])
  return [...new Set(names.map(([, name]) => `node_modules/${name}`))].filter((name) => name.includes('tree-sitter-'))
}

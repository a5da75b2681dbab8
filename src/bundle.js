/**
 * Bundles the program into a few files with esbuild. Bundles are cached in `dist/` and rebuilt when sources change.
 * Processes and threads start much faster from a bundle than from a thousand sources (see decision 12).
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { hashSources } from './generate/analyse/hash-sources.js'
import { bundleParser, PARSER } from './typescript-parser.js'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const DIST = path.join(ROOT, 'dist')
/** Entry points of threads, each of which is a file of the bundle. */
export const THREADS = [
  'src/markdown/render-thread.ts',
  'src/server/threads/answer-thread.ts',
  'src/server/threads/make-thread.ts',
  'src/server/threads/index-thread.ts',
  'src/generate/analyse/read-thread.ts',
  'src/generate/analyse/typescript/link-thread.ts',
]
/**
 * Packages that cannot be bundled: native, loaded on demand by path, starting threads of their own, or patching Node's modules.
 */
const APART = [
  'nodegit',
  '@photostructure/sqlite',
  'web-tree-sitter',
  'pino',
  'pino-pretty',
  'fs-extra',
  'proper-lockfile',
  'tsx',
  'esbuild',
]
/** Number of bundles to keep, with the newest, because a running program may still load parts of its own. */
const KEPT = 3

/**
 * Find the bundle of the current sources, and build it if it is missing.
 *
 * @returns The path of its `main.mjs`.
 * @throws If the folder cannot be written, or a source is not valid TypeScript.
 */
export async function findBundle() {
  const folder = path.join(DIST, stateOfSources())
  const main = path.join(folder, 'main.mjs')
  if (existsSync(main)) return main
  const temporary = path.join(DIST, `making-${process.pid}-${Date.now()}`)
  try {
    await bundle(['src/main.ts', ...THREADS], temporary)
    await rename(temporary, folder).catch((error) => {
      // Another process was faster.
      if (!existsSync(main)) throw error
    })
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
  await removeOld()
  return main
}

/**
 * @param {string[]} entries - Paths of sources below the checkout.
 * @param {string} folder - The output folder; `a/b.ts` becomes `b.mjs`.
 * @param {import('esbuild').BuildOptions} [more] - Options that differ from those of the checkout's own bundle.
 * @returns esbuild's metafile.
 * @throws If the folder cannot be written, or a source is not valid TypeScript.
 */
export async function bundle(entries, folder, more = {}) {
  const { build, stop } = await import('esbuild')
  await mkdir(folder, { recursive: true })
  const parser = await bundleParser(ROOT, folder, more)
  const { metafile } = await build({
    ...more,
    absWorkingDir: ROOT,
    entryPoints: entries.map((entry) => ({ in: entry, out: path.basename(entry, '.ts') })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: [...(more.external ?? APART), `./${PARSER}`],
    define: { ...more.define, IS_BUNDLE: 'true', BUNDLED_SOURCES: JSON.stringify(hashSources()) },
    metafile: true,
    // CommonJS packages use `require` for Node's own modules.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    plugins: [
      ...(more.plugins ?? []),
      { name: 'locales', setup: (own) => own.onLoad({ filter: /\/zod\/v4\/locales\/index\.js$/ }, withoutLocales) },
      { name: 'places', setup: (own) => own.onLoad({ filter: /\.(?:[jt]s|tsx|mjs)$/ }, withPlaces) },
    ],
    logLevel: 'silent',
  }).finally(stop)
  return { ...metafile, outputs: { ...metafile.outputs, ...parser.outputs } }

  /** Leave out zod's fifty locales, which are half its size; English is loaded separately. */
  function withoutLocales() {
    return { contents: 'export {}' }
  }

  /** Resolve `import.meta.url` to the original source, so that code finds files beside it, and take the parser alone. */
  async function withPlaces({ path: file }) {
    if (file.includes(`${path.sep}node_modules${path.sep}`)) return undefined
    const text = await readFile(file, 'utf8')
    const place = path.relative(folder, file).split(path.sep).join('/')
    return {
      contents: text
        .replaceAll("createRequire(import.meta.url)('typescript')", `require('./${PARSER}')`)
        .replaceAll('import.meta.url', `new URL(${JSON.stringify(place)}, import.meta.url).href`),
      loader: /\.(?:mjs|js)$/.test(file) ? 'js' : /** @type {'ts' | 'tsx'} */ (path.extname(file).slice(1)),
    }
  }
}

/**
 * A digest that changes when a source is modified, added or removed, or a package changes. Every process starts with
 * this, so it is synchronous and does not use `recursive`, which takes ten times as long.
 */
function stateOfSources() {
  const hash = createHash('sha1')
  for (const name of [...['src', 'queue', 'templates'].flatMap(sourcesIn), 'tsconfig.json', 'package-lock.json']) {
    const { size, mtimeMs } = statSync(ROOT + name)
    hash.update(`${name}\0${size}\0${mtimeMs}\n`)
  }
  return hash.digest('hex').slice(0, 16)
}

/**
 * @param {string} folder - Below the checkout.
 * @returns {string[]} Paths below the checkout, in an order that does not depend on the file system.
 */
function sourcesIn(folder) {
  return readdirSync(ROOT + folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const name = `${folder}/${entry.name}`
      if (entry.isDirectory()) return sourcesIn(name)
      return /\.(?:[jt]s|tsx|mjs)$/.test(name) ? [name] : []
    })
}

async function removeOld() {
  const names = (await readdir(DIST)).filter((name) => /^(?:[0-9a-f]{16}|making-.*)$/.test(name))
  const dated = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(path.join(DIST, name)).catch(() => undefined))?.mtimeMs ?? 0 })),
  )
  dated.sort((a, b) => b.at - a.at)
  for (const { name } of dated.slice(KEPT)) await rm(path.join(DIST, name), { recursive: true, force: true })
}

/**
 * The program in few files, made by esbuild from the sources when they are new and kept in `dist/`: a process or a thread
 * that starts from them has less to find, read, translate and hold than from a thousand sources (see decision 12).
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const DIST = path.join(ROOT, 'dist')
/** What threads of the program run: each is a file of a bundle under its own name. */
export const THREADS = [
  'src/markdown/render-thread.ts',
  'src/server/threads/answer-thread.ts',
  'src/server/threads/make-thread.ts',
  'src/server/threads/index-thread.ts',
  'src/generate/analyse/read-thread.ts',
  'src/generate/analyse/typescript/link-thread.ts',
]
/** Native, loaded on demand by paths of their own, with threads of their own, or patching Node's modules: they stay what they are. */
const APART = [
  'nodegit',
  '@photostructure/sqlite',
  'typescript',
  'web-tree-sitter',
  'pino',
  'pino-pretty',
  'fs-extra',
  'proper-lockfile',
  'tsx',
  'esbuild',
]
/** Bundles of other states of the sources that stay: a program that was started from one may still load a part of it. */
const KEPT = 3

/**
 * The folder of the bundle of the sources as they are, which is made when there is none.
 *
 * @returns The path of its `main.mjs`.
 * @throws What keeps it from being made: a folder that cannot be written, or a source that cannot be read as TypeScript.
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
 * @param {string} folder - Where the bundle is to be: for `a/b.ts` there is a `b.mjs`.
 * @param {import('esbuild').BuildOptions} [more] - What differs from how the checkout's own bundle is made.
 * @returns What esbuild says of the files it read and wrote.
 * @throws A folder that cannot be written, or a source that cannot be read as TypeScript.
 */
export async function bundle(entries, folder, more = {}) {
  const { build, stop } = await import('esbuild')
  await mkdir(folder, { recursive: true })
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
    external: more.external ?? APART,
    define: { ...more.define, IS_BUNDLE: 'true' },
    metafile: true,
    // Packages in CommonJS ask for Node's own modules by `require`.
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
  return metafile

  /** zod speaks fifty languages, half of what it is; English it loads by itself, and no other is asked for. */
  function withoutLocales() {
    return { contents: 'export {}' }
  }

  /** A source finds what stands beside it from where it itself stands, not from where the bundle is. */
  async function withPlaces({ path: file }) {
    if (file.includes(`${path.sep}node_modules${path.sep}`)) return undefined
    const text = await readFile(file, 'utf8')
    const place = path.relative(folder, file).split(path.sep).join('/')
    return {
      contents: text.replaceAll('import.meta.url', `new URL(${JSON.stringify(place)}, import.meta.url).href`),
      loader: /\.(?:mjs|js)$/.test(file) ? 'js' : /** @type {'ts' | 'tsx'} */ (path.extname(file).slice(1)),
    }
  }
}

/**
 * Differs when a source was touched, added or taken away, or a package changed. Synchronous, without `recursive`: every
 * process starts with this, and so it takes a tenth of the time.
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
 * @returns {string[]} Paths below the checkout, in an order that the file system does not decide.
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

/**
 * Bundles TypeScript's parser alone. The package is one script of nine megabytes, of which the analysis uses a sixth;
 * compiling the rest took a fifth of the time of an update.
 */
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** The file's name in the folder of a bundle. */
export const PARSER = 'typescript.cjs'

/**
 * @param {string} root - The checkout.
 * @param {string} folder - The output folder.
 * @param {import('esbuild').BuildOptions} [more] - Options on size.
 * @returns esbuild's metafile.
 * @throws If the package does not have the expected form, or a name is used that the parser's part does not declare.
 */
export async function bundleParser(root, folder, { minifySyntax, minifyWhitespace } = {}) {
  const { build } = await import('esbuild')
  const names = await findUsedNames(path.join(root, 'src/generate'))
  const { metafile } = await build({
    absWorkingDir: root,
    stdin: { contents: "export * from 'typescript'", resolveDir: root },
    // Fields are read faster than esbuild's getters.
    footer: { js: 'module.exports = { ...module.exports };' },
    outfile: path.join(folder, PARSER),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    minifySyntax,
    minifyWhitespace,
    metafile: true,
    plugins: [{ name: 'parser', setup: (own) => own.onLoad({ filter: /\/lib\/typescript\.js$/ }, parserOnly) }],
    logLevel: 'silent',
  })
  return metafile

  /** @param {{ path: string }} file */
  async function parserOnly({ path: file }) {
    return { contents: parserOf(await readFile(file, 'utf8'), names), loader: /** @type {const} */ ('js') }
  }
}

/**
 * Names of values used as `ts.name`. More than exist: some are types.
 *
 * @param {string} folder
 */
async function findUsedNames(folder) {
  const names = new Set()
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    if (!name.endsWith('.ts')) continue
    for (const [, used] of (await readFile(path.join(folder, name), 'utf8')).matchAll(/\bts\.(\w+)/g)) names.add(used)
  }
  return names
}

/**
 * The package consists of sections, each of which starts with the path of its source in a comment. Kept are those up to
 * the parser, and that with the classes of nodes, of which esbuild drops the rest.
 *
 * @param {string} text
 * @param {ReadonlySet<string>} names
 */
function parserOf(text, names) {
  const [head = '', exports = '', ...sections] = text.split(/^(?=\/\/ src\/)/m)
  const at = (/** @type {string} */ name) => sections.findIndex((section) => section.startsWith(`// src/${name}\n`))
  const classes = sections[at('services/services.ts')]?.replace(ALLOCATOR, NODES_ONLY) ?? ''
  const kept = sections.slice(0, at('compiler/moduleNameResolver.ts')).toSpliced(at('compiler/sys.ts'), 1)
  const exported = [...exports.matchAll(/^ {2}(\w+): \(\) => (\w+)/gm)]
  const used = exported.flatMap(([, name = '', own]) => (names.has(name) ? [`${own} as ${name}`] : []))
  if (!classes.includes(NODES_ONLY) || used.length === 0) throw new Error('This version of TypeScript is not known')
  return `${[head.replace(/^var ts = .*$/m, ''), ...kept, classes]
    .join('')
    // Else these count as having effects.
    .replace(/^var (\w+) = (?=(?:new )?\w+\(|\(\()/gm, 'var $1 = /* @__PURE__ */ ')}
var sys; export { ${used.join(', ')} }`
}

const ALLOCATOR = 'setObjectAllocator(getServicesObjectAllocator());'
const NODES_ONLY = `setObjectAllocator({
  ...objectAllocator,
  getNodeConstructor: () => NodeObject,
  getTokenConstructor: () => TokenObject,
  getIdentifierConstructor: () => IdentifierObject,
  getPrivateIdentifierConstructor: () => PrivateIdentifierObject,
  getSourceFileConstructor: () => SourceFileObject,
});`

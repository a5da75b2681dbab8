/** Finds the modules of Node that a file needs when it runs, packages included, and by which imports it gets to them. */
import { isBuiltin } from 'node:module'
import { build, type Metafile } from 'esbuild'

/** What Bun, Deno and workerd have as well; none of these touches a file, a socket or a process. */
export const EDGE_MODULES = ['node:crypto', 'node:net', 'node:os', 'node:path', 'node:url']

export interface NodeImport {
  /** `node:fs` */
  module: string
  /** Files from the one asked about to the one that imports it. */
  chain: string[]
}

/**
 * Follow the imports of a program as bundlers for such runtimes do: types and what nothing uses are no imports.
 *
 * @param root - Of the project, absolute.
 * @param text - The program, TypeScript that stands at the root.
 */
export async function findNodeImports(root: string, text: string): Promise<NodeImport[]> {
  const metafile = await bundled(root, text)
  const needed = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path))
  return [...new Set(needed)].sort().map((module) => ({ module, chain: chainTo(module, metafile) }))
}

/** The files that a program loads when it starts, and all that it may load. */
export async function findLoaded(root: string, text: string): Promise<[atStart: string[], all: string[]]> {
  const { inputs } = await bundled(root, text)
  const loaded = new Set(['program.ts'])
  for (const file of loaded)
    for (const { path, kind } of inputs[file]?.imports ?? []) if (kind !== 'dynamic-import') loaded.add(path)
  return [[...loaded], Object.keys(inputs)]
}

async function bundled(root: string, text: string): Promise<Metafile> {
  const { metafile } = await build({
    stdin: { contents: text, resolveDir: root, loader: 'ts', sourcefile: 'program.ts' },
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['import', 'workerd', 'worker'],
    plugins: [
      {
        name: 'node',
        setup({ onResolve }) {
          onResolve({ filter: /.*/ }, ({ path }) =>
            isBuiltin(path) ? { path: named(path), external: true } : undefined,
          )
        },
      },
    ],
    metafile: true,
  })
  return metafile
}

const named = (path: string): string => (path.startsWith('node:') ? path : `node:${path}`)

/** The shortest way from the program. */
function chainTo(module: string, { inputs }: Metafile): string[] {
  const ways = [['program.ts']]
  const seen = new Set<string>()
  for (const way of ways) {
    const at = way.at(-1) ?? ''
    if (at === module) return way.slice(1, -1)
    for (const { path } of inputs[at]?.imports ?? []) {
      if (seen.has(path)) continue
      seen.add(path)
      ways.push([...way, path])
    }
  }
  return []
}

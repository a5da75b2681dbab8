/**
 * Python modules written in Rust or C++ (PyO3, pybind11, nanobind) or C: a file that imports one uses the code that
 * declares it, and an imported name is the function or class exported under that name.
 */

import { PYTHON } from '#generate/formats/lexical-rules.ts'
import { folderOf, joinPath } from '#generate/paths.ts'
import type { BridgeReader, World } from './bridge.ts'
import { declaresModules, type Extension, extensionsOf } from './extension-modules.ts'

const IMPORT =
  /^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^()]{0,5000}\)|[^\n#]{1,1000})|import[ \t]+([\w.]+))/gm

export const pythonExtensions: BridgeReader = {
  languages: ['python'],
  lexicalRules: PYTHON,
  asksForAll: true,
  tests: true,
  isPossible: (files) => files.some(declaresModules),
  mayContain: (head) => /^[ \t]*(?:from|import)[ \t]/m.test(head),
  read: ({ masked, path }, world) => {
    const known = extensionsOf(world)
    if (known.size === 0) return
    for (const match of masked.code.matchAll(IMPORT)) {
      const [, from, list = '', plain] = match
      const names = list
        .replace(/[()]/g, ' ')
        .split(',')
        .flatMap((one) => /^\s*(\w+)/.exec(one)?.[1] ?? [])
      const dotted = from ?? plain ?? ''
      const owner = world.code.enclosing(path, masked.lineAt(match.index))
      const module = extensionAt(dotted, path, world, known)
      if (module !== undefined) {
        world.bridge(path, module.file, 'imports')
        for (const name of names) {
          const to = module.exported.get(name)
          if (to !== undefined) world.bridge(owner, to, 'references')
        }
        continue
      }
      for (const name of from === undefined ? [] : names) {
        const below = extensionAt(`${dotted}${dotted.endsWith('.') ? '' : '.'}${name}`, path, world, known)
        if (below !== undefined) world.bridge(path, below.file, 'imports')
      }
    }
  },
}

/**
 * The extension for a dotted name: the only one with this last part, if no Python file has it, imported by the package
 * it is built into or as a top-level module.
 */
function extensionAt(
  dotted: string,
  path: string,
  { repository }: World,
  known: ReadonlyMap<string, Extension[]>,
): Extension | undefined {
  const name = /\b(\w+)$/.exec(dotted)?.[1] ?? ''
  const found = known.get(name)
  const [only] = found ?? []
  if (only === undefined || found?.length !== 1) return undefined
  const dots = /^\.*/.exec(dotted)?.[0].length ?? 0
  const rest = dotted.slice(dots).replaceAll('.', '/')
  const folder = dots === 0 ? undefined : joinPath(folderOf(path), '../'.repeat(dots - 1) || '.')
  const stem = folder === undefined || folder === '' ? rest : `${folder}/${rest}`
  const isPython = [`${stem}.py`, `${stem}/__init__.py`].some((one) =>
    dots > 0 ? repository.isFile(one) : repository.filesEnding(one).length > 0,
  )
  if (isPython) return undefined
  // For `a.b.name`, the repository must contain the package `a`.
  const top = rest.split('/')[0] ?? ''
  if (dots === 0 && rest !== name && repository.filesEnding(`${top}/__init__.py`).length === 0) return undefined
  return only
}

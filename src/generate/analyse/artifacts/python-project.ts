/** pyproject.toml and setup.cfg: the project, its scripts, and the modules and functions that they call. */

import { readPyproject } from '#generate/manifests/pyproject.ts'
import { moduleFile } from '#generate/manifests/python-modules.ts'
import { readSetupCfg } from '#generate/manifests/setup-cfg.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import type { Format } from './format.ts'

const READERS = new Map([
  ['pyproject.toml', readPyproject],
  ['setup.cfg', readSetupCfg],
])

export const pythonProject: Format = {
  fits: (path) => READERS.has(nameOf(path)),
  read: (file, builder, repository) => {
    const facts = READERS.get(nameOf(file.path))?.(file.path, repository)
    if (facts === undefined) return
    const { name, lines, description: detail = '', programs = [], roots = [] } = facts
    if (name !== undefined && lines !== undefined) {
      const { startLine, endLine } = lines
      builder.add({ kind: 'package', name, startLine, endLine, detail })
    }
    for (const { name, runs, lines } of programs) {
      if (lines === undefined) continue
      const id = builder.add({ kind: 'script', name, key: `scripts.${name}`, ...lines, detail: runs })
      const [module = '', attribute = ''] = runs.split(':')
      const path = /^[\w.]+$/.test(module) ? moduleFile(module, folderOf(file.path), roots, repository) : undefined
      const component = `${path}#${attribute}`
      builder.link(id, repository.isComponent(component) ? component : path, 'runs')
    }
  },
}
